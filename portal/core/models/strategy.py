"""The strategy that all work is tagged and followed up by."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Perspective(models.Model):
    """One of the policy perspectives that every public item is tagged and followed up by."""

    class Mark(models.TextChoices):
        CIRCLE = "circle", _("circle")
        SQUARE = "square", _("square")
        TRIANGLE = "triangle", _("triangle")
        DIAMOND = "diamond", _("diamond")

    slug = models.SlugField(_("address"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"), unique=True)
    mark = models.CharField(_("mark"), max_length=10, choices=Mark.choices, unique=True)
    name = models.CharField(_("name"), max_length=80, db_collation="sv")
    purpose = models.TextField(_("purpose"), max_length=500)

    class Meta:
        ordering = ["order"]
        verbose_name = _("perspective")
        verbose_name_plural = _("perspectives")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("perspective", args=[self.slug])


class StrategyGoal(models.Model):
    slug = models.SlugField(_("address"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"), unique=True)
    name = models.CharField(_("name"), max_length=120, db_collation="sv")
    text = models.TextField(_("text"), max_length=500)

    class Meta:
        ordering = ["order"]
        verbose_name = _("strategy goal")
        verbose_name_plural = _("strategy goals")

    def __str__(self):
        return self.name


class LineOfWork(models.Model):
    slug = models.SlugField(_("address"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"), unique=True)
    name = models.CharField(_("name"), max_length=120, db_collation="sv")
    text = models.TextField(_("text"), max_length=500)

    class Meta:
        ordering = ["order"]
        verbose_name = _("line of work")
        verbose_name_plural = _("lines of work")

    def __str__(self):
        return self.name
