from datetime import date, timedelta

import pytest

from portal.committee.models import Meeting, Seat
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
