"""Where officers name a call's assessors, give them its applications, and rank these."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from grants.views import assigning, packets

urlpatterns = [
    path(_("<int:pk>/assessors/"), assigning.CallAssessors.as_view(), name="call_assessors"),
    path(
        _("<int:pk>/assessors/<int:assessor>/remove/"),
        assigning.RemoveAssessor.as_view(),
        name="remove_assessor",
    ),
    path(_("<int:pk>/assessors/day/"), assigning.SetAssessBy.as_view(), name="set_assess_by"),
    path(_("<int:pk>/ranking/"), packets.RankedPacket.as_view(), name="packet"),
    path(
        _("<int:pk>/ranking/by-assessment/"),
        packets.OrderByAssessment.as_view(),
        name="order_packet",
    ),
    path(_("<int:pk>/ranking/<int:application>/"), packets.PlanRow.as_view(), name="plan_row"),
    path(_("<int:pk>/assignments/"), assigning.Assignments.as_view(), name="assignments"),
]
