from django.urls import path
from django.utils.translation import gettext_lazy as _

from networks.views import briefings

urlpatterns = [
    path("", briefings.BriefingList.as_view(), name="briefings"),
    path(_("subscribe/"), briefings.Subscribe.as_view(), name="subscribe"),
    path(
        _("subscribe/confirm/<str:token>/"),
        briefings.ConfirmSubscription.as_view(),
        name="confirm_subscription",
    ),
    path(
        _("subscribe/end/<str:token>/"),
        briefings.EndSubscription.as_view(),
        name="end_subscription",
    ),
    path("<slug:slug>/", briefings.BriefingDetail.as_view(), name="briefing"),
]
