"""Links for people without an account: for one purpose, until a day, once.

The link carries a signed token; the database keeps only a digest of its secret part. What it is
about is said by `case` and `reference`, the key of the row in the app that sent it.
"""

import hashlib
import secrets
from datetime import timedelta

from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.core.models import User
from portal.core.workflow import WrongState

LASTS = timedelta(days=30)
SECRET_BYTES = 32


class LinkRefused(WrongState):
    """The link is spent, or has ended. The message says so to the reader."""


class UnknownLink(LinkRefused):
    """It never was a link of ours, or it was made for another purpose."""


class InvitationQuerySet(models.QuerySet):
    def unused(self):
        """What nobody has used or taken back, whether its last day has passed or not."""
        return self.filter(used_at=None, revoked_at=None)

    def live(self, at):
        return self.unused().filter(expires_at__gt=at)

    def issue(self, *, case, purpose, reference: int, by, at, fingerprint="", lasts=LASTS) -> str:
        """Make an invitation and return the token of its link, which cannot be read again."""
        secret = secrets.token_urlsafe(SECRET_BYTES)
        invitation = self.create(
            case=case,
            purpose=purpose,
            reference=reference,
            fingerprint=fingerprint,
            digest=_digest(secret),
            issued_by=by,
            issued_at=at,
            expires_at=at + lasts,
        )
        return signing.dumps([invitation.pk, secret], salt=_salt(purpose))

    def replace(self, *, case, purpose, reference: int, by, at, **details) -> str:
        """Make an invitation in place of those the row got before, which no longer open."""
        case.invitations.filter(purpose=purpose, reference=reference).revoke(at)
        return self.issue(case=case, purpose=purpose, reference=reference, by=by, at=at, **details)

    def with_token(self, token: str, *, purpose) -> "Invitation":
        """The invitation a link was made for, live or not; raises UnknownLink where there is none.

        A token that was not signed here, or for another purpose, never reaches the database.
        """
        try:
            pk, secret = signing.loads(token, salt=_salt(purpose))
        except (signing.BadSignature, ValueError, TypeError) as error:
            raise UnknownLink(_now("This is not a link of ours. Was it cut off?")) from error
        found = self.filter(pk=pk, purpose=purpose, digest=_digest(secret)).first()
        if found is None:
            raise UnknownLink(_now("This is not a link of ours. Was it cut off?"))
        return found  # type: ignore[return-value]

    def revoke(self, at) -> None:
        """End the links that nobody has used."""
        self.unused().update(revoked_at=at)


class Invitation(models.Model):
    class Purpose(models.TextChoices):
        CONFIRM = "confirm", _("Confirm terms")
        REVIEW = "review", _("Write a review")
        PARTNER = "partner", _("Confirm a part in a project")

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="invitations")
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices)
    reference = models.PositiveBigIntegerField(_("reference"))
    fingerprint = models.CharField(_("SHA-256 of the terms"), max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("ends"))
    used_at = models.DateTimeField(_("used"), null=True)
    revoked_at = models.DateTimeField(_("taken back"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes = [models.Index(fields=["purpose", "reference"], name="invitation_of_a_row")]
        constraints = [
            models.CheckConstraint(
                name="invitation_ends_after_sending", condition=Q(expires_at__gt=F("issued_at"))
            ),
            models.CheckConstraint(
                name="invitation_used_or_taken_back",
                condition=Q(used_at=None) | Q(revoked_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.get_purpose_display()}, {self.issued_at:%Y-%m-%d}"

    def check_live(self, at) -> None:
        if self.used_at:
            raise LinkRefused(_now("The link has been used. It works once."))
        if self.revoked_at:
            raise LinkRefused(_now("The link has been replaced. Use the latest one we sent."))
        if self.expires_at <= at:
            raise LinkRefused(_now("The link has expired. Ask us for a new one."))

    def use(self, *, purpose, at) -> None:
        """Spend the link, within the caller's transaction: of many at once, one succeeds."""
        live = type(self).objects.live(at).filter(pk=self.pk, purpose=purpose)
        if not live.update(used_at=at):
            current = type(self).objects.get(pk=self.pk)
            current.check_live(at)
            raise LinkRefused(_now("The link has been used. It works once."))
        self.used_at = at


def _salt(purpose) -> str:
    return f"portal.cases.invitations.{purpose}"


def _digest(secret) -> str:
    """The secret is long and random, so that a plain hash keeps it."""
    return hashlib.sha256(str(secret).encode()).hexdigest()
