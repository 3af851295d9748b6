"""The table of roles and routes, walked; and what conflicts of interest take away from it."""

import logging
from http.cookies import SimpleCookie

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from portal.cases.models import Conflict, Message
from portal.core.models import Mail
from portal.site.awaiting import awaiting
from portal.site.reminders import send_reminders
from tests.conftest import BACKEND
from tests.security.addresses import addresses, searches
from tests.security.matrix import IN_TWO_ROWS, ROLES, TABLE, is_of_accounts

REFUSED = {401, 403, 404, 410}
SIGN_IN = ("account_login", "admin:login")
STAFF = ("H", "S", "A")
#: Who meets other people's matters, by role or because they are asked to.
HANDLING = (*STAFF, "M", "R")
# What a form of any route would send.
SENT = {"role": "member", "email": "x@example.org"}
# Accounts are an administrator's to keep, whatever their people take part in.
ACCOUNTS = ("admin:core_user", "User search")


@pytest.fixture(autouse=True)
def _quick(settings):
    """Queries are watched in the tests of each page; here there are some thousand requests."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "zeal" not in name]
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


class Visitor:
    """A role at its door. What a request changes is undone."""

    def __init__(self, world, role):
        person, token = world.people.get(role), world.tokens.get(role)
        self.client = Client(headers={"Authorization": f"Token {token}"} if token else {})
        if person:
            self.client.force_login(person, BACKEND)
        self.cookies = SimpleCookie(self.client.cookies)

    def open(self, address):
        """Read it; where it can only be sent to, send."""
        self.client.cookies = SimpleCookie(self.cookies)
        with transaction.atomic():
            answer = self.client.get(address)
            if answer.status_code == 405:
                sent = SENT | {"role": "read"} if "tillsammans" in address else SENT
                answer = self.client.post(address, sent)
            transaction.set_rollback(True)
        return answer

    def is_let_in(self, answer) -> bool:
        leads = answer.url.partition("?")[0] if answer.status_code == 302 else ""
        assert answer.status_code < 500
        return answer.status_code not in REFUSED and leads not in map(reverse, SIGN_IN)


def is_asked(role: str, route: str) -> bool:
    """What anybody may read answers all alike, the admin's door all who are not of the staff; a
    token signs in to the API alone.
    """
    if TABLE[route] == set(ROLES):
        return role == "P"
    if route.startswith("admin:"):
        return role in ("P", "O", *STAFF)
    return role not in ("Tr", "Ts") or route.startswith(("api:", "document"))


def test_every_role_is_let_in_where_the_table_says(world, words, now):
    known = {route: at for route, at in addresses(world).items() if not is_of_accounts(route)}
    assert (set(known) ^ set(TABLE), IN_TWO_ROWS) == (set(), 0)
    wrong, telling = {}, {}
    for role in ROLES:
        visitor = Visitor(world, role)
        cache.clear()  # each role may guess as many links as the next one
        for route, address in known.items():
            if not is_asked(role, route):
                continue
            answer = visitor.open(address)
            if visitor.is_let_in(answer) != (role in TABLE[route]):
                wrong[role, route] = answer.status_code
            if (
                role in (*HANDLING, "Ts")
                and not is_anothers(role, route)
                and words.in_answer(answer)
            ):
                telling.setdefault(role, {})[route] = address
    assert wrong == {}
    the_barred_meet_nothing(world, words, telling, now)


# --- The layer of conflicts -----------------------------------------------------------------------
# A decided award, and what else the law makes public, is read by anybody: no matter here is decided
# and no agreement of these is published.


def the_barred_meet_nothing(world, words, telling, now):
    """Whoever declares meets none of the planted words, at any address that told of one before.

    A conflict only takes away: what told nothing before tells nothing after.
    """
    known = searches(world)
    for role in HANDLING:
        visitor = Visitor(world, role)
        for name, address in known.items():
            if not is_anothers(role, name) and words.in_answer(visitor.open(address)):
                telling[role][name] = address
    # So many tell of the matters: the test can fail.
    assert {role: len(found) >= LEAST[role] for role, found in telling.items()} == dict.fromkeys(
        telling, True
    ), {role: len(found) for role, found in telling.items()}
    for role in HANDLING:
        with transaction.atomic():
            declare(world, world.people[role], now)
            met = met_by(world, words, role, telling[role])
            if role == "H":
                met |= met_by(world, words, "Ts", telling["Ts"])
            assert (met, told_by_mail(world, words, role, now), counted(world, role, now)) == (
                {}, set(), [],
            ), role  # fmt: skip
            transaction.set_rollback(True)


def is_anothers(role: str, route: str) -> bool:
    """The calendar is the officer's own."""
    return route.startswith(ACCOUNTS) or (route == "staff_calendar" and role != "H")


#: How many addresses told of the matters when this was written, and a little less.
LEAST = {"H": 60, "S": 40, "A": 40, "M": 4, "R": 4, "Ts": 4}


def declare(world, person, now):
    for case in world.cases:
        Conflict.objects.declare(case, ground="interest", by=person, at=now)


def met_by(world, words, role, telling) -> dict:
    visitor = Visitor(world, role)
    found = {
        # What was asked for stands in the answer's links: that is no news.
        route: words.in_answer(visitor.open(at)) - {word for word in words.planted if word in at}
        for route, at in telling.items()
    }
    return {route: told for route, told in found.items() if told}


def told_by_mail(world, words, role, now) -> set[str]:
    """What is written to the person after the declaration."""
    person, owner = world.people[role], world.people["O"]
    Mail.objects.filter(to=person.email).delete()
    Message.objects.send(world.matter.case, "Hej igen", by=owner, at=now)
    send_reminders(now)
    written = Mail.objects.filter(to=person.email).values_list("subject", "body")
    return {word for word in words.planted if word in str(list(written))}


def counted(world, role, now) -> list[str]:
    """What awaits the person, of kinds that there are none of but in these matters."""
    kinds = ("/proposal/", "/application/", "/case/", "/agreement/", "/brev/")
    return [
        line.label
        for line in awaiting(world.people[role], now)
        if any(kind in line.url for kind in kinds)
    ]
