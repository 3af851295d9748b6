"""Where officers name a call's assessors and give them its applications."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from grants.views import assigning

urlpatterns = [
    path(_("<int:pk>/assessors/"), assigning.CallAssessors.as_view(), name="call_assessors"),
    path(
        _("<int:pk>/assessors/<int:assessor>/remove/"),
        assigning.RemoveAssessor.as_view(),
        name="remove_assessor",
    ),
    path(_("<int:pk>/assessors/day/"), assigning.SetAssessBy.as_view(), name="set_assess_by"),
    path(_("<int:pk>/assignments/"), assigning.Assignments.as_view(), name="assignments"),
]
