"""A decision drafts its letter: what it says, to whom, and in which language."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from grants import letters
from grants.models import Application, CoApplicant, Letter
from grants.models.submissions import CompletionRequest
from portal.committee.models import Decision
from portal.core.models import Mail
from tests.grants.letters.conftest import decide

SAID = {
    ("granted", "sv"): "Vi har beslutat att bevilja 15\u00a0000\u00a0kr till ”Dans över havet”",
    ("rejected", "sv"): "Vi har beslutat att avslå din ansökan om stöd till ”Dans över havet”",
    ("dismissed", "sv"): "Vi har beslutat att avvisa din ansökan om stöd till ”Dans över havet”",
    ("granted", "en"): "We grant 15\u00a0000\u00a0kr to “Dans över havet”",
    ("rejected", "en"): "We do not grant support to “Dans över havet”",
    ("dismissed", "en"): "We have not examined “Dans över havet”",
}
HEADINGS = {
    "sv": ["Skäl för beslutet", "Vad som händer nu", "Så kan beslutet överklagas",
           "Har du frågor?"],
    "en": ["Reasons", "What happens next", "How the decision can be appealed",
           "Do you have questions?"],
}  # fmt: skip


@pytest.mark.parametrize(("outcome", "language"), SAID)
def test_each_outcome_is_told_in_the_reader_s_language(
    proposed, applicant, secretary, now, outcome, language
):
    applicant.language = language
    applicant.save()
    decide(proposed, by=secretary, at=now, outcome=outcome)
    letter = Letter.objects.get()
    assert (letter.kind, letter.language, letter.to, letter.state) == (
        outcome, language, applicant, "draft",
    )  # fmt: skip
    assert SAID[outcome, language] in letter.text
    assert [part.heading for part in letter.parts] == ["", *HEADINGS[language]]
    assert [part.paragraphs for part in letter.parts][1] == ["Därför & <så>."]
    assert "None" not in letter.text
    assert "  " not in letter.text
    for said in ("§ 42", "21 da", proposed.case.number, "Officer", "/anslagstavla/"):
        wanted = said if language == "sv" else said.replace("anslagstavla", "en/notice-board")
        assert wanted in letter.text, said
    assert (applicant.full_name in letter.subject, proposed.title in letter.subject) == (
        False, False,
    )  # fmt: skip


def test_nothing_is_mailed_until_it_is_sent(letter, applicant):
    assert list(Mail.objects.filter(to=applicant.email).values_list("subject", flat=True)) == [
        f"Vi har tagit emot din ansökan {letter.application.case.number}"
    ]
    assert letter.application.case.events.get(what="letter_written").details == {
        "letter": letter.pk
    }


def test_a_delegated_decision_names_its_point(proposed, officer, delegation_point, now):
    proposal = proposed.case.proposals.get()
    proposal.delegation_point = delegation_point
    proposal.save()
    proposal.decide_by_delegation(by=officer, at=now, outcome="granted", amount=100, reasons="Bra.")
    text = Letter.objects.get().text
    assert "delegationsbeslut, punkt 7.1" in text
    assert "Villkor" not in text


def test_conditions_stand_where_the_decision_has_them(proposed, officer, delegation_point, now):
    proposal = proposed.case.proposals.get()
    proposal.delegation_point = delegation_point
    proposal.save()
    proposal.decide_by_delegation(
        by=officer, at=now, outcome="granted", amount=100, reasons="Bra.",
        conditions="Bara för resan.\n\nInom ett år.",
    )  # fmt: skip
    told = [(part.heading, part.paragraphs) for part in letters.parts(Letter.objects.get().text)]
    assert told[1] == ("Villkor", ["Bara för resan.", "Inom ett år."])


def test_who_writes_together_is_told_together_each_in_the_own_language(
    proposed, applicant, other_applicant, secretary, now
):
    other_applicant.language = "en"
    other_applicant.save()
    CoApplicant.objects.create(
        application=proposed, user=other_applicant, email=other_applicant.email, role="read",
        invited_by=applicant, invited_at=now, joined_at=now,
    )  # fmt: skip
    decide(proposed, by=secretary, at=now)
    told = {letter.to: letter.subject[:8] for letter in Letter.objects.all()}
    assert told == {applicant: "Beslut o", other_applicant: "Decision"}


def test_a_decision_that_fails_writes_no_letter(proposed, secretary, now):
    with pytest.raises(ValidationError):
        decide(proposed, by=secretary, at=now, reasons="")
    assert not Letter.objects.exists()


# --- The database ---------------------------------------------------------------------------------


def copied(letter, **changed):
    letter.pk, letter._state.adding = None, True
    for name, value in changed.items():
        setattr(letter, name, value)
    with transaction.atomic():
        letter.save()


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"kind": "completion"},
        {"decision": None},
        {"subject": ""},
        {"text": ""},
        {"state": "sent"},
        {"state": "not_sent"},
        {"not_sent_why": "Därför."},
    ],
)
def test_the_database_keeps_letters_whole(letter, other_applicant, changed):
    if changed:
        changed = {"to": other_applicant, **changed}
    with pytest.raises(IntegrityError):
        copied(letter, **changed)


def test_a_letter_to_another_person_about_the_same_decision_is_another(letter, other_applicant):
    copied(letter, to=other_applicant)
    assert (Letter.objects.count(), Decision.objects.count()) == (2, 1)


# --- A request for completion ---------------------------------------------------------------------


def test_a_request_for_completion_goes_at_once_and_is_kept(submitted, officer, applicant, now):
    day = now.date().replace(year=now.year + 1)
    submitted.request_completion(
        by=officer, at=now, fields=["summary"], text="Vilka skolor?", due_on=day
    )
    letter = Letter.objects.get()
    assert (letter.state, letter.kind, letter.completion, letter.sent_by) == (
        "sent", "completion", CompletionRequest.objects.get(), officer,
    )  # fmt: skip
    assert "Vilka skolor?" in letter.text
    mail = Mail.objects.first()
    assert (mail.to, "Vilka skolor?" in mail.body) == (applicant.email, False)
    assert Application.objects.get().case.documents.get() == letter.document
