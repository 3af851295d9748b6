"""What a proof needs to begin with: an open call, many applicants, a complete draft of each."""

from datetime import timedelta
from decimal import Decimal
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from grants.models import Application, Call, Scheme, SchemeBudget
from partners.models import Partner
from portal.core.models import Perspective, User
from tests.conftest import BACKEND, complete

PAGES = import_module(settings.SESSION_ENGINE)


def open_call() -> Call:
    now = timezone.now()
    scheme = Scheme.objects.create(
        slug="bevis", title_sv="Bevis", title_en="Proof", applicants=["individual"],
        publication="published",
    )  # fmt: skip
    SchemeBudget.objects.create(
        scheme=scheme, year=now.year, amount=Decimal(10_000_000), state="confirmed"
    )
    return Call.objects.create(
        scheme=scheme, slug="bevis-nu", name_sv="Nu", name_en="Now", budget_year=now.year,
        opens_at=now - timedelta(days=2), closes_at=now + timedelta(days=2), state="published",
    )  # fmt: skip


def drafts(call: Call, count: int) -> list[tuple[int, str]]:
    """So many complete drafts, each with the session of its own applicant: (key, session key)."""
    now = timezone.now()
    partner = Partner.objects.create(
        slug="vilnius", name_sv="Vilnius", name_en="Vilnius", country="LT", publication="published"
    )
    perspective = Perspective.objects.create(
        slug="invanare", order=1, mark="circle", name_sv="Invånare", name_en="Residents",
        purpose_sv="-", purpose_en="-",
    )  # fmt: skip
    people = User.objects.bulk_create(
        User(email=f"person{number}@example.org", full_name=f"Person {number}", password="!")
        for number in range(count)
    )
    return [
        (_draft(call, person, complete(partner, perspective), now), _session(person))
        for person in people
    ]


def _draft(call, person, content, now) -> int:
    draft = Application.objects.start(call=call, by=person, at=now)
    draft.edit(by=person, at=now, content=content)
    return draft.pk


def _session(person: User) -> str:
    session = PAGES.SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return session.session_key
