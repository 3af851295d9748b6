"""The delegation order: what is decided in the committee's name by others."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.committee.querysets import DelegationPointQuerySet
from portal.core.models import User
from portal.core.money import MoneyField, format_money, validate_positive
from portal.core.roles import Role


class DelegationPoint(models.Model):
    """A point of the delegation order: what its delegates may decide instead of the committee."""

    code = models.CharField(_("point"), max_length=12, unique=True)
    name = models.CharField(_("matter"), max_length=200)
    ceiling = MoneyField(_("ceiling"), null=True, blank=True)
    delegates = models.ManyToManyField(User, verbose_name=_("delegates"), related_name="+")
    is_reported = models.BooleanField(
        _("reported to the committee"), default=True,
        help_text=_("Its decisions are listed on the next agenda; otherwise each is announced."),
    )  # fmt: skip
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)

    objects = DelegationPointQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("delegation point")
        verbose_name_plural = _("delegation order")

    def __str__(self):
        return f"{self.code} {self.name}"

    def ceiling_of(self, user) -> Decimal | None:
        """The most that a delegate may grant: by the highest of their roles that has a ceiling of
        its own, and never above the point's. None: no ceiling.
        """
        roles = user.groups.values_list("name", flat=True)
        theirs = self.role_ceilings.filter(role__in=roles).aggregate(most=models.Max("ceiling"))
        known = [one for one in (self.ceiling, theirs["most"]) if one is not None]
        return min(known, default=None)

    def covers(self, amount: Decimal | None, day) -> bool:
        """The point is in force, and names somebody who may grant as much."""
        return DelegationPoint.objects.covering(amount, day).filter(pk=self.pk).exists()

    def check_ceiling(self, amount: Decimal, *, by) -> None:
        """Raise ValidationError where the delegate would grant more than the point allows."""
        most = self.ceiling_of(by)
        if most is not None and amount > most:
            told = _now("Point %(point)s allows you at most %(ceiling)s.")
            raise ValidationError(
                {"amount": told % {"point": self.code, "ceiling": format_money(most)}}
            )


class RoleCeiling(models.Model):
    """How much those of a role may grant under a point, where it is less than the point allows."""

    point = models.ForeignKey(
        DelegationPoint, models.CASCADE, verbose_name=_("delegation point"),
        related_name="role_ceilings",
    )  # fmt: skip
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    ceiling = MoneyField(_("ceiling"), validators=[validate_positive])

    class Meta:
        ordering = ["pk"]
        verbose_name = _("ceiling of a role")
        verbose_name_plural = _("ceilings of roles")
        constraints = [
            models.UniqueConstraint(
                fields=["point", "role"], name="one_ceiling_per_role",
                violation_error_message=_("The role has a ceiling already."),
            ),
            models.CheckConstraint(
                condition=models.Q(ceiling__gt=0), name="role_ceiling_positive",
                violation_error_message=_("The ceiling must be above zero."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_role_display()}: {format_money(self.ceiling)}"
