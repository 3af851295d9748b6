"""A network that the region monitors, and a change of it on its way."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from networks.models import Engagement, Network, Position, Representative
from partners.models import Partner
from portal.cases.models import Case


@pytest.fixture
def today(now):
    return timezone.localdate(now)


@pytest.fixture
def ricc(perspectives, line, goal):
    network = Network.objects.create(
        slug="ricc", acronym="RICC", kind="eu_organisation", publication="published",
        name_sv="Initiativ för kultur", name_en="Initiative for culture",
        about_sv="Om kultur.", about_en="On culture.",
    )  # fmt: skip
    network.tags.create(perspective=perspectives[3], how_sv="Påverkar", how_en="Influences")
    return network


@pytest.fixture
def monitoring(ricc):
    """As a source says, from a day that is not known."""
    case = Case.objects.create(kind=Case.Kind.ENGAGEMENT, title="RICC: Bevakar")
    return ricc.engagements.create(case=case, level="monitors", source="Regionens webbplats")


def begin(network, officer, now, **given):
    """A draft, as staff begin one."""
    values = {"level": "active", "start": date(2027, 1, 1)} | given
    engagement = Engagement(network=network, state="draft", **values)
    engagement.case = Case.objects.begin("engagement", str(engagement), by=officer, at=now)
    engagement.save()
    return engagement


@pytest.fixture
def change(monitoring, officer, goal, line, now):
    """To be active from tomorrow."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    draft = begin(monitoring.network, officer, now, start=tomorrow, line=line)
    draft.goals.add(goal)
    return draft


@pytest.fixture
def proposed_change(change, officer, now):
    return change.propose(by=officer, at=now, reasons="Vi vill delta.")


@pytest.fixture
def proposal(proposed_change):
    return proposed_change.case.proposals.get()


def decide(proposal, secretary, now, outcome="approved", section=12):
    return proposal.record_meeting_decision(
        by=secretary, at=now, outcome=outcome, amount=None, reasons="Enligt förslaget.",
        met_on=timezone.localdate(now), section=section,
    )  # fmt: skip


@pytest.fixture
def own_body(perspectives):
    body = Partner.objects.create(
        slug="kultur-i-vast", name_sv="Kultur i Väst", name_en="Kultur i Väst", country="SE",
        kind="own_body", publication="published",
    )  # fmt: skip
    body.tags.create(perspective=perspectives[3], how_sv="Bidrar", how_en="Contributes")
    return body


@pytest.fixture
def nsc(network):
    return network.commissions.get()


@pytest.fixture
def idea(perspectives, goal, line):
    """A draft that has all that a public page needs, and no step yet."""
    idea = Position.objects.create(
        slug="ide", title_sv="Idén", title_en="The idea", question_sv="Fråga",
        question_en="Question", aim_sv="Mål", aim_en="Aim", line=line,
    )  # fmt: skip
    idea.goals.add(goal)
    idea.tags.create(perspective=perspectives[0], how_sv="Så", how_en="So")
    return idea


@pytest.fixture
def stepped(idea):
    """The idea, with a first step noted."""
    idea.steps.create(
        taken_on=date(2025, 2, 3), level="national", channel="letter", text_sv="Brev",
        text_en="Letter",
    )  # fmt: skip
    return idea


@pytest.fixture
def representative(nsc):
    """Elected to the commission for the years around the steps; not shown in public."""
    return Representative.objects.create(
        network=nsc, name="Vera Ytterst", kind="elected", start=date(2023, 1, 1)
    )
