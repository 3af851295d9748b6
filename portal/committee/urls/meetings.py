"""The committee's meetings, for its members and for those who keep them."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from portal.committee.views import items, meetings, urgent

urlpatterns = [
    path("", meetings.Meetings.as_view(), name="meetings"),
    path(_("urgent/<int:pk>/"), urgent.UrgentDecision.as_view(), name="urgent_decision"),
    path("<int:pk>/", meetings.MeetingPage.as_view(), name="meeting"),
    path("<int:pk>/<int:item>/", items.ItemPage.as_view(), name="agenda_item"),
]
