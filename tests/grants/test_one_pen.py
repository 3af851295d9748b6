"""One writes at a time: others read, take over knowingly, and nobody's words are lost."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from grants.models import Application
from grants.models.writing import PEN_LASTS, PenHeld
from portal.core.workflow import WrongState
from tests.conftest import make_user
from tests.grants.conftest import JSON, PROJECT
from tests.races import all_at_once, kinds_of_failure, succeeded


@pytest.fixture
def colleague(organisation, other_applicant, now):
    organisation.members.create(user=other_applicant, since=now.date())
    return other_applicant


@pytest.fixture
def shared(call, applicant, organisation, now):
    """An organisation's draft that nobody writes in yet."""
    return Application.objects.start(call=call, by=applicant, at=now, organisation=organisation)


def titled(text):
    return {"project": {"title": text}}


# --- The verb -------------------------------------------------------------------------------------


def test_while_one_writes_another_cannot_and_then_takes_over(shared, applicant, colleague, now):
    shared.edit(by=applicant, at=now, content=titled("Annas"))
    for refused in (
        partial(shared.edit, content=titled("Bos")),
        shared.take_pen,
    ):
        with pytest.raises(PenHeld, match="Anna Ek"):
            refused(by=colleague, at=now)
    shared.take_over_pen(by=colleague, at=now)
    shared.edit(by=colleague, at=now, content=titled("Bos"))
    with pytest.raises(PenHeld, match="Bo Lind"):
        shared.edit(by=applicant, at=now, content=titled("Annas igen"))
    shared.refresh_from_db()
    assert (shared.title, shared.writer) == ("Bos", colleague)
    taken = shared.case.events.get(what="pen_taken")
    assert (taken.by, taken.details) == (colleague, {"from_user": applicant.pk})


def test_taking_what_nobody_holds_is_no_event(shared, applicant, colleague, now):
    shared.take_over_pen(by=applicant, at=now)
    shared.take_over_pen(by=applicant, at=now)
    shared.take_over_pen(by=colleague, at=now + PEN_LASTS)
    assert not shared.case.events.filter(what="pen_taken").exists()


def test_the_pen_is_free_five_minutes_after_the_last_saving(shared, applicant, colleague, now):
    assert timedelta(minutes=5) == PEN_LASTS
    shared.take_pen(by=applicant, at=now)
    later = now + timedelta(minutes=4)
    shared.edit(by=applicant, at=later, content=titled("Annas"))
    assert (shared.writes_since, shared.writes_until) == (now, later + PEN_LASTS)
    with pytest.raises(PenHeld):
        shared.take_pen(by=colleague, at=later + PEN_LASTS - timedelta(seconds=1))
    shared.edit(by=colleague, at=later + PEN_LASTS, content=titled("Bos"))
    assert (shared.writer, shared.writes_since) == (colleague, later + PEN_LASTS)


def test_only_those_who_may_write_and_only_a_draft(shared, draft, applicant, officer, now):
    for person in (officer, make_user("cia@example.org")):
        with pytest.raises(PermissionDenied):
            shared.take_over_pen(by=person, at=now)
    draft.submit(by=applicant, at=now)
    with pytest.raises(WrongState):
        draft.take_pen(by=applicant, at=now)


# --- The pages ------------------------------------------------------------------------------------


@pytest.fixture
def visit(client, sign_in, shared):
    """Be one of them on the project's page: (open, send, take over)."""
    address = reverse("write_project", args=[shared.pk])

    def visit(person):
        sign_in(person)
        return client.get(address)

    def send(person, action="save", **typed):
        sign_in(person)
        headers = JSON if action == "autosave" else None
        return client.post(address, {**PROJECT, "action": action, **typed}, headers=headers)

    def take(person):
        sign_in(person)
        return client.post(reverse("take_pen", args=[shared.pk, "project"]))

    visit.send, visit.take = send, take
    return visit


def test_whoever_comes_second_reads_who_writes_and_what_stands_there(
    visit, shared, applicant, colleague, now
):
    shared.edit(by=applicant, at=now, content=titled("Annas text"))
    page = visit(colleague)
    text = page.content.decode()
    assert "Anna Ek" in text
    assert "Annas text" in text
    assert 'name="title"' not in text
    assert visit(applicant).context["form"]["title"].value() == "Annas text"


