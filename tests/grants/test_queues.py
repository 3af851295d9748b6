"""The officer's way in: calls with something left to do, and the applications at each stage."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from grants.earlier import earlier
from grants.models import Application
from portal.cases.models import Conflict
from portal.core.roles import Role
from tests.conftest import assess, assign, complete, make_user


@pytest.fixture
def queue(sign_in, officer, call):
    def queue(stage="", user=officer):
        address = reverse("call_queue", args=[call.pk])
        return sign_in(user).get(address, {"stage": stage} if stage else {})

    return queue


@pytest.fixture
def another(submitted, call, other_applicant, partner, perspectives, now):
    draft = Application.objects.start(call=call, by=other_applicant, at=now)
    draft.edit(
        by=other_applicant, at=now, content=complete(partner, perspectives[0], title="Konst i norr")
    )
    return draft.submit(by=other_applicant, at=now)


def told(page):
    return [(row.application.title, row.what, row.is_late) for row in page.context["rows"]]


def counted(page):
    return {stage.key: stage.count for stage, _is_current in page.context["stages"] if stage.count}


def test_every_call_says_how_many_stand_where(sign_in, officer, call, submitted, another):
    page = sign_in(officer).get(reverse("call_queues"))
    ((found, stages),) = page.context["rows"]
    assert (found, [(stage.key, stage.count) for stage in stages]) == (call, [("begin", 2)])
    assert f"{reverse('call_queue', args=[call.pk])}?stage=begin" in page.content.decode()
    call.state = "decided"
    call.save()
    page = sign_in(officer).get(reverse("call_queues"))
    assert page.context["rows"] == []
    assert "Lägg till en utlysning" in page.content.decode()


def test_an_application_goes_from_stage_to_stage_and_says_what_it_waits_for(
    queue, submitted, officer, now, call
):
    page = queue()
    assert (page.context["stage"], counted(page)) == ("begin", {"begin": 1})
    assert told(page)[0][1].startswith("Kom in den ")

    due = timezone.localdate(now) + timedelta(days=3)
    submitted.request_completion(by=officer, at=now, fields=["summary"], text="Mer.", due_on=due)
    page = queue()
    assert (page.context["stage"], told(page)[0][2]) == ("completion", False)
    submitted.completions.update(due_on=due - timedelta(days=9))
    assert told(queue())[0][2]
    assert "status--bad" in queue().content.decode()

    submitted.go_on_without(by=officer, at=now)
    submitted.begin_assessment(by=officer, at=now)
    assert told(queue()) == [("Dans över havet", "Ingen ska bedöma den än", False)]
    expert = make_user("expert@example.org", Role.ASSESSOR)
    assign(submitted, expert, by=officer, at=now)
    call.set_assess_by(timezone.localdate(now) - timedelta(days=1), by=officer, at=now)
    assert told(queue()) == [("Dans över havet", "0 av 1 bedömningar skickade", True)]
    assess(submitted, by=expert, at=now)
    assert told(queue()) == [("Dans över havet", "1 av 1 bedömningar skickade", False)]
    assert "Redo att föreslås" in queue().content.decode()

    submitted.propose(by=officer, at=now, outcome="rejected", amount=None, reasons="Ryms inte.")
    assert counted(queue()) == {"decision": 1}
    assert told(queue("ended")) == []


def test_several_are_begun_at_once_and_each_only_once(
    sign_in, officer, call, submitted, another, queue
):
    address = reverse("call_queue", args=[call.pk])
    both = {"begin": [submitted.pk, another.pk, "x", "999999", "9" * 30]}
    assert sign_in(officer).post(address, both).status_code == 302
    assert counted(queue()) == {"assessment": 2}
    answer = sign_in(officer).post(address, both, follow=True)
    assert "0 ansökningar har börjat bedömas" in answer.content.decode()
    assert submitted.case.events.filter(what="begin_assessment").count() == 1


def test_whoever_is_barred_meets_it_in_no_queue_and_no_count(
    sign_in, officer, call, submitted, another, queue, now
):
    Conflict.objects.declare(another.case, ground="agent", by=officer, at=now)
    assert [title for title, *_rest in told(queue())] == [submitted.title]
    assert counted(queue()) == {"begin": 1}
    ((_call, stages),) = sign_in(officer).get(reverse("call_queues")).context["rows"]
    assert [stage.count for stage in stages] == [1]
    sign_in(officer).post(reverse("call_queue", args=[call.pk]), {"begin": [another.pk]})
    another.refresh_from_db()
    assert another.state == "submitted"


def test_others_are_refused_and_a_stage_that_is_none_is_not_found(
    queue, applicant, secretary, member, administrator, submitted, sign_in
):
    for user in (applicant, secretary, member, administrator):
        assert queue(user=user).status_code == 403
        assert sign_in(user).get(reverse("call_queues")).status_code == 403
    assert queue("nonsense").status_code == 404


def test_a_queue_costs_the_same_for_any_number(queue, submitted, another, officer, now):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            queue()
        return len(asked)

    Application.objects.filter(pk=another.pk).update(state="withdrawn")
    queue()
    one = cost()
    Application.objects.filter(pk=another.pk).update(state="submitted")
    assert cost() == one <= 12


# --- The applicant before -------------------------------------------------------------------------


def test_an_officer_reads_what_the_applicant_was_granted_before(
    sign_in, awarded, call, applicant, officer, partner, perspectives, now
):
    again = Application.objects.start(call=call, by=applicant, at=now)
    again.edit(by=applicant, at=now, content=complete(partner, perspectives[0], title="Igen"))
    again.submit(by=applicant, at=now)
    found = earlier(again, officer)
    assert (found.applications, found.amount, found.more) == ([awarded.application], 15_000, False)
    page = sign_in(officer).get(f"/admin/grants/application/{again.pk}/change/").content.decode()
    assert "1 beviljat stöd, 15" in page
    Conflict.objects.declare(awarded.application.case, ground="agent", by=officer, at=now)
    assert earlier(again, officer).applications == []


def test_an_organisation_s_history_is_its_own(
    submitted, call, applicant, officer, organisation, partner, perspectives, now
):
    theirs = Application.objects.start(call=call, by=applicant, at=now, organisation=organisation)
    theirs.edit(by=applicant, at=now, content=complete(partner, perspectives[0]))
    theirs.submit(by=applicant, at=now)
    assert earlier(theirs, officer).applications == []
    assert earlier(submitted, officer).applications == []
