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
    URGENT = "urgent", _("Urgent decision by the chair")


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    SUMMONED = "summoned", _("Summoned")
    OPEN = "open", _("In session")
    CLOSED = "closed", pgettext_lazy("meeting", "Closed")
    ADJUSTED = "adjusted", _("Minutes adjusted")


class ItemState(models.TextChoices):
    OPEN = "open", pgettext_lazy("agenda item", "To be handled")
    DECIDED = "decided", pgettext_lazy("agenda item", "Decided")
    PUT_OFF = "put_off", _("Put off")


def _at_meetings(verb, label, sources, target=None) -> Transition:
    return Transition(verb, sources, target, label, "committee.keep_meeting")


_AGENDA_OPEN = (MeetingState.PLANNED, MeetingState.SUMMONED, MeetingState.OPEN)

MEETING = Workflow(
    _at_meetings("put_up", _("Put on the agenda"), _AGENDA_OPEN),
    _at_meetings("take_off", _("Take off the agenda"), _AGENDA_OPEN[:2]),
    _at_meetings("move_item", _("Move on the agenda"), _AGENDA_OPEN[:2]),
    _at_meetings("summon", _("Summon"), (MeetingState.PLANNED,), MeetingState.SUMMONED),
    _at_meetings(
        "note_attendance", _("Note attendance"), (MeetingState.SUMMONED, MeetingState.OPEN)
    ),
    _at_meetings("open", _("Open the meeting"), (MeetingState.SUMMONED,), MeetingState.OPEN),
    _at_meetings("close", _("Close the meeting"), (MeetingState.OPEN,), MeetingState.CLOSED),
    Transition(
        verb="be_adjusted",
        sources=(MeetingState.CLOSED,),
        target=MeetingState.ADJUSTED,
        label=_("Minutes adjusted"),
        permission=None,
    ),
)


def _at_items(verb, label, target=None) -> Transition:
    return Transition(verb, (ItemState.OPEN,), target, label, "committee.keep_item")


AGENDA_ITEM = Workflow(
    _at_items("leave", _("Leave for the item")),
    _at_items("come_back", _("Come back")),
    _at_items("say", _("Note a statement")),
    _at_items("vote", _("Note a vote")),
    _at_items("decide", _("Record the decision"), ItemState.DECIDED),
    _at_items("put_off", _("Put off"), ItemState.PUT_OFF),
)


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
        verb="decide_urgently",
        sources=(ProposalState.OPEN,),
        target=ProposalState.DECIDED,
        label=_("Decide urgently, as the chair"),
        permission="committee.decide_urgently",
    ),
    Transition(
        verb="be_decided_at_meeting",
        sources=(ProposalState.OPEN,),
        target=ProposalState.DECIDED,
        label=_("Decided at a meeting"),
        permission=None,
    ),
    Transition(
        verb="be_dropped",
        sources=(ProposalState.OPEN,),
        target=ProposalState.DROPPED,
        label=_("Drop the proposal"),
        permission=None,
    ),
)
