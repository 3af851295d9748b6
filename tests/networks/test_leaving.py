"""The committee decides that the region leaves a network: what then holds, and who reads of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from networks.models import Engagement
from tests.admin.forms import send
from tests.networks.conftest import begin, decide

LEVELS = ("active", "monitors", "unspecified")


@pytest.fixture
def leaving(monitoring, officer, today, now):
    """To be left from today."""
    return begin(monitoring.network, officer, now, level="left", start=today)


@pytest.fixture
def left(leaving, officer, secretary, now):
    leaving.propose(by=officer, at=now, reasons="Vi får inte ut något av det.")
    decide(leaving.case.proposals.get(), secretary, now)
    leaving.refresh_from_db()
    return leaving


def listed(client):
    """Which levels the network is found under."""
    found = {
        level: client.get(f"/api/v1/networks/?engagement={level}").json()["results"]
        for level in LEVELS
    }
    return [level for level, networks in found.items() if networks]


def test_it_is_prepared_in_the_admin(sign_in, officer, monitoring, today):
    address = f"/admin/networks/engagement/add/?network={monitoring.network_id}"
    answer = send(sign_in(officer), address, level="left", start=today.isoformat())
    assert answer.status_code == 302
    draft = Engagement.objects.get(state="draft")
    assert (draft.level, draft.case.title) == ("left", "RICC: Inte längre engagerad")


def test_what_held_ends_the_day_before_and_nothing_follows(left, monitoring, today):
    monitoring.refresh_from_db()
    assert (left.state, monitoring.end) == ("in_force", today - timedelta(days=1))
    assert list(Engagement.objects.current(today)) == []
    assert list(Engagement.objects.current(monitoring.end)) == [monitoring]


def test_it_is_found_under_no_level(client, left, monitoring):
    assert listed(client) == []
    assert client.get("/api/v1/networks/?engagement=left").status_code == 400
    Engagement.objects.filter(pk=left.pk).delete()
    Engagement.objects.filter(pk=monitoring.pk).update(end=None)
    assert listed(client) == ["monitors"]


def test_goal_and_line_of_what_is_left_find_nothing(client, left, goal, line):
    left.goals.add(goal)
    Engagement.objects.filter(pk=left.pk).update(line=line)
    for question in ("goal=utbyte", "line=stod"):
        assert client.get(f"/api/v1/networks/?{question}").json()["results"] == []


def test_the_api_tells_that_it_was_left_and_by_which_decision(client, left, today):
    told = client.get("/api/v1/networks/ricc/").json()
    latest, earlier = told["engagements"]
    assert told["engagement"] is None
    assert (latest["level"], latest["start"], latest["end"]) == ("left", today.isoformat(), None)
    assert latest["decision"]["number"] == left.case.number
    assert (earlier["level"], earlier["end"]) == (
        "monitors", (today - timedelta(days=1)).isoformat(),
    )  # fmt: skip


def test_the_page_tells_it_in_its_timeline_and_nowhere_else(client, left, ricc):
    with translation.override("en"):
        html = client.get(ricc.get_absolute_url()).content.decode()
    assert html.count("No longer engaged") == 1
    assert html.index("<strong>No longer engaged</strong>") < html.index(
        "<strong>Monitors</strong>"
    )
    assert f"Decided by the committee, {left.case.number}, § 12, " in html


def test_until_its_day_what_held_holds(client, leaving, officer, secretary, today, now):
    Engagement.objects.filter(pk=leaving.pk).update(start=today + timedelta(days=30))
    leaving.refresh_from_db()
    leaving.propose(by=officer, at=now, reasons="Sedan.")
    decide(leaving.case.proposals.get(), secretary, now)
    assert listed(client) == ["monitors"]


def test_a_refusal_keeps_what_holds(client, leaving, monitoring, officer, secretary, now):
    leaving.propose(by=officer, at=now, reasons="Nej.")
    decide(leaving.case.proposals.get(), secretary, now, outcome="rejected")
    assert listed(client) == ["monitors"]


def test_what_was_left_can_be_entered_again(client, left, officer, secretary, today, now):
    tomorrow = today + timedelta(days=1)
    again = begin(left.network, officer, now, start=tomorrow)
    again.propose(by=officer, at=now, reasons="Åter.")
    decide(again.case.proposals.get(), secretary, now, section=13)
    left.refresh_from_db()
    assert left.end == today
    assert [one.level for one in Engagement.objects.current(tomorrow)] == ["active"]


@pytest.mark.parametrize("ended", [False, True])
def test_only_what_holds_can_be_left(ricc, officer, monitoring, today, now, ended):
    """Neither before it has begun, nor when it has ended."""
    change = {"end": today - timedelta(days=9)} if ended else {"start": today + timedelta(days=9)}
    Engagement.objects.filter(pk=monitoring.pk).update(**change)
    leaving = begin(ricc, officer, now, level="left", start=today)
    with pytest.raises(ValidationError):
        leaving.propose(by=officer, at=now, reasons="Vi går.")
    leaving.case.refresh_from_db()
    assert (leaving.case.number, leaving.case.proposals.count()) == (None, 0)


def test_it_is_not_left_twice(left, officer, today, now):
    again = begin(left.network, officer, now, level="left", start=today + timedelta(days=1))
    with pytest.raises(ValidationError):
        again.propose(by=officer, at=now, reasons="Igen.")
