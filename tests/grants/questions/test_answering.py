"""Applicants answer a call's own questions."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from grants import reading
from grants.models import Application
from grants.steps import Steps
from tests.conftest import complete
from tests.grants.questions.conftest import add


@pytest.fixture
def begun(in_force, call, applicant, partner, perspectives, now):
    """Whole but for the answers."""
    draft = Application.objects.start(call=call, by=applicant, at=now)
    return draft.edit(by=applicant, at=now, content=complete(partner, perspectives[0]))


def told(application):
    """The answers in words: those of the one section."""
    (section,) = reading.told(application, {"answers": application.answers})
    return section.facts


@pytest.fixture
def answer(send):
    return lambda seen=None, **answers: send("answers", answers, seen=seen)


@pytest.fixture
def hand_in(mine, begun):
    """What the questions lack, by the button of the last step; None where it is handed in."""

    def hand_in():
        response = mine.post(reverse("review_application", args=[begun.pk]))
        if response.status_code == 302:
            return None
        return [(step.key, list(step.lacking)) for step in response.context["steps"].lacking]

    return hand_in


def test_the_form_asks_what_the_call_asks(open_step, keys):
    page = open_step("answers").content.decode()
    assert "Om resan" in page
    assert [page.count(f'name="{key}"') for key in keys] == [2, 1, 1]
    with translation.override("en"):
        assert "Do you travel?" in open_step("answers").content.decode()


def test_answers_are_kept_as_plain_values_and_shown_as_people_write(
    answer, open_step, begun, keys, in_force
):
    travels, where, cost = keys
    assert answer(**{travels: "yes", where: "Vilnius", cost: "1 000,50"}).status_code == 302
    begun.refresh_from_db()
    kept = dict(
        zip([q.key for q in in_force.all_questions()], ["yes", "Vilnius", "1000.50"], strict=True)
    )
    assert begun.answers == kept
    form = open_step("answers").context["form"]
    assert [form[key].value() for key in keys] == ["yes", "Vilnius", "1\u00a0000,50"]
    assert [fact.text for fact in told(begun)] == ["Ja", "Vilnius", "1\u00a0000,50\u00a0kr"]


@pytest.mark.parametrize("typed", ["1,000.50", "1_000", "１００", "-5", "mycket"])
def test_an_amount_is_never_guessed_and_stays_as_typed(answer, autosave, begun, keys, typed):
    typed = {keys[0]: "no", keys[2]: typed}
    response = answer(**typed)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {keys[2]}
    assert response.context["form"][keys[2]].value() == typed[keys[2]]
    begun.refresh_from_db()
    assert begun.answers == {}
    # By itself, what can be read is kept.
    assert autosave("answers", typed).json()["told"].endswith("Vad kostar resan?")
    begun.refresh_from_db()
    assert [answer for answer in begun.answers.values() if answer] == ["no"]


def test_a_choice_outside_the_list_is_refused(answer, keys):
    assert answer(**{keys[0]: "perhaps"}).context["form"].errors.keys() == {keys[0]}


def test_what_must_be_answered_is_asked_when_it_is_handed_in(answer, hand_in, begun, keys):
    assert answer().status_code == 302  # a draft may lack it
    assert hand_in() == [("answers", [keys[0]])]
    answer(**{keys[0]: "yes"})
    assert hand_in() == [("answers", [keys[1]])]
    answer(**{keys[0]: "yes", keys[1]: "Vilnius"})
    assert hand_in() is None


def test_a_question_that_is_not_asked_needs_no_answer_and_loses_none(
    answer, hand_in, begun, keys, in_force
):
    answer(**{keys[0]: "yes", keys[1]: "Vilnius"})
    answer(**{keys[0]: "no", keys[1]: "Vilnius"})
    assert hand_in() is None
    begun.refresh_from_db()
    assert begun.answers[in_force.all_questions()[1].key] == "Vilnius"
    assert [fact.label for fact in told(begun)] == ["Reser ni?", "Vad kostar resan?"]


def test_a_stale_form_shows_both_answers(answer, open_step, keys):
    opened = open_step("answers").context["form"]["seen"].value()
    answer(**{keys[0]: "yes", keys[1]: "Vilnius"})
    response = answer(seen=opened, **{keys[0]: "yes", keys[1]: "Kaunas"})
    assert response.status_code == 409
    changed = {one.label: (one.before, one.after) for one in response.context["differences"]}
    assert changed == {"Vart?": ("Vilnius", "Kaunas")}
    assert response.context["form"][keys[1]].value() == "Kaunas"


def test_every_kind_is_read_kept_and_shown(form, officer, send_all_kinds):
    kept, shown = send_all_kinds
    assert list(kept.values()) == ["kort", "rad ett\nrad två", "no", "b", ["a", "b"], 7, "12.00",
                                   "2027-03-01"]  # fmt: skip
    assert shown == [
        "kort", "rad ett\nrad två", "Nej", "Bé", "Aa, Bé", "7", "12\u00a0kr", "1 mars 2027",
    ]  # fmt: skip


@pytest.fixture
def send_all_kinds(form, officer, applicant, call, now, mine):
    section = form.sections.get()
    section.questions.filter(text_sv="Vart?").delete()
    section.questions.all().delete()
    choices = [{"key": "a", "sv": "Aa", "en": "A"}, {"key": "b", "sv": "Bé", "en": "B"}]
    for kind in ("short", "long", "yes_no", "one", "several", "number", "money", "date"):
        more = {"choices": choices} if kind in ("one", "several") else {}
        add(section, kind, kind, kind, **more)
    type(form).objects.get(pk=form.pk).publish(by=officer, at=now)
    draft = Application.objects.start(call=call, by=applicant, at=now)
    typed = ["kort", "rad ett\r\nrad två", "no", "b", ["a", "b"], "7", "12", "2027-03-01"]
    names = [question.field_name for question in draft.questions]
    data = dict(zip(names, typed, strict=True))
    address = reverse("write_answers", args=[draft.pk])
    data["seen"] = mine.get(address).context["form"]["seen"].value()
    assert mine.post(address, data).status_code == 302
    draft = Application.objects.get(pk=draft.pk)
    kept = {question.key: draft.answers[question.key] for question in draft.questions}
    return kept, [fact.text for fact in told(draft)]


# --- When the questions change --------------------------------------------------------------------


@pytest.fixture
def newer(in_force, begun, officer, now):
    """A second version: one question more, one changed, one gone."""
    form = in_force.begin_next(by=officer, at=now)
    _travels, where, cost = form.all_questions()
    where.text_sv = "Till vilken plats?"
    form.keep_question(where, by=officer)
    form.remove(cost, by=officer)
    add(form.sections.get(), "long", "Varför?", "Why?")
    type(form).objects.get(pk=form.pk).publish(by=officer, at=now)
    return form


def test_a_draft_keeps_the_version_it_was_begun_with_and_is_told(open_step, begun, newer, in_force):
    page = open_step("answers")
    change = page.context["newer_questions"]
    assert [[str(q) for q in part] for part in (change.added, change.changed, change.removed)] == [
        ["Varför?"], ["Till vilken plats?"], ["Vad kostar resan?"],
    ]  # fmt: skip
    assert "Utlysningens frågor har ändrats" in page.content.decode()
    assert begun.form == in_force


def test_a_draft_goes_on_with_the_new_questions_and_loses_no_answer(
    answer, open_step, begun, newer, keys, mine
):
    answer(**{keys[0]: "yes", keys[1]: "Vilnius", keys[2]: "500"})
    mine.post(reverse("answer_newest", args=[begun.pk]))
    draft = Application.objects.get(pk=begun.pk)
    assert draft.form == newer
    form = open_step("answers").context["form"]
    assert form[keys[1]].value() == "Vilnius"
    assert "500.00" in draft.answers.values()
    assert draft.newer_questions is None
    assert [e.what for e in draft.case.events.all()][-1] == "questions_renewed"


def test_others_do_not_move_it_and_a_submitted_one_stays(
    answer, hand_in, sign_in, begun, newer, keys, other_applicant, applicant
):
    address = reverse("answer_newest", args=[begun.pk])
    answer(**{keys[0]: "no"})
    assert hand_in() is None
    assert sign_in(other_applicant).post(address).status_code == 404
    assert sign_in(applicant).post(address).status_code == 409
    begun.refresh_from_db()
    assert begun.form != newer


def test_one_question_is_completed_and_what_is_not_sent_is_not_kept(
    answer, open_step, hand_in, begun, keys, officer, now
):
    travels, _where, cost = keys
    only = {"answers": {travels.removeprefix("q_"): "no"}}
    begun.edit(by=begun.applicant, at=now, content=only)
    hand_in()
    begun.refresh_from_db()
    before, due = begun.answers, now.date() + timedelta(days=9)
    begun.request_completion(by=officer, at=now, fields=[cost], text="Vad kostar?", due_on=due)
    assert [step.key for step in open_step("answers").context["steps"]] == ["answers", "review"]
    answer(**{travels: "yes", cost: "500"})
    begun.refresh_from_db()
    assert sorted(one for one in begun.answers.values() if one) == ["500.00", "no"]
    begun.go_on_without(by=officer, at=now)
    assert begun.answers == before


def test_a_call_without_questions_asks_none(call, applicant, now):
    draft = Application.objects.start(call=call, by=applicant, at=now)
    assert (draft.form, draft.questions) == (None, [])
    assert "answers" not in [step.key for step in Steps.of(draft, {}, "review")]


def test_staff_read_the_answers_in_the_admin(answer, hand_in, begun, keys, sign_in, officer):
    answer(**{keys[0]: "yes", keys[1]: "Vilnius"})
    hand_in()
    page = sign_in(officer).get(f"/admin/grants/application/{begun.pk}/change/").content.decode()
    assert "Om resan" in page
    assert "Vilnius" in page.partition("Om resan")[2]
