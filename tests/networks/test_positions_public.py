"""What the public reads of the influence log, and what it never reads."""

import json
import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from networks.models import Network, Position
from portal.core.workflow import WrongState

PAGE = "/paverkan/konstnarers-rorlighet/"
ENGLISH = "/en/influence/konstnarers-rorlighet/"
API = "/api/v1/positions/"


@pytest.fixture
def publish(officer, now):
    return lambda position, by=officer: position.publish(by=by, at=now)


@pytest.fixture
def carried(position, representative):
    """Its step in the EU was carried by the representative."""
    position.steps.filter(level="eu").update(carried_by=representative)
    return position


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def slugs(client, address):
    """What a list shows, on its page or in the API."""
    answer = client.get(address)
    if address.startswith("/api/"):
        return [row["slug"] for row in answer.json()["results"]]
    return [position.slug for position in answer.context["page"].items]


class TestPublishing:
    def test_is_done_once(self, idea, publish):
        assert publish(idea).is_public
        with pytest.raises(WrongState):
            publish(idea)

    def test_is_not_for_everybody(self, idea, publish, secretary):
        with pytest.raises(PermissionDenied):
            publish(idea, by=secretary)

    @pytest.mark.parametrize(
        "name", ["title_sv", "title_en", "question_sv", "question_en", "aim_sv", "aim_en"]
    )
    def test_needs_both_languages(self, idea, publish, name):
        Position.objects.filter(pk=idea.pk).update(**{name: ""})
        with pytest.raises(ValidationError):
            publish(idea)
        assert not Position.objects.public().exists()

    @pytest.mark.parametrize(
        "texts", [{"text_en": ""}, {"text_sv": None}, {"result_sv": "Ja"}, {"result_en": "Yes"}]
    )
    def test_needs_both_languages_of_every_step(self, stepped, publish, texts):
        stepped.steps.update(**texts)
        with pytest.raises(ValidationError) as error:
            publish(stepped)
        assert "3 februari 2025 Brev" in error.value.messages[0]

    def test_needs_goal_line_and_perspective(self, idea, publish):
        idea.goals.clear()
        idea.tags.all().delete()
        Position.objects.filter(pk=idea.pk).update(line=None)
        with translation.override("en"), pytest.raises(ValidationError) as error:
            publish(idea)
        (message,) = error.value.messages
        lacking = "at least one perspective, at least one strategy goal, line of work"
        assert message == f"Before publication, fill in: {lacking}."


class TestTheItemsPage:
    def test_tells_the_whole_way_in_both_languages(self, client, position):
        swedish, english = read(client, PAGE), read(client, ENGLISH)
        for text in ("Konstnärers rörlighet", "Reglerna skiljer sig", "En väg in", "Lades fram",
                     "Ett uttalande", "Hördes"):  # fmt: skip
            assert text in swedish
        for text in ("Artists&#x27; mobility", "The rules differ", "One way in", "Presented",
                     "A statement", "It was heard", ">NSC</a> within CPMR"):  # fmt: skip
            assert text in english

    def test_dates_are_as_precise_as_they_are_known(self, client, position):
        found = re.findall(r'<span class="when">(.*?)</span>', read(client, ENGLISH))
        assert found == ["March 2025", "17 September 2025"]
        steps = client.get(API).json()["results"][0]["steps"]
        assert [step["when"]["date"] for step in steps] == ["2025-03", "2025-09-17"]
        data = re.search(r'ld\+json">(.*?)</script>', read(client, PAGE), re.DOTALL)
        assert json.loads(data[1])["startTime"] == "2025-03"

    def test_the_source_is_named_by_its_host(self, client, position):
        link = '<a href="https://www.example.org/uttalande" rel="external">www.example.org</a>'
        assert link in read(client, PAGE)

    def test_the_outcome_stands_first(self, client, position, officer, now):
        position.note_partly_influenced(
            by=officer, at=now, outcome_sv="Delvis hörda", outcome_en="Heard in part",
            concluded_on=date(2026, 2, 1),
        )  # fmt: skip
        html = read(client, ENGLISH)
        assert html.index("Heard in part") < html.index("The rules differ")
        assert "Concluded 1 February 2026" in html
        row = client.get(API).json()["results"][0]
        assert (row["state"], row["concluded_on"]) == ("partly", "2026-02-01")
        assert row["outcome"] == {"sv": "Delvis hörda", "en": "Heard in part"}
        assert "Heard in part" in read(client, "/en/influence/")

    def test_what_is_invented_is_marked(self, client, position):
        notice = "invented for the demo"
        assert notice not in read(client, ENGLISH)
        Position.objects.update(invented=True)
        assert notice in read(client, ENGLISH)
        assert client.get(API).json()["results"][0]["invented"] is True

    def test_markup_is_text(self, client, position):
        Position.objects.update(question_sv="<script>alert(1)</script>")
        assert "<script>alert" not in read(client, PAGE)


