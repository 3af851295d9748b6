"""The committee decides on an engagement: what then holds, from when, and who reads of it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from networks.models import Engagement, Network
from portal.committee.models import Decision
from portal.core.workflow import WrongState
from tests.networks.conftest import begin, decide


def test_it_holds_from_its_day_and_the_one_before_ends_the_day_before(
    proposal, change, monitoring, secretary, today, now
):
    decide(proposal, secretary, now)
    change.refresh_from_db()
    monitoring.refresh_from_db()
    decision = Decision.objects.get()
    assert (change.state, change.decision, change.end) == ("in_force", decision, None)
    assert (change.start, monitoring.end) == (today + timedelta(days=1), today)
    assert monitoring.state == "in_force"
    assert [event.details for event in change.case.events.filter(what="be_engaged")] == [
        {"decision": decision.pk, "ended": [monitoring.pk]}
    ]
    assert [event.details for event in monitoring.case.events.all()] == [{"end": today.isoformat()}]


def test_the_decision_is_counted_under_the_networks_perspectives_goal_and_line(
    proposal, secretary, perspectives, goal, line, now
):
    decide(proposal, secretary, now)
    decision = Decision.objects.get()
    assert list(decision.perspectives.all()) == [perspectives[3]]
    assert (list(decision.goals.all()), decision.line, decision.country) == ([goal], line, "")


def test_a_rejected_change_changes_nothing_and_another_can_be_begun(
    proposal, change, monitoring, secretary, officer, now
):
    decide(proposal, secretary, now, outcome="rejected")
    change.refresh_from_db()
    monitoring.refresh_from_db()
    assert (change.state, change.decision) == ("rejected", None)
    assert (monitoring.state, monitoring.end) == ("in_force", None)
    assert begin(change.network, officer, now).state == "draft"


def test_an_engagement_for_a_time_that_reaches_beyond_the_day_is_cut_too(
    proposal, monitoring, secretary, today, now
):
    Engagement.objects.filter(pk=monitoring.pk).update(end=today + timedelta(days=300))
    decide(proposal, secretary, now)
    monitoring.refresh_from_db()
    assert monitoring.end == today


def test_what_has_ended_already_keeps_its_end(proposal, monitoring, secretary, now):
    Engagement.objects.filter(pk=monitoring.pk).update(end=date(2020, 1, 1))
    decide(proposal, secretary, now)
    monitoring.refresh_from_db()
    assert monitoring.end == date(2020, 1, 1)


def test_nothing_is_decided_where_another_has_come_to_begin_later(
    proposal, change, monitoring, secretary, now
):
    Engagement.objects.filter(pk=monitoring.pk).update(start=change.start)
    with pytest.raises(ValidationError):
        decide(proposal, secretary, now)
    change.refresh_from_db()
    assert (change.state, Decision.objects.count()) == ("for_decision", 0)


def test_it_is_decided_once(proposal, secretary, now):
    decide(proposal, secretary, now)
    with pytest.raises(WrongState):
        decide(proposal, secretary, now)
    assert Decision.objects.count() == 1


def test_no_person_drives_what_the_decision_drives(change, sign_in, officer):
    client = sign_in(officer)
    for name in ("be_engaged", "be_rejected", "be_ended"):
        answer = client.post(f"/admin/networks/engagement/{change.pk}/do/{name}/")
        assert answer.status_code == 404


def test_the_network_counts_as_updated_when_its_engagement_changes(proposal, ricc, secretary, now):
    Network.objects.update(updated_at=now - timedelta(days=30))
    decide(proposal, secretary, now)
    ricc.refresh_from_db()
    assert ricc.updated_at == now


# --- On the page and in the API -------------------------------------------------------------------


def listed(client, level):
    found = client.get(f"/api/v1/networks/?engagement={level}").json()["results"]
    return [network["slug"] for network in found]


def test_the_filter_follows_the_days(client, proposal, change, secretary, now):
    assert (listed(client, "monitors"), listed(client, "active")) == (["ricc"], [])
    decide(proposal, secretary, now)
    # It begins tomorrow.
    assert (listed(client, "monitors"), listed(client, "active")) == (["ricc"], [])
    yesterday = timezone.localdate(now) - timedelta(days=1)
    Engagement.objects.filter(level="monitors").update(end=yesterday)
    Engagement.objects.filter(level="active").update(start=yesterday + timedelta(days=1))
    assert (listed(client, "monitors"), listed(client, "active")) == ([], ["ricc"])


def test_goal_and_line_are_those_of_the_engagement_that_holds(
    client, proposal, secretary, today, now
):
    def asked(question):
        return len(client.get(f"/api/v1/networks/?{question}").json()["results"])

    decide(proposal, secretary, now)
    assert (asked("goal=utbyte"), asked("line=stod")) == (0, 0)
    Engagement.objects.filter(level="active").update(start=today)
    assert (asked("goal=utbyte"), asked("line=stod")) == (1, 1)


def test_a_change_that_is_not_decided_stands_nowhere(
    client, sign_in, proposed_change, officer, ricc
):
    """The control: decided, it does."""
    told = client.get("/api/v1/networks/ricc/").json()
    assert [engagement["level"] for engagement in told["engagements"]] == ["monitors"]
    for reader in (client, sign_in(officer)):
        html = reader.get(ricc.get_absolute_url()).content.decode()
        assert "Aktiv inom" not in html
        assert proposed_change.case.number not in html


def test_a_rejected_change_stands_nowhere(client, proposal, secretary, ricc, now):
    decide(proposal, secretary, now, outcome="rejected")
    assert "Aktiv inom" not in client.get(ricc.get_absolute_url()).content.decode()
    assert len(client.get("/api/v1/networks/ricc/").json()["engagements"]) == 1


def test_the_page_tells_the_decision_behind_a_change_and_the_source_behind_another(
    client, proposal, change, secretary, ricc, now
):
    decide(proposal, secretary, now)
    with translation.override("en"):
        html = client.get(ricc.get_absolute_url()).content.decode()
    number = Decision.objects.get().proposal.case.number
    assert f"Decided by the committee, {number}, § 12, " in html
    assert "Source: Regionens webbplats" in html
    assert "(decided, has not begun)" in html
    # The latest first: the coming one, then the one that still holds.
    assert html.index("<strong>Active in</strong>") < html.index("<strong>Monitors</strong>")


def test_a_delegated_decision_is_told_by_its_point(
    client, change, officer, delegation_point, ricc, now
):
    change.propose(by=officer, at=now, reasons="Ja.", delegation_point=delegation_point)
    change.case.proposals.get().decide_by_delegation(
        by=officer, at=now, outcome="approved", amount=None, reasons="Ja."
    )
    html = client.get(ricc.get_absolute_url()).content.decode()
    assert "punkt 7.1" in html
    told = client.get("/api/v1/networks/ricc/").json()["engagements"][0]["decision"]
    assert (told["route"], told["section"], told["delegation_point"]) == ("delegated", None, "7.1")


def test_the_api_tells_the_decision(client, proposal, change, secretary, today, now):
    decide(proposal, secretary, now)
    decision = Decision.objects.get()
    latest, earlier = client.get("/api/v1/networks/ricc/").json()["engagements"]
    assert latest["decision"] == {
        "url": f"https://portal.example.org/api/v1/decisions/{decision.pk}/",
        "number": decision.proposal.case.number,
        "decided_on": today.isoformat(),
        "route": "meeting",
        "section": 12,
        "delegation_point": None,
    }
    assert (earlier["decision"], earlier["end"]) == (None, today.isoformat())
