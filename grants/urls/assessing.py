"""The workroom's pages about assessments."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from grants.views import assessing, assigning

urlpatterns = [
    path("", assessing.MyAssessments.as_view(), name="my_assessments"),
    path("<int:pk>/", assessing.Assess.as_view(), name="assess"),
    path(
        _("<int:pk>/no-conflict/"),
        assessing.DeclareNoConflict.as_view(),
        name="declare_no_conflict",
    ),
    path(
        _("<int:pk>/conflict/"),
        assessing.DeclareAssessorsConflict.as_view(),
        name="declare_assessors_conflict",
    ),
    path(_("of/<int:pk>/"), assigning.AssessmentsOf.as_view(), name="assessments_of"),
    path(_("reopen/<int:pk>/"), assigning.ReopenAssessment.as_view(), name="reopen_assessment"),
]
