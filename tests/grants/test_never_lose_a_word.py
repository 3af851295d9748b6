"""A draft saves itself, survives that the session ends, and never loses what was typed."""

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from grants.models import Application
from tests.conftest import PASSWORD, make_user
from tests.grants.conftest import BUDGET, JSON, OWN, PROJECT, rows


@pytest.fixture
def address(begun):
    return reverse("write_project", args=[begun.pk])


def say(english, **given):
    return gettext(english) % given


# --- Saving by itself -----------------------------------------------------------------------------


def test_what_is_written_is_kept_and_the_next_saving_builds_on_it(autosave, open_step, begun):
    first = autosave("project", PROJECT)
    assert first.status_code == 200
    assert first.json()["told"].startswith("Sparat ")
    seen = first.json()["seen"]
    again = autosave("project", PROJECT | {"title": "Kör i tre städer"}, seen=seen)
    assert again.json()["seen"] == open_step("project").context["form"]["seen"].value() != seen
    begun.refresh_from_db()
    assert (begun.title, begun.state, begun.version) == ("Kör i tre städer", "draft", 3)


def test_half_an_amount_waits_and_the_rest_is_kept(autosave, begun):
    autosave("budget", BUDGET)
    half = {"amount": "1_0", **rows("costs", {"text": "Hyra", "amount": "30 000"})}
    answer = autosave("budget", BUDGET | half | rows("incomes", OWN, OWN | {"amount": "2_0"}))
    not_yet = answer.json()["told"].partition(" ")[2].partition(": ")[2]
    applied, amount = say("Amount you apply for (SEK)"), say("Amount (SEK)")
    assert not_yet == f"{applied}, {say('Income')} 2, {amount}"
    begun.refresh_from_db()
    assert (begun.amount, begun.total_cost) == (10_000, 30_000)
    assert [(line.text, line.kind, line.amount) for line in begun.budget_lines.all()][:1] == [
        ("Hyra", "cost", 30_000)
    ]
    assert begun.budget_lines.filter(kind="own").count() == 2


def test_perspectives_that_cannot_be_read_stay_as_they_were(autosave, begun, perspectives):
    claim = {"perspectives_invanare": "on", "perspectives_invanare_how": "Möten"}
    autosave("perspectives", claim)
    autosave("perspectives", {"perspectives_kunskap_how": "text utan kryss"})
    assert [(tag.perspective.slug, tag.how) for tag in begun.tags.all()] == [("invanare", "Möten")]


def test_what_somebody_saved_elsewhere_is_not_written_over(autosave, open_step, begun):
    seen = open_step("project").context["form"]["seen"].value()
    autosave("project", PROJECT, seen=seen)
    answer = autosave("project", PROJECT | {"title": "Från en annan flik"}, seen=seen)
    assert (answer.status_code, list(answer.json())) == (409, ["told"])
    begun.refresh_from_db()
    assert begun.title == "Kör i två städer"


@pytest.mark.parametrize("step", ["project", "activities"])
def test_days_in_the_wrong_order_are_told_and_the_rest_is_kept(autosave, begun, step):
    days = {"starts_on": "2027-05-09", "ends_on": "2027-05-01"}
    typed = PROJECT | days if step == "project" else rows("activities", {"what": "Kör", **days})
    answer = autosave(step, typed)
    assert answer.json()["told"].endswith(say("Last day"))
    begun.refresh_from_db()
    row = begun if step == "project" else begun.activities.get()
    assert (str(row.starts_on), row.ends_on) == ("2027-05-09", None)


def test_a_form_without_its_mark_saves_nothing(autosave, begun):
    assert autosave("project", PROJECT | {"seen": ""}).status_code == 400
    begun.refresh_from_db()
    assert begun.title == ""


def test_a_submitted_application_is_not_touched(autosave, open_step, draft, applicant, now):
    seen = open_step("project").context["form"]["seen"].value()
    draft.submit(by=applicant, at=now)
    answer = autosave("project", PROJECT, seen=seen)
    assert (answer.status_code, answer.json()["told"]) == (409, "Ansökan är redan inlämnad.")


