"""Declaring, writing, sending, reading the others', opening again."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse

from grants.models import Application, ApplicationAttachment, Assessment
from grants.models.assessments import Given
from portal.cases.models import Case, Conflict, Document
from portal.core.models import Mail
from portal.core.workflow import WrongState
from tests.conftest import assess, assign

JSON = {"Accept": "application/json"}


@pytest.fixture
def with_a_file(draft, applicant, now):
    file = ContentFile(b"En plan.", "plan.txt")
    return ApplicationAttachment.objects.attach(draft, file, by=applicant, at=now, title="Plan")


def page_of(application) -> str:
    return reverse("assess", args=[application.pk])


def typed(page, criteria, **given) -> dict:
    """What the form sends."""
    data = {"seen": page.context["form"]["seen"].value()}
    for number, criterion in enumerate(criteria):
        score, why = given.get(f"of_{number}", ("", ""))
        data |= {f"score-{criterion.pk}": score, f"why-{criterion.pk}": why}
    return data


@pytest.mark.parametrize("who", ["expert", "colleague"])
def test_nothing_but_title_and_applicant_is_met_before_declaring(
    with_a_file, assessed, officer, who, sign_in, now, request
):
    person, document = request.getfixturevalue(who), with_a_file.document
    assign(assessed, person, by=officer, at=now)
    client = sign_in(person)
    file = reverse("document", args=[document.pk])
    admin = f"/admin/grants/application/{assessed.pk}/change/"
    of = reverse("assessments_of", args=[assessed.pk])
    for address in (page_of(assessed), reverse("declare_assessors_conflict", args=[assessed.pk])):
        text = client.get(address).content.decode()
        assert "Dans över havet" in text
        assert "Anna Ek" in text
        for secret in ("Tre veckors", "Vilnius", assessed.case.number, "20\u00a0000", "Plan"):
            assert secret not in text
    assert [client.get(one).status_code for one in (file, of)] == [404, 404]
    assert client.get(admin).status_code in (302, 404)
    assert client.get(reverse("case_messages", args=[assessed.case_id])).status_code == 404
    assert client.post(page_of(assessed), {}).status_code == 403
    assert not Application.objects.visible_to(person).exists()
    assert not Case.objects.visible_to(person).exists()
    assert not person.has_perm("grants.handle_application", assessed)
    # From the declaration on it is open, to this person alone.
    client.post(reverse("declare_no_conflict", args=[assessed.pk]))
    text = client.get(page_of(assessed)).content.decode()
    assert "Tre veckors" in text
    assert "Vilnius" in text
    assert assessed.case.number in text
    assert client.get(file).status_code == 200
    assert assessed.case.events.filter(what="no_conflict", by=person).count() == 1


@pytest.mark.parametrize("who", ["expert", "colleague"])
@pytest.mark.parametrize("has_cleared", [False, True])
def test_whoever_declares_a_conflict_meets_it_nowhere(
    with_a_file, assessed, officer, who, has_cleared, sign_in, now, request
):
    person = request.getfixturevalue(who)
    (given,) = assign(assessed, person, by=officer, at=now)
    if has_cleared:
        given.clear(by=person, at=now)
    client = sign_in(person)
    address = reverse("declare_assessors_conflict", args=[assessed.pk])
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"ground": "interest"}).url == reverse("my_assessments")
    assert assessed.title not in client.get(reverse("my_assessments")).content.decode()
    file = reverse("document", args=[with_a_file.document_id])
    for gone in (page_of(assessed), address, file, reverse("assessments_of", args=[assessed.pk])):
        assert client.get(gone).status_code == 404
    assert not Document.objects.visible_to(person).exists()
    assert not Application.objects.visible_to(person).exists()
    assert not assessed.assignments.in_force().exists()
    assert Conflict.objects.in_force().get().user == person
    # The rest is not held up by whoever has gone.
    assess(assessed, officer, now)
    assessed.propose(by=officer, at=now, outcome="rejected", amount=None, reasons="-")


def test_a_score_and_why_for_every_criterion_saved_as_one_goes(
    assessed, criteria, officer, expert, sign_in, now
):
    (given,) = assign(assessed, expert, by=officer, at=now)
    given.clear(by=expert, at=now)
    client, address = sign_in(expert), page_of(assessed)
    page = client.get(address)
    data = typed(page, criteria, of_0=(4, "Säker hand."))
    saved = client.post(address, data, headers=JSON)
    assert saved.status_code == 200
    assert saved.json()["seen"] != data["seen"]
    # Another window that was opened before does not write over it.
    stale = client.post(address, typed(page, criteria, of_0=(1, "Gammalt.")), headers=JSON)
    assert stale.status_code == 409
    assert client.post(address, {**data, "action": "save"}).status_code == 409
    data["seen"] = saved.json()["seen"]
    lacking = client.post(address, {**data, "action": "send"})
    assert lacking.status_code == 422
    second = criteria[1].pk
    assert set(lacking.context["form"].errors) == {f"score-{second}", f"why-{second}"}
    page = client.get(address)
    for wrong in ((6, "-"), (3, "x" * 3001)):
        answer = client.post(address, typed(page, criteria, of_0=(4, "Säker hand."), of_1=wrong))
        assert answer.status_code == 422
        page = client.get(address)
    data = typed(page, criteria, of_0=(4, "Säker hand."), of_1=(2, "Tunt."))
    assert client.post(address, {**data, "action": "send"}).url == reverse("my_assessments")
    sent = Assessment.objects.get()
    assert (sent.state, sent.given()) == (
        "sent", {criteria[0].pk: Given(4, "Säker hand."), second: Given(2, "Tunt.")}
    )  # fmt: skip
    # Frozen: by the form, by itself, by the verbs.
    assert client.post(address, data).status_code == 409
    assert client.post(address, data, headers=JSON).status_code == 409
    with pytest.raises(WrongState):
        sent.send(by=expert, at=now)
    with pytest.raises(WrongState):
        sent.write({second: Given(5, "Nej.")}, by=expert, at=now)
    assert "data-autosave" not in client.get(address).content.decode()


def test_signed_out_while_writing_the_text_waits(assessed, criteria, officer, expert, client, now,
                                                 sign_in):  # fmt: skip
    (given,) = assign(assessed, expert, by=officer, at=now)
    given.clear(by=expert, at=now)
    page = sign_in(expert).get(page_of(assessed))
    client.logout()
    data = typed(page, criteria, of_0=(4, "Säker hand."))
    assert client.post(page_of(assessed), data, headers=JSON).status_code == 401
    assert client.post(page_of(assessed), data).status_code == 302


def test_others_are_hidden_until_one_s_own_is_sent(
    assessed, officer, expert, colleague, sign_in, secretary, administrator, applicant, member, now
):
    assign(assessed, expert, colleague, by=officer, at=now)
    assess(assessed, expert, now)
    readers = {
        person: list(Assessment.objects.readable_by(person))
        for person in (expert, officer, colleague, secretary, administrator, applicant, member)
    }
    (sent,) = Assessment.objects.filter(assessor=expert)
    assert [person for person, read in readers.items() if sent in read] == [expert, officer]
    of, secret = reverse("assessments_of", args=[assessed.pk]), "Väl genomtänkt."
    admin = f"/admin/grants/application/{assessed.pk}/change/"
    assert secret in sign_in(officer).get(of).content.decode()
    assessed.assignments.in_force().get(assessor=colleague).clear(by=colleague, at=now)
    client = sign_in(colleague)
    assert secret not in client.get(of).content.decode()
    assert client.get(admin).context["comparison"].assessments == []
    assess(assessed, colleague, now, score=1, justification="Svagt.")
    page = client.get(of)
    assert secret in page.content.decode()
    assert [row.figures.spread for row in page.context["comparison"].rows] == [Decimal(3)] * 2
    assert "Svagt." in sign_in(expert).get(of).content.decode()
    for person in (secretary, administrator, applicant, member):
        assert sign_in(person).get(of).status_code in (403, 404)


def test_an_officer_opens_it_again_with_a_reason(
    assessed, officer, expert, colleague, sign_in, now
):
    sent = assess(assessed, expert, now, assigned_by=officer)
    own = assess(assessed, officer, now)
    address = reverse("reopen_assessment", args=[sent.pk])
    client = sign_in(officer)
    assert client.post(address, {"why": " "}).status_code == 422
    mails = Mail.objects.count()
    client.post(address, {"why": "Budgeten har kompletterats."})
    assert client.post(address, {"why": "Igen."}).status_code == 404
    mail = Mail.objects.latest("pk")
    assert (Mail.objects.count(), mail.to) == (mails + 1, expert.email)
    assert "Budgeten" not in mail.body
    assert "Budgeten har kompletterats." in sign_in(expert).get(page_of(assessed)).content.decode()
    # What is open again hides the others', and counts for nothing.
    assert list(Assessment.objects.readable_by(expert)) == [sent]
    with pytest.raises(ValidationError) as refused:
        assessed.propose(by=officer, at=now, outcome="rejected", amount=None, reasons="-")
    assert "Eva Sakkunnig" in refused.value.messages[0]
    with pytest.raises(PermissionDenied):
        own.reopen(by=officer, at=now, why="Min egen.")
    with pytest.raises(PermissionDenied):
        own.reopen(by=expert, at=now, why="Inte min.")
    sent.refresh_from_db()
    sent.send(by=expert, at=now)
    assert assessed.case.events.filter(what="assessment_reopened", by=officer).count() == 1
    own.reopen(by=colleague, at=now, why="Fel rad.")


def test_a_proposal_waits_for_everybody_and_needs_somebody(assessed, officer, expert, now):
    def propose():
        assessed.propose(by=officer, at=now, outcome="rejected", amount=None, reasons="-")

    with pytest.raises(ValidationError) as refused:
        propose()
    assert refused.value.code == "not_assessed"
    assign(assessed, expert, by=officer, at=now)
    assess(assessed, officer, now)
    with pytest.raises(ValidationError) as refused:
        propose()
    assert "Eva Sakkunnig" in refused.value.messages[0]
    sent = assess(assessed, expert, now)
    propose()
    for late in (lambda: sent.reopen(by=officer, at=now, why="Sent."), propose):
        with pytest.raises(WrongState):
            late()


def test_others_reach_nothing(assessed, officer, expert, colleague, applicant, sign_in, now):
    """An assessor of something else, an officer who was not asked, the applicant."""
    assign(assessed, officer, by=officer, at=now)
    for person, status in ((expert, 404), (colleague, 404), (applicant, 403)):
        client = sign_in(person)
        assert client.get(page_of(assessed)).status_code == status
        assert client.post(page_of(assessed), {}).status_code == status
        for name in ("declare_no_conflict", "declare_assessors_conflict"):
            assert client.post(reverse(name, args=[assessed.pk])).status_code == status
    client = sign_in(expert)
    for name in ("workroom", "imports", "agreements_overview"):
        assert client.get(reverse(name)).status_code == 403
    assert client.get("/admin/").status_code == 302
    assert reverse("my_assessments") in client.get(reverse("home")).content.decode()
    with pytest.raises(PermissionDenied):
        assessed.assignments.get().clear(by=colleague, at=now)
