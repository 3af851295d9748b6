"""How a scheme's money is paid: in instalments, each released by something that has happened."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants.models.schemes import Scheme
from grants.querysets import InstalmentQuerySet
from portal.core.constraints import Check


class Instalment(models.Model):
    """A share of an award. Together the instalments of a scheme make the whole of it."""

    class Release(models.TextChoices):
        TERMS = "terms", _("when the terms have been accepted")
        INTERIM_REPORT = "interim", _("when an interim report has been approved")
        FINAL_REPORT = "final", _("when the final report has been approved")

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="instalments")
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    percent = models.PositiveSmallIntegerField(
        _("share of the award (%)"),
        help_text=_("The shares make 100 % together."),
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    released_by = models.CharField(_("is paid"), max_length=10, choices=Release.choices)

    objects = InstalmentQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        constraints = [
            Check(
                name="instalment_is_a_percentage",
                condition=Q(percent__gte=1, percent__lte=100),
                violation_error_message=_("The share must lie between 1 and 100 per cent."),
            )
        ]

    def __str__(self):
        told = _now("%(percent)s %% %(released)s")
        return told % {"percent": self.percent, "released": self.get_released_by_display()}
