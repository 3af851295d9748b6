"""The network, its parts and who takes part in it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from networks.models.periods import check_group, check_period
from networks.querysets import NetworkQuerySet, ParticipationQuerySet
from networks.workflow import NETWORK, EngagementLevel
from partners.models import Partner
from portal.core.constraints import Check, Unique
from portal.core.models import Perspective
from portal.core.publishing import OwnAddress, Publishable
from portal.core.strategy import PerspectiveTag
from portal.core.workflow import RecordedInHistory


class Network(RecordedInHistory, Publishable):
    """An EU organisation or a professional cultural network."""

    class Kind(models.TextChoices):
        EU_ORGANISATION = "eu_organisation", _("EU organisation")
        PROFESSIONAL = "professional", _("Professional cultural network")

    slug = models.SlugField(_("address"), unique=True, validators=[OwnAddress("network")])
    acronym = models.CharField(_("acronym"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=150, db_collation="sv")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("part of"),
        related_name="commissions",
        null=True,
        blank=True,
    )
    about = models.TextField(_("description"), max_length=3000, blank=True)
    website = models.URLField(_("website"), blank=True)
    perspectives = models.ManyToManyField(
        Perspective, verbose_name=_("perspectives"), through="NetworkPerspective"
    )
    source = models.TextField(_("source of the facts"), max_length=500, blank=True)

    workflow = NETWORK
    bilingual = ("name", "about")
    objects = NetworkQuerySet.as_manager()
    engagement: str | None  # annotated by `with_engagement`

    class Meta:
        ordering = ["acronym"]
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        constraints = [
            Check(
                name="network_is_not_its_own_parent",
                condition=Q(parent=None) | ~Q(parent=F("pk")),
                violation_error_message=_("A network cannot be a part of itself."),
            )
        ]

    def __str__(self):
        return self.acronym

    def get_absolute_url(self):
        return reverse("network", args=[self.slug])

    @property
    def public_parent(self) -> "Network | None":
        """What it is part of, where the public may read of that."""
        return self.parent if self.parent and self.parent.is_public else None

    @property
    def engagement_label(self) -> str:
        """The level annotated by `with_engagement`, in words."""
        return str(EngagementLevel(self.engagement).label) if self.engagement else ""


class NetworkPerspective(PerspectiveTag):
    item = models.ForeignKey(Network, models.CASCADE, related_name="tags")

    class Meta(PerspectiveTag.Meta):
        verbose_name = _("perspective")
        verbose_name_plural = _("perspectives")
        constraints = [
            models.UniqueConstraint(fields=["item", "perspective"], name="network_perspective_once")
        ]


class WorkingGroup(models.Model):
    network = models.ForeignKey(Network, models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=150)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")

    def __str__(self):
        return self.name


class MemberCount(models.Model):
    """How many members a network had, as somebody said on a day that may be unknown."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="member_counts")
    count = models.PositiveIntegerField(_("members"))
    as_of = models.DateField(_("as of"), null=True, blank=True)
    source = models.TextField(_("source"), max_length=500)

    class Meta:
        ordering = [F("as_of").desc(nulls_last=True), "-pk"]
        verbose_name = _("member count")
        verbose_name_plural = _("member counts")

    def __str__(self):
        return str(self.count)


class Participation(models.Model):
    """A partner, or one of the region's own bodies, that takes part in a network."""

    network = models.ForeignKey(
        Network, models.CASCADE, verbose_name=_("network"), related_name="participations"
    )
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        verbose_name=_("partner or own body"),
        related_name="network_participations",
    )
    group = models.ForeignKey(
        WorkingGroup,
        models.PROTECT,
        verbose_name=_("working group"),
        related_name="participations",
        null=True,
        blank=True,
    )
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("to"), null=True, blank=True)
    source = models.TextField(_("source"), max_length=500, blank=True)

    invented = models.BooleanField(_("invented for the demo"), default=False, editable=False)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("participation")
        verbose_name_plural = _("who takes part")
        constraints = [
            Check(
                name="participation_ends_after_start",
                condition=Q(start=None) | Q(end=None) | Q(end__gte=F("start")),
                violation_error_message=_("The end cannot lie before the start."),
            ),
            Unique(
                fields=["network", "partner"],
                condition=Q(end=None, group=None),
                name="participates_once_at_a_time",
                violation_error_message=_("It takes part already."),
            ),
            Unique(
                fields=["group", "partner"],
                condition=Q(end=None, group__isnull=False),
                name="participates_once_in_a_group",
                violation_error_message=_("It takes part in this group already."),
            ),
        ]

    def __str__(self):
        return f"{self.partner}, {self.network}"

    def clean(self):
        check_period(self)
        check_group(self)
