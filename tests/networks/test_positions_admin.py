"""The influence log as staff keep it: steps in rows, verbs as buttons, outcomes in a form."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from networks.models import Position, PositionStep
from tests.admin.forms import send
from tests.admin.test_content import rows

LIST = "/admin/networks/position/"
OUTCOME = {"outcome_sv": "Hördes", "outcome_en": "Heard", "concluded_on": "2026-02-01"}


@pytest.fixture
def desk(sign_in, officer):
    return sign_in(officer)


def page(position):
    return f"{LIST}{position.pk}/change/"


def do(position, verb):
    return f"{LIST}{position.pk}/do/{verb}/"


def step(**given):
    return {
        "taken_on": "2025-05-05", "precision": "day", "level": "eu", "channel": "letter",
        "network": "", "group": "", "carried_by": "", "text_sv": "Brev", "text_en": "Letter",
        "result_sv": "", "result_en": "", "source_url": "", **given,
    }  # fmt: skip


def faults(answer):
    """The named faults of the steps' rows."""
    assert answer.status_code == 200
    formset = answer.context["inline_admin_formsets"][0].formset
    return [sorted(errors) for errors in formset.errors if errors] or formset.non_form_errors()


def test_a_position_is_written_with_its_steps_and_perspectives(
    desk, nsc, representative, perspectives, goal, line
):
    group = nsc.groups.create(name_sv="Kultur", name_en="Culture")
    answer = send(
        desk, f"{LIST}add/", title_sv="Fråga", title_en="Question", slug="fraga",
        goals=[goal.pk], line=line.pk,
        **rows("steps", step(channel="group", network=nsc.pk, group=group.pk,
                             carried_by=representative.pk), step(precision="year")),
        **rows("tags", {"perspective": perspectives[0].pk, "how_sv": "Så", "how_en": "So",
                        "achieved_sv": "", "achieved_en": ""}),
    )  # fmt: skip
    assert answer.status_code == 302
    position = Position.objects.get()
    assert (position.state, position.publication, position.invented) == ("idea", "draft", False)
    assert [(s.taken_on, s.group, s.carried_by) for s in position.steps.all()] == [
        (date(2025, 1, 1), None, None),
        (date(2025, 5, 5), group, representative),
    ]


def test_a_fault_names_its_field_and_keeps_what_was_typed(desk, idea):
    answer = send(desk, page(idea), **rows("steps", step(channel="network", taken_on="2999-01-01")))
    assert faults(answer) == [["network", "taken_on"]]
    assert "Letter" in answer.text
    assert not PositionStep.objects.exists()


def test_groups_and_people_stand_under_their_network(desk, idea, nsc, representative):
    nsc.groups.create(name_sv="Kultur")
    formset = desk.get(page(idea)).context["inline_admin_formsets"][0].formset
    shown = {name: formset.empty_form.fields[name].choices for name in ("group", "carried_by")}
    assert {name: [label for label, _rows in choices[1:]] for name, choices in shown.items()} == {
        "group": ["NSC"],
        "carried_by": ["NSC"],
    }


def test_what_is_pursued_keeps_a_step(desk, position):
    Position.objects.update(publication="draft")
    gone = {f"steps-{number}-DELETE": "on" for number in (0, 1)}
    assert len(faults(send(desk, page(position), **gone))) == 1
    assert position.steps.count() == 2
    assert send(desk, page(position), **{"steps-0-DELETE": "on"}).status_code == 302
    assert position.steps.count() == 1


def test_a_step_of_a_published_position_stands_in_both_languages(desk, position):
    answer = send(desk, page(position), **{"steps-0-text_en": "", "steps-1-result_sv": ""})
    assert faults(answer) == [["text_en"], ["result_sv"]]


