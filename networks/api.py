from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from networks.briefing_filters import BriefingFilter
from networks.filters import NetworkFilter
from networks.models import Briefing, Engagement, MemberCount, Network, Observation
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
    source = Bilingual()
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


class ObservationSerializer(serializers.ModelSerializer):
    title = Bilingual()
    summary = Bilingual()
    why = Bilingual()
    perspectives = NamedSerializer(many=True)

    class Meta:
        model = Observation
        fields = [
            "kind", "title", "summary", "why", "level", "source", "source_url", "observed_on",
            "deadline", "relevance", "perspectives",
        ]  # fmt: skip


class BriefingSerializer(serializers.ModelSerializer):
    url = ApiUrl("briefings")
    page = PageUrl()
    title = Bilingual()
    intro = Bilingual()
    observations = serializers.SerializerMethodField()
    published = serializers.DateTimeField(source="published_at")
    updated = serializers.DateTimeField(source="updated_at")

    class Meta:
        model = Briefing
        fields = [
            "slug", "url", "page", "title", "intro", "observations", "invented", "published",
            "updated",
        ]  # fmt: skip

    @extend_schema_field(ObservationSerializer(many=True))
    def get_observations(self, briefing):
        observations = [item.observation for item in briefing.items.all()]
        return ObservationSerializer(observations, many=True).data


class BriefingViewSet(OpenDataViewSet):
    """What is observed outside in culture policy, gathered for staff and elected members."""

    serializer_class = BriefingSerializer
    filterset_class = BriefingFilter
    lookup_field = "slug"

    def get_queryset(self):
        return Briefing.objects.public().with_items().latest_first()
