"""Letters about decisions: of one application, and of several decided at one meeting."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from grants.models import Application, Letter
from portal.core.models import User
from tests.conftest import assess, complete, make_user


def decide(application, *, by, at, outcome="granted", section=42, reasons="Därför & <så>."):
    application.case.proposals.get().record_meeting_decision(
        by=by, at=at, outcome=outcome, amount=Decimal(15_000), reasons=reasons,
        met_on=timezone.localdate(at), section=section,
    )  # fmt: skip


@pytest.fixture
def letter(proposed, secretary, now):
    """Waits to be sent: 15 000 kr are granted to the applicant."""
    decide(proposed, by=secretary, at=now)
    return Letter.objects.get()


@pytest.fixture
def several(call, officer, secretary, partner, perspectives, now):
    """As many applicants as asked for, each with a letter that waits."""

    def several(number, outcome="granted"):
        with transaction.atomic():
            for place in range(number):
                person = make_user(f"person{place}@example.org", name=f"Person {place}")
                draft = Application.objects.start(call=call, by=person, at=now)
                title = f"Projekt {place}"
                draft.edit(
                    by=person, at=now, content=complete(partner, perspectives[0], title=title)
                )
                draft.submit(by=person, at=now)
                draft.begin_assessment(by=officer, at=now)
                assess(draft, by=officer, at=now)
                draft.propose(
                    by=officer, at=now, outcome=outcome, amount=Decimal(1000), reasons="Bra."
                )
                draft.case.proposals.get().record_meeting_decision(
                    by=secretary, at=now, outcome=outcome, amount=Decimal(1000), reasons="Bra.",
                    met_on=timezone.localdate(now), section=place + 1,
                )  # fmt: skip
        return list(Letter.objects.order_by("pk"))

    return several


@pytest.fixture
def many(letter):
    """As many letters as asked for, about one decision: the others to people who wrote with."""

    def many(number):
        people = User.objects.bulk_create(
            User(email=f"med{place}@example.org", full_name=f"Med {place}")
            for place in range(number - 1)
        )
        told = {"application": letter.application, "decision": letter.decision}
        told |= {"kind": letter.kind, "language": "sv", "written_at": letter.written_at}
        Letter.objects.bulk_create(
            Letter(to=person, subject=letter.subject, text=letter.text, **told) for person in people
        )
        return list(Letter.objects.select_related("to").order_by("pk"))

    return many
