from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.publishing import Publication, publishing
from portal.core.workflow import Transition, Workflow

_AT_ANY_TIME = tuple(Publication.values)

AGREEMENT = Workflow(
    *publishing("agreements.publish_agreement"),
    Transition(
        verb="begin_renewal",
        sources=_AT_ANY_TIME,
        target=None,
        label=_("Begin a renewal"),
        permission="agreements.negotiate_version",
        field="publication",
    ),
    Transition(
        verb="begin_amendment",
        sources=_AT_ANY_TIME,
        target=None,
        label=_("Begin an amendment"),
        permission="agreements.negotiate_version",
        field="publication",
    ),
)


class Standing(models.TextChoices):
    """Where an agreement stands on a day; it follows from its dates."""

    COMING = "coming", _("Not yet in force")
    IN_FORCE = "in_force", _("In force")
    EXPIRED = "expired", _("Expired")
    TERMINATED = "terminated", _("Terminated")


class VersionState(models.TextChoices):
    """A version's way to its signing. In force and expired follow from the dates after it."""

    DRAFT = "draft", _("Draft")
    NEGOTIATION = "negotiation", _("Negotiation")
    FOR_DECISION = "for_decision", _("For decision")
    APPROVED = "approved", _("Approved")
    SIGNED = "signed", _("Signed")
    TERMINATED = "terminated", _("Terminated")
    ABANDONED = "abandoned", _("Abandoned")


# Terms may be written here; later a change takes the version back (`reopen`).
OPEN_FOR_TERMS = (VersionState.DRAFT, VersionState.NEGOTIATION)
SIGNED = (VersionState.SIGNED, VersionState.TERMINATED)
COMING = (*OPEN_FOR_TERMS, VersionState.FOR_DECISION, VersionState.APPROVED)

VERSION = Workflow(
    Transition(
        verb="note_signed",
        sources=(VersionState.DRAFT,),
        target=VersionState.SIGNED,
        label=_("Note as signed before"),
        permission="agreements.negotiate_version",
    ),
    Transition(
        verb="correct_noted",
        sources=(VersionState.SIGNED,),
        target=VersionState.SIGNED,
        label=_("Correct what was noted"),
        permission="agreements.correct_noted_version",
    ),
    Transition(
        verb="negotiate",
        sources=(VersionState.DRAFT,),
        target=VersionState.NEGOTIATION,
        label=_("Begin the negotiation"),
        permission="agreements.negotiate_version",
    ),
    Transition(
        verb="propose",
        sources=(VersionState.NEGOTIATION,),
        target=VersionState.FOR_DECISION,
        label=_("Propose a decision"),
        permission="agreements.negotiate_version",
    ),
    Transition(
        verb="be_approved",
        sources=(VersionState.FOR_DECISION,),
        target=VersionState.APPROVED,
        label=_("Approved"),
        permission=None,
    ),
    Transition(
        verb="be_sent_back",
        sources=(VersionState.FOR_DECISION,),
        target=VersionState.NEGOTIATION,
        label=_("Not approved"),
        permission=None,
    ),
    Transition(
        verb="invite_to_confirm",
        sources=(VersionState.APPROVED,),
        target=None,
        label=_("Send the links to confirm"),
        permission="agreements.negotiate_version",
    ),
    Transition(
        verb="confirm",
        sources=(VersionState.APPROVED,),
        target=None,
        label=_("Confirmed by a party"),
        permission=None,
    ),
    Transition(
        verb="reopen",
        sources=(VersionState.APPROVED,),
        target=VersionState.NEGOTIATION,
        label=_("Change the terms"),
        permission="agreements.negotiate_version",
    ),
    Transition(
        verb="sign",
        sources=(VersionState.APPROVED,),
        target=VersionState.SIGNED,
        label=_("Note as signed"),
        permission="agreements.negotiate_version",
    ),
    Transition(
        verb="abandon",
        sources=(VersionState.DRAFT, VersionState.NEGOTIATION, VersionState.APPROVED),
        target=VersionState.ABANDONED,
        label=_("Abandon"),
        permission="agreements.negotiate_version",
    ),
    Transition(
        verb="terminate",
        sources=(VersionState.SIGNED,),
        target=VersionState.TERMINATED,
        label=_("Terminate"),
        permission="agreements.negotiate_version",
    ),
)


class CommitmentState(models.TextChoices):
    PROMISED = "promised", _("Promised")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")
    CHANGED = "changed", _("Changed")
    DROPPED = "dropped", _("Dropped")


LIVE_COMMITMENT = (CommitmentState.PROMISED, CommitmentState.UNDER_WAY)

COMMITMENT = Workflow(
    Transition(
        verb="begin",
        sources=(CommitmentState.PROMISED,),
        target=CommitmentState.UNDER_WAY,
        label=_("Begin"),
        permission="agreements.keep_ledger",
    ),
    Transition(
        verb="fulfil",
        sources=LIVE_COMMITMENT,
        target=CommitmentState.DONE,
        label=_("Note as done"),
        permission="agreements.keep_ledger",
    ),
    Transition(
        verb="fulfil_once",
        sources=LIVE_COMMITMENT,
        target=CommitmentState.UNDER_WAY,
        label=_("Note this time as done"),
        permission="agreements.keep_ledger",
    ),
    Transition(
        verb="drop",
        sources=LIVE_COMMITMENT,
        target=CommitmentState.DROPPED,
        label=_("Drop"),
        permission="agreements.keep_ledger",
    ),
    Transition(
        verb="be_changed",
        sources=LIVE_COMMITMENT,
        target=CommitmentState.CHANGED,
        label=_("Changed by a new version"),
        permission=None,
    ),
)


class ReviewState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


REVIEW = Workflow(
    Transition(
        verb="invite_to_write",
        sources=(ReviewState.OPEN,),
        target=ReviewState.OPEN,
        label=_("Send the links to write"),
        permission="agreements.keep_ledger",
    ),
    Transition(
        verb="write",
        sources=(ReviewState.OPEN,),
        target=ReviewState.OPEN,
        label=_("Written by a party"),
        permission=None,
    ),
    Transition(
        verb="write_own",
        sources=(ReviewState.OPEN,),
        target=ReviewState.OPEN,
        label=_("Write our part"),
        permission="agreements.keep_ledger",
    ),
    Transition(
        verb="close",
        sources=(ReviewState.OPEN,),
        target=ReviewState.CLOSED,
        label=_("Close the review"),
        permission="agreements.keep_ledger",
    ),
)
