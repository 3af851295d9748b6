"""The demo's committee: who sits in it, and the next meeting with what has been proposed.

The meeting lies ahead, so that every decision the demo records at a meeting lies before it.
"""

from datetime import datetime, time, timedelta

from django.utils import timezone

from portal.committee.models import Meeting, Proposal, Seat
from portal.core.models import Mail
from portal.site.demo.people import Cast

# Account, role, party; in the order in which they are called.
SEATS = (
    ("ordforande", Seat.Role.CHAIR, "Partiet A"),
    ("viceordforande", Seat.Role.VICE_CHAIR, "Partiet B"),
    ("ledamot", Seat.Role.MEMBER, "Partiet A"),
    ("ledamot2", Seat.Role.MEMBER, "Partiet B"),
    ("ledamot3", Seat.Role.MEMBER, "Partiet C"),
    ("ersattare", Seat.Role.SUBSTITUTE, "Partiet A"),
    ("ersattare2", Seat.Role.SUBSTITUTE, "Partiet B"),
)
AHEAD, AT = timedelta(days=9), time(13)
THURSDAY = 3


def make_committee(cast: Cast, at: datetime) -> bool:
    """Returns whether the meeting was made now. Nobody gets the summons by mail."""
    if Meeting.objects.exists():
        return False
    start = timezone.localdate(at).replace(month=1, day=1)
    for order, (name, role, party) in enumerate(SEATS):
        user = cast.users[name]
        Seat.objects.get_or_create(
            user=user, role=role, defaults={"party": party, "order": order, "start": start}
        )
    by = cast.users["sekreterare"]
    meeting = Meeting.objects.plan(
        by=by, at=at, begins_at=_begins(at), place="Residenset, Göteborg"
    )
    waiting = list(Proposal.objects.awaiting_a_meeting().order_by("case_id"))
    if waiting:
        title = "Stöd för avtalssamarbete"
        meeting.put_up(by=by, at=at, title=title, proposals=waiting)
    meeting.put_up(
        by=by, at=at, title="Information om det internationella arbetet",
        text="Påhittad punkt: förvaltningen berättar om höstens utbyten.",
    )  # fmt: skip
    last = Mail.objects.order_by("pk").last()
    meeting.summon(by=by, at=at)
    Mail.objects.filter(pk__gt=last.pk if last else 0, sent_at=None).update(sent_at=at)
    return True


def _begins(at: datetime) -> datetime:
    """A Thursday after lunch, more than a week ahead."""
    day = timezone.localdate(at) + AHEAD
    day += timedelta(days=(THURSDAY - day.weekday()) % 7)
    return timezone.make_aware(datetime.combine(day, AT))
