"""What an application must hold to be handed in: each rule is seen to refuse, by field."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from grants.declarations import counted_aid
from grants.models.schemes import Scheme
from tests.conftest import complete

LAST_YEAR = (timezone.localdate() - timedelta(days=365)).isoformat()


@pytest.fixture
def lacks(draft, applicant, now):
    """Write parts of the complete draft and hand it in; what is told, by field."""

    def lacks(**content):
        draft.refresh_from_db()
        draft.edit(by=applicant, at=now, content=content)
        try:
            draft.submit(by=applicant, at=now)
        except ValidationError as error:
            draft.refresh_from_db()
            assert (draft.state, draft.case.number) == ("draft", None)
            assert not draft.submissions.exists()
            return error.message_dict
        return {}

    return lacks


@pytest.fixture
def whole(partner, perspectives):
    return complete(partner, perspectives[0])


def rules(**given):
    Scheme.objects.update(**given)


def test_every_lack_is_told_at_once_by_field(lacks, scheme):
    wanted = scheme.attachments.create(name_sv="Meriter", name_en="Curriculum vitae")
    told = lacks(
        project={"title": "", "summary": "", "starts_on": None, "ends_on": None},
        partners=[], activities=[], perspectives={},
        budget={"costs": [], "amount": None, "incomes": []},
        declarations={"certified": [], "undertaking": "", "aid": []},
    )  # fmt: skip
    assert told.keys() == {
        "title", "summary", "starts_on", "ends_on", "partners", "activities", "perspectives",
        "costs", "amount", "truth", "undertaking", f"file-{wanted.pk}",
    }  # fmt: skip


PARTNER = {"name": "Teatern", "country": "LT", "role": "Värd", "gives": "Scen", "gets": "Publik"}
ACTIVITY = {"what": "Residens", "starts_on": "2027-03-01", "place": "Vilnius", "country": "LT"}
CLAIM = {"how": "Möten", "evidence": "Fler besök"}


def one(row, **changes):
    return [{**row, **changes}]


@pytest.mark.parametrize(
    ("step", "data", "fields"),
    [
        ("partners", one(PARTNER), set()),
        ("partners", one(PARTNER, name=""), {"partners-0-name"}),
        ("partners", one(PARTNER, country=""), {"partners-0-country"}),
        ("partners", [PARTNER, PARTNER | {"gives": "", "gets": ""}],
         {"partners-1-gives", "partners-1-gets"}),
        ("activities", one(ACTIVITY, ends_on="2027-03-21"), set()),
        ("activities", one(ACTIVITY, place="", what=""),
         {"activities-0-place", "activities-0-what"}),
        ("activities", one(ACTIVITY, starts_on=None), {"activities-0-starts_on"}),
        ("activities", one(ACTIVITY, starts_on="2027-02-28"), {"activities-0-starts_on"}),
        ("activities", one(ACTIVITY, ends_on="2027-03-22"), {"activities-0-starts_on"}),
        ("activities", one(ACTIVITY, starts_on="2027-03-22"), {"activities-0-starts_on"}),
        ("perspectives", {"invanare": CLAIM, "kunskap": CLAIM | {"how": " "}}, {"perspectives"}),
        ("perspectives", {"invanare": CLAIM | {"evidence": ""}}, {"perspectives"}),
    ],
)  # fmt: skip
def test_rows_and_claims_must_be_whole(lacks, step, data, fields):
    assert lacks(**{step: data}).keys() == fields


def test_a_project_that_ended_before_the_call_opened_is_late(lacks, whole, call):
    opened = timezone.localdate(call.opens_at)
    begins, yesterday = opened - timedelta(days=400), opened - timedelta(days=1)
    activity = {"activities": one(ACTIVITY, starts_on=begins)}
    days = {**whole["project"], "starts_on": begins}
    assert lacks(project={**days, "ends_on": yesterday}, **activity).keys() == {"ends_on"}
    # One that has begun may go on.
    assert lacks(project={**days, "ends_on": opened}, **activity) == {}


def budget(amount, cost, own=None, **cost_line):
    rest = own if own is not None else f"{Decimal(cost) - Decimal(amount):.2f}"
    return {
        "amount": amount,
        "costs": [{"text": "Resor", "amount": cost, **cost_line}],
        "incomes": [{"kind": "own", "amount": rest}] if Decimal(rest) > 0 else [],
    }


@pytest.mark.parametrize(
    ("ceiling", "percent", "amount", "cost", "fields"),
    [
        (10_000, None, "10000.00", "60000", set()),
        (10_000, None, "10000.01", "60000", {"amount"}),
        (None, 50, "30000.00", "60000", set()),
        (None, 50, "30000.01", "60000", {"amount"}),
        (None, 50, "16.66", "33.33", set()),
        (None, 50, "16.67", "33.33", {"amount"}),
        (None, None, "60000.00", "60000", set()),
        (None, None, "60000.01", "60000", {"amount", "incomes"}),
    ],
)
def test_the_schemes_ceiling_and_share_hold(lacks, ceiling, percent, amount, cost, fields):
    rules(max_award=ceiling, max_share_percent=percent)
    assert lacks(budget=budget(amount, cost)).keys() == fields


@pytest.mark.parametrize(
    ("own", "told"), [("39999.99", "0,01"), ("40000.01", "0,01"), ("40000.00", None)]
)
def test_costs_and_what_pays_them_are_equal(lacks, own, told):
    found = lacks(budget=budget("20000.00", "60000.00", own))
    assert found.keys() == ({"incomes"} if told else set())
    if told:
        assert f"{told}\u00a0kr" in found["incomes"][0]


def test_every_kind_of_income_pays(lacks):
    kinds = [("own", "10000.00"), ("public", "20000.00"), ("other", "10000.00")]
    incomes = [{"kind": kind, "amount": amount} for kind, amount in kinds]
    assert lacks(budget={**budget("20000.00", "60000.00"), "incomes": incomes}) == {}


def test_lines_of_the_budget_must_be_whole(lacks):
    lines = {"costs": [{"text": "", "amount": None}], "incomes": [{"kind": "own", "amount": None}]}
    assert lacks(budget={"amount": "20000.00", **lines}).keys() == {
        "costs-0-text", "costs-0-amount", "incomes-0-amount",
    }  # fmt: skip


def test_the_partners_own_funding_pays_a_part_of_the_whole_project(lacks, whole):
    partners = one(whole["partners"][0], own_funding="15000.00")
    money = budget("20000.00", "60000.00", "25000.00", bearer="partner")
    assert lacks(partners=partners, budget=budget("20000.00", "60000.00")).keys() == {"incomes"}
    assert lacks(budget=money) == {}


def test_where_only_own_costs_are_covered_the_partners_stand_outside(lacks, whole):
    rules(only_own_costs=True)
    partners = one(whole["partners"][0], own_funding="15000.00")
    theirs = budget("20000.00", "60000.00", bearer="partner")
    assert lacks(partners=partners, budget=theirs).keys() == {"costs-0-bearer"}
    assert lacks(budget=budget("20000.00", "60000.00", "25000.00")).keys() == {"incomes"}
    assert lacks(budget=budget("20000.00", "60000.00")) == {}


def declared(*certified, undertaking="no", aid=()):
    aid = [{"granted_by": "Kommunen", "granted_on": LAST_YEAR, "euro": euro} for euro in aid]
    return {"certified": list(certified), "undertaking": undertaking, "aid": aid}


def test_the_schemes_rules_are_certified_in_the_first_person(lacks):
    rules(requires_residence=True, requires_non_profit=True, only_own_costs=True)
    every = ("residence", "non_profit", "own_costs", "truth")
    assert lacks(declarations=declared()).keys() == set(every)
    for name in every:
        others = [one for one in every if one != name]
        assert lacks(declarations=declared(*others)).keys() == {name}
    assert lacks(declarations=declared(*every)) == {}


@pytest.mark.parametrize(
    ("declarations", "fields"),
    [
        (declared("truth", undertaking=""), {"undertaking"}),
        (declared("truth", undertaking="yes"), {"no_aid"}),
        (declared("truth", "no_aid", undertaking="yes"), set()),
        (declared("truth", undertaking="yes", aid=["100000.00", "199999.99"]), set()),
        (declared("truth", undertaking="yes", aid=["100000.00", "200000.00"]), {"aid"}),
        (declared("truth", undertaking="yes", aid=[None]), {"aid-0-euro"}),
        (declared("truth", "no_aid", undertaking="yes", aid=["1.00"]), {"no_aid"}),
        # Aid is asked of undertakings only.
        (declared("truth", undertaking="no", aid=["300000.00"]), set()),
    ],
)
def test_an_undertaking_tells_its_aid_and_stays_below_the_ceiling(lacks, declarations, fields):
    assert lacks(declarations=declarations).keys() == fields


def test_aid_counts_for_three_rolling_years():
    rows = [
        {"granted_on": day, "euro": euro}
        for day, euro in (("2025-02-28", "1.00"), ("2025-03-01", "10.00"), ("", "100.00"))
    ]
    assert counted_aid(rows, date(2028, 2, 28)) == Decimal(110)
    assert counted_aid(rows, date(2028, 2, 29)) == Decimal(110)
    assert counted_aid(rows, date(2028, 3, 1)) == Decimal(100)
    assert counted_aid(rows, date(2028, 2, 27)) == Decimal(111)
