"""Five hundred applications in one packet: the page opens and a row is saved as with a few."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from grants.models import (
    Application,
    ApplicationPartner,
    ApplicationPerspective,
    Assessment,
    Assignment,
    PacketRow,
    Score,
)
from portal.cases.models import Case
from tests.grants.packets.conftest import JSON
from tests.timing import ROUNDS, seconds

MANY = 500
MOST_QUERIES, MOST_QUERIES_SAVING = 25, 35
MOST_SECONDS, MOST_SECONDS_SAVING = 0.5, 0.05


@pytest.fixture
def large(call, applicant, officer, colleague, partner, perspectives, now):
    """Written in bulk: each with two assessments of two criteria, and planned. One's key."""
    criteria = [
        call.scheme.criteria.create(name_sv=name, name_en=name, weight=weight)
        for name, weight in (("Konst", 2), ("Utbyte", 1))
    ]
    cases = Case.objects.bulk_create(
        Case(kind="application", title=f"Projekt {one}", officer=officer, year=now.year, serial=one,
             number=f"KN {now.year}-{one:05}", registered_at=now)
        for one in range(1, MANY + 1)
    )  # fmt: skip
    applications = Application.objects.bulk_create(
        Application(call=call, case=case, applicant=applicant, state="under_assessment",
                    title=case.title, amount=Decimal(20_000), submitted_at=now)
        for case in cases
    )  # fmt: skip
    pairs = [(one, person) for one in applications for person in (officer, colleague)]
    Assignment.objects.bulk_create(
        Assignment(application=one, assessor=person, assigned_by=officer, assigned_at=now,
                   cleared_at=now + timedelta(seconds=1))
        for one, person in pairs
    )  # fmt: skip
    assessments = Assessment.objects.bulk_create(
        Assessment(application=one, assessor=person, state="sent", sent_at=now)
        for one, person in pairs
    )
    Score.objects.bulk_create(
        Score(assessment=one, criterion=criterion, score=1 + (one.pk * (place + 1)) % 5)
        for one in assessments
        for place, criterion in enumerate(criteria)
    )
    ApplicationPerspective.objects.bulk_create(
        ApplicationPerspective(item=one, perspective=perspective)
        for one in applications
        for perspective in perspectives[:2]
    )
    ApplicationPartner.objects.bulk_create(
        ApplicationPartner(application=one, partner=partner) for one in applications
    )
    PacketRow.objects.bulk_create(
        PacketRow(
            application=one, outcome="granted", amount=Decimal(100), reasons="Bra.", version=1
        )
        for one in applications
    )
    return applications[0].pk


def test_opens_and_saves_as_with_a_few(
    large, call, sign_in, officer, django_assert_max_num_queries
):
    """The saving first: the pages that a test client keeps are no part of it."""
    client, address = sign_in(officer), reverse("packet", args=[call.pk])
    row = reverse("plan_row", args=[call.pk, large])
    typed = {"place": 1, "outcome": "granted", "reasons": "Bra.", "amount": 100, "version": 1}

    def save():
        typed["amount"] += 1
        answer = client.post(row, typed, headers=JSON)
        typed["version"] = answer.json()["version"]
        return answer

    with django_assert_max_num_queries(MOST_QUERIES_SAVING):
        save()
    assert seconds(save) < MOST_SECONDS_SAVING
    assert PacketRow.objects.get(application=large).version == 2 + ROUNDS

    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get(address)
    assert len(answer.context["rows"]) == MANY
    assert seconds(lambda: client.get(address)) < MOST_SECONDS