PLACES = [
    "/paverkan/", "/paverkan/?view=level", "/paverkan/?q=rörlighet", PAGE, ENGLISH, API,
    f"{API}konstnarers-rorlighet/", "/natverk/nsc/", "/perspektiv/paverkan/", "/sitemap.xml",
]  # fmt: skip


class TestWhatIsHidden:
    @pytest.mark.parametrize("place", PLACES)
    def test_an_unpublished_position_is_nowhere(self, client, position, place):
        """The control: published, each of these places does name it."""
        told = "konstnarers-rorlighet"
        assert told in read(client, place)
        Position.objects.update(publication="draft")
        answer = client.get(place)
        if "konstnarers" in place:
            assert answer.status_code == 404
        else:
            assert (answer.status_code, told in answer.text) == (200, False)

    def test_nor_for_applicants_and_members_but_for_staff(self, client, sign_in, position, request):
        Position.objects.update(publication="draft")
        people = {"applicant": 404, "member": 404, "secretary": 200, "officer": 200}
        for name, status in people.items():
            sign_in(request.getfixturevalue(name))
            assert client.get(PAGE).status_code == status
            assert "konstnarers-rorlighet" not in client.get("/natverk/nsc/").text
            assert slugs(client, API) == []

    @pytest.mark.parametrize("place", PLACES)
    def test_who_carried_it_is_named_only_when_shown_in_public(
        self, client, sign_in, officer, carried, representative, place
    ):
        sign_in(officer)
        assert "Ytterst" not in read(client, place)
        type(representative).objects.update(is_public=True)
        # The network's own page names who represents the region there.
        named = place in {PAGE, ENGLISH, API, f"{API}konstnarers-rorlighet/", "/natverk/nsc/"}
        assert ("Vera Ytterst" in read(client, place)) == named

    def test_a_person_in_a_network_that_is_a_draft_is_not_named(
        self, client, carried, representative
    ):
        type(representative).objects.update(is_public=True)
        Network.objects.filter(slug="nsc").update(publication="draft")
        for place in (PAGE, API):
            assert "Ytterst" not in read(client, place)

    def test_who_carried_it_cannot_be_searched_for(self, client, carried):
        for place in ("/paverkan/", API):
            assert slugs(client, f"{place}?q=Ytterst") == []

    @pytest.mark.parametrize("place", [PAGE, "/paverkan/", "/paverkan/?view=level", API])
    def test_a_network_that_is_a_draft_is_not_named(self, client, position, nsc, place):
        group = nsc.groups.create(name_sv="Hemliga gruppen", name_en="Hemliga gruppen")
        position.steps.filter(network=nsc).update(channel="group", group=group)
        if place != "/paverkan/":
            assert "Hemliga gruppen" in read(client, place)
        Network.objects.filter(slug="nsc").update(publication="draft")
        html = read(client, place)
        assert {text for text in ("Hemliga", "NSC", "nsc") if text in html} == set()

    def test_nor_can_it_be_asked_for(self, client, position):
        Network.objects.filter(slug="nsc").update(publication="draft")
        for place in ("/paverkan/", API):
            assert client.get(f"{place}?network=nsc").status_code == 400

    def test_a_parent_that_is_a_draft_is_not_named(self, client, position):
        assert "CPMR" in read(client, PAGE)
        Network.objects.filter(slug="cpmr").update(publication="draft")
        assert "CPMR" not in read(client, PAGE)


