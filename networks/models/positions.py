"""The influence log: what we pursue, through which channels, and what came of it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from networks.levels import Level
from networks.querysets import PositionQuerySet
from networks.workflow import CONCLUDED, POSITION, PositionState
from portal.core.models import Perspective
from portal.core.publishing import OwnAddress, Publishable
from portal.core.strategy import PerspectiveTag, StrategyTagged
from portal.core.workflow import RecordedInHistory, verb


class Position(RecordedInHistory, StrategyTagged, Publishable):
    """A position or question that the region pursues, from idea to outcome."""

    slug = models.SlugField(_("address"), unique=True, validators=[OwnAddress("position")])
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
        verbose_name_plural = _("positions in the influence log")
        constraints = [
            models.CheckConstraint(
                name="concluded_position_has_its_day",
                condition=models.Q(
                    state__in=("influenced", "partly", "not_influenced"),
                    concluded_on__isnull=False,
                )
                | (
                    ~models.Q(state__in=("influenced", "partly", "not_influenced"))
                    & models.Q(concluded_on=None)
                ),
            )
        ]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("position", args=[self.slug])

    @property
    def is_concluded(self) -> bool:
        return self.state in CONCLUDED

    # --- The way, as read from its steps ---------------------------------------------------------

    @property
    def levels(self) -> list[Level]:
        """The levels it has reached, from the nearest to the widest."""
        reached = {step.level for step in self.steps.all()}
        return [level for level in Level if level in reached]

    @property
    def networks(self) -> list:
        """The networks it has been carried through that the public may read of."""
        found = (step.public_network for step in self.steps.all())
        return list(dict.fromkeys(network for network in found if network))

    @property
    def other_channels(self) -> list[str]:
        """How it has been pursued besides through networks, in words."""
        found = (step for step in self.steps.all() if not step.public_network)
        return list(dict.fromkeys(step.get_channel_display() for step in found))

    def missing_for_publication(self) -> list[str]:
        missing = super().missing_for_publication()
        if not self.goals.exists():
            missing.append(_now("at least one strategy goal"))
        if self.line_id is None:
            missing.append(_now("line of work"))
        steps = ", ".join(map(str, self.steps.lacking_a_language()))  # type: ignore[attr-defined]
        if steps:
            missing.append(_now("both languages of: %(titles)s") % {"titles": steps})
        return missing

    # --- Verbs ----------------------------------------------------------------------------------

    @verb
    def prepare(self, *, by, at):
        """Somebody works it out; what was laid down may be prepared anew."""

    @verb
    def pursue(self, *, by, at):
        """It has been brought forward somewhere: a first step says where."""
        self._first_step()

    @verb
    def note_influenced(self, *, by, at, outcome_sv: str, outcome_en: str, concluded_on: date):
        self._conclude(at, outcome_sv, outcome_en, concluded_on)

    @verb
    def note_partly_influenced(
        self, *, by, at, outcome_sv: str, outcome_en: str, concluded_on: date
    ):
        self._conclude(at, outcome_sv, outcome_en, concluded_on)

    @verb
    def note_not_influenced(self, *, by, at, outcome_sv: str, outcome_en: str, concluded_on: date):
        self._conclude(at, outcome_sv, outcome_en, concluded_on)

    @verb
    def lay_down(self, *, by, at):
        """It is not pursued any more."""

    @verb
    def take_up(self, *, by, at):
        """Pursued again: the outcome noted before is taken back, and stays in the history."""
        self._first_step()
        self.outcome_sv = self.outcome_en = ""
        self.concluded_on = None

    def _first_step(self):
        """Raises ValidationError where nobody has said how it was pursued."""
        first = self.steps.first()
        if first is None:
            raise ValidationError(_now("Note the first step: when, where and how it was pursued."))
        return first

    def _conclude(self, at, outcome_sv: str, outcome_en: str, concluded_on: date) -> None:
        """Said in both languages, on a day between the first step and today."""
        wrong = {
            name: _now("Say what came of it.")
            for name, text in {"outcome_sv": outcome_sv, "outcome_en": outcome_en}.items()
            if not text.strip()
        }
        if concluded_on > timezone.localdate(at):
            wrong["concluded_on"] = _now("That day has not come yet.")
        elif concluded_on < self._first_step().taken_on:
            wrong["concluded_on"] = _now("That is before the first step.")
        if wrong:
            raise ValidationError(wrong)
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
