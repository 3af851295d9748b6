"""How items are tagged by the strategy: perspectives with how, goals and a line of work."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class PerspectiveTag(models.Model):
    """An item's claim on a perspective: how it serves it (planned) and what came of it (achieved).

    Each item type has its own table of tags, so that the database keeps the reference.
    """

    perspective = models.ForeignKey(
        "core.Perspective",
        models.PROTECT,
        verbose_name=_("perspective"),
        related_name="+",
    )
    how = models.TextField(_("how (planned)"), blank=True, max_length=1000)
    achieved = models.TextField(_("what came of it (achieved)"), blank=True, max_length=1000)

    class Meta:
        abstract = True
        ordering = ["perspective__order"]

    def __str__(self):
        return str(self.perspective)


class StrategyTagged(models.Model):
    """An item that names strategy goals and one line of work."""

    goals = models.ManyToManyField(
        "core.StrategyGoal", verbose_name=_("strategy goals"), blank=True
    )
    line = models.ForeignKey(
        "core.LineOfWork", models.PROTECT, verbose_name=_("line of work"), null=True, blank=True
    )

    class Meta:
        abstract = True


@dataclass(frozen=True)
class StrategyTags:
    """What a decision copies from its subject, so that statistics never drift."""

    perspectives: tuple[models.Model, ...]
    goals: tuple[models.Model, ...]
    line: models.Model | None
    country: str
