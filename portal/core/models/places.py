"""Where applicants live, and which countries are in the European Union when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.constraints import Check
from portal.core.countries import country_name, validate_country
from portal.core.querysets import EuMembershipQuerySet


class Municipality(models.Model):
    """A municipality of the region, where applicants live and work (SCB's four-digit code)."""

    code = models.CharField(_("code"), max_length=4, unique=True)
    name = models.CharField(_("name"), max_length=60, db_collation="sv")

    class Meta:
        ordering = ["name"]
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")

    def __str__(self):
        return self.name


class EuMembership(models.Model):
    """A country's time in the European Union; both days belong to it."""

    country = models.CharField(_("country"), max_length=2, validators=[validate_country])
    start = models.DateField(_("from"))
    end = models.DateField(_("to"), null=True, blank=True)

    objects = EuMembershipQuerySet.as_manager()

    class Meta:
        ordering = ["start", "country"]
        verbose_name = _("EU membership")
        verbose_name_plural = _("EU memberships")
        constraints = [
            models.UniqueConstraint(fields=["country", "start"], name="eu_membership_once"),
            Check(
                condition=models.Q(end=None) | models.Q(end__gte=models.F("start")),
                name="eu_membership_ends_after_start",
                violation_error_message=_("The end cannot lie before the start."),
            ),
        ]

    def __str__(self):
        return country_name(self.country)