def test_other_people_save_nothing(sign_in, other_applicant, address):
    typed = {**PROJECT, "seen": "x"}
    assert sign_in(other_applicant).post(address, typed, headers=JSON).status_code == 404


# --- When the session has ended -------------------------------------------------------------------


@pytest.fixture
def seen(open_step, client):
    """What the form was opened with, before the session ended."""
    mark = open_step("project").context["form"]["seen"].value()
    client.logout()
    return mark


def sign_in_again(client, answer, email):
    """Through the form, as a person does."""
    page = answer.url.partition("?next=")[2]
    credentials = {"login": email, "password": PASSWORD, "next": page}
    return client.post(reverse("account_login"), credentials, follow=True)


def test_the_text_is_there_after_signing_in_again(client, address, seen, begun, applicant):
    typed = {**PROJECT, "starts_on": "1/5", "seen": seen, "action": "next"}
    answer = client.post(address, typed)
    assert answer.url == f"{reverse('account_login')}?next={address}"
    page = sign_in_again(client, answer, applicant.email)
    form = page.context["form"]
    assert [form[name].value() for name in ("title", "starts_on")] == ["Kör i två städer", "1/5"]
    assert "Du hade blivit utloggad" in page.content.decode()
    begun.refresh_from_db()
    assert begun.title == ""  # nothing has been done without the person
    assert client.post(address, {**PROJECT, "seen": seen}).status_code == 302
    begun.refresh_from_db()
    assert begun.title == "Kör i två städer"
    assert "Du hade blivit utloggad" not in client.get(address).content.decode()


def test_rows_wait_too(client, seen, begun, applicant):
    address = reverse("write_budget", args=[begun.pk])
    answer = client.post(address, {**BUDGET, "costs-0-amount": "1_0", "seen": seen})
    form = sign_in_again(client, answer, applicant.email).context["form"]
    assert [row["amount"].value() for row in form.rows["costs"].forms] == ["1_0"]


def test_nothing_is_submitted_by_signing_in(client, draft, applicant):
    answer = client.post(reverse("review_application", args=[draft.pk]))
    sign_in_again(client, answer, applicant.email)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_the_text_shows_on_no_other_page_and_to_nobody_else(client, address, seen, call, now):
    answer = client.post(address, {**PROJECT, "seen": seen})
    other = make_user("cia@example.org")
    page = sign_in_again(client, answer, other.email)
    assert page.status_code == 404
    theirs = Application.objects.start(call=call, by=other, at=now)
    page = client.get(reverse("write_project", args=[theirs.pk]))
    assert page.context["form"]["title"].value() == ""


def test_the_page_itself_is_told_when_it_saves(client, address, seen):
    answer = client.post(address, {**PROJECT, "seen": seen}, headers=JSON)
    assert answer.status_code == 401
    assert answer.json()["told"].startswith("Du har blivit utloggad.")
    assert "typed" not in client.session


def test_more_than_any_form_takes_is_not_kept(client, address):
    client.post(address, {**PROJECT, "summary": "x" * 200_000})
    assert "typed" not in client.session


# --- In the other language ------------------------------------------------------------------------


def test_another_language_shows_what_has_been_typed_and_keeps_nothing(mine, open_step, begun):
    seen = open_step("budget").context["form"]["seen"].value()
    with translation.override("en"):
        english = reverse("write_budget", args=[begun.pk])
    page = mine.post(english, {**BUDGET, "amount": "1_0", "seen": seen, "action": "show"})
    form = page.context["form"]
    assert english.startswith("/en/")
    assert (form["amount"].value(), form["seen"].value()) == ("1_0", seen)
    assert [row["text"].value() for row in form.rows["costs"].forms] == ["Resor"]
    assert "Whose cost" in page.content.decode()
    begun.refresh_from_db()
    assert begun.version == 1
