"""Applicants answer a call's own questions."""

import pytest
from django.urls import reverse
from django.utils import translation

from grants.models import Application
from tests.conftest import COMPLETE
from tests.grants.questions.conftest import add


@pytest.fixture
def draft(in_force, call, applicant, now):
    return Application.objects.start(call=call, by=applicant, at=now)


@pytest.fixture
def send(sign_in, applicant, draft, partner, perspectives):
    """Send the form with all that every application asks, and these answers."""
    client = sign_in(applicant)

    def send(action="save", version=None, **answers):
        draft.refresh_from_db()
        data = {
            **COMPLETE, "amount": "20 000", "total_cost": "60 000", "partner": partner.pk,
            "perspectives_invanare": "on", "perspectives_invanare_how": "Möten",
            "version": version or draft.version, "action": action, **answers,
        }  # fmt: skip
        return client.post(reverse("write_application", args=[draft.pk]), data)

    send.get = lambda: client.get(reverse("write_application", args=[draft.pk]))
    return send


def test_the_form_asks_what_the_call_asks(send, keys):
    page = send.get().content.decode()
    assert "Om resan" in page
    assert [page.count(f'name="{key}"') for key in keys] == [2, 1, 1]
    with translation.override("en"):
        assert "Do you travel?" in send.get().content.decode()


def test_answers_are_kept_as_plain_values_and_shown_as_people_write(send, draft, keys, in_force):
    travels, where, cost = keys
    assert send(**{travels: "yes", where: "Vilnius", cost: "1 000,50"}).status_code == 302
    draft.refresh_from_db()
    kept = dict(
        zip([q.key for q in in_force.all_questions()], ["yes", "Vilnius", "1000.50"], strict=True)
    )
    assert draft.answers == kept
    form = send.get().context["form"]
    assert [form[key].value() for key in keys] == ["yes", "Vilnius", "1\u00a0000,50"]
    (_section, answers) = draft.answered_sections[0]
    assert [answer for _question, answer in answers] == ["Ja", "Vilnius", "1\u00a0000,50\u00a0kr"]


@pytest.mark.parametrize("typed", ["1,000.50", "1_000", "１００", "-5", "mycket"])
def test_an_amount_is_never_guessed_and_stays_as_typed(send, draft, keys, typed):
    answer = send(**{keys[0]: "no", keys[2]: typed})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {keys[2]}
    assert answer.context["form"][keys[2]].value() == typed
    draft.refresh_from_db()
    assert draft.answers == {}


def test_a_choice_outside_the_list_is_refused(send, keys):
    assert send(**{keys[0]: "perhaps"}).context["form"].errors.keys() == {keys[0]}


def test_what_must_be_answered_is_asked_when_it_is_handed_in(send, draft, keys):
    assert send().status_code == 302  # a draft may lack it
    answer = send("submit")
    assert answer.context["form"].errors.keys() == {keys[0]}
    answer = send("submit", **{keys[0]: "yes"})
    assert answer.context["form"].errors.keys() == {keys[1]}
    assert send("submit", **{keys[0]: "yes", keys[1]: "Vilnius"}).url == reverse(
        "receipt", args=[draft.pk]
    )


def test_a_question_that_is_not_asked_needs_no_answer_and_loses_none(send, draft, keys, in_force):
    send(**{keys[0]: "yes", keys[1]: "Vilnius"})
    assert send("submit", **{keys[0]: "no", keys[1]: "Vilnius"}).status_code == 302
    draft.refresh_from_db()
    assert draft.answers[in_force.all_questions()[1].key] == "Vilnius"
    (_section, answers) = draft.answered_sections[0]
    assert [str(question) for question, _answer in answers] == ["Reser ni?", "Vad kostar resan?"]


