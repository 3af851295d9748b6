"""The perspectives in the open API: what serves them is known up here only."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from agreements.models import Agreement, AgreementPerspective
from grants.models import Scheme, SchemePerspective
from networks.models import Network, NetworkPerspective, Position, PositionPerspective
from portal.core.api import OpenDataViewSet
from portal.core.filters import MomentFilter, OrderingFilter, PublicFilterSet
from portal.core.models import Perspective
from portal.core.representation import ApiUrl, Bilingual, PageUrl

# Goal and line lead to the perspectives that a public item with them claims.
TAGGED = (
    (AgreementPerspective, Agreement, ""),
    (SchemePerspective, Scheme, ""),
    (NetworkPerspective, Network, "engagements__"),
    (PositionPerspective, Position, ""),
)


class PerspectiveFilter(PublicFilterSet):
    search_fields = ("name_sv", "name_en", "purpose_sv", "purpose_en")

    updated_since = MomentFilter(label=_("Updated since"), method="by_history")
    ordering = OrderingFilter(order=("order", _("Order")))

    class Meta:
        model = Perspective
        fields: list[str] = []

    def by_perspective(self, queryset, name, value):
        return queryset.filter(slug__in=[found.slug for found in value]) if value else queryset

    def by_goal(self, queryset, name, value):
        return queryset.filter(claimed_by("goals", value))

    def by_line(self, queryset, name, value):
        return queryset.filter(claimed_by("line", value))

    def by_history(self, queryset, name, value):
        changes = Perspective.history.filter(id=OuterRef("pk"), history_date__gte=value)
        return queryset.filter(Exists(changes))


def claimed_by(column: str, value) -> Q:
    claimed = Q()
    for tags, items, path in TAGGED:
        serving = items.objects.public().filter(**{f"{path}{column}": value})
        claims = tags.objects.filter(perspective=OuterRef("pk"), item__in=serving.values("pk"))
        claimed |= Q(Exists(claims))
    return claimed


class PerspectiveSerializer(serializers.ModelSerializer):
    url = ApiUrl("perspectives")
    page = PageUrl()
    name = Bilingual()
    purpose = Bilingual()

    class Meta:
        model = Perspective
        fields = ["slug", "url", "page", "order", "mark", "name", "purpose"]


class PerspectiveViewSet(OpenDataViewSet):
    """The perspectives that every public item is tagged and followed up by."""

    serializer_class = PerspectiveSerializer
    filterset_class = PerspectiveFilter
    lookup_field = "slug"

    def get_queryset(self):
        return Perspective.objects.order_by("order", "pk")