def test_the_first_one_is_told_and_sees_both_and_takes_it_back(visit, shared, applicant, colleague):
    seen = visit(applicant).context["form"]["seen"].value()
    assert visit.take(colleague).url == reverse("write_project", args=[shared.pk])
    theirs = visit(colleague).context["form"]["seen"].value()
    assert visit.send(colleague, title="Bos", seen=theirs).status_code == 302

    answer = visit.send(applicant, "autosave", title="Annas", seen=seen)
    assert (answer.status_code, list(answer.json())) == (409, ["told"])
    assert "Bo Lind" in answer.json()["told"]
    page = visit.send(applicant, title="Annas", seen=seen)
    assert page.status_code == 409
    assert ("Bos", "Annas") in [(one.before, one.after) for one in page.context["differences"]]
    form, text = page.context["form"], page.content.decode()
    assert form["title"].value() == "Annas"
    assert 'value="take"' in text
    assert 'value="next"' not in text
    shared.refresh_from_db()
    assert (shared.title, shared.writer) == ("Bos", colleague)

    again = visit.send(applicant, "take", title="Annas", seen=form["seen"].value())
    assert again.status_code == 302
    shared.refresh_from_db()
    assert (shared.title, shared.writer) == ("Annas", applicant)


def test_taking_over_does_not_write_over_what_was_saved_meanwhile(
    visit, shared, applicant, colleague, now
):
    seen = visit(applicant).context["form"]["seen"].value()
    visit.take(colleague)
    page = visit.send(applicant, title="Annas", seen=seen)
    shared.edit(by=colleague, at=now, content=titled("Bos"))
    mark = page.context["form"]["seen"].value()
    answer = visit.send(applicant, "take", title="Annas", seen=mark)
    assert answer.status_code == 409
    shared.refresh_from_db()
    assert (shared.title, shared.writer) == ("Bos", applicant)
    mark = answer.context["form"]["seen"].value()
    assert visit.send(applicant, title="Annas", seen=mark).status_code == 302


def test_others_take_no_pen_and_what_is_handed_in_is_only_read(
    visit, shared, draft, applicant, officer, now, mine
):
    for person in (officer, make_user("cia@example.org")):
        assert visit.take(person).status_code == 404
    shared.refresh_from_db()
    assert shared.writer is None
    draft.submit(by=applicant, at=now)
    taken = mine.post(reverse("take_pen", args=[draft.pk, "project"]))
    assert taken.status_code == 404  # the last one signed in is a stranger
    mine.force_login(applicant, "allauth.account.auth_backends.AuthenticationBackend")
    taken = mine.post(reverse("take_pen", args=[draft.pk, "project"]))
    assert taken.url == draft.get_absolute_url()
    draft.refresh_from_db()
    assert draft.writer is None


def test_it_is_not_handed_in_while_another_writes_unless_taken_over(
    sign_in, draft, applicant, colleague, organisation, now
):
    Application.objects.update(organisation=organisation)
    draft.refresh_from_db()
    draft.take_pen(by=applicant, at=now)
    with pytest.raises(PenHeld, match="Anna Ek"):
        draft.submit(by=colleague, at=now)
    address = reverse("review_application", args=[draft.pk])
    page = sign_in(colleague).post(address)
    assert page.status_code == 409
    assert "Anna Ek skriver" in page.content.decode()
    draft.refresh_from_db()
    assert (draft.state, draft.writer) == ("draft", applicant)
    assert sign_in(colleague).post(address, {"action": "take"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.writer) == ("submitted", None)
    assert sign_in(colleague).post(address, {"action": "take"}).status_code == 409


def test_the_questions_are_not_exchanged_under_one_who_writes(
    sign_in, shared, applicant, colleague, now
):
    shared.take_pen(by=applicant, at=now)
    with pytest.raises(PenHeld):
        shared.answer_newest_questions(by=colleague, at=now)
    page = sign_in(colleague).post(reverse("answer_newest", args=[shared.pk]), follow=True)
    assert "Anna Ek skriver" in page.content.decode()


# --- At once --------------------------------------------------------------------------------------

MANY = 10


@pytest.fixture
def members(organisation, now):
    people = [make_user(f"person{number}@example.org") for number in range(MANY)]
    for person in people:
        organisation.members.create(user=person, since=now.date())
    return people


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_one_of_many_gets_the_pen(self, shared, members, now):
        copies = [Application.objects.get(pk=shared.pk) for _ in members]
        results = all_at_once(
            *(
                partial(copy.take_pen, by=person, at=now)
                for copy, person in zip(copies, members, strict=True)
            )
        )
        assert kinds_of_failure(results) == {"PenHeld"}
        assert succeeded(results) == 1

    def test_control_without_the_lock_all_of_them_do(self, shared, members, now):
        """The same, with the row read, looked at and written without holding it."""

        def read(person):
            copy = Application.objects.get(pk=shared.pk)
            return copy if copy.held_by_other(by=person, at=now) is None else None

        def write(copy, person):
            taken = Application.objects.filter(pk=copy.pk)
            return taken.update(writer=person, writes_since=now, writes_until=now + PEN_LASTS)

        copies = all_at_once(*(partial(read, person) for person in members))
        results = all_at_once(
            *(partial(write, copy, person) for copy, person in zip(copies, members, strict=True))
        )
        assert results == [1] * MANY
