from django.db import models
from django.db.models import Prefetch, Q
from django.db.models.functions import Collate

from portal.core.models import EuMembership
from portal.core.publishing import PublishableQuerySet
from portal.core.querysets import in_readers_language


class PartnerQuerySet(PublishableQuerySet):
    def counterparts(self):
        """Regions and organisations to work with; not the region's own bodies."""
        return self.exclude(kind="own_body")

    def own_bodies(self):
        return self.filter(kind="own_body")

    def active(self, at):
        """Partners that exist on a day; a day that is not known is open."""
        return self.filter(
            Q(active_from=None) | Q(active_from__lte=at),
            Q(active_until=None) | Q(active_until__gte=at),
        )

    def alphabetical(self):
        """Swedish order by the name in the reader's language."""
        name = in_readers_language("name", "slug")
        return self.annotate(sort_name=Collate(name, "sv")).order_by("sort_name", "pk")

    def with_tags(self):
        tags = self.model.tags.rel.related_model.objects.select_related("perspective")
        return self.prefetch_related(Prefetch("tags", tags))

    def on_the_map(self):
        return self.exclude(Q(lat=None) | Q(lon=None))

    def in_eu(self, at):
        """Annotate whether the partner's country is in the EU on a day."""
        return self.annotate(in_eu=EuMembership.objects.covering("country", at))


class InteractionQuerySet(models.QuerySet):
    def to_follow_up(self, at):
        """What was to follow by a day that has come, and nobody has noted that it did."""
        return self.filter(follow_up_on__lte=at, followed_up_on=None)
