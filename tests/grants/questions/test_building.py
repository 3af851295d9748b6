"""Staff build a call's questions without code: versions, sections, questions."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from grants.models import CallForm, Question, Section
from portal.core.workflow import WrongState
from tests.races import all_at_once, succeeded

ASKED = {
    "text_sv": "Hur många deltar?", "text_en": "How many take part?", "help_sv": "", "help_en": "",
    "kind": "number", "choices_sv": "", "choices_en": "", "is_required": "on", "longest": "",
    "least": "1", "most": "500", "shown_if_answer": "",
}  # fmt: skip


@pytest.fixture
def build(sign_in, officer, call):
    """POST to one of the builder's pages, as an officer."""
    client = sign_in(officer)
    base = f"/arbetsrum/utlysningar/{call.pk}/"

    def build(path="", **data):
        return client.post(base + path, data)

    build.get = lambda path="": client.get(base + path)
    return build


def texts(form):
    return [question.text_sv for question in CallForm.objects.get(pk=form.pk).all_questions()]


# --- From nothing ---------------------------------------------------------------------------------


def test_from_nothing_to_a_question_that_is_asked(build, call, applicant, officer, now):
    assert "frågar inget mer än" in build.get().content.decode()
    build()
    form = call.forms.get()
    section = {"title_sv": "Publik", "title_en": "Audience", "help_sv": "Vilka?", "help_en": "Who?"}
    build(f"{form.pk}/nytt-avsnitt/", **section)
    part = form.sections.get()
    assert build(f"{form.pk}/{part.pk}/ny-fraga/", **ASKED).status_code == 302
    question = Question.objects.get()
    assert (question.text_en, question.kind, question.least, question.most) == (
        "How many take part?", "number", 1, 500,
    )  # fmt: skip
    page = build.get(f"{form.pk}/forhandsvisa/").content.decode()
    assert "Hur många deltar?" in page
    assert call.form_in_force is None
    build(f"{form.pk}/publicera/")
    assert call.form_in_force == form


