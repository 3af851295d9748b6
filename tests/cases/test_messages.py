"""One thread a case, between its parties and those who handle it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from grants.models import Application
from portal.cases.models import Message
from portal.core.models import Mail
from portal.core.workflow import WrongState
from tests.conftest import make_user


@pytest.fixture
def case(submitted):
    Mail.objects.all().delete()  # the receipt
    return submitted.case


@pytest.fixture
def address(case):
    return reverse("case_messages", args=[case.pk])


def test_both_sides_write_in_one_thread_and_are_told_by_mail(
    sign_in, applicant, officer, case, address
):
    sign_in(applicant).post(address, {"text": "Får jag byta datum?"})
    assert sign_in(officer).post(address, {"text": "Ja, skriv de nya här."}).status_code == 302
    for user in (applicant, officer):
        page = sign_in(user).get(address).content.decode()
        assert page.index("Får jag byta datum?") < page.index("Ja, skriv de nya här.")
    assert [(mail.to, mail.subject) for mail in Mail.objects.order_by("pk")] == [
        (officer.email, f"Ett meddelande om {case.number}"),
        (applicant.email, f"Ett meddelande om {case.number}"),
    ]
    assert "datum" not in "".join(mail.body for mail in Mail.objects.all())
    log = [event.what for event in case.events.all()]
    assert log[-4:] == ["message_sent", "notified"] * 2


def test_the_case_s_own_officer_is_told_otherwise_all(applicant, officer, case, now):
    colleague = make_user("second@example.org", "officer", staff=True)
    Message.objects.send(case, "Hej", by=applicant, at=now)
    assert {mail.to for mail in Mail.objects.all()} == {officer.email, colleague.email}
    Mail.objects.all().delete()
    case.officer = colleague
    Message.objects.send(case, "Hej igen", by=applicant, at=now)
    assert [mail.to for mail in Mail.objects.all()] == [colleague.email]


def test_what_is_unread_waits_on_the_start_pages_until_it_is_opened(
    sign_in, applicant, officer, case, address, now
):
    Message.objects.send(case, "Hej", by=applicant, at=now)
    Message.objects.send(case, "Hej själv", by=officer, at=now)
    for user, start, waiting in (
        (applicant, "/mina-sidor/", "Läs meddelandet om"),
        (officer, "/admin/", "Ärenden med meddelanden att läsa"),
    ):
        client = sign_in(user)
        assert waiting in client.get(start).content.decode()
        client.get(address)
        assert waiting not in client.get(start).content.decode()
    assert not Message.objects.unread().exists()


def test_the_admin_s_list_finds_cases_with_messages_to_read(sign_in, officer, applicant, case, now):
    address = "/admin/cases/case/?messages=unread"
    client = sign_in(officer)
    assert client.get(address).context["cl"].result_count == 0
    Message.objects.send(case, "Hej", by=applicant, at=now)
    assert client.get(address).context["cl"].result_count == 1


@pytest.mark.parametrize(("text", "told"), [(" \n ", "text"), ("x" * 5001, "text")])
def test_what_cannot_be_sent_is_told_and_kept(sign_in, applicant, address, text, told):
    answer = sign_in(applicant).post(address, {"text": text})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [told])
    assert answer.context["form"]["text"].value() == text
    assert not Message.objects.exists()


# --- Who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["other_applicant", "member", "administrator"])
def test_others_meet_no_thread(request, sign_in, address, case, who, now):
    user = request.getfixturevalue(who)
    client = sign_in(user)
    assert client.get(address).status_code == client.post(address, {"text": "Hej"}).status_code
    assert client.get(address).status_code == 404
    with pytest.raises(PermissionDenied):
        Message.objects.send(case, "Hej", by=user, at=now)


def test_who_prepares_the_meeting_reads_and_writes_nothing(
    sign_in, secretary, proposed, applicant, now
):
    case = proposed.case
    Message.objects.send(case, "Hej", by=applicant, at=now)
    client, address = sign_in(secretary), reverse("case_messages", args=[case.pk])
    page = client.get(address)
    assert "Hej" in page.content.decode()
    assert page.context["form"] is None
    assert client.post(address, {"text": "Hej"}).status_code == 403
    assert Message.objects.unread().count() == 1


def test_an_officer_who_is_a_party_writes_as_one(
    sign_in, officer, case, organisation, address, now
):
    case.parties.create(role="applicant", user=officer)
    Message.objects.send(case, "Hej", by=officer, at=now)
    assert Message.objects.get().from_staff is False


def test_a_draft_has_no_thread(sign_in, draft, applicant, now):
    assert sign_in(applicant).get(reverse("case_messages", args=[draft.case_id])).status_code == 404
    with pytest.raises(WrongState):
        Message.objects.send(draft.case, "Hej", by=applicant, at=now)


def test_the_text_waits_while_one_signs_in_again(client, applicant, address):
    answer = client.post(address, {"text": "Skrivet för sent"})
    assert answer.url == f"{reverse('account_login')}?next={address}"
    client.force_login(applicant, "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(address).context["form"]["text"].value() == "Skrivet för sent"


def test_what_the_parties_wrote_is_in_their_own_data(sign_in, applicant, case, now):
    Message.objects.send(case, "Mitt eget ord", by=applicant, at=now)
    assert "Mitt eget ord" in sign_in(applicant).get("/konto/mina-uppgifter.json").content.decode()
    assert Application.objects.get().case == case
