"""That the parties have confirmed the same terms, and the terms as they stood."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.models.agreements import AgreementParty
from agreements.models.versions import AgreementVersion
from agreements.querysets import ConfirmationQuerySet


class TermsSnapshot(models.Model):
    """Terms as they stood when they were proposed, sent to be confirmed or signed.

    Append-only: the database refuses to change or remove it. `terms` is the canonical form, so
    that its SHA-256 is the fingerprint.
    """

    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="snapshots")
    fingerprint = models.CharField(_("SHA-256"), max_length=64)
    terms = models.TextField(_("terms"))
    taken_at = models.DateTimeField(_("taken"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("snapshot of the terms")
        verbose_name_plural = _("snapshots of the terms")
        constraints = [
            models.UniqueConstraint(fields=["version", "fingerprint"], name="terms_kept_once")
        ]

    def __str__(self):
        return self.fingerprint


class Confirmation(models.Model):
    """A party's word that it has read and agrees to terms with this fingerprint.

    Who gave it, in which role, is for staff only.
    """

    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="confirmations")
    party = models.ForeignKey(
        AgreementParty, models.PROTECT, verbose_name=_("party"), related_name="confirmations"
    )
    fingerprint = models.CharField(_("SHA-256 of the terms"), max_length=64)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=120)
    confirmed_at = models.DateTimeField(_("confirmed"))
    voided_at = models.DateTimeField(_("void since"), null=True)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["confirmed_at", "pk"]
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "party"],
                condition=Q(voided_at=None),
                name="one_live_confirmation_per_party",
            )
        ]

    def __str__(self):
        return str(self.party)
