"""The filters of the open lists, alike on every endpoint."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from agreements.models import Agreement
from grants.models import Award, Call
from networks.models import Membership, Position
from portal.cases.models import Case
from tests.api.conftest import OPEN_LISTS, keys, make_partner


@pytest.fixture
def untagged(everything, scheme, call, now):
    """Beside each item another that serves no perspective, goal or line."""
    make_partner("berlin", country="DE")
    case = Case.objects.create(kind="agreement", title="Berlin")
    Agreement.objects.create(slug="berlin", case=case, kind="programme", publication="published")
    Position.objects.create(slug="annat", publication="published")
    scheme = type(scheme).objects.create(slug="annat", publication="published")
    Call.objects.create(
        scheme=scheme, slug="annat", state="published", budget_year=2026,
        opens_at=now - timedelta(days=2), closes_at=now - timedelta(days=1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("perspectives", ["invanare"]),
        ("partners", ["vilnius"]),
        ("agreements", ["vilnius-2014"]),
        ("calls", []),
        ("networks", []),
        ("memberships", []),
        ("positions", []),
    ],
)
def test_a_perspective_selects_what_claims_it(untagged, read, name, found):
    assert keys(read(f"{name}/?perspective=invanare")) == found


def test_awards_and_decisions_keep_the_perspectives_of_their_application(untagged, read, awarded):
    assert keys(read("grants/?perspective=invanare")) == [awarded.pk]
    assert keys(read("decisions/?perspective=invanare")) == [awarded.decision_id]
    assert keys(read("grants/?perspective=paverkan")) == []
    assert keys(read("decisions/?perspective=paverkan")) == []


def test_several_perspectives_select_what_claims_any_of_them(untagged, read):
    assert keys(read("networks/?perspective=invanare&perspective=paverkan")) == ["cpmr"]
    assert keys(read("calls/?perspective=kunskap&perspective=paverkan")) == ["resestipendium-oppen"]
    found = keys(read("positions/?perspective=kunskap&perspective=paverkan"))
    assert found == ["konstnarers-rorlighet"]


@pytest.mark.parametrize("name", OPEN_LISTS)
@pytest.mark.parametrize("question", ["goal=utbyte", "line=stod"])
def test_goal_and_line_are_asked_of_every_list(untagged, network, goal, line, read, name, question):
    engagement = network.engagements.get()
    engagement.goals.add(goal)
    type(engagement).objects.filter(pk=engagement.pk).update(line=line)
    expected = {
        "perspectives": ["invanare", "kunskap", "paverkan"],
        "partners": ["vilnius"],
        "agreements": ["vilnius-2014"],
        "calls": ["resestipendium-oppen"],
        "grants": [Award.objects.get().pk],
        "networks": ["cpmr"],
        "memberships": [Membership.objects.get().pk],
        "decisions": [Award.objects.get().decision_id],
        "positions": ["konstnarers-rorlighet"],
    }
    assert keys(read(f"{name}/?{question}")) == expected[name]


def test_an_unpublished_agreement_lends_its_partner_no_goal(everything, agreement, read):
    Agreement.objects.filter(pk=agreement.pk).update(publication="draft")
    assert keys(read("partners/?goal=utbyte")) == []
    assert keys(read("partners/?line=stod")) == []


@pytest.mark.parametrize("name", OPEN_LISTS)
def test_updated_since_leaves_out_what_is_older(everything, read, name):
    earlier = (timezone.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    later = (timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    whole = keys(read(f"{name}/"))
    assert whole
    assert keys(read(f"{name}/?updated_since={earlier}")) == whole
    assert keys(read(f"{name}/?updated_since={later}")) == []


def test_a_call_is_updated_when_its_scheme_is(everything, call, scheme, read):
    Call.objects.update(updated_at=timezone.now() - timedelta(days=30))
    yesterday = (timezone.now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert keys(read(f"calls/?updated_since={yesterday}")) == [call.slug]


def test_a_day_is_a_moment_too(everything, read):
    assert keys(read("partners/?updated_since=2020-01-01")) == ["vilnius"]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("perspectives", "INVAN"), ("partners", "VILNIUSREG"), ("agreements", "samarbets vilnius"),
        ("calls", "resestip"), ("grants", "över havet"), ("networks", "MARITIMA"),
        ("memberships", "MARITIMA"),
        ("decisions", "ÖVER"),
        ("positions", "RÖRLIG"),
    ],
)  # fmt: skip
def test_words_are_sought_without_regard_to_case_in_swedish_too(everything, read, name, word):
    found = read(f"{name}/?q={word}")["results"]
    nothing = read(f"{name}/?q={word} finnsinte")["results"]
    assert (len(found), nothing) == (1, [])


def test_a_partner_with_several_strengths_is_found_once(everything, partner, read):
    for slug in ("dans", "danskonst"):
        partner.strengths.create(slug=slug, name_sv=slug, name_en="dance")
    assert keys(read("partners/?q=dans")) == ["vilnius"]
    assert keys(read("partners/?q=dance")) == ["vilnius"]


def test_country_and_eu_of_partners_are_asked_of_today(everything, read):
    make_partner("leeds", country="GB")
    assert keys(read("partners/?eu=true")) == ["vilnius"]
    assert keys(read("partners/?eu=false")) == ["leeds"]
    assert keys(read("partners/?country=GB")) == ["leeds"]


def test_agreements_are_asked_of_their_signing(everything, agreement, read):
    leeds = make_partner("leeds", country="GB")
    for slug, signed_on in [("then", date(2009, 1, 1)), ("now", date(2025, 1, 1)), ("soon", None)]:
        case = Case.objects.create(kind="agreement", title=slug)
        other = Agreement.objects.create(
            slug=slug, case=case, kind="programme", publication="published", signed_on=signed_on
        )
        other.parties.create(partner=leeds)
    assert keys(read("agreements/?eu=true")) == ["vilnius-2014", "then"]
    assert keys(read("agreements/?eu=false")) == ["now"]
    assert keys(read("agreements/?country=GB")) == ["now", "then", "soon"]
    assert keys(read("agreements/?country=LT")) == ["vilnius-2014"]


@pytest.mark.parametrize(("year", "found"), [(2014, 1), (2018, 1), (2015, 0)])
def test_an_agreement_is_found_by_the_year_of_any_signing(everything, read, year, found):
    assert len(read(f"agreements/?year={year}")["results"]) == found


@pytest.mark.parametrize("name", ["grants", "decisions"])
def test_awards_and_decisions_are_asked_of_the_day_of_decision(everything, awarded, read, name):
    this_year = timezone.localdate().year
    assert [len(read(f"{name}/?year={year}")["results"]) for year in (this_year, 2019)] == [1, 0]
    assert [len(read(f"{name}/?country={code}")["results"]) for code in ("LT", "GB")] == [1, 0]
    assert [len(read(f"{name}/?eu={value}")["results"]) for value in ("true", "false")] == [1, 0]


def test_an_award_to_no_known_country_is_neither_inside_nor_outside(everything, awarded, read):
    Award.objects.update(country="")
    assert read("grants/?eu=true")["results"] == read("grants/?eu=false")["results"] == []
    assert read("grants/")["results"][0]["in_eu"] is None


@pytest.mark.parametrize(
    ("level", "found"), [("active", []), ("monitors", []), ("unspecified", ["cpmr"])]
)
def test_networks_are_asked_of_the_engagement_that_holds(everything, read, level, found):
    assert keys(read(f"networks/?engagement={level}")) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("state=pursued", 1), ("state=idea", 0), ("level=eu", 1), ("level=regional", 1),
        ("level=global", 0), ("network=nsc", 1), ("network=cpmr", 0),
        ("state=pursued&level=eu&network=nsc", 1), ("state=pursued&level=global&network=nsc", 0),
    ],
)  # fmt: skip
def test_positions_are_asked_of_their_state_and_their_steps(everything, read, question, found):
    assert len(read(f"positions/?{question}")["results"]) == found


def test_calls_are_asked_whether_they_are_open(untagged, read):
    assert keys(read("calls/?open=true")) == ["resestipendium-oppen"]
    assert keys(read("calls/?open=false")) == ["annat"]


@pytest.mark.parametrize("name", OPEN_LISTS)
def test_empty_filters_of_a_sent_form_ask_nothing(everything, read, name):
    assert (
        read(f"{name}/?q=&goal=&line=&updated_since=&ordering=")["results"]
        == (read(f"{name}/")["results"])
    )


@pytest.mark.parametrize(
    ("name", "ordering"),
    [
        ("perspectives", "order"), ("partners", "name"),
        ("partners", "updated"), ("agreements", "signed"), ("agreements", "updated"),
        ("calls", "closes"), ("calls", "updated"), ("grants", "decided"), ("grants", "amount"),
        ("grants", "updated"), ("networks", "acronym"), ("networks", "updated"),
        ("memberships", "network"), ("memberships", "updated"),
        ("decisions", "decided"), ("decisions", "updated"),
        ("positions", "noted"), ("positions", "updated"),
    ],
)  # fmt: skip
def test_each_ordering_can_be_turned_round(untagged, read, name, ordering):
    forwards = keys(read(f"{name}/?ordering={ordering}"))
    assert keys(read(f"{name}/?ordering=-{ordering}")) == forwards[::-1]
    assert forwards


def test_page_and_api_select_the_same(untagged, read, client):
    shown = client.get("/partner/?perspective=invanare").context["page"].items
    assert [partner.slug for partner in shown] == keys(read("partners/?perspective=invanare"))
