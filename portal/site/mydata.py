"""What the portal holds about a person, as the person may take it along; and leaving for good."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from grants.models import Application, CoApplicant, Letter, Score
from grants.parts import content
from grants.workflow import ApplicationState
from networks.models import Subscriber
from portal.cases.models import Case, CaseEvent, Message
from portal.core.models import Mail, User

#: Columns of an application that its applicant wrote, or that say where it stands.
APPLICATION = (
    "title", "summary", "amount", "total_cost", "starts_on", "ends_on", "state", "created_at",
    "submitted_at",
)  # fmt: skip


def everything_about(user: User) -> dict:
    """Plain values only, ready to be written as JSON; times in UTC, amounts in kronor."""
    factors = Authenticator.objects.filter(user=user)
    closed = Case.objects.closed_to(user)
    closed_mails = CaseEvent.objects.filter(case__in=closed).mails()
    return {
        "account": {
            "name": user.full_name,
            "email": user.email,
            "language": user.language,
            "joined": user.joined_at,
            "last_sign_in": user.last_login,
            "roles": sorted(user.roles),
            "second_factors": list(factors.values("type", "created_at")),
        },
        "organisations": [
            {"name": one.organisation.name, "role": one.role, "since": one.since}
            for one in user.memberships.select_related("organisation")
        ],
        "applications": [_application(one) for one in _applications(user)],
        "applications_written_together": [_together(one) for one in _others_applications(user)],
        "assessments": list(
            Score.objects.filter(assessment__assessor=user)
            .exclude(assessment__application__case__in=closed)
            .order_by("pk")
            .values("assessment__application__case__number", "score", "justification")
        ),
        "messages": list(
            Message.objects.filter(by=user)
            .exclude(case__in=closed)
            .values("case__number", "sent_at", "text")
        ),
        "letters": list(
            Letter.objects.sent()
            .filter(to=user)
            .order_by("pk")
            .values("application__case__number", "subject", "text", "sent_at")
        ),
        "mail_sent_to_you": list(
            Mail.objects.filter(to=user.email)
            .exclude(pk__in=closed_mails)
            .order_by("pk")
            .values("subject", "sent_at")
        ),
        "subscriptions": list(
            Subscriber.objects.filter(email=user.email).values("asked_at", "confirmed_at")
        ),
        "api_tokens": list(user.api_tokens.values("scope", "created_at")),
    }


def _applications(user: User):
    own = Application.objects.filter(applicant=user).order_by("pk")
    rows = ("cooperation", "activities", "budget_lines", "declared_aid")
    return own.select_related("call__scheme", "case", "organisation", "partner").prefetch_related(
        *rows
    )


def _application(application: Application) -> dict:
    return {
        "number": application.case.number,
        "call": str(application.call),
        "organisation": application.organisation and application.organisation.name,
        "partner": application.partner and str(application.partner),
        **{name: getattr(application, name) for name in APPLICATION},
        "content": content(application),
    }


def _others_applications(user: User):
    """Where the person takes part, or is invited by the address of the account."""
    return CoApplicant.objects.concerning(user).select_related("application__case")


def _together(one: CoApplicant) -> dict:
    return {
        "number": one.application.case.number,
        "role": one.role,
        "invited": one.invited_at,
        "joined": one.joined_at,
    }


def reasons_to_stay(user: User) -> list[str]:
    """Why the account cannot be closed by its owner, in words; none where it can."""
    reasons = []
    if user.roles or user.is_staff:
        reasons.append(_("You have a role here: an administrator closes such accounts."))
    if Application.objects.filter(applicant=user).handed_in().exists():
        reasons.append(_("You have handed in an application: by law we keep what belongs to it."))
    if _names_in_logs_of_others(user).exists():
        reasons.append(
            _("You have taken part in somebody else's application: its log names you, and is kept.")
        )
    shared = CoApplicant.objects.joined().filter(application__applicant=user)
    if shared.filter(application__state=ApplicationState.DRAFT).exists():
        reasons.append(_("Others take part in a draft of yours: remove them or the draft first."))
    if Application.objects.filter(applicant=user).drafts().exclude(organisation=None).exists():
        reasons.append(_("You have begun an application for an organisation: delete it first."))
    return reasons


def _names_in_logs_of_others(user: User):
    """Lines by the person about applications that somebody else began; a log is only added to."""
    lines = CaseEvent.objects.filter(by=user, case__kind=Case.Kind.APPLICATION)
    return lines.exclude(case__application__applicant=user)


@transaction.atomic
def close_account(user: User, *, at) -> None:
    """The account and all that is only its own are gone. Raises ValidationError with why not."""
    if reasons := reasons_to_stay(user):
        raise ValidationError(reasons)
    for draft in Application.objects.filter(applicant=user).drafts():
        draft.discard(by=user, at=at)
    for member in user.memberships.select_related("organisation"):
        member.organisation.let_go(member, by=user, at=at)
    try:
        user.delete()
    except ProtectedError:
        told = _("Your name stands in the log of a registered case, which the law has us keep.")
        raise ValidationError(told) from None
