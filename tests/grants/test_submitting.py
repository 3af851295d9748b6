from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from portal.core.models import Mail
from portal.core.workflow import WrongState


def test_submitting_registers_the_case_and_writes_the_receipt(draft, applicant, now):
    draft.submit(by=applicant, at=now)
    year = timezone.localtime(now).year
    assert (draft.state, draft.submitted_at) == ("submitted", now)
    assert (draft.case.number, draft.case.title) == (f"KUN {year}-00001", "Dans över havet")
    assert draft.case.registered_at == now
    assert [event.what for event in draft.case.events.all()] == [
        "started", "edit", "registered", "notified", "submit",
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


def refusals(draft, applicant, now, values, perspectives):
    draft.edit(by=applicant, at=now, version=2, values=values, perspectives=perspectives)
    with pytest.raises(ValidationError) as error:
        draft.submit(by=applicant, at=now)
    draft.refresh_from_db()
    assert (draft.state, draft.case.number) == ("draft", None)
    return error.value.message_dict


def test_every_lack_is_told_at_once_by_field(draft, applicant, now):
    empty = dict.fromkeys(draft.CONTENT) | {"title": "", "summary": ""}
    assert refusals(draft, applicant, now, empty, {}).keys() == {*draft.CONTENT, "perspectives"}


def test_each_perspective_must_be_explained(draft, applicant, now, perspectives):
    claimed = {perspectives[0]: "Möten.", perspectives[1]: "  ", perspectives[2]: ""}
    told = refusals(draft, applicant, now, {}, claimed)
    assert told.keys() == {"perspectives"}
    assert len(told["perspectives"]) == 2


@pytest.mark.parametrize(
    ("ceiling", "percent", "amount", "total"),
    [
        (Decimal(10_000), None, "10000.01", "60000"),
        (None, 50, "30000.01", "60000"),
        (None, 50, "16.67", "33.33"),
        (None, None, "60000.01", "60000"),
    ],
)
def test_the_schemes_ceiling_and_share_hold(
    draft, applicant, now, scheme, ceiling, percent, amount, total
):
    scheme.max_award, scheme.max_share_percent = ceiling, percent
    scheme.save()
    values = {"amount": Decimal(amount), "total_cost": Decimal(total)}
    tags = {tag.perspective: tag.how for tag in draft.tags.all()}
    assert refusals(draft, applicant, now, values, tags).keys() == {"amount"}


def test_exactly_the_share_is_accepted(draft, applicant, now):
    tags = {tag.perspective: tag.how for tag in draft.tags.all()}
    values = {"amount": Decimal("16.66"), "total_cost": Decimal("33.33")}
    draft.edit(by=applicant, at=now, version=2, values=values, perspectives=tags)
    assert draft.submit(by=applicant, at=now).state == "submitted"


def test_the_kind_of_applicant_is_checked_again(draft, applicant, now, scheme):
    scheme.applicants = ["association"]
    scheme.save()
    with pytest.raises(ValidationError):
        draft.submit(by=applicant, at=now)
