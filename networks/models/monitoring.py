"""Monitoring: what is observed outside, and the briefings it is gathered into."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from networks.levels import Level
from networks.models.networks import Network
from networks.models.positions import Position
from networks.models.subscribers import readers
from networks.querysets import BriefingItemQuerySet, BriefingQuerySet, ObservationQuerySet
from networks.workflow import BRIEFING
from portal.core.models import Perspective, User
from portal.core.outbox import post
from portal.core.publishing import OwnAddress, Publishable
from portal.core.workflow import RecordedInHistory, verb


class Observation(RecordedInHistory, models.Model):
    """Something in culture policy outside that concerns the region: with source, day, deadline."""

    class Kind(models.TextChoices):
        CONSULTATION = "consultation", _("Consultation")
        CALL = "call", _("Call for proposals")
        LEGISLATION = "legislation", _("Legislative step")
        POLICY = "policy", _("Policy")
        EVENT = "event", _("Event")

    class Relevance(models.IntegerChoices):
        SOME = 1, _("Good to know")
        HIGH = 2, _("Concerns us")
        ACT = 3, _("We should act")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200, db_collation="sv")
    summary = models.TextField(_("in short"), max_length=1500, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    source = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(_("address of the source"), blank=True)
    observed_on = models.DateField(_("date"), db_index=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True, db_index=True)
    relevance = models.PositiveSmallIntegerField(_("relevance"), choices=Relevance.choices)
    why = models.TextField(_("why it concerns us"), max_length=1000, blank=True)
    perspectives = models.ManyToManyField(
        Perspective, verbose_name=_("perspectives"), related_name="+", blank=True
    )
    network = models.ForeignKey(
        Network,
        models.PROTECT,
        verbose_name=_("seen through"),
        related_name="observations",
        null=True,
        blank=True,
    )
    position = models.ForeignKey(
        Position,
        models.PROTECT,
        verbose_name=_("led to the position"),
        related_name="observations",
        null=True,
        blank=True,
    )
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    noted_at = models.DateTimeField(_("noted"), auto_now_add=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["-observed_on", "-pk"]
        verbose_name = _("observation")
        verbose_name_plural = _("observations")

    def __str__(self):
        return self.title or ""


class Briefing(RecordedInHistory, Publishable):
    """Observations gathered by an editor for staff, elected members and subscribers.

    Its perspectives are those of its observations.
    """

    slug = models.SlugField(_("address"), unique=True, validators=[OwnAddress("briefing")])
    title = models.CharField(_("title"), max_length=200, db_collation="sv")
    intro = models.TextField(_("introduction"), max_length=3000, blank=True)
    observations = models.ManyToManyField(
        Observation, verbose_name=_("observations"), through="BriefingItem"
    )
    published_at = models.DateTimeField(_("published"), null=True, editable=False, db_index=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True, editable=False)
    invented = models.BooleanField(_("invented for the demo"), default=False, editable=False)

    workflow = BRIEFING
    bilingual = ("title", "intro")
    objects = BriefingQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("briefing")
        verbose_name_plural = _("briefings")

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("briefing", args=[self.slug])

    @property
    def perspectives(self):
        """Those that its observations concern."""
        observed = Observation.perspectives.through.objects.filter(
            observation__in=self.observations.all()
        )
        return Perspective.objects.filter(pk__in=observed.values("perspective"))

    def missing_for_publication(self) -> list[str]:
        missing = super().missing_for_publication()
        if not self.observations.exists():
            missing.append(_now("at least one observation"))
        titles = ", ".join(map(str, self.observations.lacking_a_language()))  # type: ignore[attr-defined]
        if titles:
            missing.append(_now("both languages of: %(titles)s") % {"titles": titles})
        return missing

    @verb
    def publish(self, *, by, at):
        """On the page and in the feed; the first time decides its day."""
        missing = self.missing_for_publication()
        if missing:
            raise ValidationError(
                _now("Before publication, fill in: %(fields)s.") % {"fields": ", ".join(missing)}
            )
        self.published_at = self.published_at or at

    @verb
    def mail_out(self, *, by, at):
        """Write the mail to everyone who reads briefings, once."""
        if self.mailed_at:
            raise ValidationError(_now("It has been mailed already."))
        self.mailed_at = at
        items = list(self.items.with_observations())
        for reader in readers():
            post(
                to=reader,
                template="networks/mail/briefing.txt",
                context={"briefing": self, "items": items},
                unsubscribe_url=reader.unsubscribe_url,
            )


class BriefingItem(models.Model):
    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="items")
    observation = models.ForeignKey(
        Observation, models.PROTECT, verbose_name=_("observation"), related_name="items"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = BriefingItemQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            models.UniqueConstraint(
                fields=["briefing", "observation"], name="observation_once_a_briefing"
            )
        ]

    def __str__(self):
        return str(self.observation)
