"""The region's memberships of networks, and what they cost."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from networks.models.networks import Network
from networks.querysets import MembershipQuerySet
from partners.models import Partner
from portal.core.constraints import Check, Unique
from portal.core.money import MoneyField
from portal.core.workflow import RecordedInHistory


class Membership(RecordedInHistory, models.Model):
    """A membership of a network, held by the committee or by one of the region's own bodies."""

    network = models.ForeignKey(
        Network, models.PROTECT, verbose_name=_("network"), related_name="memberships"
    )
    body = models.ForeignKey(
        Partner,
        models.PROTECT,
        verbose_name=_("held by"),
        related_name="memberships",
        null=True,
        blank=True,
        limit_choices_to={"kind": "own_body"},
        help_text=_("Empty: the committee itself."),
    )
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("to"), null=True, blank=True)
    notice_on = models.DateField(_("last day to give notice"), null=True, blank=True)
    source = models.TextField(_("source or decision"), max_length=500)
    updated_at = models.DateTimeField(_("updated"), auto_now=True, db_index=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["network__acronym", F("start").desc(nulls_last=True), "-pk"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            Check(
                name="membership_ends_after_start",
                condition=Q(start=None) | Q(end=None) | Q(end__gte=F("start")),
                violation_error_message=_("The end cannot lie before the start."),
            ),
            Unique(
                fields=["network"],
                condition=Q(end=None, body=None),
                name="one_running_membership",
                violation_error_message=_("The network already has a membership that runs."),
            ),
            Unique(
                fields=["network", "body"],
                condition=Q(end=None, body__isnull=False),
                name="one_running_membership_a_body",
                violation_error_message=_(
                    "This body already has a membership that runs in the network."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.network}: {self.body}" if self.body else str(self.network)


class MembershipFee(models.Model):
    """What a membership costs in a year, in kronor."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="fees")
    year = models.PositiveSmallIntegerField(_("year"))
    amount = MoneyField(_("fee"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["-year"]
        verbose_name = _("fee of a year")
        verbose_name_plural = _("fees")
        constraints = [
            models.UniqueConstraint(fields=["membership", "year"], name="one_fee_a_year"),
            Check(
                name="membership_fee_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("The fee cannot be below zero."),
            ),
        ]

    def __str__(self):
        return str(self.year)
