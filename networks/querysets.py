from datetime import UTC, datetime, timedelta

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from networks.workflow import EngagementState
from portal.core.publishing import PublishableQuerySet


class DatedQuerySet(models.QuerySet):
    """Rows with `start` and `end`; a day that is not known is open."""

    def current(self, at):
        """Rows that hold on a day."""
        return self.filter(Q(start=None) | Q(start__lte=at), Q(end=None) | Q(end__gte=at))


class EngagementQuerySet(DatedQuerySet):
    def decided(self):
        """What holds or has held, by decision or source; not what is only proposed."""
        return self.filter(state=EngagementState.IN_FORCE)

    def current(self, at):
        """Engagements that hold on a day, the latest first."""
        return super().current(at).decided().order_by(F("start").desc(nulls_last=True), "-pk")

    def end_before(self, day) -> list[int]:
        """The engagements still running end the day before; gives their keys."""
        running = self.decided().filter(end=None)
        ended = list(running.values_list("pk", flat=True))
        running.update(end=day - timedelta(days=1))
        return ended


class NetworkQuerySet(PublishableQuerySet):
    def with_engagement(self, at):
        """Annotate the level of engagement that holds on a day."""
        engagements = self.model.engagements.rel.related_model.objects
        current = engagements.current(at).filter(network=OuterRef("pk"))
        return self.annotate(engagement=Subquery(current.values("level")[:1]))

    def by_acronym(self):
        return self.order_by("acronym", "pk")

    def with_tags(self):
        return self.prefetch_related("tags__perspective").select_related("parent")


class ParticipationQuerySet(DatedQuerySet):
    def public(self):
        """Who the public may read of, in networks it may read of."""
        return self.filter(partner__publication="published", network__publication="published")


class MembershipQuerySet(DatedQuerySet):
    def public(self):
        return self.filter(network__publication="published")

    def cost_by_year(self):
        """Year and kronor, the latest first."""
        fees = self.model.fees.rel.related_model.objects.filter(membership__in=self.order_by())
        return fees.order_by("-year").values_list("year").annotate(kronor=Sum("amount"))


class RepresentativeQuerySet(DatedQuerySet):
    def public(self):
        return self.filter(is_public=True, network__publication="published")

    def ending(self, at, days: int = 90):
        """Mandates that run out within so many days."""
        return self.current(at).filter(end__lte=at + timedelta(days=days))


class NetworkMeetingQuerySet(models.QuerySet):
    def public(self):
        return self.filter(is_public=True, network__publication="published")

    def unreported(self, at):
        """Held, and no report has come home."""
        return self.filter(starts_on__lt=at, report="")


class TaskQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_on=None)


class PositionQuerySet(PublishableQuerySet):
    def with_tags(self):
        return self.prefetch_related("tags__perspective")

    def with_steps(self):
        """The way of each, with all that its steps name."""
        steps = self.model.steps.rel.related_model.objects.with_places()
        return self.prefetch_related(Prefetch("steps", steps))

    def latest_first(self):
        return self.order_by("-pk")

    def reached(self, level):
        """Those that have been pursued at a level of government."""
        return self.with_step(level=level)

    def pursued_in(self, network):
        return self.with_step(network=network)

    def with_step(self, **conditions):
        steps = self.model.steps.rel.related_model.objects
        return self.filter(Exists(steps.filter(position=OuterRef("pk"), **conditions)))


class PositionStepQuerySet(models.QuerySet):
    def with_places(self):
        return self.select_related("network__parent", "group", "carried_by__network")

    def lacking_a_language(self):
        """Without its text, or with a result in one language only."""
        empty = {
            name: Q(**{name: ""}) | Q(**{name: None})
            for name in ("text_sv", "text_en", "result_sv", "result_en")
        }
        half = Q(empty["result_sv"], ~empty["result_en"]) | Q(
            ~empty["result_sv"], empty["result_en"]
        )
        return self.filter(empty["text_sv"] | empty["text_en"] | half)


class ObservationQuerySet(models.QuerySet):
    def with_told(self):
        """Annotate whether a briefing has gathered it."""
        items = self.model.items.rel.related_model.objects
        return self.annotate(is_told=Exists(items.filter(observation=OuterRef("pk"))))

    def told(self):
        return self.with_told().filter(is_told=True)

    def not_yet_told(self):
        """What no briefing has gathered."""
        return self.with_told().filter(is_told=False)

    def lacking_a_language(self):
        lacking = Q()
        for name in ("title_sv", "title_en", "summary_sv", "summary_en"):
            lacking |= Q(**{name: ""}) | Q(**{name: None})
        return self.filter(lacking)


class BriefingItemQuerySet(models.QuerySet):
    def with_observations(self):
        """All that a page or a mail tells, in the editor's order."""
        items = self.select_related("observation__network")
        return items.prefetch_related("observation__perspectives")


class BriefingQuerySet(PublishableQuerySet):
    def with_items(self):
        return self.prefetch_related(
            Prefetch("items", self.model.items.rel.related_model.objects.with_observations())
        )

    def latest_first(self):
        """By the day they were published; drafts, which have none, come last."""
        published = Coalesce("published_at", Value(datetime.min.replace(tzinfo=UTC)))
        return self.annotate(appeared=published).order_by("-appeared", "-pk")

    @transaction.atomic
    def gather(self, observations, at):
        """A new draft with these observations, the most relevant and most urgent first."""
        day = timezone.localdate(at)
        taken = self.filter(slug__startswith=f"{day}").count()
        briefing = self.create(
            slug=f"{day}-{taken + 1}" if taken else f"{day}",
            **{f"title_{code}": _title(day, code) for code in ("sv", "en")},
        )
        urgent = observations.order_by("-relevance", F("deadline").asc(nulls_last=True), "pk")
        briefing.items.bulk_create(
            briefing.items.model(briefing=briefing, observation=observation, order=order)
            for order, observation in enumerate(urgent, 1)
        )
        return briefing

    def concerning(self, perspectives):
        """With an observation that concerns any of the perspectives."""
        items = self.model.items.rel.related_model.objects.filter(briefing=OuterRef("pk"))
        return self.filter(Exists(items.filter(observation__perspectives__in=perspectives)))


def _title(day, language: str) -> str:
    with override(language):
        return _("Briefing, %(month)s") % {"month": date_format(day, "F Y")}


class SubscriberQuerySet(models.QuerySet):
    def confirmed(self):
        return self.exclude(confirmed_at=None)
