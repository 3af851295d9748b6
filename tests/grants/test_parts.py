"""The parts of an application: what is written is read back, and rows keep to their application."""

from decimal import Decimal

import pytest
from django.utils import translation

from grants import parts, reading
from grants.models import Application
from grants.models.rows import ApplicationPartner, BudgetLine


@pytest.fixture
def keep(begun, applicant, now):
    """Write parts of the begun draft; gives what is read back of them."""

    def keep(**content):
        begun.edit(by=applicant, at=now, content=content)
        written = parts.content(Application.objects.get(pk=begun.pk))
        return {step: written[step] for step in content}

    return keep


def named(name, **given):
    return {
        "key": "", "partner": None, "name": name, "country": "LT", "role": "", "gives": "",
        "gets": "", "own_funding": None, "email": "", "language": "en", **given,
    }  # fmt: skip


@pytest.fixture
def everything(partner, perspectives):
    return {
        "project": {
            "title": "Dans", "summary": "Rad ett\nRad två", "starts_on": "2027-03-01",
            "ends_on": None,
        },
        "partners": [
            named("Teatern i Kaunas", key="0000000a", own_funding="5000.00", language="sv"),
            {**named("", key="0000000b", country=""), "partner": partner.pk, "role": "Värd"},
        ],
        "activities": [
            {"what": "Residens", "starts_on": "2027-03-01", "ends_on": "2027-03-09",
             "place": "Vilnius", "country": "LT"},
            {"what": "", "starts_on": None, "ends_on": None, "place": "Umeå", "country": "SE"},
        ],
        "perspectives": {
            "invanare": {"how": "Möten", "evidence": "Fler besök"},
            "kunskap": {"how": "", "evidence": ""},
        },
        "budget": {
            "costs": [
                {"text": "Resor", "amount": "1000.50", "bearer": "applicant"},
                {"text": "Scen", "amount": None, "bearer": "partner"},
                {"text": "Mat", "amount": "99.50", "bearer": "partner"},
            ],
            "amount": "600.00",
            "incomes": [
                {"kind": "own", "text": "", "amount": "400.00"},
                {"kind": "public", "text": "Kommunen", "amount": "100.00"},
            ],
        },
        "answers": {"fraga": ["a", "b"]},
        "declarations": {
            "certified": ["no_aid", "truth"],
            "undertaking": "yes",
            "aid": [{"granted_by": "Kommunen", "granted_on": "2026-01-02", "euro": "100.00"}],
        },
    }  # fmt: skip


def test_every_part_is_read_back_as_it_was_written_and_again(keep, everything, begun, partner):
    assert keep(**everything) == everything
    # Written once more, each list stands in place of the one before.
    again = {**everything, "activities": everything["activities"][::-1]}
    assert keep(**again) == again
    begun.refresh_from_db()
    # Sums and the partner for lists follow what is known.
    assert (begun.amount, begun.total_cost) == (Decimal(600), Decimal(1100))
    assert (begun.partner, begun.country) == (partner, "LT")
    assert BudgetLine.objects.count() == 5


def test_every_part_can_be_emptied(keep, everything, begun):
    keep(**everything)
    empty = {
        "project": {"title": "", "summary": "", "starts_on": None, "ends_on": None},
        "partners": [], "activities": [], "perspectives": {},
        "budget": {"costs": [], "amount": None, "incomes": []},
        "declarations": {"certified": [], "undertaking": "", "aid": []},
    }  # fmt: skip
    assert keep(**empty) == empty
    begun.refresh_from_db()
    assert (begun.amount, begun.total_cost, begun.partner, begun.country) == (None, None, None, "")


def test_a_partner_s_row_stays_the_same_while_it_is_rewritten_and_moved(keep, begun):
    one, two = keep(partners=[named("Ett"), named("Två")])["partners"]
    kept = dict(begun.cooperation.values_list("key", "pk"))
    keep(partners=[named("Tre"), {**two, "name": "Två igen"}, one])
    rows = [(row.name, kept.get(row.key), row.pk) for row in begun.cooperation.all()]
    assert [(name, before == pk) for name, before, pk in rows] == [
        ("Tre", False), ("Två igen", True), ("Ett", True),
    ]  # fmt: skip
    keep(partners=[one])
    assert list(begun.cooperation.values_list("pk", flat=True)) == [kept[one["key"]]]


def test_of_two_rows_with_one_key_the_second_is_new(keep, begun):
    keep(partners=[named("Ett", key="0000000a")])
    (pk,) = begun.cooperation.values_list("pk", flat=True)
    rows = keep(partners=[named("Ett", key="0000000a"), named("Två", key="0000000a")])["partners"]
    assert [row["name"] for row in rows] == ["Ett", "Två"]
    assert rows[0]["key"] == "0000000a" != rows[1]["key"]
    assert begun.cooperation.get(name="Ett").pk == pk


def test_another_application_s_key_reaches_nothing_of_it(keep, begun, organisation):
    other = Application.objects.start(
        call=begun.call, by=begun.applicant, at=begun.created_at, organisation=organisation
    )
    theirs = {"partners": [named("Deras", key="0a0a0a0a")]}
    other.edit(by=begun.applicant, at=begun.created_at, content=theirs)
    keep(partners=[named("Vår", key="0a0a0a0a")])
    assert sorted(ApplicationPartner.objects.values_list("application", "name")) == sorted(
        [(begun.pk, "Vår"), (other.pk, "Deras")]
    )


def test_the_same_content_is_told_in_both_languages(keep, everything, begun):
    keep(**everything)
    content = parts.content(begun)

    def facts():
        told = reading.told(begun, content)
        return {fact.key: fact.text for part in told for fact in part.facts}

    with translation.override("en"):
        english = facts()
    swedish = facts()
    assert english.keys() == swedish.keys()
    assert (english["cost-1"], swedish["cost-1"]) == (
        "1\u00a0000.50\u00a0kr",
        "1\u00a0000,50\u00a0kr",
    )
    assert (english["partner-0000000a"], swedish["partner-0000000a"]) == (
        "Teatern i Kaunas, Lithuania", "Teatern i Kaunas, Litauen",
    )  # fmt: skip
    assert english["aid-1"] == "Kommunen, 2 January 2026, 100 euro"
