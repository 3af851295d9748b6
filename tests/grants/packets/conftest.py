"""A call with applications to rank: three assessed ones, and what is typed in their rows."""

from decimal import Decimal

import pytest
from django.urls import reverse

from grants import packets
from grants.ledger import ledger_of
from grants.models import Application, PacketRow
from tests.conftest import assess, complete, make_user

JSON = {"accept": "application/json"}


@pytest.fixture
def colleague(db):
    return make_user("colleague@example.org", "officer", staff=True)


@pytest.fixture
def hand_in(call, partner, perspectives, officer, now):
    """An assessed application of a person of its own, with this score."""

    def hand_in(title, score=3, amount="20000.00", of_call=call):
        person = make_user(f"{title.lower()}@example.org", name=f"Sökande {title}")
        draft = Application.objects.start(call=of_call, by=person, at=now)
        content = complete(partner, perspectives[0], amount=amount, title=title)
        draft.edit(by=person, at=now, content=content).submit(by=person, at=now)
        draft.begin_assessment(by=officer, at=now)
        assess(draft, by=officer, at=now, score=score)
        return draft

    return hand_in


@pytest.fixture
def three(hand_in):
    """By their scores: Best, Middle, Worst."""
    titles = {"Worst": 2, "Best": 5, "Middle": 4}
    found = {title: hand_in(title, score) for title, score in titles.items()}
    return [found["Best"], found["Middle"], found["Worst"]]


def plan(application, by, at, amount=10_000, outcome="granted", seen=0, **given):
    planned = {"conditions": "", "reasons": "Bra.", "outcome": outcome,
               "amount": None if amount is None else Decimal(amount), **given}  # fmt: skip
    return PacketRow.objects.write(application, by=by, at=at, seen=seen, **planned)


def propose(call, by, at):
    return packets.propose(call, by=by, at=at, seen=ledger_of(call, by).seen)


@pytest.fixture
def open_packet(sign_in, call):
    """The page as this person opens it."""
    return lambda person: sign_in(person).get(reverse("packet", args=[call.pk]))


@pytest.fixture
def save(sign_in, officer, call):
    """A row sent as its form sends it, with what stands in it unless something else is typed."""

    def save(application, by=officer, headers=None, **typed):
        row = PacketRow.objects.filter(application=application).first()
        stands = {"version": row.version if row else 0, "place": 1, "rank": "", "outcome": "",
                  "amount": "", "conditions": "", "reasons": ""}  # fmt: skip
        address = reverse("plan_row", args=[call.pk, application.pk])
        return sign_in(by).post(address, stands | typed, headers=headers)

    return save
