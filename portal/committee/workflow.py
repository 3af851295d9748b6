from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.workflow import Transition, Workflow


class ProposalState(models.TextChoices):
    OPEN = "open", _("Awaits decision")
    DECIDED = "decided", pgettext_lazy("proposal", "Decided")
    DROPPED = "dropped", _("Dropped")


class Purpose(models.TextChoices):
    """What a decision does to its subject."""

    GRANT = "grant", _("Grant support")
    CHANGE = "change", _("Change a decision")
    REPAY = "repay", _("Claim repayment")
    SIGN = "sign", _("Sign an agreement")
    RENEW = "renew", _("Renew an agreement")
    ENGAGE = "engage", _("Engage in a network")
    OTHER = "other", _("Other")


class Outcome(models.TextChoices):
    """Support is granted, everything else approved; both can be rejected."""

    GRANTED = "granted", _("Granted")
    APPROVED = "approved", pgettext_lazy("decision", "Approved")
    REJECTED = "rejected", _("Rejected")
    DISMISSED = "dismissed", _("Dismissed without examination")


# What a decision can say, by the purpose of its proposal.
OUTCOMES = {
    Purpose.GRANT: (Outcome.GRANTED, Outcome.REJECTED, Outcome.DISMISSED),
    **{
        purpose: (Outcome.APPROVED, Outcome.REJECTED)
        for purpose in Purpose
        if purpose != Purpose.GRANT
    },
}


class Route(models.TextChoices):
    MEETING = "meeting", _("Committee meeting")
    DELEGATED = "delegated", _("Delegated decision")


PROPOSAL = Workflow(
    Transition(
        verb="decide_by_delegation",
        sources=(ProposalState.OPEN,),
        target=ProposalState.DECIDED,
        label=_("Decide by delegation"),
        permission="committee.decide_by_delegation",
    ),
    Transition(
        verb="record_meeting_decision",
        sources=(ProposalState.OPEN,),
        target=ProposalState.DECIDED,
        label=_("Record the committee's decision"),
        permission="committee.record_meeting_decision",
    ),
    Transition(
        verb="be_dropped",
        sources=(ProposalState.OPEN,),
        target=ProposalState.DROPPED,
        label=_("Drop the proposal"),
        permission=None,
    ),
)
