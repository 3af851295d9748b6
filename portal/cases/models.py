import hashlib
import secrets
from pathlib import PurePath

from django.core.validators import FileExtensionValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.cases.conflicts import Conflict
from portal.cases.correspondence import Message
from portal.cases.invitations import Invitation
from portal.cases.notes import Note
from portal.cases.numbering import NumberSeries, format_number, next_number
from portal.cases.querysets import (
    CaseEventQuerySet,
    CaseQuerySet,
    DocumentQuerySet,
    PartyQuerySet,
)
from portal.cases.readers import Reader
from portal.cases.uploads import ALLOWED
from portal.core import outbox
from portal.core.models import Organisation, User
from portal.core.workflow import lock

__all__ = [
    "Case", "CaseEvent", "Conflict", "Document", "Invitation", "Message", "Note", "NumberSeries",
    "Party", "Reader",
]  # fmt: skip


class Case(models.Model):
    """A matter (ärende): born with its subject's draft, numbered when it is registered.

    `kind` names the reverse one-to-one relation that leads to the subject, so that the case file
    needs to know none of the domain.
    """

    class Kind(models.TextChoices):
        APPLICATION = "application", _("Application")
        AGREEMENT = "agreement", _("Agreement")
        ENGAGEMENT = "engagement", _("Network engagement")
        OTHER = "other", _("Other")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("matter"), max_length=200)
    number = models.CharField(_("registration number"), max_length=24, null=True, unique=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    serial = models.PositiveIntegerField(_("running number"), null=True)
    registered_at = models.DateTimeField(_("registered"), null=True, db_index=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    officer = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("case officer"),
        related_name="cases_in_charge",
        null=True,
        blank=True,
    )

    secrecy = models.CharField(
        _("secrecy"), max_length=120, null=True, blank=True,
        help_text=_(
            "The legal ground, for example “OSL 21 kap. 1 §”. What the matter is about, conditions "
            "and reasons are then withheld on the public pages, and so is a grant."
        ),
    )  # fmt: skip

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-serial", "-pk"]
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="case_number_once"),
            models.CheckConstraint(
                name="case_number_comes_with_registration",
                condition=Q(registered_at=None, number=None, year=None, serial=None)
                | Q(
                    registered_at__isnull=False,
                    number__isnull=False,
                    year__isnull=False,
                    serial__isnull=False,
                ),
            ),
        ]

    def __str__(self):
        return self.number or self.title

    @property
    def subject(self):
        """The application, agreement or engagement this is the case of; None for kind `other`."""
        return None if self.kind == self.Kind.OTHER else getattr(self, self.kind)

    @property
    def is_registered(self) -> bool:
        return self.registered_at is not None

    @transaction.atomic
    def register(self, *, by, at, title: str) -> "Case":
        """Give the case its number and its title; a registered case keeps those it has."""
        case = lock(self)
        if not case.is_registered:
            case.title = title
            case.registered_at = at
            case.year = timezone.localtime(at).year
            case.serial = next_number(case.year)
            case.number = format_number(case.year, case.serial)
            case.save()
            case.log("registered", by=by, at=at, number=case.number)
        self.refresh_from_db()
        return self

    def log(self, what: str, *, by, at, **details) -> "CaseEvent":
        """Append to the log: references and codes only, no personal data."""
        return self.events.create(what=what, by=by, at=at, details=details)

    def notify(self, *, to, template: str, context: dict, by, at, is_secret: bool = False) -> None:
        """Mail a user or an addressee about the case, and note in the log which mail it was."""
        mail = outbox.post(to=to, template=template, context=context, is_secret=is_secret)
        known = {"to": to.pk} if isinstance(to, User) else {}
        self.log("notified", by=by, at=at, mail=mail.pk, template=template, **known)

    def record(self, event) -> None:
        """What the workflow mechanism calls for every verb of the subject."""
        self.log(event.verb, by=event.by, at=event.at, **event.details)


class Party(models.Model):
    """Who a case is about: a person, an organisation, or a verified e-mail address."""

    class Role(models.TextChoices):
        APPLICANT = "applicant", _("Applicant")
        CO_APPLICANT = "co_applicant", _("Co-applicant")
        COUNTERPART = "counterpart", _("Counterpart")

    case = models.ForeignKey(Case, models.CASCADE, verbose_name=_("case"), related_name="parties")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    user = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("person"), null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        related_name="+",
    )
    email = models.EmailField(_("verified e-mail address"), blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.CheckConstraint(
                name="party_is_exactly_one",
                condition=Q(user__isnull=False, organisation=None, email="")
                | Q(user=None, organisation__isnull=False, email="")
                | (Q(user=None, organisation=None) & ~Q(email="")),
            ),
            models.UniqueConstraint(fields=["case", "role", "user"], name="party_user_once"),
            models.UniqueConstraint(
                fields=["case", "role", "organisation"], name="party_organisation_once"
            ),
        ]

    def __str__(self):
        return str(self.user or self.organisation or self.email)


class CaseEvent(models.Model):
    """A line of the case log. Append-only: the database refuses to change or remove it."""

    case = models.ForeignKey(Case, models.CASCADE, verbose_name=_("case"), related_name="events")
    what = models.CharField(_("what"), max_length=40)
    by = models.ForeignKey(User, models.PROTECT, verbose_name=_("by"), related_name="+", null=True)
    at = models.DateTimeField(_("at"))
    details = models.JSONField(_("details"), default=dict)

    objects = CaseEventQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("log entry")
        verbose_name_plural = _("log")

    def __str__(self):
        return self.what


def private_name(document: "Document", filename: str) -> str:
    """A random storage name: what a file is called is known only to the database."""
    suffix = PurePath(filename).suffix.lower()
    return f"documents/{secrets.token_hex(16)}{suffix}"


class Document(models.Model):
    """A document (handling) of a case: private unless published, fetched through a check."""

    case = models.ForeignKey(Case, models.CASCADE, verbose_name=_("case"), related_name="documents")
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(
        _("file"), upload_to=private_name, validators=[FileExtensionValidator(ALLOWED)]
    )
    filename = models.CharField(_("file name"), max_length=200, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    is_public = models.BooleanField(_("public"), default=False)
    added_at = models.DateTimeField(_("added"), editable=False)
    # Nobody: it came through a link, from somebody without an account.
    added_by = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("added by"),
        related_name="+",
        null=True,
        editable=False,
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self):
        return self.title

    def describe_upload(self, *, by, at) -> None:
        """Note what was handed in, before the first save."""
        self.filename = PurePath(str(self.file)).name
        self.size = self.file.size
        self.sha256 = hashlib.file_digest(self.file.file, "sha256").hexdigest()
        self.file.seek(0)
        self.added_by, self.added_at = by, at

    def remove_file(self) -> None:
        """From the disk, once the transaction that removes the row has been committed."""
        name, storage = self.file.name or "", self.file.storage
        transaction.on_commit(lambda: storage.delete(name))
