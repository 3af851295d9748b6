"""A draft saves itself, survives that the session ends, and never loses what was typed."""

import pytest
from django.urls import reverse

from grants.models import Application
from tests.conftest import PASSWORD, make_user

TYPED = {"title": "Kör i två städer", "summary": "Vi sjunger.", "amount": "10 000", "version": "1"}
JSON = {"accept": "application/json"}


@pytest.fixture
def begun(call, applicant, now):
    return Application.objects.start(call=call, by=applicant, at=now)


@pytest.fixture
def address(begun):
    return reverse("write_application", args=[begun.pk])


@pytest.fixture
def autosave(sign_in, applicant, address):
    client = sign_in(applicant)

    def autosave(**typed):
        return client.post(address, {**TYPED, "action": "autosave", **typed}, headers=JSON)

    return autosave


# --- Saving by itself -----------------------------------------------------------------------------


def test_what_is_written_is_kept_and_the_next_saving_builds_on_it(autosave, begun):
    first = autosave()
    assert (first.status_code, first.json()["version"]) == (200, 2)
    assert first.json()["told"].startswith("Sparat ")
    assert autosave(version="2", title="Kör i tre städer").json()["version"] == 3
    begun.refresh_from_db()
    assert (begun.title, begun.state) == ("Kör i tre städer", "draft")


def test_half_an_amount_waits_and_the_rest_is_kept(autosave, begun, perspectives):
    autosave(perspectives_invanare="on", perspectives_invanare_how="Möten")
    answer = autosave(version="2", title="Ny titel", amount="1_0")
    assert answer.json()["told"].endswith(", men inte än: Belopp du söker (kronor)")
    begun.refresh_from_db()
    assert (begun.title, begun.amount) == ("Ny titel", 10_000)


def test_perspectives_that_cannot_be_read_stay_as_they_were(autosave, begun, perspectives):
    autosave(perspectives_invanare="on", perspectives_invanare_how="Möten")
    autosave(version="2", perspectives_kunskap_how="text utan kryss")
    assert [(tag.perspective.slug, tag.how) for tag in begun.tags.all()] == [("invanare", "Möten")]


def test_what_somebody_saved_elsewhere_is_not_written_over(autosave, begun):
    autosave()
    answer = autosave(title="Från en annan flik")
    assert answer.status_code == 409
    assert "version" not in answer.json()
    begun.refresh_from_db()
    assert begun.title == "Kör i två städer"


def test_days_in_the_wrong_order_are_told_and_not_kept(autosave, begun):
    answer = autosave(starts_on="2027-05-09", ends_on="2027-05-01")
    assert answer.json()["told"].endswith(", men inte än: Slutdatum")
    begun.refresh_from_db()
    assert (str(begun.starts_on), begun.ends_on) == ("2027-05-09", None)


def test_a_form_without_its_version_saves_nothing(autosave, begun):
    assert autosave(version="").status_code == 400
    begun.refresh_from_db()
    assert begun.title == ""


def test_a_submitted_application_is_not_touched(autosave, sign_in, draft, applicant, now):
    draft.submit(by=applicant, at=now)
    address = reverse("write_application", args=[draft.pk])
    data = {**TYPED, "version": str(draft.version)}
    answer = sign_in(applicant).post(address, data, headers=JSON)
    assert (answer.status_code, answer.json()["told"]) == (409, "Ansökan är redan inlämnad.")


def test_other_people_save_nothing(sign_in, other_applicant, address, begun):
    answer = sign_in(other_applicant).post(address, TYPED, headers=JSON)
    assert answer.status_code == 404


# --- When the session has ended -------------------------------------------------------------------


def sign_in_again(client, answer, email):
    """Through the form, as a person does."""
    page = answer.url.partition("?next=")[2]
    credentials = {"login": email, "password": PASSWORD, "next": page}
    return client.post(reverse("account_login"), credentials, follow=True)


def test_the_text_is_there_after_signing_in_again(client, address, begun, applicant):
    answer = client.post(address, {**TYPED, "amount": "1_0", "action": "save"})
    assert answer.url == f"{reverse('account_login')}?next={address}"
    page = sign_in_again(client, answer, applicant.email)
    form = page.context["form"]
    assert [form[name].value() for name in ("title", "amount")] == ["Kör i två städer", "1_0"]
    assert "Du hade blivit utloggad" in page.content.decode()
    begun.refresh_from_db()
    assert begun.title == ""  # nothing has been done without the person
    assert client.post(address, TYPED).status_code == 302
    begun.refresh_from_db()
    assert begun.title == "Kör i två städer"
    assert "Du hade blivit utloggad" not in client.get(address).content.decode()


def test_nothing_is_submitted_by_signing_in(client, address, draft, applicant):
    address = reverse("write_application", args=[draft.pk])
    answer = client.post(address, {**TYPED, "version": draft.version, "action": "submit"})
    sign_in_again(client, answer, applicant.email)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_the_text_shows_on_no_other_page_and_to_nobody_else(client, address, begun, call, now):
    answer = client.post(address, TYPED)
    other = make_user("cia@example.org")
    page = sign_in_again(client, answer, other.email)
    assert page.status_code == 404
    theirs = Application.objects.start(call=call, by=other, at=now)
    page = client.get(reverse("write_application", args=[theirs.pk]))
    assert page.context["form"]["title"].value() == ""


def test_the_page_itself_is_told_when_it_saves(client, address):
    answer = client.post(address, TYPED, headers=JSON)
    assert answer.status_code == 401
    assert answer.json()["told"].startswith("Du har blivit utloggad.")
    assert "typed" not in client.session


def test_more_than_any_form_takes_is_not_kept(client, address):
    client.post(address, {**TYPED, "summary": "x" * 200_000})
    assert "typed" not in client.session


# --- In the other language ------------------------------------------------------------------------


def test_another_language_shows_what_has_been_typed_and_keeps_nothing(sign_in, applicant, begun):
    english = f"/en/my-pages/{begun.pk}/write/"
    typed = {**TYPED, "amount": "1_0", "action": "show"}
    page = sign_in(applicant).post(english, typed)
    form = page.context["form"]
    assert [form[name].value() for name in ("title", "amount")] == ["Kör i två städer", "1_0"]
    assert "Name of the project" in page.content.decode()
    begun.refresh_from_db()
    assert (begun.title, begun.version) == ("", 1)
