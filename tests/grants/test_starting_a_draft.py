from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from grants.models import Application
from portal.cases.models import Case


def test_a_draft_has_an_unregistered_case_with_its_applicant_as_party(call, applicant, now):
    draft = Application.objects.start(call=call, by=applicant, at=now)
    assert (draft.state, draft.version, draft.submitted_at) == ("draft", 1, None)
    assert (draft.case.kind, draft.case.number) == ("application", None)
    assert draft.case.subject == draft
    assert [(party.role, party.user) for party in draft.case.parties.all()] == [
        ("applicant", applicant)
    ]
    assert [event.what for event in draft.case.events.all()] == ["started"]


def test_for_an_organisation_both_are_parties(call, applicant, organisation, now):
    draft = Application.objects.start(call=call, by=applicant, at=now, organisation=organisation)
    assert draft.organisation == organisation
    assert draft.case.parties.count() == 2


def test_one_draft_a_call_and_applicant_the_second_time_it_is_opened_again(call, applicant, now):
    first = Application.objects.start(call=call, by=applicant, at=now)
    assert Application.objects.start(call=call, by=applicant, at=now) == first
    assert Case.objects.count() == 1


def test_own_draft_and_the_organisations_stand_side_by_side(call, applicant, organisation, now):
    own = Application.objects.start(call=call, by=applicant, at=now)
    theirs = Application.objects.start(call=call, by=applicant, at=now, organisation=organisation)
    assert own != theirs


def test_a_colleague_opens_the_organisations_draft(
    call, applicant, other_applicant, organisation, now
):
    organisation.members.create(user=other_applicant, since=now.date())
    first = Application.objects.start(call=call, by=applicant, at=now, organisation=organisation)
    again = Application.objects.start(
        call=call, by=other_applicant, at=now, organisation=organisation
    )
    assert (again, again.applicant) == (first, applicant)


def test_the_database_refuses_a_second_draft(draft, applicant, now):
    case = Case.objects.create(kind="application", title="-")
    with pytest.raises(IntegrityError):
        Application.objects.create(call=draft.call, case=case, applicant=applicant)


def test_after_submission_a_new_draft_may_be_begun(submitted, call, applicant, now):
    assert Application.objects.start(call=call, by=applicant, at=now) != submitted


def test_nobody_begins_for_an_organisation_of_others(call, other_applicant, organisation, now):
    with pytest.raises(PermissionDenied):
        Application.objects.start(call=call, by=other_applicant, at=now, organisation=organisation)
    assert not Application.objects.exists()


@pytest.mark.parametrize("days", [-11, 21])
def test_only_while_the_call_is_open(call, applicant, now, days):
    with pytest.raises(ValidationError):
        Application.objects.start(call=call, by=applicant, at=now + timedelta(days=days))
    assert not Case.objects.exists()


def test_only_by_the_kinds_of_applicant_that_the_scheme_names(call, applicant, now):
    call.scheme.applicants = ["association"]
    with pytest.raises(ValidationError):
        Application.objects.start(call=call, by=applicant, at=now)
    assert not Application.objects.exists()