@pytest.fixture
def others(position, idea, publish):
    """Beside the position an idea without steps, both to be read by everybody."""
    return publish(idea)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("", ["ide", "konstnarers-rorlighet"]),
        ("state=idea", ["ide"]),
        ("state=pursued", ["konstnarers-rorlighet"]),
        ("level=eu", ["konstnarers-rorlighet"]),
        ("level=nordic", []),
        ("network=nsc", ["konstnarers-rorlighet"]),
        ("network=cpmr", []),
        ("perspective=invanare", ["ide"]),
        ("goal=utbyte&line=stod", ["ide", "konstnarers-rorlighet"]),
        ("q=rörlig", ["konstnarers-rorlighet"]),
        ("q=idea", ["ide"]),
        ("ordering=noted", ["konstnarers-rorlighet", "ide"]),
        ("ordering=-noted", ["ide", "konstnarers-rorlighet"]),
    ],
)
def test_page_and_api_select_the_same(client, others, question, found):
    for place in ("/paverkan/", API):
        assert slugs(client, f"{place}?{question}") == found


@pytest.mark.parametrize("question", ["state=won", "level=village", "network=x", "colour=red"])
def test_page_and_api_refuse_the_same(client, others, question):
    for place in ("/paverkan/", API):
        assert client.get(f"{place}?{question}").status_code == 400


class TestViews:
    @pytest.mark.parametrize("question", ["view=map", "view=TABLE", "view=level&view=table"])
    def test_another_view_is_refused(self, client, others, question):
        answer = client.get(f"/en/influence/?{question}")
        assert answer.status_code == 400
        assert 'id="error-summary"' in answer.text

    def test_the_table_is_what_one_sees_first(self, client, others):
        shown = [client.get(f"/paverkan/{query}").context["shown_as"] for query in ("", "?view=")]
        assert shown == ["table", "table"]

    def test_by_level_each_step_stands_under_its_own(self, client, others):
        context = client.get("/paverkan/?view=level").context
        assert [(level.value, [str(step.when) for step in steps])
                for level, steps in context["ways"]] == [
            ("regional", ["mars 2025"]), ("eu", ["17 september 2025"]),
        ]  # fmt: skip
        assert [position.slug for position in context["waiting"]] == ["ide"]

    def test_the_latest_stands_first_under_its_level(self, client, position):
        position.steps.create(
            taken_on=date(2026, 1, 1), precision="year", level="eu", channel="letter",
            text_sv="Brev", text_en="Letter",
        )  # fmt: skip
        (_regional, (_eu, steps)) = client.get("/paverkan/?view=level").context["ways"]
        assert [step.when for step in steps] == ["2026", "17 september 2025"]

    def test_a_chosen_level_stands_alone(self, client, others):
        context = client.get("/paverkan/?view=level&level=eu").context
        assert [level.value for level, _steps in context["ways"]] == ["eu"]
        assert context["waiting"] == []

    def test_the_switch_keeps_the_filter_and_the_filter_the_view(self, client, others):
        html = read(client, "/en/influence/?view=level&level=eu&q=mobility")
        assert 'href="?level=eu&amp;q=mobility&amp;view=table"' in html
        assert re.search(r'<input type="hidden" name="view" value="level"', html)
        assert html.count('aria-current="true"') == 1


def test_a_networks_page_has_what_is_pursued_there(client, others):
    html = read(client, "/en/networks/nsc/")
    assert "What we pursue here" in html
    assert '<h3><a href="/en/influence/konstnarers-rorlighet/">' in html
    assert "/en/influence/ide/" not in html
    assert "What we pursue here" not in read(client, "/en/networks/cpmr/")


@pytest.mark.parametrize("name", ["home", "networks", "strategy"])
def test_the_way_there_stands_on_other_pages(client, db, name):
    assert f'href="{reverse("positions")}"' in read(client, reverse(name))


def test_a_long_way_costs_no_more_questions_than_a_short_one(client, carried, nsc):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            read(client, PAGE)
        return len(captured)

    few = asked()
    for day in range(1, 29):
        carried.steps.create(
            taken_on=date(2025, 5, day), level="eu", channel="network", network=nsc,
            carried_by=nsc.representatives.get(), text_sv="Så", text_en="So",
        )  # fmt: skip
    assert asked() == few <= 8
