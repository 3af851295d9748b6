"""The levels of government at which a question is decided or pursued."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")
    NORDIC = "nordic", _("Nordic")
    EU = "eu", _("EU")
    GLOBAL = "global", _("Global")