def test_a_stale_form_shows_both_answers(send, draft, keys):
    send(**{keys[0]: "yes", keys[1]: "Vilnius"})
    answer = send(version=1, **{keys[0]: "yes", keys[1]: "Kaunas"})
    assert answer.status_code == 409
    changed = {one.label: (one.stored, one.typed) for one in answer.context["differences"]}
    assert changed["Vart?"] == ("Vilnius", "Kaunas")
    assert answer.context["form"][keys[1]].value() == "Kaunas"


def test_every_kind_is_read_kept_and_shown(form, officer, send_all_kinds):
    kept, shown = send_all_kinds
    assert list(kept.values()) == ["kort", "rad ett\nrad två", "no", "b", ["a", "b"], 7, "12.00",
                                   "2027-03-01"]  # fmt: skip
    assert shown == [
        "kort", "rad ett\nrad två", "Nej", "Bé", "Aa, Bé", "7", "12\u00a0kr", "1 mars 2027",
    ]  # fmt: skip


@pytest.fixture
def send_all_kinds(form, officer, sign_in, applicant, call, now):
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
    data = {"version": 1, **dict(zip(names, typed, strict=True))}
    answer = sign_in(applicant).post(reverse("write_application", args=[draft.pk]), data)
    assert answer.status_code == 302
    draft = Application.objects.get(pk=draft.pk)
    (_section, answers) = draft.answered_sections[0]
    return {q.key: draft.answers[q.key] for q in draft.questions}, [text for _q, text in answers]


# --- When the questions change --------------------------------------------------------------------


@pytest.fixture
def newer(in_force, draft, officer, now):
    """A second version: one question more, one changed, one gone."""
    form = in_force.begin_next(by=officer, at=now)
    _travels, where, cost = form.all_questions()
    where.text_sv = "Till vilken plats?"
    form.keep_question(where, by=officer)
    form.remove(cost, by=officer)
    add(form.sections.get(), "long", "Varför?", "Why?")
    type(form).objects.get(pk=form.pk).publish(by=officer, at=now)
    return form


def test_a_draft_keeps_the_version_it_was_begun_with_and_is_told(send, draft, newer, in_force):
    page = send.get()
    change = page.context["newer_questions"]
    assert [[str(q) for q in part] for part in (change.added, change.changed, change.removed)] == [
        ["Varför?"], ["Till vilken plats?"], ["Vad kostar resan?"],
    ]  # fmt: skip
    assert "Utlysningens frågor har ändrats" in page.content.decode()
    assert draft.form == in_force


def test_a_draft_goes_on_with_the_new_questions_and_loses_no_answer(
    send, draft, newer, keys, client
):
    send(**{keys[0]: "yes", keys[1]: "Vilnius", keys[2]: "500"})
    client.post(reverse("answer_newest", args=[draft.pk]))
    draft = Application.objects.get(pk=draft.pk)
    assert draft.form == newer
    form = send.get().context["form"]
    assert form[keys[1]].value() == "Vilnius"
    assert "500.00" in draft.answers.values()
    assert draft.newer_questions is None
    assert [e.what for e in draft.case.events.all()][-1] == "questions_renewed"


def test_others_do_not_move_it_and_a_submitted_one_stays(
    send, sign_in, draft, newer, keys, other_applicant, applicant
):
    address = reverse("answer_newest", args=[draft.pk])
    send("submit", **{keys[0]: "no"})
    assert sign_in(other_applicant).post(address).status_code == 404
    assert sign_in(applicant).post(address).status_code == 409
    draft.refresh_from_db()
    assert draft.form != newer


def test_a_call_without_questions_asks_none(call, applicant, now):
    draft = Application.objects.start(call=call, by=applicant, at=now)
    assert (draft.form, draft.questions, draft.answered_sections) == (None, [], [])


def test_staff_read_the_answers_in_the_admin(send, draft, keys, sign_in, officer):
    send("submit", **{keys[0]: "yes", keys[1]: "Vilnius"})
    page = sign_in(officer).get(f"/admin/grants/application/{draft.pk}/change/").content.decode()
    assert "Om resan" in page
    assert "<p>Vilnius</p>" in page
