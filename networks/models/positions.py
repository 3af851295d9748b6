"""The influence log: what we pursue, through which channels, and what came of it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from networks.levels import Level
from networks.models.networks import Network, WorkingGroup
from networks.models.representatives import Representative
from networks.querysets import PositionQuerySet
from networks.workflow import POSITION, PositionState
from portal.core.constraints import Check
from portal.core.dates import Precision, partial_date
from portal.core.models import Perspective
from portal.core.publishing import Publishable
from portal.core.strategy import PerspectiveTag, StrategyTagged
from portal.core.workflow import RecordedInHistory, verb


class Position(RecordedInHistory, StrategyTagged, Publishable):
    """A position or question that the region pursues, from idea to outcome."""

    slug = models.SlugField(_("address"), unique=True)
    title = models.CharField(_("title"), max_length=200, db_collation="sv")
    question = models.TextField(_("what it is about"), max_length=3000, blank=True)
    aim = models.TextField(_("what we want"), max_length=2000, blank=True)
    state = models.CharField(
        _("state"),
        max_length=16,
        choices=PositionState.choices,
        default=PositionState.IDEA,
        editable=False,
        db_index=True,
    )
    outcome = models.TextField(_("what came of it"), max_length=3000, blank=True)
    concluded_on = models.DateField(_("concluded"), null=True, blank=True, editable=False)
    perspectives = models.ManyToManyField(
        Perspective, verbose_name=_("perspectives"), through="PositionPerspective"
    )
    source = models.TextField(_("source of the facts"), max_length=500, blank=True)
    invented = models.BooleanField(_("invented for the demo"), default=False, editable=False)

    workflow = POSITION
    bilingual = ("title", "question", "aim")
    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("position")
        verbose_name_plural = _("influence log")

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("position", args=[self.slug])

    def missing_for_publication(self) -> list[str]:
        missing = super().missing_for_publication()
        if not self.goals.exists():
            missing.append(_now("at least one strategy goal"))
        if self.line_id is None:
            missing.append(_now("line of work"))
        return missing

    @verb
    def prepare(self, *, by, at):
        """Somebody works it out."""

    @verb
    def pursue(self, *, by, at):
        """It has been brought forward somewhere: a first step says where."""
        if not self.steps.exists():
            raise ValidationError(_now("Note the first step: when, where and how it was pursued."))

    @verb
    def note_influenced(self, *, by, at, outcome_sv: str, outcome_en: str, concluded_on):
        self._conclude(outcome_sv, outcome_en, concluded_on)

    @verb
    def note_partly_influenced(self, *, by, at, outcome_sv: str, outcome_en: str, concluded_on):
        self._conclude(outcome_sv, outcome_en, concluded_on)

    @verb
    def note_not_influenced(self, *, by, at, outcome_sv: str, outcome_en: str, concluded_on):
        self._conclude(outcome_sv, outcome_en, concluded_on)

    @verb
    def lay_down(self, *, by, at):
        """It is not pursued any more."""

    @verb
    def take_up(self, *, by, at):
        """Pursued again: the outcome noted before is taken back."""
        self.outcome_sv = self.outcome_en = ""
        self.concluded_on = None

    def _conclude(self, outcome_sv, outcome_en, concluded_on) -> None:
        self.outcome_sv, self.outcome_en = outcome_sv, outcome_en
        self.concluded_on = concluded_on


class PositionPerspective(PerspectiveTag):
    item = models.ForeignKey(Position, models.CASCADE, related_name="tags")

    class Meta(PerspectiveTag.Meta):
        verbose_name = _("perspective")
        verbose_name_plural = _("perspectives")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "perspective"], name="position_perspective_once"
            )
        ]


class PositionStep(models.Model):
    """A step on the way: where and when the position was pursued, by whom, and what it led to."""

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

    class Meta:
        ordering = ["taken_on", "pk"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            Check(
                name="step_in_a_network_names_it",
                condition=~models.Q(channel__in=("network", "group"))
                | models.Q(network__isnull=False),
                violation_error_message=_("Name the network, or choose another channel."),
            )
        ]

    def __str__(self):
        return f"{self.when} {self.get_channel_display()}"

    @property
    def when(self) -> str:
        return partial_date(self.taken_on, self.precision)
