"""Matching asks a fixed number of questions, of five thousand partners too, and answers at once."""

import time
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Agreement, AgreementParty
from networks.models import Network, Participation
from partners.models import Partner, PartnerExchange, PartnerPerspective, Theme
from portal.cases.models import Case
from portal.core.models import Perspective
from tests.conftest import make_user

PARTNERS, AGREEMENTS = 5000, 2000
ADDRESS = (
    "/partner/hitta/?challenge=t1&challenge=t2&challenge=t3&strength=t4&strength=t5&seek=artists"
    "&offer=knowledge&perspective=p1&q=region+7&weight_distance=2"
)
MOST_QUERIES = 15
# An idle machine takes 0.12 s. This catches work that grows with the square of the partners, on a
# busy machine and under a tracer too.
MOST_SECONDS = 2


def make_partners(perspectives, themes):
    partners = Partner.objects.bulk_create(
        Partner(
            slug=f"r{n}", name_sv=f"Region {n}", name_en=f"Region {n}", publication="published",
            country=("LT", "DE", "US")[n % 3], lat=n % 160 - 80, lon=n % 360 - 180,
        )
        for n in range(PARTNERS)
    )  # fmt: skip
    pairs = list(enumerate(partners))
    for relation, step in ((Partner.strengths, 1), (Partner.challenges, 3)):
        relation.through.objects.bulk_create(
            relation.through(partner=partner, theme=themes[(n * step + k) % len(themes)])
            for n, partner in pairs
            for k in range(3)
        )
    PartnerExchange.objects.bulk_create(
        PartnerExchange(partner=partner, form=form, offers=n % 2 == 0, seeks=n % 3 == 0)
        for n, partner in pairs
        for form in ("artists", "knowledge")
        if n % 2 == 0 or n % 3 == 0
    )
    PartnerPerspective.objects.bulk_create(
        PartnerPerspective(item=partner, perspective=perspectives[n % 4]) for n, partner in pairs
    )
    return partners


def make_history(partners):
    cases = Case.objects.bulk_create(
        Case(kind="agreement", title="Avtal") for _n in range(AGREEMENTS)
    )
    agreements = Agreement.objects.bulk_create(
        Agreement(
            slug=f"a{n}", case=case, kind="programme", title_sv="Avtal", title_en="Agreement",
            publication="published", signed_on=date(2010 + n % 10, 1, 1),
            valid_until=date(2020, 1, 1) if n % 2 else None,
        )
        for n, case in enumerate(cases)
    )  # fmt: skip
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, partner=partners[n * 2])
        for n, agreement in enumerate(agreements)
    )
    network = Network.objects.create(
        slug="n", acronym="N", name_sv="Nät", name_en="Net", kind="professional",
        publication="published",
    )  # fmt: skip
    case = Case.objects.create(kind="engagement", title="Nät")
    network.engagements.create(case=case, level="active", source="-")
    Participation.objects.bulk_create(
        Participation(network=network, partner=partner) for partner in partners[::5]
    )


@pytest.fixture
def many(db):
    marks = ("circle", "square", "triangle", "diamond")
    perspectives = [
        Perspective.objects.create(slug=f"p{n}", order=n, mark=mark, name_sv=f"P{n}")
        for n, mark in enumerate(marks, 1)
    ]
    themes = [Theme.objects.create(slug=f"t{n}", name_sv=f"Tema {n}") for n in range(30)]
    partners = make_partners(perspectives, themes)
    make_history(partners)
    return partners


def measured(client, address):
    started = time.process_time()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return response, len(captured), time.process_time() - started


def test_five_thousand_partners_are_matched_at_once(client, sign_in, many, capsys):
    officer = make_user("o@example.org", "officer", staff=True)
    sign_in(officer)  # the dearest reader: session, account and roles are asked for too
    page = many[1].get_absolute_url()
    found = {}
    for name, address in (("find", ADDRESS), ("page", page)):
        client.get(address)  # what is kept from the first request on, is
        response, queries, seconds = measured(client, address)
        found[name] = (queries, seconds)
        with capsys.disabled():
            print(f" {name}: {queries} queries, {seconds * 1000:.0f} ms", end="")  # noqa: T201
    assert response.context["alike"]
    assert {name: q for name, (q, _s) in found.items() if q > MOST_QUERIES} == {}
    assert {name: s for name, (_q, s) in found.items() if s > MOST_SECONDS} == {}
