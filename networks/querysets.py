from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from portal.core.publishing import PublishableQuerySet


class EngagementQuerySet(models.QuerySet):
    def current(self, at):
        """Engagements that hold on a day; unknown dates are open."""
        return self.filter(Q(start=None) | Q(start__lte=at), Q(end=None) | Q(end__gte=at)).order_by(
            F("start").desc(nulls_last=True), "-pk"
        )


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
