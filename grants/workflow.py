from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.publishing import publishing
from portal.core.workflow import Transition, Workflow

SCHEME = Workflow(*publishing("grants.publish_scheme"))


class BudgetState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("budget", "Proposed")
    CONFIRMED = "confirmed", pgettext_lazy("budget", "Confirmed")


BUDGET = Workflow(
    Transition(
        verb="propose",
        sources=(BudgetState.PROPOSED, BudgetState.CONFIRMED),
        target=BudgetState.PROPOSED,
        label=_("Propose another amount"),
        permission="grants.propose_schemebudget",
    ),
    Transition(
        verb="confirm",
        sources=(BudgetState.PROPOSED,),
        target=BudgetState.CONFIRMED,
        label=_("Confirm"),
        permission="grants.confirm_schemebudget",
    ),
)


class CallState(models.TextChoices):
    """That a published call is open, or closed, follows from its instants."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    DECIDED = "decided", _("Decided")
    ARCHIVED = "archived", _("Archived")


CALL = Workflow(
    Transition(
        verb="publish",
        sources=(CallState.DRAFT,),
        target=CallState.PUBLISHED,
        label=_("Publish"),
        permission="grants.publish_call",
    ),
    Transition(
        verb="unpublish",
        sources=(CallState.PUBLISHED,),
        target=CallState.DRAFT,
        label=_("Unpublish"),
        permission="grants.publish_call",
    ),
    Transition(
        verb="mark_decided",
        sources=(CallState.PUBLISHED,),
        target=CallState.DECIDED,
        label=_("Mark as decided"),
        permission="grants.publish_call",
    ),
    Transition(
        verb="archive",
        sources=(CallState.DECIDED,),
        target=CallState.ARCHIVED,
        label=_("Archive"),
        permission="grants.publish_call",
    ),
)


class ApplicationState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    COMPLETION = "completion", _("To be completed")
    UNDER_ASSESSMENT = "under_assessment", _("Under assessment")
    PROPOSED = "proposed", _("Proposed")
    DECIDED = "decided", _("Decided")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DISMISSED = "dismissed", _("Dismissed without examination")


# What the applicant is told of the case's log, by the names of its events.
HISTORY = {
    "started": _("The draft was begun"),
    "submit": _("Submitted and registered"),
    "request_completion": _("Completion was asked for"),
    "complete": _("Completed"),
    "go_on_without": _("Handled without the completion"),
    "begin_assessment": _("The assessment began"),
    "propose": _("A decision was proposed"),
    "withdraw": _("Withdrawn by the applicant"),
    "be_decided": _("Decided"),
    "be_dismissed": _("Dismissed without examination"),
}

_IN_HANDLING = (
    ApplicationState.SUBMITTED,
    ApplicationState.COMPLETION,
    ApplicationState.UNDER_ASSESSMENT,
    ApplicationState.PROPOSED,
)

# While a partner abroad can say what it thinks of its part.
OPEN_FOR_PARTNERS = (ApplicationState.DRAFT, *_IN_HANDLING)

APPLICATION = Workflow(
    Transition(
        verb="submit",
        sources=(ApplicationState.DRAFT,),
        target=ApplicationState.SUBMITTED,
        label=_("Submit the application"),
        permission="grants.submit_application",
    ),
    Transition(
        verb="withdraw",
        sources=_IN_HANDLING,
        target=ApplicationState.WITHDRAWN,
        label=_("Withdraw the application"),
        permission="grants.submit_application",
    ),
    Transition(
        verb="request_completion",
        sources=(ApplicationState.SUBMITTED, ApplicationState.UNDER_ASSESSMENT),
        target=ApplicationState.COMPLETION,
        label=_("Ask for completion"),
        permission="grants.handle_application",
    ),
    Transition(
        verb="complete",
        sources=(ApplicationState.COMPLETION,),
        target=ApplicationState.SUBMITTED,
        label=_("Send the completion"),
        permission="grants.submit_application",
    ),
    Transition(
        verb="go_on_without",
        sources=(ApplicationState.COMPLETION,),
        target=ApplicationState.SUBMITTED,
        label=_("Go on without the completion"),
        permission="grants.handle_application",
    ),
    Transition(
        verb="begin_assessment",
        sources=(ApplicationState.SUBMITTED,),
        target=ApplicationState.UNDER_ASSESSMENT,
        label=_("Begin assessment"),
        permission="grants.handle_application",
    ),
    Transition(
        verb="propose",
        sources=(ApplicationState.UNDER_ASSESSMENT,),
        target=ApplicationState.PROPOSED,
        label=_("Propose a decision"),
        permission="grants.handle_application",
    ),
    Transition(
        verb="be_decided",
        sources=(ApplicationState.PROPOSED,),
        target=ApplicationState.DECIDED,
        label=_("Decide"),
        permission=None,
    ),
    Transition(
        verb="be_dismissed",
        sources=(ApplicationState.PROPOSED,),
        target=ApplicationState.DISMISSED,
        label=_("Dismiss"),
        permission=None,
    ),
)


class AssessmentState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("assessment", "Draft")
    SENT = "sent", pgettext_lazy("assessment", "Sent")


ASSESSMENT = Workflow(
    Transition(
        verb="send",
        sources=(AssessmentState.DRAFT,),
        target=AssessmentState.SENT,
        label=_("Send the assessment"),
        permission="grants.assess",
    ),
    Transition(
        verb="reopen",
        sources=(AssessmentState.SENT,),
        target=AssessmentState.DRAFT,
        label=_("Reopen the assessment"),
        permission="grants.reopen_assessment",
    ),
)


class LetterState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("letter", "To be sent")
    SENT = "sent", pgettext_lazy("letter", "Sent")
    NOT_SENT = "not_sent", pgettext_lazy("letter", "Put aside")


def _of_letters(verb, label, source, target=None) -> Transition:
    return Transition(verb, (source,), target, label, "grants.send_letter")


LETTER = Workflow(
    _of_letters("change", _("Change the letter"), LetterState.DRAFT),
    _of_letters("send", _("Send the letter"), LetterState.DRAFT, LetterState.SENT),
    _of_letters("put_aside", _("Put aside"), LetterState.DRAFT, LetterState.NOT_SENT),
    _of_letters("take_up", _("Take up again"), LetterState.NOT_SENT, LetterState.DRAFT),
)
