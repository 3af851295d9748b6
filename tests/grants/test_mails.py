"""What applicants are told by mail, in their own language."""

import re
from decimal import Decimal

import pytest
from django.utils import timezone

from grants.models import Application, Letter
from grants.models.writing import PEN_LASTS
from portal.core.models import Mail
from tests.conftest import complete


def decide(application, secretary, now, outcome):
    application.case.proposals.get().record_meeting_decision(
        by=secretary, at=now, outcome=outcome, amount=Decimal(15_000), reasons="Därför & <så>.",
        met_on=timezone.localdate(now), section=42,
    )  # fmt: skip
    letter = Letter.objects.get()
    letter.send(by=letter.application.case.officer, at=now)
    return Mail.objects.first()


@pytest.fixture(params=["sv", "en"])
def applicant(applicant, request):
    applicant.language = request.param
    applicant.save()
    return applicant


@pytest.fixture
def prefix(applicant):
    return {
        "sv": "https://portal.example.org/mina-sidor/",
        "en": "https://portal.example.org/en/my-pages/",
    }[applicant.language]


def test_the_receipt_has_number_and_link(submitted, applicant, prefix):
    mail = Mail.objects.get()
    assert mail.to == applicant.email
    assert submitted.case.number in mail.subject
    assert f"{prefix}{submitted.pk}/\n" in mail.body
    assert {"sv": "Resestipendium", "en": "Travel grant"}[applicant.language] in mail.body


def test_the_withdrawal_is_confirmed(submitted, applicant, now, prefix):
    submitted.withdraw(by=applicant, at=now)
    mail = Mail.objects.first()
    assert submitted.case.number in mail.subject
    assert f"{prefix}{submitted.pk}/\n" in mail.body


def test_a_granting_decision_tells_the_amount_and_the_reasons(
    proposed, secretary, applicant, now, prefix
):
    mail = decide(proposed, secretary, now, "granted")
    assert mail.to == applicant.email
    assert proposed.case.number in mail.subject
    assert "15\u00a0000\u00a0kr" in mail.body
    assert "Därför & <så>." in mail.body
    assert f"{prefix}{proposed.pk}/\n" in mail.body


@pytest.mark.parametrize("outcome", ["rejected", "dismissed"])
def test_other_decisions_tell_the_reasons_and_no_amount(proposed, secretary, now, outcome):
    mail = decide(proposed, secretary, now, outcome)
    assert "Därför & <så>." in mail.body
    assert "kr" not in re.findall(r"\w+", mail.body)


def test_each_kind_of_decision_has_words_of_its_own(proposed, secretary, applicant, now):
    body = decide(proposed, secretary, now, "rejected").body
    assert "None" not in body
    assert "  " not in body


def test_no_subject_holds_personal_data(proposed, secretary, applicant, now):
    decide(proposed, secretary, now, "granted")
    for subject in Mail.objects.values_list("subject", flat=True):
        assert applicant.full_name not in subject
        assert applicant.email not in subject
        assert proposed.title not in subject


def test_every_mail_ends_with_the_committee_in_the_reader_s_language(
    proposed, secretary, applicant, now, settings
):
    decide(proposed, secretary, now, "granted")
    committee = settings.REGION[f"committee_{applicant.language}"]
    mails = Mail.objects.filter(to=applicant.email)
    assert [mail.body.strip().endswith(committee) for mail in mails] == [True, True]


def test_the_case_log_names_each_mail(proposed, secretary, applicant, now):
    decide(proposed, secretary, now, "granted")
    logged = proposed.case.events.filter(what="notified")
    assert [event.details["mail"] for event in logged] == list(
        Mail.objects.filter(to=applicant.email).order_by("pk").values_list("pk", flat=True)
    )


def test_who_submits_for_an_organisation_and_who_began_are_both_told(
    call, applicant, other_applicant, organisation, partner, perspectives, now
):
    organisation.members.create(user=other_applicant, since=now.date())
    theirs = Application.objects.start(call=call, by=applicant, at=now, organisation=organisation)
    theirs.edit(by=applicant, at=now, content=complete(partner, perspectives[0]))
    theirs.submit(by=other_applicant, at=now + PEN_LASTS)
    assert sorted(Mail.objects.values_list("to", flat=True)) == [
        applicant.email,
        other_applicant.email,
    ]
