from datetime import timedelta

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum

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

    def latest_first(self):
        return self.order_by("-pk")


class ObservationQuerySet(models.QuerySet):
    def not_yet_told(self):
        """What no briefing has gathered."""
        return self.filter(items=None)

    def lacking_a_language(self):
        lacking = Q()
        for name in ("title_sv", "title_en", "summary_sv", "summary_en"):
            lacking |= Q(**{name: ""}) | Q(**{name: None})
        return self.filter(lacking)


class BriefingQuerySet(PublishableQuerySet):
    def latest_first(self):
        return self.order_by("-published_at", "-pk")


class SubscriberQuerySet(models.QuerySet):
    def confirmed(self):
        return self.exclude(confirmed_at=None)
