"""Organisations that apply for support, and who may act for them."""

import secrets

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.core.constraints import Unique
from portal.core.models.people import User
from portal.core.models.places import Municipality
from portal.core.organisation_numbers import OrganisationNumberField
from portal.core.querysets import (
    OrganisationInvitationQuerySet,
    OrganisationQuerySet,
    digest_of,
)
from portal.core.workflow import WrongState, lock

MOST_INVITATIONS = 20


class Organisation(models.Model):
    """A legal person, or a group, that applies for support.

    Managers change its facts and say who belongs to it; every member may apply for it. Whoever
    changes members does so as a person (`by`), and the history tells who.
    """

    class Kind(models.TextChoices):
        ASSOCIATION = "association", _("Not-for-profit association")
        ECONOMIC_ASSOCIATION = "economic_association", _("Economic association")
        MUNICIPALITY = "municipality", _("Municipality")
        NON_PROFIT_COMPANY = "non_profit_company", _("Company without profit motive")
        FOUNDATION = "foundation", _("Foundation")
        RELIGIOUS_COMMUNITY = "religious_community", _("Religious community")
        GROUP = "group", _("Group of artists")
        COMPANY = "company", _("Company")

    name = models.CharField(_("name"), max_length=150, db_collation="sv")
    number = OrganisationNumberField(
        _("organisation number"),
        unique=True,
        error_messages={
            "unique": _("This organisation is here already. Ask one of its members to invite you.")
        },
    )
    kind = models.CharField(_("kind"), max_length=25, choices=Kind.choices)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name=_("municipality"), null=True, blank=True
    )
    invented = models.BooleanField(_("invented for the demo"), default=False, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organisation", args=[self.pk])

    def clean(self):
        if self.kind and self.kind != self.Kind.GROUP and not self.number:
            told = _now("All but a group of artists have a number.")
            raise ValidationError({"number": told})

    def has_manager(self, user) -> bool:
        return self.members.managers().filter(user=user).exists()  # type: ignore[attr-defined]

    # --- Who belongs to it ----------------------------------------------------------------------

    @transaction.atomic
    def found(self, *, by, at):
        """Somebody adds the organisation and is its first manager."""
        self.full_clean()
        self._history_user = by
        self.save()
        self._join(by, OrganisationMember.Role.MANAGER, by=by, at=at)
        return self

    @transaction.atomic
    def invite(self, email: str, role: str, *, by, at) -> tuple["OrganisationInvitation", str]:
        """An invitation and its token, which goes into a mail and is kept nowhere."""
        self._check_manager(lock(self), by)
        if self.invitations.open(at).count() >= MOST_INVITATIONS:  # type: ignore[attr-defined]
            raise ValidationError(
                _now("So many invitations are open: wait until some are answered.")
            )
        email = email.strip().lower()
        if self.members.filter(user__email=email).exists():
            raise ValidationError(
                {"email": _now("That person belongs to the organisation already.")}
            )
        token = secrets.token_urlsafe(32)
        self.invitations.filter(email=email, answered_at=None).delete()
        invitation = self.invitations.create(
            email=email, role=role, digest=digest_of(token), invited_by=by, invited_at=at
        )
        return invitation, token

    @transaction.atomic
    def withdraw(self, invitation: int, *, by, at) -> None:
        """The link of an invitation opens nothing any more."""
        self._check_manager(lock(self), by)
        self.invitations.filter(pk=invitation, answered_at=None).delete()

    @transaction.atomic
    def let_go(self, member: "OrganisationMember", *, by, at) -> None:
        """Somebody leaves, or a manager removes somebody. Who remain have a manager."""
        self._check_may_change(lock(self), member, by)
        self._check_one_remains(member)
        member._history_user = by
        member.delete()

    @transaction.atomic
    def give_role(self, member: "OrganisationMember", role: str, *, by, at) -> None:
        self._check_manager(lock(self), by)
        if role != OrganisationMember.Role.MANAGER:
            self._check_one_remains(member)
        member.role = role
        member._history_user = by
        member.save()

    def _join(self, user, role: str, *, by, at) -> "OrganisationMember":
        member = OrganisationMember(
            organisation=self, user=user, role=role, since=timezone.localdate(at)
        )
        member._history_user = by
        member.save()
        return member

    @staticmethod
    def _check_manager(organisation: "Organisation", by) -> None:
        if not organisation.has_manager(by):
            raise PermissionDenied

    def _check_may_change(self, organisation, member, by) -> None:
        if member.user_id != by.pk:
            self._check_manager(organisation, by)

    def _check_one_remains(self, member) -> None:
        others = self.members.exclude(pk=member.pk)
        if member.role == OrganisationMember.Role.MANAGER and others and not others.managers():  # type: ignore[attr-defined]
            raise ValidationError(
                _now("Somebody must look after the organisation: choose another manager first.")
            )


class OrganisationMemberQuerySet(models.QuerySet):
    def managers(self):
        return self.filter(role=OrganisationMember.Role.MANAGER)


class OrganisationMember(models.Model):
    """That a person belongs to an organisation, and so may apply for it."""

    class Role(models.TextChoices):
        MANAGER = "manager", _("Manager")
        MEMBER = "member", _("Member")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("organisation"), related_name="members"
    )
    user = models.ForeignKey(
        User, models.CASCADE, verbose_name=_("person"), related_name="memberships"
    )
    role = models.CharField(
        _("role"),
        max_length=7,
        choices=Role.choices,
        default=Role.MEMBER,
        help_text=_("A manager changes the organisation's facts and members."),
    )
    since = models.DateField(_("since"))

    _history_user: User  # whom the history names
    objects = OrganisationMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of an organisation")
        verbose_name_plural = _("members of organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], name="organisation_member_once"
            )
        ]

    def __str__(self):
        return f"{self.user}, {self.organisation}"


class OrganisationInvitation(models.Model):
    """That somebody was asked to belong to an organisation. The link in the mail is the key."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("organisation"), related_name="invitations"
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(
        _("role"),
        max_length=7,
        choices=OrganisationMember.Role.choices,
        default=OrganisationMember.Role.MEMBER,
    )
    digest = models.CharField(_("SHA-256"), max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    invited_at = models.DateTimeField(_("invited"))
    answered_at = models.DateTimeField(_("answered"), null=True)

    objects = OrganisationInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            Unique(
                fields=["organisation", "email"],
                condition=models.Q(answered_at=None),
                name="organisation_invites_once",
                violation_error_message=_("That person is invited already."),
            )
        ]

    def __str__(self):
        return self.email

    @transaction.atomic
    def accept(self, *, by, at) -> Organisation:
        """Whoever has the link belongs to the organisation from now on. Once: WrongState after."""
        current = lock(self)
        if current.answered_at:
            raise WrongState(_now("The invitation has been answered already."))
        organisation = lock(current.organisation)
        if not organisation.members.filter(user=by).exists():
            organisation._join(by, current.role, by=current.invited_by, at=at)
        current.answered_at = at
        current.save(update_fields=["answered_at"])
        return organisation
