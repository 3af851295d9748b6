from django.utils import timezone
from rest_framework import serializers

from networks.filters import NetworkFilter
from networks.models import Engagement, MemberCount, Network
from portal.core.api import OpenDataViewSet
from portal.core.representation import (
    ApiUrl,
    Bilingual,
    NamedSerializer,
    PageUrl,
    PublicLink,
    TagSerializer,
)


class WorkingGroupSerializer(serializers.Serializer):
    name = Bilingual()


class MemberCountSerializer(serializers.ModelSerializer):
    class Meta:
        model = MemberCount
        fields = ["count", "as_of", "source"]


class EngagementSerializer(serializers.ModelSerializer):
    goals = NamedSerializer(many=True)
    line = NamedSerializer(allow_null=True)

    class Meta:
        model = Engagement
        fields = ["level", "start", "end", "goals", "line", "source"]


class NetworkSerializer(serializers.ModelSerializer):
    url = ApiUrl("networks")
    page = PageUrl()
    name = Bilingual()
    about = Bilingual()
    part_of = PublicLink("networks", source="parent")
    engagement = serializers.ChoiceField(
        Engagement.Level.choices, allow_null=True, help_text="That holds today."
    )
    engagements = EngagementSerializer(many=True)
    groups = WorkingGroupSerializer(many=True)
    member_counts = MemberCountSerializer(many=True)
    perspectives = TagSerializer(many=True, source="tags")
    updated = serializers.DateTimeField(source="updated_at")

    class Meta:
        model = Network
        fields = [
            "slug", "url", "page", "acronym", "name", "kind", "part_of", "about", "website",
            "engagement", "engagements", "groups", "member_counts", "perspectives", "source",
            "updated",
        ]  # fmt: skip


class NetworkViewSet(OpenDataViewSet):
    """Networks and EU organisations that the region is active in or monitors."""

    serializer_class = NetworkSerializer
    filterset_class = NetworkFilter
    lookup_field = "slug"

    def get_queryset(self):
        networks = Network.objects.public().with_engagement(timezone.localdate())
        return (
            networks.with_tags()
            .by_acronym()
            .prefetch_related("groups", "member_counts", "engagements__goals", "engagements__line")
        )
