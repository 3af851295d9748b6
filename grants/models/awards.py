"""Awards (beviljade stöd): what the public register shows."""

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from grants.models.budgets import SchemeBudget
from grants.models.schemes import Scheme
from grants.querysets import AwardQuerySet
from partners.models import Partner
from portal.committee.models import Decision
from portal.core.constraints import Check
from portal.core.countries import validate_country
from portal.core.models import Organisation, Perspective
from portal.core.money import MoneyField
from portal.core.strategy import PerspectiveTag, StrategyTagged


class AwardManager(models.Manager.from_queryset(AwardQuerySet)):
    @transaction.atomic
    def grant(self, *, application, decision: Decision, budget: SchemeBudget) -> "Award":
        """Make the award that a decision gives; the budget has been committed already."""
        award = self.create(
            application=application,
            decision=decision,
            scheme=budget.scheme,
            budget=budget,
            title=application.title,
            summary=application.summary,
            organisation=application.organisation,
            partner=application.partner,
            amount=decision.amount,
            country=decision.country,
            decided_on=decision.decided_on,
            starts_on=application.starts_on,
            ends_on=application.ends_on,
            line=decision.line,
            agreement=self._agreement_served(application, decision.decided_on),
        )
        award.goals.add(*decision.goals.all())
        award.tags.bulk_create(
            AwardPerspective(item=award, perspective_id=tag.perspective_id, how=tag.how)
            for tag in application.tags.all()
        )
        return award

    @staticmethod
    def _agreement_served(application, day):
        """The scheme's agreement that the project's partner is a party of, and that was in force
        on the day of decision, if there is one.
        """
        served = application.call.scheme.agreements.filter(partners=application.partner)
        return served.in_force(day).latest_first().first()


class Award(StrategyTagged, models.Model):
    """Support that has been granted. The recipient's name is public for organisations only."""

    application = models.OneToOneField(
        "grants.Application",
        models.PROTECT,
        verbose_name=_("application"),
        related_name="award",
    )
    decision = models.OneToOneField(
        Decision, models.PROTECT, verbose_name=_("decision"), related_name="award"
    )
    scheme = models.ForeignKey(
        Scheme, models.PROTECT, verbose_name=_("scheme"), related_name="awards"
    )
    budget = models.ForeignKey(
        SchemeBudget, models.PROTECT, verbose_name=_("budget of the year"), related_name="awards"
    )
    title = models.CharField(_("project"), max_length=120)
    summary = models.TextField(_("description"), max_length=2000, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name=_("recipient"),
        related_name="awards",
        null=True,
        blank=True,
    )
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        verbose_name=_("partner"),
        related_name="awards",
        null=True,
        blank=True,
    )
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        verbose_name=_("agreement"),
        related_name="awards",
        null=True,
        blank=True,
    )
    amount = MoneyField(_("amount"))
    country = models.CharField(
        _("country"), max_length=2, blank=True, validators=[validate_country], db_index=True
    )
    decided_on = models.DateField(_("date of decision"))
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    perspectives = models.ManyToManyField(
        Perspective, verbose_name=_("perspectives"), through="AwardPerspective"
    )
    updated_at = models.DateTimeField(_("updated"), auto_now=True, db_index=True)

    objects = AwardManager()

    class Meta:
        ordering = ["-decided_on", "-pk"]
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        indexes = [
            models.Index(fields=["-decided_on", "-id"], name="award_latest_first"),
            models.Index(fields=["-amount", "-id"], name="award_largest_first"),
        ]
        constraints = [
            Check(
                name="award_amount_positive",
                condition=Q(amount__gt=0),
                violation_error_message=_("The amount must be above zero."),
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("grant", args=[self.pk])

    @property
    def public_partner(self) -> Partner | None:
        """The partner, where the public may read of it."""
        return self.partner if self.partner and self.partner.is_public else None

    @property
    def recipient(self) -> str:
        """The organisation's name; a person's name is not published."""
        return str(self.organisation) if self.organisation_id else _now("Individual artist")


class AwardPerspective(PerspectiveTag):
    item = models.ForeignKey(Award, models.CASCADE, related_name="tags")

    class Meta(PerspectiveTag.Meta):
        verbose_name = _("perspective")
        verbose_name_plural = _("perspectives")
        constraints = [
            models.UniqueConstraint(fields=["item", "perspective"], name="award_perspective_once")
        ]
