"""Nobody lifts the bar against handling their own organisation's matters."""

from datetime import date

from tests.admin.forms import send
from tests.admin.test_content import rows

MEMBER = {"role": "member", "since": "2026-01-01"}


def page_of(organisation):
    return f"/admin/core/organisation/{organisation.pk}/change/"


def test_an_officer_cannot_join_an_organisation(sign_in, officer, organisation):
    new = rows("members", {"user": officer.email, **MEMBER}, initial=1)
    answer = send(sign_in(officer), page_of(organisation), **new)
    assert answer.status_code == 200
    assert not organisation.members.filter(user=officer).exists()


def test_an_officer_cannot_leave_one(sign_in, officer, organisation):
    organisation.members.create(user=officer, since=date(2026, 1, 1))
    answer = send(sign_in(officer), page_of(organisation), **{"members-1-DELETE": "on"})
    assert answer.status_code == 200
    assert organisation.members.filter(user=officer).exists()


def test_others_are_added_and_the_history_tells(sign_in, officer, other_applicant, organisation):
    new = rows("members", {"user": other_applicant.email, **MEMBER}, initial=1)
    assert send(sign_in(officer), page_of(organisation), **new).status_code == 302
    member = organisation.members.get(user=other_applicant)
    assert [record.history_user for record in member.history.all()] == [officer]
