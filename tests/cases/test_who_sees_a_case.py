import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from grants.models import Application
from portal.cases.models import Case


def test_a_party_sees_its_cases_and_nobody_else_s(submitted, applicant, other_applicant):
    assert list(Case.objects.visible_to(applicant)) == [submitted.case]
    assert not Case.objects.visible_to(other_applicant).exists()
    assert not Case.objects.visible_to(AnonymousUser()).exists()


def test_members_see_the_organisation_s_cases_once(
    call, applicant, other_applicant, organisation, now
):
    organisation.members.create(user=other_applicant, since=now.date())
    theirs = Application.objects.start(call=call, by=applicant, at=now, organisation=organisation)
    assert list(Case.objects.of(other_applicant)) == [theirs.case]
    assert list(Case.objects.of(applicant)) == [theirs.case]


def test_officers_see_no_drafts(draft, officer, applicant, now):
    assert not Case.objects.visible_to(officer).exists()
    draft.submit(by=applicant, at=now)
    assert list(Case.objects.visible_to(officer)) == [draft.case]


@pytest.mark.parametrize("values", [{}, {"user": True, "email": "a@example.org"}])
def test_a_party_is_exactly_one_of_person_organisation_and_address(draft, applicant, values):
    if "user" in values:
        values = values | {"user": applicant}
    with pytest.raises(IntegrityError):
        draft.case.parties.create(role="counterpart", **values)


def test_a_case_says_what_it_is_of(draft):
    assert draft.case.subject == draft
    assert Case.objects.create(kind="other", title="-").subject is None
    assert [str(draft.case), str(Case(number="KUN 2026-00001", title="-"))] == [
        draft.case.title, "KUN 2026-00001",
    ]  # fmt: skip