class TestVerbs:
    def test_the_page_offers_what_fits(self, desk, position):
        offered = [verb.verb for verb in desk.get(page(position)).context["verbs"]]
        assert offered == [
            "unpublish", "note_influenced", "note_partly_influenced", "note_not_influenced",
            "lay_down",
        ]  # fmt: skip

    def test_buttons_bring_it_on(self, desk, stepped):
        for verb in ("prepare", "pursue", "lay_down", "take_up", "publish"):
            assert desk.post(do(stepped, verb)).status_code == 302
        stepped.refresh_from_db()
        assert (stepped.state, stepped.publication) == ("pursued", "published")

    def test_the_form_asks_for_the_outcome_in_both_languages_and_the_day(self, desk, position):
        form = desk.get(do(position, "note_influenced")).context["adminform"].form
        assert list(form.fields) == list(OUTCOME)
        answer = desk.post(do(position, "note_influenced"), {**OUTCOME, "outcome_en": ""})
        assert (answer.status_code, list(answer.context["errors"])) == (200, ["outcome_en"])
        assert "Hördes" in answer.text
        assert desk.post(do(position, "note_influenced"), OUTCOME).status_code == 302
        position.refresh_from_db()
        assert (position.state, position.outcome_en) == ("influenced", "Heard")

    @pytest.mark.parametrize("day", ["2999-01-01", "2025-02-28", "yesterday", ""])
    def test_a_day_that_cannot_be_is_named(self, desk, position, day):
        answer = desk.post(do(position, "note_influenced"), {**OUTCOME, "concluded_on": day})
        assert (answer.status_code, list(answer.context["errors"])) == (200, ["concluded_on"])

    def test_a_state_that_has_moved_on_is_told_and_keeps_what_was_typed(self, desk, position):
        desk.post(do(position, "lay_down"))
        answer = desk.post(do(position, "note_influenced"), OUTCOME)
        assert (answer.status_code, "Hördes" in answer.text) == (409, True)

    def test_a_secretary_reads_and_does_nothing(self, sign_in, secretary, position):
        desk = sign_in(secretary)
        assert desk.get(page(position)).context["verbs"] == []
        assert desk.post(do(position, "note_influenced"), OUTCOME).status_code == 403
        assert desk.post(do(position, "lay_down")).status_code == 403

    def test_the_outcome_can_be_worded_better_and_not_emptied(self, desk, position):
        assert "outcome_sv" not in desk.get(page(position)).context["adminform"].form.fields
        desk.post(do(position, "note_influenced"), OUTCOME)
        answer = send(desk, page(position), outcome_en="")
        assert list(answer.context["adminform"].form.errors) == ["outcome_en"]
        assert send(desk, page(position), outcome_en="Well heard").status_code == 302
        position.refresh_from_db()
        assert (position.outcome_en, position.concluded_on) == ("Well heard", date(2026, 2, 1))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2), ("state__exact=pursued", 1), ("publication__exact=draft", 1),
        ("steps__level__exact=eu", 1), ("steps__level__exact=global", 0), ("q=rörlig", 1),
        ("q=question", 1),
    ],
)  # fmt: skip
def test_the_list_is_filtered_and_searched(desk, position, idea, query, found):
    assert len(desk.get(f"{LIST}?{query}").context["cl"].result_list) == found


def test_the_list_is_filtered_by_network_and_perspective(desk, position, idea, nsc, perspectives):
    position.steps.update(network=nsc)  # both of its steps: it is listed once all the same
    for query in (
        f"steps__network__id__exact={nsc.pk}",
        f"perspectives__id__exact={perspectives[3].pk}",
    ):
        assert list(desk.get(f"{LIST}?{query}").context["cl"].result_list) == [position]


def test_only_a_draft_may_be_removed(desk, position):
    address = f"{LIST}{position.pk}/delete/"
    assert desk.post(address, {"post": "yes"}).status_code == 403
    Position.objects.update(publication="draft")
    assert desk.post(address, {"post": "yes"}).status_code == 302
    assert not Position.objects.exists()


def test_pages_cost_the_same_at_any_size(desk, position, nsc, representative):
    def asked():
        found = []
        for address in (LIST, page(position)):
            with CaptureQueriesContext(connection) as captured:
                assert desk.get(address).status_code == 200
            found.append(len(captured))
        return found

    few = asked()
    for number in range(40):
        other = Position.objects.create(slug=f"q{number}", title_sv="Fråga", state="pursued")
        group = nsc.groups.create(name_sv=f"Grupp {number}")
        for owner in (position, other):
            owner.steps.create(
                taken_on=date(2025, 5, 5), level="eu", channel="group", network=nsc, group=group,
                carried_by=representative, text_sv="Så", text_en="So",
            )  # fmt: skip
    assert asked() == few
    assert max(few) <= 15
