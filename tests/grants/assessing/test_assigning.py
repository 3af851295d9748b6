"""Officers name a call's assessors and give them its applications."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from grants.models import Application, Assignment, CallAssessor
from portal.cases.models import Conflict
from portal.core.models import Mail
from portal.core.workflow import WrongState
from tests.conftest import assess, assign, complete, make_user


@pytest.fixture
def several(call, officer, partner, perspectives, now):
    """Thirty applications under assessment."""
    made = []
    for number in range(30):
        person = make_user(f"person{number}@example.org")
        one = Application.objects.start(call=call, by=person, at=now)
        one.edit(by=person, at=now, content=complete(partner, perspectives[0]))
        made.append(one.submit(by=person, at=now).begin_assessment(by=officer, at=now))
    return made


def ticked(page) -> list[str]:
    return [place.value for _one, places in page.context["rows"] for place in places
            if place.assignment or place.is_proposed]  # fmt: skip


def test_the_program_proposes_the_officer_adjusts_and_the_assessors_are_told_once(
    several, call, officer, expert, colleague, sign_in, now, django_assert_max_num_queries
):
    client = sign_in(officer)
    people, table = (reverse(name, args=[call.pk]) for name in ("call_assessors", "assignments"))
    for person in (officer, expert, colleague):
        assert client.post(people, {"user": person.pk}).url == people
    Conflict.objects.declare(several[0].case, ground="agent", by=expert, at=now)
    with django_assert_max_num_queries(30):
        page = client.get(table)
    proposed = ticked(page)
    assert len(proposed) == 60
    assert f"{several[0].pk}-{expert.pk}" not in proposed
    assert [number for _who, number in page.context["loads"]] == [20, 20, 20]
    assert not Assignment.objects.exists()
    before = Mail.objects.count()
    assert client.post(table, {"give": proposed[1:]}).url == people
    assert Assignment.objects.in_force().count() == 59
    new = Mail.objects.order_by("pk")[before:]
    assert sorted(mail.to for mail in new) == sorted(p.email for p in (officer, expert, colleague))
    assert not any("Dans" in mail.body or "KUN" in mail.body + mail.subject for mail in new)
    # Sent twice, nothing more happens; a tick that is gone takes the application away.
    client.post(table, {"give": proposed[1:]})
    client.post(table, {"give": proposed[2:], "stood": proposed[1:]})
    assert Assignment.objects.in_force().count() == 58
    assert Mail.objects.count() == before + 3
    with django_assert_max_num_queries(30):
        page = client.get(people)
    assert sum(load.assigned for load in page.context["loads"]) == 58
    assert [load.to_declare == load.assigned for load in page.context["loads"]] == [True] * 3
    sign_in(expert)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("my_assessments"))
    assert len(page.context["to_declare"]) == page.context["number"] > 18


def test_what_cannot_be_assigned(assessed, draft, officer, expert, member, call, applicant, now):
    pair = {(assessed.pk, expert.pk)}
    with pytest.raises(ValidationError):  # not of the call
        Assignment.objects.arrange(call, add=pair, remove=(), by=officer, at=now)
    with pytest.raises(ValidationError):
        CallAssessor.objects.add(call, member, by=officer, at=now)
    for person in (expert, member, applicant):
        with pytest.raises(PermissionDenied):
            CallAssessor.objects.add(call, expert, by=person, at=now)
        with pytest.raises(PermissionDenied):
            Assignment.objects.arrange(call, add=pair, remove=(), by=person, at=now)
    conflict = Conflict.objects.declare(assessed.case, ground="other", by=expert, at=now)
    with pytest.raises(ValidationError) as refused:
        assign(assessed, expert, by=officer, at=now)
    assert refused.value.code == "barred"
    conflict.delete()
    (given,) = assign(assessed, expert, by=officer, at=now)
    with pytest.raises(ValidationError):  # has applications
        call.call_assessors.get(user=expert).remove(by=officer, at=now)
    expert.groups.clear()
    with pytest.raises(PermissionDenied):
        given.clear(by=type(expert).objects.get(pk=expert.pk), at=now)
    assert Assignment.objects.in_force().count() == 1


def test_what_has_been_sent_is_not_taken_away(assessed, officer, expert, call, now):
    (given,) = assign(assessed, expert, by=officer, at=now)
    pair = {(assessed.pk, expert.pk)}
    Assignment.objects.arrange(call, add=(), remove=pair, by=officer, at=now)
    assess(assessed, expert, now, assigned_by=officer)
    with pytest.raises(WrongState):
        Assignment.objects.arrange(call, add=(), remove=pair, by=officer, at=now)
    events = assessed.case.events.values_list("what", flat=True)
    assert [what for what in events if what != "notified"][-5:] == [
        "assigned", "unassigned", "assigned", "no_conflict", "assessment_sent",
    ]  # fmt: skip
    given.refresh_from_db()
    assert (given.removed_at, given.removed_by) == (now, officer)


def test_only_officers_reach_the_pages(assessed, call, expert, administrator, applicant, sign_in):
    names = ("call_assessors", "assignments")
    for person in (expert, administrator, applicant):
        client = sign_in(person)
        assert [client.get(reverse(name, args=[call.pk])).status_code for name in names] == [
            403
        ] * 2
        assert client.post(reverse("set_assess_by", args=[call.pk])).status_code == 403


def test_the_day_and_who_is_late(assessed, call, officer, expert, sign_in, now):
    assign(assessed, expert, by=officer, at=now)
    client = sign_in(officer)
    yesterday = (now - timedelta(days=1)).date()
    client.post(reverse("set_assess_by", args=[call.pk]), {"assess_by": yesterday.isoformat()})
    page = client.get(reverse("call_assessors", args=[call.pk]))
    assert [(load.person.user, load.is_late) for load in page.context["loads"]] == [(expert, True)]
    assert call.history.latest().history_user == officer
