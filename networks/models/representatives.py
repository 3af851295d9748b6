"""Who represents the region in a network, and with what mandate."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from networks.models.networks import Network, WorkingGroup
from networks.models.periods import check_group, check_period
from networks.querysets import RepresentativeQuerySet
from partners.models import Partner
from portal.core.constraints import Check
from portal.core.models import User
from portal.core.workflow import RecordedInHistory


class Representative(RecordedInHistory, models.Model):
    """A person who speaks for the region in a network, elected or employed, for a time."""

    class Kind(models.TextChoices):
        ELECTED = "elected", _("Elected representative")
        STAFF = "staff", _("Member of staff")

    network = models.ForeignKey(
        Network, models.PROTECT, verbose_name=_("network"), related_name="representatives"
    )
    group = models.ForeignKey(
        WorkingGroup,
        models.PROTECT,
        verbose_name=_("committee or working group"),
        related_name="representatives",
        null=True,
        blank=True,
    )
    name = models.CharField(_("name"), max_length=120, db_collation="sv")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    user = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("account"), related_name="+", null=True, blank=True
    )
    body = models.ForeignKey(
        Partner,
        models.PROTECT,
        verbose_name=_("appointed by"),
        related_name="representatives",
        null=True,
        blank=True,
        limit_choices_to={"kind": "own_body"},
        help_text=_("Empty: the committee itself."),
    )
    substitute_for = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("substitute for"),
        related_name="substitutes",
        null=True,
        blank=True,
    )
    start = models.DateField(_("mandate from"))
    end = models.DateField(_("mandate to"), null=True, blank=True)
    source = models.TextField(_("source or decision"), max_length=500, blank=True)
    is_public = models.BooleanField(
        _("public"), default=False, help_text=_("The public page names the person.")
    )

    invented = models.BooleanField(_("invented for the demo"), default=False, editable=False)

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        ordering = ["network__acronym", "name"]
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        constraints = [
            Check(
                name="mandate_ends_after_start",
                condition=Q(end=None) | Q(end__gte=F("start")),
                violation_error_message=_("The end cannot lie before the start."),
            ),
            Check(
                name="nobody_substitutes_oneself",
                condition=Q(substitute_for=None) | ~Q(substitute_for=F("pk")),
                violation_error_message=_("Nobody is their own substitute."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        check_period(self)
        check_group(self)
        other = self.substitute_for
        if other and other.network_id != self.network_id:
            raise ValidationError(
                {"substitute_for": _now("This person speaks for the region in another network.")}
            )

    @property
    def public_body(self) -> Partner | None:
        """Where the person comes from, where the public may read of that body."""
        return self.body if self.body and self.body.is_public else None

    @property
    def public_principal(self) -> "Representative | None":
        """For whom the person is substitute, where the public page names that person, too."""
        principal = self.substitute_for
        return principal if principal and principal.is_public else None
