"""The steps of a position: where and when it was pursued, by whom, and what each led to."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from networks.levels import Level
from networks.models.networks import Network, WorkingGroup
from networks.models.positions import Position
from networks.models.representatives import Representative
from networks.querysets import PositionStepQuerySet
from portal.core.constraints import Check
from portal.core.dates import Precision, last_day, partial_date


class PositionStep(models.Model):
    """A step on the way, at one level and through one channel.

    A day that is known to the year or the month is kept as its first, so that it stands in order.
    """

    class Channel(models.TextChoices):
        NETWORK = "network", _("Network")
        GROUP = "group", _("Working group")
        CONSULTATION = "consultation", _("Consultation")
        MEETING = "meeting", _("Meeting")
        LETTER = "letter", _("Letter")

    position = models.ForeignKey(Position, models.CASCADE, related_name="steps")
    taken_on = models.DateField(_("when"))
    precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel.choices)
    network = models.ForeignKey(
        Network,
        models.PROTECT,
        verbose_name=_("network"),
        related_name="position_steps",
        null=True,
        blank=True,
    )
    group = models.ForeignKey(
        WorkingGroup,
        models.PROTECT,
        verbose_name=_("committee or working group"),
        related_name="position_steps",
        null=True,
        blank=True,
    )
    carried_by = models.ForeignKey(
        Representative,
        models.PROTECT,
        verbose_name=_("carried by"),
        related_name="position_steps",
        null=True,
        blank=True,
    )
    text = models.TextField(_("what was done"), max_length=1000)
    result = models.TextField(_("what it led to"), max_length=1000, blank=True)
    source_url = models.URLField(_("source"), blank=True)

    objects = PositionStepQuerySet.as_manager()

    class Meta:
        ordering = ["taken_on", "pk"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            Check(
                name="step_in_a_network_names_it",
                condition=~Q(channel__in=("network", "group")) | Q(network__isnull=False),
                violation_error_message=_("Name the network, or choose another channel."),
            ),
            Check(
                name="step_in_a_group_names_it",
                condition=~Q(channel="group") | Q(group__isnull=False),
                violation_error_message=_("Name the group, or choose another channel."),
            ),
            Check(
                name="step_names_the_groups_network",
                condition=Q(group=None) | Q(network__isnull=False),
                violation_error_message=_("Name the network that the group belongs to."),
            ),
        ]

    def __str__(self):
        return f"{self.when} {self.get_channel_display()}"

    @property
    def when(self) -> str:
        return partial_date(self.taken_on, self.precision)

    # --- What the public may read ----------------------------------------------------------------

    @property
    def public_network(self) -> Network | None:
        """The network it went through, where the public may read of that."""
        return self.network if self.network and self.network.is_public else None

    @property
    def public_group(self) -> WorkingGroup | None:
        return self.group if self.public_network else None

    @property
    def public_carrier(self) -> str | None:
        """Who carried it: by name only where the person is shown in public."""
        carrier = self.carried_by
        shown = carrier and carrier.is_public and carrier.network.is_public
        return carrier.name if shown else None  # type: ignore[union-attr]

    @property
    def source_host(self) -> str:
        return urlsplit(self.source_url).hostname or ""

    # --- What must hold --------------------------------------------------------------------------

    def clean(self):
        if self.taken_on and self.precision != Precision.DAY:
            month = 1 if self.precision == Precision.YEAR else self.taken_on.month
            self.taken_on = self.taken_on.replace(month=month, day=1)
        wrong = {**self._wrong_place(), **self._wrong_day(), **self._missing_language()}
        if wrong:
            raise ValidationError(wrong)

    def _wrong_place(self) -> dict[str, str]:
        wrong = {}
        if self.network_id is None and (self.group_id or self.channel in ("network", "group")):
            wrong["network"] = _now("Name the network.")
        if self.channel == self.Channel.GROUP and self.group_id is None:
            wrong["group"] = _now("Name the committee or working group.")
        elif self.group and self.network_id and self.group.network_id != self.network_id:
            wrong["group"] = _now("That group belongs to another network.")
        return wrong

    def _wrong_day(self) -> dict[str, str]:
        if self.taken_on is None:
            return {}
        wrong = {}
        if self.taken_on > timezone.localdate():
            wrong["taken_on"] = _now("That day has not come yet.")
        person, last = self.carried_by, last_day(self.taken_on, self.precision)
        if person and (person.start > last or (person.end and person.end < self.taken_on)):
            wrong["carried_by"] = _now("The person had no mandate then.")
        return wrong

    def _missing_language(self) -> dict[str, str]:
        """What stands on a public page stands there in both languages."""
        if not self.position.is_public:
            return {}
        told = bool(self.result_sv or self.result_en)  # type: ignore[attr-defined]
        needed = ["text_sv", "text_en", *(["result_sv", "result_en"] if told else [])]
        reason = _now("The position is published: write it in both languages.")
        return {name: reason for name in needed if not getattr(self, name)}
