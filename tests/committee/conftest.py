from datetime import date, timedelta

import pytest

from portal.committee.models import Adjustment, Meeting, Seat
from portal.core.roles import Role
from tests.conftest import make_user

START = date(2023, 1, 1)
NAMES = {
    "chair": "chair", "vice": "vice_chair", "first": "member", "second": "member",
    "third": "member", "stand_in": "substitute", "other_stand_in": "substitute",
}  # fmt: skip


@pytest.fixture
def committee(db):
    """Five members and two substitutes, by name."""
    people = {}
    for order, (name, role) in enumerate(NAMES.items()):
        people[name] = make_user(f"{name}@example.org", Role.MEMBER, name=name.title())
        Seat.objects.create(user=people[name], role=role, order=order, start=START)
    return people


@pytest.fixture
def planned(committee, now):
    """A meeting of today with nothing on its agenda."""
    return Meeting.objects.create(begins_at=now - timedelta(hours=1), place="Residenset")


@pytest.fixture
def proposal(proposed):
    return proposed.case.proposals.get()


@pytest.fixture
def summoned(planned, proposal, secretary, now):
    """With the proposal as its first matter."""
    planned.put_up(by=secretary, at=now, title="Ansökan", proposals=[proposal])
    planned.put_up(by=secretary, at=now, title="Övrigt")
    return planned.summon(by=secretary, at=now)


def row(meeting, name):
    return meeting.attendance.get(user__email=f"{name}@example.org")


@pytest.fixture
def in_session(summoned, secretary, now):
    """All members are there, the substitutes, too; the first member adjusts."""
    present = list(summoned.attendance.all())
    summoned.note_attendance(by=secretary, at=now, present=present, stands_in={})
    return summoned.open(by=secretary, at=now, adjuster=row(summoned, "first"))


@pytest.fixture
def item(in_session):
    return in_session.items.get(kind="proposals")


GRANTED = {"outcome": "granted", "amount": 15_000, "reasons": "Stärker utbytet."}


@pytest.fixture
def closed(in_session, proposal, secretary, now):
    """One substitute has stepped in for a conflict, one matter was voted on, and all is handled."""
    first, last = in_session.items.all()
    first.leave(
        by=secretary, at=now, attendance=row(in_session, "third"),
        replaced_by=row(in_session, "stand_in"),
    )  # fmt: skip
    ballots = {one: "no" if str(one) in {"Second", "Vice"} else "yes" for one in first.serving()}
    first.vote(by=secretary, at=now, question="Ska ansökan beviljas?", ballots=ballots)
    for kind, text in (("proposal", "Avslag."), ("reserve", "Det är för dyrt.")):
        first.say(by=secretary, at=now, attendance=row(in_session, "second"), kind=kind, text=text)
    first.decide(by=secretary, at=now, text="Nämnden beviljar.", outcomes={proposal: GRANTED})
    last.put_off(by=secretary, at=now)
    return in_session.close(by=secretary, at=now)


@pytest.fixture
def adjusted(closed, committee, now):
    for name in ("chair", "first"):
        Adjustment.objects.adjust(closed, by=committee[name], at=now)
    closed.refresh_from_db()
    return closed
