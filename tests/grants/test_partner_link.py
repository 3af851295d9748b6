"""A partner abroad confirms its part by its own link; the answer falls when the part changes."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from grants import reading
from grants.applicationpdf import application_pdf
from grants.confirmations import standings
from grants.models import Application, PartnerConfirmation
from grants.models.partnerconfirmations import MOST_LINKS
from grants.parts import PARTS
from portal.cases.models import Document, Invitation
from portal.core import throttling
from portal.core.models import Mail
from portal.core.workflow import WrongState
from tests.cases.uploads import HOSTILE, PDF

LINK = r"https://portal\.example\.org(/\S+/partner/\S+/)"
ANSWER = {"answer": "confirmed", "name": "Rasa Petraitė"}
OTHER = {"name": "Oulu", "country": "FI", "role": "Gäst", "gives": "Ljus.", "gets": "Ljud."}
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-store",
}


@pytest.fixture
def change(draft, applicant, now):
    """Write the part about partners anew, the first of two with some other values."""

    def change(**values):
        first, *rest = PARTS["partners"].read(draft)
        rows = [{**first, **values}, *(rest or [OTHER])]
        draft.edit(by=applicant, at=now, content={"partners": rows})

    change(email="rasa@example.org")
    return change


@pytest.fixture
def ask(sign_in, client, draft, applicant, change):
    """Press the button; gives the path of the link that was sent."""

    def ask(application=draft, by=applicant):
        address = reverse("partner_confirmations", args=[application.pk])
        row = application.cooperation.first()
        assert sign_in(by).post(address, {"partner": row.key}).url == address
        client.logout()
        mail = Mail.objects.filter(to=row.email).first()
        assert mail.is_secret
        return re.search(LINK, mail.body)[1]

    return ask


@pytest.fixture
def link(ask):
    return ask()


@pytest.fixture
def answer(client):
    """Open the page and send what it asks for."""

    def answer(path, **given):
        with override("sv"):  # the page's own language stays on the page
            read = client.get(path).context["form"]["read"].value()
            return client.post(path, {**ANSWER, "read": read, **given})

    return answer


def state(application):
    standing, _other = standings(Application.objects.get(pk=application.pk))
    return standing.state


def answers():
    return PartnerConfirmation.objects.count()


@pytest.mark.parametrize(
    ("language", "subject", "path", "words", "thanks"),
    [
        ("en", "Will you confirm your part", "/en/calls/partner/", "Confirm your part",
         "/en/calls/partner/thank-you/"),
        ("sv", "Vill ni bekräfta er del", "/utlysningar/partner/", "Bekräfta er del",
         "/utlysningar/partner/tack/"),
    ],
)  # fmt: skip
def test_it_is_read_and_confirmed_in_the_partner_s_language(
    client, draft, change, ask, answer, applicant, language, subject, path, words, thanks
):
    assert state(draft) == "not_asked"
    change(language=language, own_funding="7000.00")
    link = ask()
    assert state(draft) == "asked"
    assert Mail.objects.first().subject.startswith(subject)
    assert link.startswith(path)

    page = client.get(link)
    assert {name: page.headers[name] for name in HEADERS} == HEADERS
    for told in (words, "Anna Ek", "Dans över havet", "Tre veckors", "Scenen.", "Publiken.",
                 "7\xa0000"):  # fmt: skip
        assert told in page.text, told
    for hidden in ("Resor", "Skolor möter", "anna@example.org", "rasa@example.org", "20\xa0000"):
        assert hidden not in page.text, hidden

    assert answer(link).url == thanks
    assert client.get(thanks).status_code == 200
    assert state(draft) == "confirmed"
    mail = Mail.objects.get(to=applicant.email)
    assert "Rasa" not in mail.subject + mail.body
    assert f"/mina-sidor/{draft.pk}/partner/" in mail.body
    event = draft.case.events.get(what="partner_answered")
    given = PartnerConfirmation.objects.get()
    assert (event.by, event.details) == (
        None, {"partner": given.row_id, "confirmation": given.pk}
    )  # fmt: skip


def test_a_comment_and_a_certificate_are_read_by_those_of_the_case_only(
    client, sign_in, link, answer, draft, applicant, other_applicant, officer, now
):
    lacking = answer(link, answer="commented", name="Rasa P")
    assert (lacking.status_code, list(lacking.context["form"].errors)) == (422, ["comment"])
    assert "Rasa P" in lacking.text
    file = SimpleUploadedFile("intyg.pdf", PDF)
    given = answer(link, answer="commented", comment="Bara i mars.", certificate=file)
    assert given.status_code == 302
    document = Document.objects.get()
    assert (document.title, document.added_by, document.is_public, document.case) == (
        "Intyg från Vilniusregionen", None, False, draft.case,
    )  # fmt: skip

    names = ("partner_confirmations", "application", "review_application")
    pages = [reverse(name, args=[draft.pk]) for name in names]
    for person, status in ((applicant, 200), (other_applicant, 404)):
        assert [sign_in(person).get(page).status_code for page in pages] == [status] * 3
        assert client.get(reverse("document", args=[document.pk])).status_code == status
    for page in pages:
        told = sign_in(applicant).get(page).text
        assert "Kommenterat av Rasa Petraitė" in told
        assert "Bara i mars." in told

    draft.submit(by=applicant, at=now)
    told = sign_in(officer).get(reverse("admin:grants_application_change", args=[draft.pk])).text
    assert "Kommenterat av Rasa Petraitė" in told
    told = client.get(reverse("admin:cases_case_change", args=[draft.case_id])).text
    assert "samarbetspartnern, genom sin länk" in told
    submitted = Application.objects.get(pk=draft.pk)
    assert application_pdf(submitted).startswith(b"%PDF")
    [facts] = [part.facts for part in reading.confirmations(submitted)]
    assert "Bara i mars." in facts[0].text


@pytest.mark.parametrize("name", ["html.pdf", "makron.docx", "prog.exe"])
def test_a_hostile_file_is_refused_and_the_link_still_opens(link, answer, name):
    refused = answer(link, certificate=SimpleUploadedFile(name, HOSTILE[name]))
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["certificate"])
    assert (Document.objects.count(), answers()) == (0, 0)
    assert answer(link).status_code == 302


@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("partners", {"role": "Publik"}),
        ("partners", {"own_funding": "9000.00"}),
        ("project", {"title": "Dans under havet"}),
        ("project", {"ends_on": "2027-03-22"}),
    ],
)
def test_a_changed_part_makes_the_answer_fall_and_a_new_link_mends_it(
    ask, answer, draft, applicant, change, now, part, values
):
    answer(ask())
    change(email="rita@example.org")  # is none of what was read
    assert state(draft) == "confirmed"
    if part == "partners":
        change(**values)
    else:
        draft.edit(by=applicant, at=now, content={part: values})
    standing, _other = standings(draft)
    assert standing.state == "changed"
    assert "Bekräftat av Rasa Petraitė" in standing.text
    answer(ask())
    assert (state(draft), answers()) == ("confirmed", 2)


def test_what_was_changed_while_it_was_read_is_read_anew(client, link, change, draft):
    read = client.get(link).context["form"]["read"].value()
    change(gives="Två scener.")
    page = client.post(link, {**ANSWER, "read": read})
    assert (page.status_code, answers()) == (422, 0)
    assert "Två scener." in page.text
    assert "Rasa Petraitė" in page.text
    again = page.context["form"]["read"].value()
    assert client.post(link, {**ANSWER, "read": again}).status_code == 302
    assert state(draft) == "confirmed"


def test_a_spent_replaced_or_ended_link_opens_no_more(client, ask, answer, now):
    first, second = ask(), ask()
    assert client.get(first).status_code == 410
    assert answer(second).status_code == 302
    for used in (client.get(second), client.post(second, ANSWER)):
        assert used.status_code == 410
        assert "It works once." in used.text
    third = ask()
    Invitation.objects.update(issued_at=now - timedelta(days=31), expires_at=now)
    assert client.post(third, ANSWER).status_code == 410
    assert answers() == 1


def test_the_link_of_a_partner_that_was_removed_opens_nothing(client, link, draft, applicant, now):
    draft.edit(by=applicant, at=now, content={"partners": []})
    assert client.get(link).status_code == 404
    assert client.post(link, ANSWER).status_code == 404


def test_a_link_of_another_application_does_not_reach_this_one(
    client, link, draft, call, other_applicant, now
):
    other = Application.objects.start(call=call, by=other_applicant, at=now)
    Invitation.objects.update(case=other.case)
    assert client.get(link).status_code == 404
    Invitation.objects.update(case=draft.case)
    assert client.get(link).status_code == 200


def test_a_made_up_link_opens_nothing_and_guessing_is_stopped(client, link):
    stem, token = link.rstrip("/").rsplit("/", 1)
    for _try in range(throttling.MOST):
        assert client.get(f"{stem}/x{token}/").status_code == 404
    assert client.get(link).status_code == 429


def test_it_is_answered_until_the_application_is_decided(
    client, link, answer, draft, applicant, now
):
    draft.submit(by=applicant, at=now)
    assert client.get(link).status_code == 200
    draft.withdraw(by=applicant, at=now)
    for refused in (client.get(link), client.post(link, ANSWER)):
        assert refused.status_code == 410
        assert "no answer is needed" in refused.text
    assert answers() == 0


def test_only_its_own_people_ask_while_it_may_be_changed_and_not_without_end(
    draft, change, applicant, other_applicant, now
):
    row = draft.cooperation.first()

    def ask(by=applicant):
        PartnerConfirmation.objects.ask(row, by=by, at=now)

    with pytest.raises(PermissionDenied):
        ask(by=other_applicant)
    change(email="")
    with pytest.raises(ValidationError):
        ask()
    change(email="rasa@example.org")
    for _n in range(MOST_LINKS):
        ask()
    with pytest.raises(ValidationError):
        ask()
    assert Mail.objects.filter(to="rasa@example.org").count() == MOST_LINKS
    draft.submit(by=applicant, at=now)
    with pytest.raises(WrongState):
        ask()
