from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from grants import parts
from portal.core.models import Mail
from portal.core.workflow import WrongState


def test_submitting_registers_the_case_and_writes_the_receipt(draft, applicant, now):
    draft.submit(by=applicant, at=now)
    year = timezone.localtime(now).year
    assert (draft.state, draft.submitted_at) == ("submitted", now)
    assert (draft.case.number, draft.case.title) == (f"KUN {year}-00001", "Dans över havet")
    assert draft.case.registered_at == now
    assert [event.what for event in draft.case.events.all()] == [
        "started", "registered", "notified", "submit",
    ]  # fmt: skip
    mail = Mail.objects.get()
    assert (mail.to, draft.case.number in mail.subject) == (applicant.email, True)


def test_the_second_time_is_refused_and_changes_nothing(submitted, applicant, now):
    number = submitted.case.number
    with pytest.raises(WrongState) as error:
        submitted.submit(by=applicant, at=now + timedelta(hours=1))
    assert str(error.value)
    submitted.refresh_from_db()
    assert (submitted.case.number, submitted.submitted_at) == (number, now)
    assert Mail.objects.count() == 1


def test_another_applicant_may_not(draft, other_applicant, now):
    with pytest.raises(PermissionDenied):
        draft.submit(by=other_applicant, at=now)
    assert not Mail.objects.exists()


def test_an_officer_may_not(draft, officer, now):
    with pytest.raises(PermissionDenied):
        draft.submit(by=officer, at=now)


def test_after_the_deadline_it_is_refused_and_the_draft_kept(draft, applicant, now):
    with pytest.raises(ValidationError) as error:
        draft.submit(by=applicant, at=draft.call.closes_at)
    assert error.value.code == "closed"
    draft.refresh_from_db()
    assert (draft.state, draft.title, draft.case.number) == ("draft", "Dans över havet", None)


def test_the_last_instant_before_the_deadline_is_in_time(draft, applicant):
    moment = draft.call.closes_at - timedelta(microseconds=1)
    assert draft.submit(by=applicant, at=moment).state == "submitted"


def test_what_is_handed_in_is_kept_as_it_was(draft, applicant, now):
    content = parts.content(draft)
    draft.submit(by=applicant, at=now)
    kept = draft.submissions.get()
    assert (kept.number, kept.content, kept.submitted_by) == (1, content, applicant)
    assert kept.submitted_at == now
    # Nobody holds the pen of what is frozen.
    assert (draft.writer, draft.writes_until) == (None, None)


def test_the_kind_of_applicant_is_checked_again(draft, applicant, now, scheme):
    scheme.applicants = ["association"]
    scheme.save()
    with pytest.raises(ValidationError):
        draft.submit(by=applicant, at=now)
    assert not draft.submissions.exists()
