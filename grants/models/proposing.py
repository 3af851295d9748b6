"""What an officer proposes of an application: an outcome, an amount, conditions and reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _now

from grants.models.calls import Call
from portal.committee.models import Proposal
from portal.committee.models.decisions import check_conditions
from portal.committee.workflow import Outcome, Purpose
from portal.core.workflow import verb

if TYPE_CHECKING:
    from grants.models.applications import Application


class Proposed(models.Model):
    """Part of Application."""

    class Meta:
        abstract = True

    @verb
    def propose(self, *, by, at, outcome, amount, reasons, conditions=""):
        """Write the officer's statement with a proposed outcome, once it has been assessed.

        Raises BudgetExceeded where the budget of the year cannot carry it besides what is granted
        and proposed already.
        """
        self._check_assessed()
        if outcome != Outcome.GRANTED:
            amount = None
        elif amount is None or not 0 < amount <= self.amount:
            raise ValidationError(
                {"amount": _now("Propose an amount, at most what was applied for.")}
            )
        check_conditions(outcome, conditions)
        # Read as a whole, once: many are proposed one after the other.
        call = Call.objects.select_related("scheme__delegation_point").get(pk=self.call_id)
        if amount is not None:
            call.budget().carry(amount, by=by)
        proposal = Proposal(
            case=self.case,
            purpose=Purpose.GRANT,
            outcome=outcome,
            amount=amount,
            conditions=conditions.strip(),
            reasons=reasons,
            delegation_point=_delegation_point(call, amount, at),
            proposed_by=by,
            proposed_at=at,
        )
        proposal.full_clean()
        proposal.save()
        call.packet_of_proposals().take(proposal, self._rank())
        return {"proposal": proposal.pk}

    def _rank(self: Application) -> int | None:
        """In the ranked packet of its call, where it has one."""
        return type(self).objects.values_list("plan__rank", flat=True).get(pk=self.pk)

    def _check_assessed(self: Application) -> None:
        """Everybody who is to assess it has sent an assessment, and somebody has."""
        awaited = self.assignments.in_force().unsent().select_related("assessor")
        if names := [str(one.assessor) for one in awaited]:
            told = _now("These have not sent their assessment: %(names)s.")
            raise ValidationError(told % {"names": ", ".join(names)}, "not_assessed")
        if not self.assessments.counted().exists():
            raise ValidationError(
                _now("Nobody has assessed the application: assign assessors first."), "not_assessed"
            )


def _delegation_point(call, amount, at):
    """Who decides: the scheme's delegates, if there are any and they may grant as much."""
    point = call.scheme.delegation_point
    return point if point and point.covers(amount, timezone.localdate(at)) else None
