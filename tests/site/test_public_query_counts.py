"""Pages cost the same number of queries with 10 rows and with 500, and never more than fifteen."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import Agreement, AgreementParty, AgreementPerspective
from grants.models import Application, Award, AwardPerspective, Call
from networks.models import (
    Engagement,
    Membership,
    MembershipFee,
    Network,
    NetworkPerspective,
    Participation,
    Position,
    PositionPerspective,
    PositionStep,
    Representative,
)
from partners.models import Partner, PartnerPerspective
from portal.cases.models import Case
from portal.committee.models import Decision, Proposal

MOST = 15


def cases(count, kind):
    return Case.objects.bulk_create(Case(kind=kind, title="Ärende") for _n in range(count))


def tag(model, items, perspectives):
    model.objects.bulk_create(
        model(item=item, perspective=perspectives[(n + k) % 4], how="Så")
        for n, item in enumerate(items)
        for k in (0, 1)
    )


def people(added):
    start = date(2024, 1, 1)
    principals = Representative.objects.bulk_create(
        Representative(network=network, name="Kim", kind="elected", start=start, is_public=True)
        for network in added
    )
    Representative.objects.bulk_create(
        Representative(
            network=person.network,
            name="Lo",
            kind="elected",
            start=start,
            is_public=True,
            substitute_for=person,
        )
        for person in principals
    )


@pytest.fixture
def grow(db, perspectives, scheme, budget, applicant, officer, goal, line, now):
    """Add a number of rows of every kind, each with tags and relations."""

    def partners(count, start):
        added = Partner.objects.bulk_create(
            Partner(
                slug=f"p{start + n}", name_sv=f"Region {start + n}", name_en=f"Region {start + n}",
                country=("LT", "GB", "US")[n % 3], publication="published",
                lat=Decimal(n % 120 - 50), lon=Decimal(n % 300 - 150),
            )
            for n in range(count)
        )  # fmt: skip
        tag(PartnerPerspective, added, perspectives)
        return added

    def agreements(count, start, with_partners):
        added = Agreement.objects.bulk_create(
            Agreement(
                slug=f"a{start + n}", case=case, kind="programme", title_sv="Avtal",
                title_en="Agreement", signed_on=date(2000 + n % 20, 1, 1), line=line,
                publication="published",
            )
            for n, case in enumerate(cases(count, "agreement"))
        )  # fmt: skip
        tag(AgreementPerspective, added, perspectives)
        AgreementParty.objects.bulk_create(
            AgreementParty(agreement=agreement, partner=partner)
            for agreement, partner in zip(added, with_partners, strict=True)
        )

    def calls(count, start):
        Call.objects.bulk_create(
            Call(
                scheme=scheme, slug=f"c{start + n}", name_sv="Omgång", name_en="Round",
                opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=n + 1),
                budget_year=now.year, state="published",
            )
            for n in range(count)
        )  # fmt: skip

    def networks(count, start, with_partners):
        added = Network.objects.bulk_create(
            Network(
                slug=f"n{start + n}", acronym=f"N{start + n}", name_sv="Nät", name_en="Net",
                kind="professional", publication="published",
                parent=Network.objects.first() if start else None,
            )
            for n in range(count)
        )  # fmt: skip
        tag(NetworkPerspective, added, perspectives)
        engagements = Engagement.objects.bulk_create(
            Engagement(network=network, case=case, level="active", source="Källa", line=line)
            for network, case in zip(added, cases(count, "engagement"), strict=True)
        )
        Engagement.goals.through.objects.bulk_create(
            Engagement.goals.through(engagement=engagement, strategygoal=goal)
            for engagement in engagements
        )
        Participation.objects.bulk_create(
            Participation(network=network, partner=partner)
            for network, partner in zip(added, with_partners, strict=True)
        )
        people(added)
        memberships = Membership.objects.bulk_create(
            Membership(network=network, body=with_partners[0], source="Källa") for network in added
        )
        MembershipFee.objects.bulk_create(
            MembershipFee(membership=membership, year=year, amount=1000)
            for membership in memberships
            for year in (2025, 2026)
        )
        return added

    def positions(count, start, through):
        added = Position.objects.bulk_create(
            Position(
                slug=f"q{start + n}", title_sv="Fråga", title_en="Question", line=line,
                state="pursued", publication="published",
            )
            for n in range(count)
        )  # fmt: skip
        tag(PositionPerspective, added, perspectives)
        PositionStep.objects.bulk_create(
            PositionStep(
                position=position, taken_on=date(2024, 1, 1 + n % 28), level=level, text_sv="Så",
                channel="network", network=network,
            )
            for n, (position, network) in enumerate(zip(added, through, strict=True))
            for level in ("regional", "eu")
        )  # fmt: skip

    def awards(count, with_partners):
        call = Call.objects.first()
        applications = Application.objects.bulk_create(
            Application(
                call=call, case=case, applicant=applicant, state="decided", submitted_at=now
            )
            for case in cases(count, "application")
        )
        proposals = Proposal.objects.bulk_create(
            Proposal(
                case=application.case, purpose="grant", outcome="granted", amount=1000,
                reasons="Bra", proposed_by=officer, proposed_at=now, state="decided",
            )
            for application in applications
        )  # fmt: skip
        decisions = Decision.objects.bulk_create(
            Decision(
                proposal=proposal, route="meeting", outcome="granted", amount=1000, reasons="Bra",
                decided_on=date(2020 + n % 6, 3, 1), section=1, recorded_by=officer,
                recorded_at=now, country="LT",
            )
            for n, proposal in enumerate(proposals)
        )  # fmt: skip
        rows = zip(applications, decisions, with_partners, strict=True)
        added = Award.objects.bulk_create(
            Award(
                application=application, decision=decision, scheme=scheme, budget=budget,
                title="Projekt", partner=partner, amount=1000, country="LT",
                decided_on=decision.decided_on, line=line,
            )
            for application, decision, partner in rows
        )  # fmt: skip
        tag(AwardPerspective, added, perspectives)

    def add(count):
        start = Partner.objects.count()
        added = partners(count, start)
        agreements(count, start, added)
        calls(count, start)
        positions(count, start, networks(count, start, added))
        awards(count, added)

    return add


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.fixture
def addresses(perspectives):
    names = (
        "partners",
        "find_partners",
        "agreements",
        "calls",
        "grants",
        "networks",
        "positions",
        "decisions",
        "home",
        "map",
    )
    filtered = "?perspective=kunskap&perspective=invanare&q=e"
    return [
        *(reverse(name) for name in names),
        *(reverse(name) + filtered for name in names),
        reverse("positions") + "?view=level&level=eu",
        perspectives[0].get_absolute_url(),
        reverse("strategy"),
    ]


def counts(client, addresses):
    found = {}
    for address in addresses:
        cache.clear()
        found[address] = queries(client, address)
    return found


def test_lists_ask_the_same_number_of_questions_of_10_and_500_rows(
    client, sign_in, officer, grow, addresses
):
    sign_in(officer)  # the dearest reader: session, account and roles are asked for too
    grow(10)
    few = counts(client, addresses)
    grow(490)
    assert counts(client, addresses) == few
    assert {address: n for address, n in few.items() if n > MOST} == {}


def test_an_items_page_asks_the_same_whatever_hangs_on_it(
    client, sign_in, officer, partner, agreement, call, awarded, network, position
):
    sign_in(officer)
    for item in (partner, agreement, call, awarded, awarded.decision, network, position):
        assert queries(client, item.get_absolute_url()) <= MOST
