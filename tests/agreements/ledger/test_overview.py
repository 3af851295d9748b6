"""The staff's overview: who opens it, what it counts, and that its cost does not grow."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation

from agreements.models import (
    Agreement,
    AgreementParty,
    AgreementVersion,
    Commitment,
    CommitmentWording,
    Exchange,
    Fulfilment,
    Review,
)
from portal.cases.models import Case
from tests.site.test_public_query_counts import MOST, queries

ADDRESS = "/arbetsrum/avtal/"


@pytest.fixture
def grow(agreement, perspectives, partner, officer, now):
    """Signed agreements with ten commitments each, five of either side, in every state."""

    def grow(count):
        start = Agreement.objects.count()
        cases = Case.objects.bulk_create(
            Case(kind="agreement", title="Avtal") for _n in range(count)
        )
        agreements = Agreement.objects.bulk_create(
            Agreement(
                slug=f"s{start + n}", case=case, kind="programme", title_sv=f"Avtal {n}",
                title_en=f"Agreement {n}", signed_on=date(2020, 1, 1), publication="published",
            )
            for n, case in enumerate(cases)
        )  # fmt: skip
        parties = [
            AgreementParty.objects.bulk_create(
                AgreementParty(agreement=one, partner=of) for one in agreements
            )
            for of in (None, partner)
        ]
        versions = AgreementVersion.objects.bulk_create(
            AgreementVersion(
                agreement=one, kind="original", state="signed", signed_on=date(2020, 1, 1)
            )
            for one in agreements
        )
        commitments = Commitment.objects.bulk_create(
            Commitment(
                agreement=agreements[n], version=versions[n], party=parties[k % 2][n],
                text_sv=f"Åtagande {k}", text_en=f"Commitment {k}", is_public=k < 8,
                due_on=date(2021 + k, 1, 1), state=STATES[k], next_on=None,
                dropped_because="Nej" if STATES[k] == "dropped" else "",
                rhythm="yearly" if k % 3 == 0 else "once",
            )
            for n in range(count)
            for k in range(10)
        )  # fmt: skip
        through = Commitment.perspectives.through
        through.objects.bulk_create(
            through(commitment=one, perspective=perspectives[(n + k) % 4])
            for n, one in enumerate(commitments)
            for k in (0, 1)
        )
        Fulfilment.objects.bulk_create(
            Fulfilment(
                commitment=one, done_on=date(2022, 5, 1), due_on=one.due_on, evidence="Syns",
                noted_by=officer, noted_at=now,
            )
            for n, one in enumerate(commitments)
            if n % 10 < 4
        )  # fmt: skip
        Exchange.objects.bulk_create(
            Exchange(
                agreement=one, form="artists", title_sv="Residens", title_en="Residency",
                starts_on=date(2025, 5, 1), place="Vilnius", country="LT", is_public=True,
            )
            for one in agreements
        )  # fmt: skip
        Review.objects.bulk_create(
            Review(
                agreement=one, year=2024, due_on=date(2025, 1, 1), state="closed", closed_at=now,
                summary_sv="Bra", summary_en="Good",
            )
            for one in agreements
        )  # fmt: skip
        CommitmentWording.objects.bulk_create(
            CommitmentWording(commitment=one, language="lt", text="Tekstas") for one in commitments
        )

    return grow


STATES = ["done", "done", "under_way", "under_way", "promised", "promised", "promised", "dropped",
          "changed", "promised"]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "status"),
    [("applicant", 403), ("member", 403), ("officer", 200), ("secretary", 200),
     ("administrator", 200)],
)  # fmt: skip
def test_staff_only(request, client, sign_in, db, who, status):
    assert client.get(ADDRESS).url == f"{reverse('account_login')}?next={ADDRESS}"
    assert sign_in(request.getfixturevalue(who)).get(ADDRESS).status_code == status


def test_it_stands_at_the_same_place_in_english(sign_in, officer):
    with translation.override("en"):
        assert reverse("agreements_overview") == "/en/workroom/agreements/"
    assert sign_in(officer).get("/en/workroom/agreements/").status_code == 200


def test_it_counts_internal_and_unpublished_ones_but_no_drafts(
    sign_in, officer, pledge, ours, theirs, agreement, draft_version, now
):
    late = pledge(ours, due_on=date(2025, 1, 1), is_public=False)
    pledge(ours, due_on=date(2020, 1, 1), version=draft_version)
    pledge(theirs, state="done")
    agreement.unpublish(by=officer, at=now)
    context = sign_in(officer).get(ADDRESS).context
    assert [(total.live, total.late, total.done) for _name, total in context["totals"]] == [
        (1, 1, 0),
        (0, 0, 1),
    ]
    assert list(context["late"]) == [late]
    row = context["page"].items[0]
    assert (row, row.late, row.numbers) == (agreement, 1, [1, 0, 0, 1])


def test_the_agreement_with_most_late_stands_first(sign_in, officer, grow, pledge, ours, agreement):
    grow(2)
    for year in range(2019, 2025):
        pledge(ours, due_on=date(year, 1, 1))
    page = sign_in(officer).get(ADDRESS).context["page"]
    today = timezone.localdate()
    late = [row.late for row in page.items]
    assert (page.items[0], late) == (agreement, sorted(late, reverse=True))
    assert late == [
        Commitment.objects.filter(agreement=row).late(today).count() for row in page.items
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"one", "two"}),
        ("perspective=kunskap", {"two"}),
        ("perspective=kunskap&perspective=invanare", {"one", "two"}),
        ("year=2025", {"one"}),
        ("year=2027", set()),
        ("q=dans", {"two"}),
        ("agreement=vilnius-2014", {"one", "two"}),
    ],
)
def test_it_is_filtered(sign_in, officer, pledge, ours, perspectives, query, found):
    made = {
        "one": pledge(ours, perspectives[0], due_on=date(2025, 1, 1)),
        "two": pledge(ours, perspectives[1], due_on=date(2024, 1, 1), text="Visa dans"),
    }
    context = sign_in(officer).get(f"{ADDRESS}?{query}").context
    assert {name for name, one in made.items() if one in context["late"]} == found
    assert context["totals"][0][1].live == len(found)
    assert sum(row.numbers[0] for row in context["page"].items) == len(found)


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("year=nonsense", "year"), ("perspective=nonsense", "perspective"),
        ("agreement=nonsense", "agreement"), ("other=1", "other"), ("cursor=nonsense", "cursor"),
        ("updated_since=2025-01-01", "updated_since"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_said(sign_in, officer, commitment, query, problem):
    page = sign_in(officer).get(f"{ADDRESS}?{query}")
    assert (page.status_code, list(page.context["problems"])) == (400, [problem])


def test_pages_lead_on_through_all_agreements(sign_in, officer, grow):
    grow(120)
    client, address, seen = sign_in(officer), ADDRESS, []
    while address:
        page = client.get(address).context["page"]
        seen += page.items
        address = page.next and f"{ADDRESS}?cursor={page.next}"
    assert len(seen) == len(set(seen)) == 120


def test_it_asks_the_same_of_ten_and_of_many(sign_in, officer, grow, agreement, client):
    sign_in(officer)
    addresses = [
        ADDRESS,
        f"{ADDRESS}?perspective=kunskap&year=2024&q=e",
        f"{ADDRESS}?agreement=s1",
        "/admin/agreements/commitment/",
        "/admin/agreements/exchange/",
        "/admin/agreements/review/",
    ]

    def counts():
        cache.clear()
        return {address: queries(client, address) for address in addresses}

    grow(10)
    few = counts()
    grow(490)
    assert counts() == few
    assert {address: number for address, number in few.items() if number > MOST} == {}


def test_what_the_public_reads_asks_the_same_of_ten_and_of_many(client, grow, agreement):
    addresses = [
        "/avtal/s1/",
        "/api/v1/agreements/?page_size=200",
        "/api/v1/agreements/?page_size=200&perspective=kunskap&goal=utbyte&q=e",
        "/api/v1/agreements/s1/",
    ]

    def counts():
        cache.clear()
        return {address: queries(client, address) for address in addresses}

    grow(10)
    few = counts()
    grow(190)
    assert counts() == few
    assert {address: number for address, number in few.items() if number > MOST} == {}
