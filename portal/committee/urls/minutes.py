from django.urls import path
from django.utils.translation import gettext_lazy as _

from portal.committee.views import announcing, minutes

urlpatterns = [
    path(_("<int:pk>/minutes/"), minutes.MeetingMinutes.as_view(), name="meeting_minutes"),
    path(_("<int:pk>/minutes/document/"), minutes.MinutesPdf.as_view(), name="meeting_minutes_pdf"),
    path(_("<int:pk>/minutes/adjust/"), minutes.Adjust.as_view(), name="adjust_minutes"),
    path(_("<int:pk>/minutes/<int:item>/adjust/"), minutes.Adjust.as_view(), name="adjust_section"),
    path(
        _("<int:pk>/minutes/<int:item>/extract/"),
        minutes.SectionExtract.as_view(),
        name="section_extract",
    ),
    path(_("to-announce/"), announcing.ToAnnounce.as_view(), name="to_announce"),
    path(
        _("to-announce/meeting/<int:pk>/"),
        announcing.AnnounceMeeting.as_view(),
        name="announce_meeting",
    ),
    path(
        _("to-announce/section/<int:pk>/"),
        announcing.AnnounceSection.as_view(),
        name="announce_section",
    ),
    path(
        _("to-announce/decision/<int:pk>/"),
        announcing.AnnounceDecision.as_view(),
        name="announce_decision",
    ),
]
