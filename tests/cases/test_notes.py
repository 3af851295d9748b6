"""Working notes, flags and second readings, among those who handle the case and nobody else."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from portal.cases.models import Conflict, Note
from portal.core.models import Mail
from portal.core.roles import Role
from portal.core.workflow import WrongState
from tests.conftest import make_user


@pytest.fixture
def case(submitted):
    Mail.objects.all().delete()  # the receipt
    return submitted.case


@pytest.fixture
def colleague(db):
    return make_user("colleague@example.org", Role.OFFICER, name="Klara Kollega", staff=True)


@pytest.fixture
def address(case):
    return reverse("case_notes", args=[case.pk])


def test_a_note_is_read_by_colleagues_and_by_no_one_else(
    sign_in, case, address, officer, colleague, applicant, secretary, administrator
):
    assert sign_in(officer).post(address, {"text": "Ring dem."}).status_code == 302
    assert "Ring dem." in sign_in(colleague).get(address).content.decode()
    assert not Mail.objects.exists()
    for user in (applicant, secretary, administrator, make_user("cia@example.org")):
        assert sign_in(user).get(address).status_code == 404
        assert sign_in(user).post(address, {"text": "Hej"}).status_code == 404
    assert Note.objects.count() == 1
    own = sign_in(applicant).get(case.application.get_absolute_url()).content.decode()
    assert "Ring dem." not in own


def test_a_second_reading_is_asked_for_answered_and_then_waits_no_more(
    sign_in, case, address, officer, colleague
):
    asked = {"text": "Är detta ett residens?", "reader": colleague.pk}
    assert sign_in(officer).post(address, asked).status_code == 302
    mail = Mail.objects.get()
    assert (mail.to, "residens" in mail.body) == (colleague.email, False)
    start, mine = "/admin/", reverse("my_notes")
    waits = "Andra läsningar som du har ombetts göra"
    assert waits in sign_in(colleague).get(start).content.decode()
    assert waits not in sign_in(officer).get(start).content.decode()
    assert "Är detta ett residens?" in sign_in(colleague).get(mine).content.decode()

    note = Note.objects.get()
    answer = {"answers": note.pk, "text": "Ja."}
    assert sign_in(colleague).post(address, answer).status_code == 302
    note = Note.objects.get(pk=note.pk)
    assert (note.is_open, note.answer.text) == (False, "Ja.")
    assert Mail.objects.first().to == officer.email
    assert waits not in sign_in(colleague).get(start).content.decode()
    again = sign_in(officer).post(address, {"answers": note.pk, "text": "Jag håller med."})
    assert again.status_code == 409
    assert again.context["form"]["text"].value() == "Jag håller med."


def test_a_flag_shows_on_the_application_until_it_is_answered(
    sign_in, case, address, officer, submitted
):
    file = f"/admin/grants/application/{submitted.pk}/change/"
    assert "Skriv en anteckning" in sign_in(officer).get(file).content.decode()
    sign_in(officer).post(address, {"text": "Dubbel ansökan?", "is_flag": "on"})
    assert "1 anteckning väntar på svar" in sign_in(officer).get(file).content.decode()
    sign_in(officer).post(address, {"answers": Note.objects.get().pk, "text": "Nej."})
    page = sign_in(officer).get(file).content.decode()
    assert "väntar på svar" not in page
    assert "Läs de 2 anteckningarna" in page


def test_what_is_wrong_is_told_and_kept(sign_in, case, address, officer, colleague, applicant, now):
    page = sign_in(officer).post(address, {"text": " ", "is_flag": "on"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["text"])
    page = sign_in(officer).post(address, {"text": "Läs", "reader": applicant.pk})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["reader"])
    assert page.context["form"]["text"].value() == "Läs"
    Conflict.objects.declare(case, ground="agent", by=colleague, at=now)
    page = sign_in(officer).post(address, {"text": "Läs", "reader": colleague.pk})
    assert page.status_code == 422
    for reader in (officer, colleague, applicant):
        with pytest.raises(ValidationError):
            Note.objects.write(case, "Läs", by=officer, at=now, reader=reader)
    assert not Note.objects.exists()
    flagged = Note.objects.write(case, "Läs", by=officer, at=now, is_flag=True)
    page = sign_in(officer).post(address, {"answers": flagged.pk, "text": ""})
    assert (page.status_code, list(page.context["sent"].errors)) == (422, ["text"])
    for key in ("x", "999999"):
        assert sign_in(officer).post(address, {"answers": key, "text": "Ja"}).status_code == 404


def test_whoever_is_barred_meets_no_note(sign_in, case, address, officer, colleague, now):
    Note.objects.write(case, "Läs du", by=officer, at=now, reader=colleague)
    Conflict.objects.declare(case, ground="agent", by=colleague, at=now)
    assert sign_in(colleague).get(address).status_code == 404
    assert "Läs du" not in sign_in(colleague).get(reverse("my_notes")).content.decode()
    with pytest.raises(PermissionDenied):
        Note.objects.write(case, "Ja", by=colleague, at=now)


def test_only_what_waits_is_answered(case, officer, now):
    plain = Note.objects.write(case, "Ring dem.", by=officer, at=now)
    with pytest.raises(WrongState):
        Note.objects.write(case, "Gjort", by=officer, at=now, answers=plain)


@pytest.mark.parametrize("sql", ["UPDATE cases_note SET text = ''", "DELETE FROM cases_note"])
def test_a_note_stands_as_it_was_written(case, officer, now, sql):
    Note.objects.write(case, "Ring dem.", by=officer, at=now)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
