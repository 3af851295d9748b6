"""A year's budget stays that year's, and a letter that cannot be sent keeps its address."""

import logging
from datetime import timedelta

from django.utils import timezone

from portal.core import outbox
from tests.admin.forms import send
from tests.conftest import assess


def test_a_budget_cannot_be_moved_to_another_year(sign_in, administrator, awarded, budget):
    page = f"/admin/grants/schemebudget/{budget.pk}/change/"
    send(sign_in(administrator), page, year="2099")
    budget.refresh_from_db()
    assert (budget.year, budget.committed) == (timezone.localdate().year, awarded.amount)


def test_a_point_without_delegates_sends_the_matter_to_a_meeting(
    submitted, scheme, delegation_point, officer, now
):
    scheme.delegation_point = delegation_point
    scheme.save()
    delegation_point.valid_until = timezone.localdate(now) - timedelta(days=1)
    delegation_point.save()
    submitted.begin_assessment(by=officer, at=now)
    assess(submitted, by=officer, at=now, score=3)
    submitted.propose(by=officer, at=now, outcome="rejected", amount=None, reasons="Nej.")
    assert submitted.case.proposals.get().route == "meeting"


def test_the_log_names_no_address(submitted, applicant, settings, caplog):
    settings.EMAIL_BACKEND = "tests.core.mailserver.RefusesAll"
    with caplog.at_level(logging.ERROR):
        assert outbox.send_pending() == 0
    assert "SMTPRecipientsRefused" in caplog.text
    assert applicant.email not in caplog.text