def test_a_version_is_begun_once(build, call):
    build()
    build()
    assert call.forms.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text_en": ""}, "text_en"),
        ({"kind": "essay"}, "kind"),
        ({"kind": "one"}, "choices_sv"),
        ({"kind": "one", "choices_sv": "Ja\nNej", "choices_en": "Yes"}, "choices_en"),
        ({"kind": "one", "choices_sv": "Ja\nJa", "choices_en": "Yes\nNo"}, "choices_sv"),
        ({"choices_sv": "Ja\nNej", "choices_en": "Yes\nNo"}, "choices_sv"),
        ({"least": "9", "most": "3"}, "most"),
        ({"longest": "１００"}, "longest"),
        ({"longest": "-5"}, "longest"),
        ({"shown_if_answer": "999:yes"}, "shown_if_answer"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(build, form, change, field):
    section = form.sections.get()
    answer = build(f"{form.pk}/{section.pk}/ny-fraga/", **{**ASKED, **change})
    shown = answer.context["form"]
    assert answer.status_code == 422
    assert shown.errors.keys() == {field}
    assert shown["text_sv"].value() == "Hur många deltar?"
    assert section.questions.count() == 3


def test_a_choice_keeps_its_key_when_others_come(build, form):
    section = form.sections.get()
    path = f"{form.pk}/{section.pk}/"
    new = {**ASKED, "least": "", "most": "", "kind": "one"}
    build(f"{path}ny-fraga/", **{**new, "choices_sv": "Dans\nFilm", "choices_en": "Dance\nFilm"})
    question = section.questions.last()
    dance = question.choices[0]["key"]
    changed = {"choices_sv": "Bild\nDans", "choices_en": "Art\nDance"}
    build(f"{path}{question.pk}/", **{**new, **changed})
    question.refresh_from_db()
    assert [one["sv"] for one in question.choices] == ["Bild", "Dans"]
    assert question.choices[1]["key"] == dance


# --- Order and removal ----------------------------------------------------------------------------


def test_parts_move_one_step_and_the_ends_stay(build, form):
    travels, where, cost = form.all_questions()
    build(f"{form.pk}/question/{cost.pk}/up/")
    assert texts(form) == ["Reser ni?", "Vad kostar resan?", "Vart?"]
    build(f"{form.pk}/question/{travels.pk}/up/")
    build(f"{form.pk}/question/{where.pk}/down/")
    assert texts(form) == ["Reser ni?", "Vad kostar resan?", "Vart?"]


def test_a_question_never_stands_before_the_one_that_shows_it(build, form, client):
    _travels, where, _cost = form.all_questions()
    build(f"{form.pk}/question/{where.pk}/up/")
    assert texts(form) == ["Reser ni?", "Vart?", "Vad kostar resan?"]
    assert "måste stå efter" in build.get().content.decode()


def test_what_shows_another_question_is_not_removed_first(build, form):
    travels, where, _cost = form.all_questions()
    build(f"{form.pk}/question/{travels.pk}/remove/")
    assert "”Vart?” visas av ett svar på den" in build.get().content.decode()
    build(f"{form.pk}/question/{where.pk}/remove/")
    build(f"{form.pk}/question/{travels.pk}/remove/")
    assert texts(form) == ["Vad kostar resan?"]


def test_a_section_goes_with_its_questions(build, form):
    build(f"{form.pk}/section/{form.sections.get().pk}/remove/")
    assert not Section.objects.exists()
    assert not Question.objects.exists()


# --- Versions -------------------------------------------------------------------------------------


def test_a_published_version_never_changes(build, in_force, officer):
    section, question = in_force.sections.get(), in_force.all_questions()[0]
    before = texts(in_force)
    for path, data in (
        (f"{in_force.pk}/nytt-avsnitt/", {"title_sv": "A", "title_en": "A"}),
        (f"{in_force.pk}/{section.pk}/ny-fraga/", ASKED),
        (f"{in_force.pk}/{section.pk}/{question.pk}/", ASKED),
        (f"{in_force.pk}/question/{question.pk}/remove/", {}),
        (f"{in_force.pk}/section/{section.pk}/remove/", {}),
        (f"{in_force.pk}/publicera/", {}),
    ):
        assert build(path, **data).status_code == 409, path
    assert texts(in_force) == before


def test_the_next_version_carries_all_on_and_the_old_one_stands(build, in_force, call):
    build()
    old, new = call.forms.order_by("number")
    assert texts(new) == texts(old)
    assert [q.key for q in new.all_questions()] == [q.key for q in old.all_questions()]
    shown = new.all_questions()[1]
    assert (shown.shown_if, shown.shown_if_answer) == (new.all_questions()[0], "yes")
    assert call.form_in_force == in_force


def test_an_empty_version_is_not_published(call, officer, now):
    form = call.begin_form(by=officer)
    with pytest.raises(ValidationError, match="ingen fråga"):
        form.publish(by=officer, at=now)


def test_the_questions_are_published_with_their_call(form, call, officer, now):
    type(call).objects.update(state="draft")
    call.refresh_from_db()
    call.publish(by=officer, at=now)
    assert call.form_in_force == form


# --- Who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["applicant", "secretary", "member"])
def test_others_build_nothing(request, sign_in, form, call, person, now):
    user = request.getfixturevalue(person)
    client = sign_in(user)
    base = f"/arbetsrum/utlysningar/{call.pk}/"
    for path in ("", f"{form.pk}/publicera/", f"{form.pk}/nytt-avsnitt/"):
        assert client.post(base + path).status_code == 403, path
    assert client.get(f"{base}{form.pk}/forhandsvisa/").status_code == 403
    with pytest.raises(PermissionDenied):
        form.publish(by=user, at=now)


def test_parts_of_another_call_are_not_reached(build, form, call, scheme, now):
    other = type(call).objects.create(
        scheme=scheme, slug="annan", name_sv="A", name_en="A", opens_at=call.opens_at,
        closes_at=call.closes_at, budget_year=now.year,
    )  # fmt: skip
    foreign = other.forms.create(number=1)
    section = foreign.sections.create(order=1, title_sv="A", title_en="A")
    assert build(f"{foreign.pk}/publicera/").status_code == 404
    assert build(f"{form.pk}/{section.pk}/ny-fraga/", **ASKED).status_code == 404
    assert build(f"{form.pk}/section/{section.pk}/remove/").status_code == 404


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_publishings_at_once_one_counts(form, officer, now):
    def publish():
        CallForm.objects.get(pk=form.pk).publish(by=officer, at=now)

    outcomes = all_at_once(*[publish] * 10)
    assert succeeded(outcomes) == 1
    assert {type(one) for one in outcomes if one} == {WrongState}
