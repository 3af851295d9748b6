"""Invented memberships, people, meetings and a change on its way.

What the public sees of it is marked as invented; the engagements that sources tell of stay as they
are.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from networks.models import Engagement, Membership, Network, NetworkMeeting, Representative
from networks.workflow import EngagementLevel, EngagementState
from partners.models import Partner
from portal.cases.models import Case
from portal.core.models import User
from portal.site.demo.people import Cast

SOURCE = "Påhittat i demonstrationen. Invented for the demonstration."
YEARS = 3


@dataclass(frozen=True)
class Plan:
    """An invented membership: the network, who holds it (the committee when empty), its fee."""

    network: str
    body: str
    fee: int
    rise: int


MEMBERSHIPS = (
    Plan("CPMR", "", 98_000, 2_500),
    Plan("AER", "", 74_500, 1_500),
    Plan("ECTN", "vastarvet", 18_000, 0),
)
#: Network, group in Swedish, name, kind, days until the mandate ends, and for whom a substitute.
PEOPLE = (
    ("CPMR", "", "Kim Påhittad", "elected", 60, ""),
    ("CPMR", "", "Lo Påhittad", "elected", 60, "Kim Påhittad"),
    ("NSC", "Gruppen för turism", "Mika Påhittad", "staff", 500, ""),
)
CHANGED = "RICC"


def make_networks(cast: Cast, at: datetime) -> None:
    """What is there already is left as it is."""
    networks = {network.acronym: network for network in Network.objects.all()}
    day = timezone.localdate(at)
    _make_memberships(networks, day)
    _make_people(networks, day)
    _make_meetings(networks, day)
    _begin_change(networks, cast.users["handlaggare"], at)


def _make_memberships(networks: dict[str, Network], day: date) -> None:
    bodies = {body.slug: body for body in Partner.objects.own_bodies()}
    for plan in MEMBERSHIPS:
        network, body = networks.get(plan.network), bodies.get(plan.body)
        if network is None or network.memberships.exists() or (plan.body and not body):
            continue
        membership = Membership.objects.create(
            network=network,
            body=body,
            start=date(day.year - YEARS + 1, 1, 1),
            notice_on=date(day.year, 6, 30),
            source=SOURCE,
            invented=True,
        )
        for number in range(YEARS):
            amount = Decimal(plan.fee + number * plan.rise)
            membership.fees.create(year=membership.start.year + number, amount=amount)  # type: ignore[union-attr]
        if body:
            network.participations.create(
                partner=body, start=membership.start, source=SOURCE, invented=True
            )


def _make_people(networks: dict[str, Network], day: date) -> None:
    made: dict[str, Representative] = {}
    for acronym, group, name, kind, days, substitute_for in PEOPLE:
        network = networks.get(acronym)
        if network is None or network.representatives.filter(name=name).exists():
            continue
        made[name] = network.representatives.create(
            group=network.groups.filter(name_sv=group).first(),
            name=name,
            kind=kind,
            substitute_for=made.get(substitute_for),
            start=date(day.year - 2, 1, 1),
            end=day + timedelta(days=days),
            source=SOURCE,
            is_public=True,
            invented=True,
        )


def _make_meetings(networks: dict[str, Network], day: date) -> None:
    network = networks.get("NSC")
    if network is None or network.meetings.exists():
        return
    held = day - timedelta(days=40)
    group = network.groups.first()
    meeting = NetworkMeeting.objects.create(
        network=network,
        group=group,
        title_sv="Gruppmöte om kultur och turism (påhittat exempel)",
        title_en="Group meeting on culture and tourism (invented example)",
        starts_on=held,
        ends_on=held + timedelta(days=1),
        place="Aberdeen",
        agenda="1. Kulturrutter runt Nordsjön\n2. Nästa programperiod",
        report_sv="Påhittad rapport. Gruppen enades om att visa kulturrutterna gemensamt.",
        report_en="An invented report. The group agreed to present the cultural routes together.",
        reported_on=held + timedelta(days=6),
        is_public=True,
        invented=True,
    )
    meeting.attended_by.set(network.representatives.all())
    meeting.tasks.create(text="Påhittad uppgift: be museerna om bilder", due_on=day)
    NetworkMeeting.objects.create(
        network=network,
        group=group,
        title_sv="Uppföljande möte (påhittat exempel)",
        title_en="Follow-up meeting (invented example)",
        starts_on=day - timedelta(days=5),
        invented=True,
    )


def _begin_change(networks: dict[str, Network], officer: User, at: datetime) -> None:
    """A draft for staff to propose: from monitoring to being active, from the coming year on."""
    network = networks.get(CHANGED)
    engagements = Engagement.objects.filter(network=network).select_related("network", "line")
    if network is None or engagements.count() != 1:
        return
    now = engagements.get()
    change = Engagement(
        network=network,
        state=EngagementState.DRAFT,
        level=EngagementLevel.ACTIVE,
        start=date(timezone.localdate(at).year + 1, 1, 1),
        line=now.line,
    )
    change.case = Case.objects.begin(Case.Kind.ENGAGEMENT, str(change), by=officer, at=at)
    change.save()
    change.goals.set(now.goals.all())
