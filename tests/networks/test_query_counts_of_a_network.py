"""A network's page, and its partners' pages, cost the same whatever hangs on them."""

from datetime import date, timedelta

import pytest

from partners.models import Partner
from portal.cases.models import Case
from tests.networks.conftest import decide
from tests.site.test_public_query_counts import queries

MOST = 15


@pytest.fixture
def hang(ricc, partner, own_body, goal, line, today):
    """Hang so many of everything on a network, half of it on one of its groups."""

    def one(number):
        group = ricc.groups.create(name_sv=f"Grupp {number}") if number % 2 else None
        ricc.member_counts.create(count=number + 1, source="Källa")
        case = Case.objects.create(kind="engagement", title="RICC")
        engagement = ricc.engagements.create(
            case=case, level="monitors", source="Källa", line=line,
            start=date(1990 + number % 30, 1, 1), end=date(1990 + number % 30, 12, 31),
        )  # fmt: skip
        engagement.goals.add(goal)
        taking_part = Partner.objects.create(
            slug=f"p{number}", name_sv=f"P{number}", country="LT", publication="published"
        )
        ricc.participations.create(partner=taking_part, group=group)
        ricc.commissions.create(
            slug=f"k{number}", acronym=f"K{number}", kind="professional", publication="published"
        )
        membership = ricc.memberships.create(
            body=own_body, source="Källa", start=date(2024, 1, 1), end=today
        )
        for year in (2024, 2025):
            membership.fees.create(year=year, amount=100)
        person = ricc.representatives.create(
            name=f"Kim {number}", kind="staff", start=date(2024, 1, 1), is_public=True,
            body=own_body, group=group, substitute_for=ricc.representatives.first(),
        )  # fmt: skip
        meeting = ricc.meetings.create(
            title_sv="Möte", starts_on=today - timedelta(days=number), is_public=True, group=group
        )
        meeting.attended_by.add(person)
        partner.network_participations.create(
            network=ricc.commissions.get(slug=f"k{number}"), group=None
        )

    made = 0

    def up_to(number):
        nonlocal made
        while made < number:
            one(made)
            made += 1

    return up_to


def test_pages_cost_the_same_with_two_and_sixty_of_everything(
    sign_in, officer, secretary, proposal, hang, ricc, partner, own_body, now
):
    decide(proposal, secretary, now)
    client = sign_in(officer)  # the dearest reader
    addresses = [
        ricc.get_absolute_url(), partner.get_absolute_url(), own_body.get_absolute_url(),
        "/api/v1/networks/ricc/", "/natverk/", "/api/v1/memberships/",
    ]  # fmt: skip

    def measured():
        return {address: queries(client, address) for address in addresses}

    hang(2)
    few = measured()
    hang(60)
    assert measured() == few
    assert {address: n for address, n in few.items() if n > MOST} == {}
