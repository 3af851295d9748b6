"""The levels of government at which a question is decided or pursued."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")
    NORDIC = "nordic", _("Nordic")
    EU = "eu", _("EU")
    GLOBAL = "global", _("Global")


def by_level(steps: Iterable) -> list[tuple[Level, list]]:
    """Steps under the level each was taken at, the latest first; levels without any left out."""
    latest = sorted(steps, key=lambda step: (step.taken_on, step.pk), reverse=True)
    found = [(level, [step for step in latest if step.level == level]) for level in Level]
    return [(level, taken) for level, taken in found if taken]
