"""An application's way through the admin: begin, assess, propose, decide."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from grants.models import Application, Award
from portal.committee.models import Proposal
from tests.conftest import assess, make_user

REASONS = "Stärker utbytet."


def do(client, obj, verb, **data):
    app = {"application": "grants", "proposal": "committee"}[obj._meta.model_name]
    return client.post(f"/admin/{app}/{obj._meta.model_name}/{obj.pk}/do/{verb}/", data)


def propose(client, application, amount="15 000"):
    return do(client, application, "propose", outcome="granted", amount=amount, reasons=REASONS)


def told(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


@pytest.fixture
def assessed(submitted, officer, now):
    submitted.begin_assessment(by=officer, at=now)
    assess(submitted, by=officer, at=now, score=4)
    return submitted


@pytest.fixture
def to_a_meeting(proposed):
    return proposed.case.proposals.get()


@pytest.fixture
def to_the_delegate(assessed, scheme, delegation_point, officer, now):
    scheme.delegation_point = delegation_point
    scheme.save()
    assessed.refresh_from_db()
    assessed.propose(by=officer, at=now, outcome="granted", amount=Decimal(15_000), reasons=REASONS)
    return Proposal.objects.get()


def test_the_officers_thread_to_a_delegated_decision(
    submitted, scheme, delegation_point, budget, sign_in, officer, now
):
    scheme.delegation_point = delegation_point
    scheme.save()
    client = sign_in(officer)
    page = f"/admin/grants/application/{submitted.pk}/change/"
    assert do(client, submitted, "begin_assessment").url == page
    submitted.refresh_from_db()
    assess(submitted, by=officer, at=now)
    assert propose(client, submitted).url == page
    proposal = Proposal.objects.get()
    answer = do(
        client,
        proposal,
        "decide_by_delegation",
        outcome="granted",
        amount="15 000",
        reasons=REASONS,
    )
    assert answer.url == f"/admin/committee/proposal/{proposal.pk}/change/"
    award = Award.objects.get()
    budget.refresh_from_db()
    assert (award.amount, award.decision.delegate) == (Decimal(15_000), officer)
    assert budget.committed == Decimal(15_000)
    assert client.get(page).status_code == 200


def test_the_secretary_records_what_a_meeting_decided(to_a_meeting, sign_in, secretary, now):
    day = timezone.localdate(now)
    answer = do(
        sign_in(secretary), to_a_meeting, "record_meeting_decision",
        outcome="granted", amount="12 500,50", reasons=REASONS, met_on=day, section="42",
    )  # fmt: skip
    assert answer.status_code == 302
    decision = Award.objects.get().decision
    assert (decision.amount, decision.section, decision.decided_on) == (
        Decimal("12500.50"), 42, day,
    )  # fmt: skip


def test_a_meeting_that_has_not_been_held_decides_nothing(to_a_meeting, sign_in, secretary, now):
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    answer = do(
        sign_in(secretary), to_a_meeting, "record_meeting_decision",
        outcome="granted", amount="1 000", reasons=REASONS, met_on=tomorrow, section="1",
    )  # fmt: skip
    assert answer.status_code == 200
    assert list(answer.context["errors"]) == ["met_on"]
    assert Award.objects.count() == 0


def test_a_second_decision_is_answered_clearly_and_keeps_what_was_typed(
    to_the_delegate, sign_in, officer, now
):
    to_the_delegate.decide_by_delegation(
        by=officer, at=now, outcome="granted", amount=Decimal(15_000), reasons=REASONS
    )
    answer = do(
        sign_in(officer), to_the_delegate, "decide_by_delegation",
        outcome="rejected", amount="", reasons="Ett annat skäl.",
    )  # fmt: skip
    assert answer.status_code == 409
    assert "Ett annat skäl." in answer.content.decode()
    assert Award.objects.get().decision.outcome == "granted"


def test_a_form_opened_too_late_says_so_at_once(to_the_delegate, sign_in, officer, now):
    to_the_delegate.decide_by_delegation(
        by=officer, at=now, outcome="rejected", amount=None, reasons=REASONS
    )
    url = f"/admin/committee/proposal/{to_the_delegate.pk}/do/decide_by_delegation/"
    assert sign_in(officer).get(url).status_code == 409


@pytest.mark.parametrize("typed", ["1,000.50", "1_000", "１００", "-5", "0", "1.000", "x"])
def test_an_amount_that_may_be_misread_is_refused_and_kept(assessed, sign_in, officer, typed):
    answer = propose(sign_in(officer), assessed, amount=typed)
    assert answer.status_code == 200
    assert list(answer.context["errors"]) == ["amount"]
    assert f'value="{typed}"' in answer.content.decode()
    assert Proposal.objects.count() == 0


def test_more_than_was_applied_for_is_refused_by_the_verb(assessed, sign_in, officer):
    answer = propose(sign_in(officer), assessed, amount="20 000,01")
    assert list(answer.context["errors"]) == ["amount"]
    assert Application.objects.get().state == "under_assessment"


def test_nothing_is_proposed_before_an_assessment(submitted, sign_in, officer, now):
    submitted.begin_assessment(by=officer, at=now)
    answer = propose(sign_in(officer), submitted)
    assert answer.status_code == 200
    assert list(answer.context["errors"]) == ["__all__"]


def test_beginning_twice_says_that_it_has_begun(submitted, sign_in, officer):
    client = sign_in(officer)
    do(client, submitted, "begin_assessment")
    answer = do(client, submitted, "begin_assessment")
    assert answer.status_code == 302
    assert told(answer)[-1].startswith("Dans över havet: ")
    assert Application.objects.get().state == "under_assessment"


def test_applications_are_begun_together_from_the_list(submitted, sign_in, officer):
    answer = sign_in(officer).post(
        "/admin/grants/application/",
        {"action": "begin_assessment", "_selected_action": [submitted.pk]},
    )
    assert answer.status_code == 302
    application = Application.objects.get()
    assert (application.state, application.case.officer) == ("under_assessment", officer)


def test_only_the_named_delegate_may_decide(to_the_delegate, sign_in):
    other = make_user("other@example.org", "officer", staff=True)
    answer = do(
        sign_in(other), to_the_delegate, "decide_by_delegation",
        outcome="granted", amount="1 000", reasons=REASONS,
    )  # fmt: skip
    assert answer.status_code == 403
    assert Award.objects.count() == 0


def test_an_administrator_neither_sees_nor_decides(to_a_meeting, sign_in, administrator):
    answer = do(
        sign_in(administrator), to_a_meeting, "record_meeting_decision",
        outcome="granted", amount="1 000", reasons=REASONS, met_on="2026-01-01", section="1",
    )  # fmt: skip
    assert answer.status_code == 404
    assert Award.objects.count() == 0


def test_the_secretary_reads_an_application_on_an_agenda_but_no_assessment(
    to_a_meeting, sign_in, secretary
):
    application = Application.objects.get()
    answer = sign_in(secretary).get(f"/admin/grants/application/{application.pk}/change/")
    assert answer.status_code == 200
    assert answer.context["comparison"] is None
    assert answer.context["verbs"] == []


def test_the_secretary_does_not_meet_what_is_still_assessed(assessed, sign_in, secretary):
    client = sign_in(secretary)
    assert client.get(f"/admin/grants/application/{assessed.pk}/change/").status_code == 404


def test_the_driven_verbs_have_no_page(proposed, sign_in, officer):
    client = sign_in(officer)
    answers = {
        verb: do(client, proposed, verb).status_code
        for verb in ("be_decided", "be_dismissed", "complete", "submit", "withdraw")
    }
    assert set(answers.values()) == {404}
    assert Application.objects.get().state == "proposed"
