"""The one way in, for applicants and staff."""

import pytest
from django.urls import reverse

from portal.core.models import Mail
from tests.accounts.conftest import code_now, mailed_code
from tests.conftest import PASSWORD, make_user

SECOND_STEP = "/konto/logga-in/andra-steget/"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/konto/logga-in/", "Fel e-postadress eller lösenord."),
        ("/en/account/sign-in/", "Wrong e-mail address or password."),
    ],
)
@pytest.mark.parametrize("email", ["anna@example.org", "nobody@example.org"])
def test_what_is_wrong_is_told_plainly_and_alike(client, applicant, address, told, email):
    answer = client.post(address, {"login": email, "password": "wrong"})
    assert answer.context["form"].non_field_errors() == [told]
    assert answer.context["form"]["login"].value() == email


def test_neither_capitals_nor_spaces_in_the_address_matter(send_password, applicant):
    assert send_password(" Anna@Example.ORG ").url == reverse("my_pages")


def test_after_five_wrong_passwords_the_right_one_waits(send_password, applicant):
    for _try in range(5):
        send_password(applicant.email, "wrong")
    answer = send_password(applicant.email)
    told = "För många försök som misslyckats. Vänta fem minuter, eller välj ett nytt lösenord."
    assert answer.context["form"].non_field_errors() == [told]


def test_many_tries_from_one_place_get_a_page_that_says_wait(client, db):
    address = "/konto/logga-in/"
    for n in range(10):
        client.post(address, {"login": f"n{n}@example.org", "password": "wrong"})
    answers = [
        client.post(address, {"login": f"m{n}@example.org", "password": "wrong"}) for n in range(21)
    ]
    assert answers[-1].status_code == 429
    assert "Vänta en minut" in answers[-1].content.decode()


def test_signed_in_for_as_long_as_the_browser_is_open_unless_asked_for(
    client, send_password, applicant
):
    send_password(applicant.email)
    assert client.session.get_expire_at_browser_close()
    client.logout()
    send_password(applicant.email, remember="on")
    assert not client.session.get_expire_at_browser_close()


def test_the_admin_has_no_sign_in_of_its_own(client, db):
    answer = client.get("/admin/", follow=True)
    address = "/konto/logga-in/?next=%2Fadmin%2F"
    assert answer.redirect_chain[-1] == (address, 302)


def test_an_applicant_is_told_that_the_admin_is_for_staff(sign_in, applicant):
    assert sign_in(applicant).get("/admin/", follow=True).status_code == 403


# --- The second step ------------------------------------------------------------------------------


def test_staff_are_in_when_the_second_step_is_done(client, send_password, officer):
    assert send_password(officer.email).url == SECOND_STEP
    assert client.get("/arbetsrum/").status_code == 302
    answer = client.post(SECOND_STEP, {"code": "000000"})
    told = "Det är inte den kod som gäller nu. Försök med nästa."
    assert answer.context["form"].errors == {"code": [told]}
    assert client.post(SECOND_STEP, {"code": code_now()}).url == reverse("my_pages")
    assert client.get("/arbetsrum/").status_code == 200


def test_a_code_opens_once(client, send_password, officer):
    send_password(officer.email)
    code = code_now()
    client.post(SECOND_STEP, {"code": code})
    client.logout()
    send_password(officer.email)
    assert client.post(SECOND_STEP, {"code": code}).status_code == 200


def test_the_second_step_without_the_first_leads_to_the_first(client, db):
    assert client.get(SECOND_STEP).url == reverse("account_login")


# --- An account whose address nobody has shown to be theirs ---------------------------------------


def test_an_account_made_by_staff_confirms_its_address_first(client, send_password, outbox):
    user = make_user("ny@example.org")
    user.emailaddress_set.all().delete()
    assert send_password(user.email).url == reverse("account_email_verification_sent")
    assert client.get("/mina-sidor/").status_code == 302
    answer = client.post("/konto/bekrafta-adress/", {"code": mailed_code(user.email)})
    assert answer.url == reverse("my_pages")
    assert client.get("/mina-sidor/").status_code == 200


# --- A new password -------------------------------------------------------------------------------


def test_a_forgotten_password_is_replaced_with_a_mailed_code(client, outbox, applicant):
    assert client.post("/konto/losenord/glomt/", {"email": applicant.email}).status_code == 302
    code = mailed_code(applicant.email)
    wrong = client.post("/konto/losenord/glomt/kod/", {"code": "AAAA-AAAA"})
    assert wrong.context["form"].errors.keys() == {"code"}
    client.post("/konto/losenord/glomt/kod/", {"code": code})
    new = "ett helt nytt lösenord"
    client.post("/konto/losenord/glomt/nytt/", {"password1": new, "password2": new})
    applicant.refresh_from_db()
    assert applicant.check_password(new)
    assert outbox.latest("pk").body.splitlines()[2] == "Lösenordet återställdes."


def test_nobody_learns_whether_an_address_has_an_account(client, outbox, applicant):
    answers = []
    for email in (applicant.email, "nobody@example.org"):
        answer = client.post("/konto/losenord/glomt/", {"email": email}, follow=True)
        answers.append(
            (answer.status_code, answer.redirect_chain, answer.content.decode().replace(email, "x"))
        )
        client.logout()
    mask = [(status, chain) for status, chain, _page in answers]
    assert mask[0] == mask[1]
    assert (
        outbox.get(to="nobody@example.org").subject == "Det finns inget konto med den här adressen"
    )


def test_a_mailed_code_is_shown_to_nobody_and_goes_when_it_is_sent(
    client, applicant, administrator, sign_in, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/konto/losenord/glomt/", {"email": applicant.email})
    mail = Mail.objects.get(to=applicant.email)
    assert (mail.is_secret, mail.body) == (True, "")
    Mail.objects.filter(pk=mail.pk).update(body="Koden är ABC", sent_at=None)
    page = sign_in(administrator).get(f"/admin/core/mail/{mail.pk}/change/").content.decode()
    assert "ABC" not in page
    assert "Endast för mottagaren" in page


def test_the_password_is_changed_by_who_knows_it(sign_in, applicant, outbox):
    client = sign_in(applicant)
    new = {"password1": "ett helt nytt lösenord", "password2": "ett helt nytt lösenord"}
    answer = client.post("/konto/losenord/", {"oldpassword": "wrong", **new})
    assert answer.context["form"].errors.keys() == {"oldpassword"}
    assert client.post("/konto/losenord/", {"oldpassword": PASSWORD, **new}).status_code == 302
    applicant.refresh_from_db()
    assert applicant.check_password("ett helt nytt lösenord")
    assert outbox.latest("pk").subject == "Ditt konto har ändrats"
