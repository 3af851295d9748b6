from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.publishing import Publication, publishing
from portal.core.workflow import Transition, Workflow

NETWORK = Workflow(*publishing("networks.publish_network"))


class EngagementLevel(models.TextChoices):
    ACTIVE = "active", _("Active in")
    MONITORS = "monitors", _("Monitors")
    UNSPECIFIED = "unspecified", _("Not yet specified")
    LEFT = "left", _("No longer engaged")


# How the region can take part; a network that has been left stands under none of them.
TAKES_PART = (EngagementLevel.ACTIVE, EngagementLevel.MONITORS, EngagementLevel.UNSPECIFIED)
TAKES_PART_CHOICES = [(level.value, level.label) for level in TAKES_PART]


class EngagementState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    FOR_DECISION = "for_decision", _("For decision")
    IN_FORCE = "in_force", _("In force")
    REJECTED = "rejected", pgettext_lazy("engagement", "Not approved")


COMING = (EngagementState.DRAFT, EngagementState.FOR_DECISION)

ENGAGEMENT = Workflow(
    Transition(
        verb="propose",
        sources=(EngagementState.DRAFT,),
        target=EngagementState.FOR_DECISION,
        label=_("Propose a decision"),
        permission="networks.propose_engagement",
    ),
    Transition(
        verb="note",
        sources=(EngagementState.DRAFT,),
        target=EngagementState.IN_FORCE,
        label=_("Note from a source"),
        permission="networks.note_engagement",
    ),
    Transition(
        verb="correct",
        sources=(EngagementState.IN_FORCE,),
        target=EngagementState.DRAFT,
        label=_("Correct what was noted"),
        permission="networks.correct_engagement",
    ),
    Transition(
        verb="be_engaged",
        sources=(EngagementState.FOR_DECISION,),
        target=EngagementState.IN_FORCE,
        label=_("Approved"),
        permission=None,
    ),
    Transition(
        verb="be_rejected",
        sources=(EngagementState.FOR_DECISION,),
        target=EngagementState.REJECTED,
        label=_("Not approved"),
        permission=None,
    ),
    Transition(
        verb="be_ended",
        sources=(EngagementState.IN_FORCE,),
        target=EngagementState.IN_FORCE,
        label=_("Ended by a later decision"),
        permission=None,
    ),
)


class PositionState(models.TextChoices):
    IDEA = "idea", _("Idea")
    PREPARED = "prepared", _("Being prepared")
    PURSUED = "pursued", _("Pursued")
    INFLUENCED = "influenced", _("Influenced")
    PARTLY = "partly", _("Partly influenced")
    NOT_INFLUENCED = "not_influenced", _("Not influenced")
    LAID_DOWN = "laid_down", _("Laid down")


CONCLUDED = (PositionState.INFLUENCED, PositionState.PARTLY, PositionState.NOT_INFLUENCED)
_KEEPS = "networks.keep_position"

POSITION = Workflow(
    *publishing("networks.publish_position"),
    Transition(
        verb="prepare",
        sources=(PositionState.IDEA, PositionState.LAID_DOWN),
        target=PositionState.PREPARED,
        label=_("Begin to prepare"),
        permission=_KEEPS,
    ),
    Transition(
        verb="pursue",
        sources=(PositionState.IDEA, PositionState.PREPARED),
        target=PositionState.PURSUED,
        label=_("Note as pursued"),
        permission=_KEEPS,
    ),
    Transition(
        verb="note_influenced",
        sources=(PositionState.PURSUED,),
        target=PositionState.INFLUENCED,
        label=_("It was influenced"),
        permission=_KEEPS,
    ),
    Transition(
        verb="note_partly_influenced",
        sources=(PositionState.PURSUED,),
        target=PositionState.PARTLY,
        label=_("It was partly influenced"),
        permission=_KEEPS,
    ),
    Transition(
        verb="note_not_influenced",
        sources=(PositionState.PURSUED,),
        target=PositionState.NOT_INFLUENCED,
        label=_("It was not influenced"),
        permission=_KEEPS,
    ),
    Transition(
        verb="lay_down",
        sources=(PositionState.IDEA, PositionState.PREPARED, PositionState.PURSUED),
        target=PositionState.LAID_DOWN,
        label=_("Lay down"),
        permission=_KEEPS,
    ),
    Transition(
        verb="take_up",
        sources=(*CONCLUDED, PositionState.LAID_DOWN),
        target=PositionState.PURSUED,
        label=_("Take up again"),
        permission=_KEEPS,
    ),
)

BRIEFING = Workflow(
    *publishing("networks.publish_briefing"),
    Transition(
        verb="mail_out",
        sources=(Publication.PUBLISHED,),
        target=Publication.PUBLISHED,
        label=_("Mail to the subscribers"),
        permission="networks.publish_briefing",
        field="publication",
    ),
)
