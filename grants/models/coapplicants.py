"""Those who are invited to write an application together with whoever began it."""

import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants.models.applications import Application
from grants.querysets import CoApplicantQuerySet
from grants.workflow import ApplicationState
from portal.cases.models import Party
from portal.core.constraints import Check, Unique
from portal.core.models import User
from portal.core.outbox import Addressee
from portal.core.querysets import digest_of
from portal.core.workflow import WrongState, lock

# Of one application: people, invited and joined, and invitations in a day.
MOST = 20
DAY = timedelta(days=1)
# Longer than any slug, so that no log line shows the link (portal.core.logs).
TOKEN_BYTES = 48


class CoApplicantManager(models.Manager.from_queryset(CoApplicantQuerySet)):
    @transaction.atomic
    def invite(self, application: Application, email: str, role: str, *, by, at) -> "CoApplicant":
        """Ask somebody by mail to take part; the link is in the mail and kept nowhere else.

        A new invitation to the same address replaces the one before.
        """
        current = lock(application)
        _check_manages(current, by)
        _check_role(current, role)
        email = email.strip().lower()
        known = User.objects.filter(email__iexact=email, is_active=True).first()
        if _takes_part(current, email, known):
            raise ValidationError({"email": _now("That person takes part already.")})
        current.coapplicants.filter(email=email, joined_at=None).delete()
        self._check_room(current, at)
        token = secrets.token_urlsafe(TOKEN_BYTES)
        invited = self.model(
            application=current, email=email, role=role, digest=digest_of(token), invited_by=by,
            invited_at=at,
        )  # fmt: skip
        invited.full_clean()
        invited.save()
        current.case.log("coapplicant_invited", by=by, at=at, coapplicant=invited.pk, role=role)
        current.case.notify(
            to=Addressee(email, "", (known or by).language),
            template="grants/mail/coapplicant.txt",
            context={"invited": invited, "token": token},
            by=by, at=at, is_secret=True,
        )  # fmt: skip
        return invited

    def _check_room(self, application, at) -> None:
        """Taking invitations back makes no room for more mail: the log counts what was sent."""
        people = application.coapplicants.joined() | application.coapplicants.open(at)
        if people.count() >= MOST:
            raise ValidationError(_now("At most %s people can be invited.") % MOST)
        sent = application.case.events.filter(what="coapplicant_invited", at__gt=at - DAY)
        if sent.count() >= MOST:
            raise ValidationError(_now("So many invitations were sent today: wait a day."))


class CoApplicant(models.Model):
    """An invitation, and once it is accepted somebody who takes part. The link is the key."""

    class Role(models.TextChoices):
        READ = "read", _("Reads")
        EDIT = "edit", _("Writes")
        SUBMIT = "submit", _("Writes and submits")

    application = models.ForeignKey(Application, models.CASCADE, related_name="coapplicants")
    email = models.EmailField(_("e-mail address"))
    user = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("person"), related_name="coapplications", null=True,
        blank=True,
    )  # fmt: skip
    role = models.CharField(_("role"), max_length=6, choices=Role.choices, default=Role.EDIT)
    digest = models.CharField(_("SHA-256"), max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("invited"))
    joined_at = models.DateTimeField(_("joined"), null=True, blank=True)

    locked_with = "application"
    objects = CoApplicantManager()

    class Meta:
        ordering = ["invited_at", "pk"]
        verbose_name = _("co-applicant")
        verbose_name_plural = _("co-applicants")
        constraints = [
            Check(
                name="coapplicant_joins_as_somebody",
                condition=Q(user=None, joined_at=None)
                | Q(user__isnull=False, joined_at__isnull=False),
                violation_error_message=_("Whoever has joined is somebody, at some time."),
            ),
            Unique(
                fields=["application", "email"],
                name="coapplicant_invited_once",
                violation_error_message=_("That person is invited already."),
            ),
            Unique(
                fields=["application", "user"],
                name="coapplicant_once",
                violation_error_message=_("That person takes part already."),
            ),
        ]

    def __str__(self):
        return str(self.user or self.email)

    @transaction.atomic
    def withdraw(self, *, by, at) -> None:
        """The link opens nothing any more."""
        invited = lock(self)
        _check_manages(invited.application, by)
        if invited.joined_at:
            raise WrongState(_now("The invitation has been answered already."))
        invited._go("coapplicant_invitation_withdrawn", by=by, at=at)

    @transaction.atomic
    def accept(self, *, by, at) -> Application:
        """Whoever has the link takes part from now on, and is a party of the case. Once."""
        invited = lock(self)
        application = invited.application
        if not type(self).objects.open(at).filter(pk=invited.pk).exists():
            raise WrongState(_now("The invitation has been answered already, or is too old."))
        if by.has_perm("grants.read_application", application):
            raise WrongState(_now("You take part in the application already."))
        invited.user, invited.joined_at = by, at
        invited.save(update_fields=["user", "joined_at"])
        application.case.parties.create(role=Party.Role.CO_APPLICANT, user=by)
        application.case.log("coapplicant_joined", by=by, at=at, coapplicant=invited.pk)
        return application

    @transaction.atomic
    def give_role(self, role: str, *, by, at) -> None:
        invited = lock(self)
        _check_manages(invited.application, by)
        _check_role(invited.application, role)
        invited.role = role
        invited.save(update_fields=["role"])
        invited.application.case.log(
            "coapplicant_role_given", by=by, at=at, coapplicant=invited.pk, role=role
        )

    @transaction.atomic
    def remove(self, *, by, at) -> None:
        """Somebody leaves, or is removed: the application and its case are closed to them."""
        invited = lock(self)
        if invited.user_id != by.pk:
            _check_manages(invited.application, by)
        parties = invited.application.case.parties.filter(role=Party.Role.CO_APPLICANT)
        parties.filter(user=invited.user_id).delete()
        invited._go("coapplicant_removed", by=by, at=at)

    def _go(self, what: str, *, by, at) -> None:
        self.application.case.log(what, by=by, at=at, coapplicant=self.pk)
        self.delete()


def roles_in(application: Application) -> list[CoApplicant.Role]:
    """What can be given: who comes to something handed in can only read it."""
    if application.state == ApplicationState.DRAFT:
        return list(CoApplicant.Role)
    return [CoApplicant.Role.READ]


def _check_role(application: Application, role: str) -> None:
    if role not in roles_in(application):
        raise ValidationError({"role": _now("What has been handed in can only be read.")})


def _check_manages(application: Application, by) -> None:
    if not by.has_perm("grants.manage_coapplicants", application):
        raise PermissionDenied


def _takes_part(application: Application, email: str, known: User | None) -> bool:
    """With an account of that address, or invited there and joined with another account."""
    if known and known.has_perm("grants.read_application", application):
        return True
    return application.coapplicants.joined().filter(email=email).exists()  # type: ignore[attr-defined]
