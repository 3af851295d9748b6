from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from networks.briefing_filters import BriefingFilter
from networks.filters import MembershipFilter, NetworkFilter
from networks.levels import Level
from networks.models import (
    Briefing,
    Engagement,
    MemberCount,
    Membership,
    MembershipFee,
    Network,
    Observation,
    Participation,
    Position,
    PositionStep,
    Representative,
)
from networks.position_filters import PositionFilter
from networks.workflow import TAKES_PART_CHOICES
from partners.models import Partner
from portal.committee.models import Decision
from portal.core.api import OpenDataViewSet
from portal.core.representation import (
    ApiUrl,
    Bilingual,
    NamedSerializer,
    PageUrl,
    PartialDate,
    PublicLink,
    TagSerializer,
    TextOrNull,
    currency,
    money,
)


class WorkingGroupSerializer(serializers.Serializer):
    name = Bilingual()


class MemberCountSerializer(serializers.ModelSerializer):
    class Meta:
        model = MemberCount
        fields = ["count", "as_of", "source"]


class EngagementDecisionSerializer(serializers.ModelSerializer):
    url = ApiUrl("decisions", key="pk")
    number = serializers.CharField(source="proposal.case.number")
    delegation_point = serializers.CharField(source="delegation_point.code", default=None)

    class Meta:
        model = Decision
        fields = ["url", "number", "decided_on", "route", "section", "delegation_point"]


class EngagementSerializer(serializers.ModelSerializer):
    goals = NamedSerializer(many=True)
    line = NamedSerializer(allow_null=True)
    decision = EngagementDecisionSerializer(
        allow_null=True, help_text="That brought it about; null where a source tells of it."
    )

    class Meta:
        model = Engagement
        fields = ["level", "start", "end", "goals", "line", "decision", "source"]


class ParticipantSerializer(serializers.ModelSerializer):
    """A partner, or one of the region's own bodies."""

    partner = PublicLink("partners")
    kind = serializers.ChoiceField(Partner.Kind.choices, source="partner.kind")
    group = WorkingGroupSerializer(allow_null=True)

    class Meta:
        model = Participation
        fields = ["partner", "kind", "group", "start", "end", "source", "invented"]


class RepresentativeSerializer(serializers.ModelSerializer):
    """A person marked as public, while the mandate lasts."""

    group = WorkingGroupSerializer(allow_null=True)
    is_substitute = serializers.SerializerMethodField()

    class Meta:
        model = Representative
        fields = ["name", "kind", "group", "is_substitute", "start", "end", "invented"]

    def get_is_substitute(self, person) -> bool:
        return person.substitute_for_id is not None


class NetworkSerializer(serializers.ModelSerializer):
    url = ApiUrl("networks")
    page = PageUrl()
    name = Bilingual()
    about = Bilingual()
    part_of = PublicLink("networks", source="parent")
    website = TextOrNull()
    engagement = serializers.ChoiceField(
        TAKES_PART_CHOICES,
        allow_null=True,
        help_text="That holds today; null where none does, as when the region has left.",
    )
    engagements = EngagementSerializer(
        many=True, source="decided_engagements", help_text="The latest first."
    )
    participants = ParticipantSerializer(many=True, help_text="Today and to come.")
    representatives = RepresentativeSerializer(many=True, source="spokespeople")
    groups = WorkingGroupSerializer(many=True)
    member_counts = MemberCountSerializer(many=True)
    perspectives = TagSerializer(many=True, source="tags")
    source = Bilingual()  # type: ignore[assignment]
    updated = serializers.DateTimeField(source="updated_at")

    class Meta:
        model = Network
        fields = [
            "slug", "url", "page", "acronym", "name", "kind", "part_of", "about", "website",
            "engagement", "engagements", "participants", "representatives", "groups",
            "member_counts", "perspectives", "source", "updated",
        ]  # fmt: skip


class NetworkViewSet(OpenDataViewSet):
    """Networks and EU organisations that the region is active in or monitors."""

    serializer_class = NetworkSerializer
    filterset_class = NetworkFilter
    lookup_field = "slug"

    def get_queryset(self):
        today = timezone.localdate()
        networks = Network.objects.public().with_engagement(today)
        return networks.with_tags().by_acronym().with_what_is_public(today)


class FeeSerializer(serializers.ModelSerializer):
    amount = money()
    currency = currency()

    class Meta:
        model = MembershipFee
        fields = ["year", "amount", "currency"]


class MembershipSerializer(serializers.ModelSerializer):
    url = ApiUrl("memberships", key="pk")
    network = PublicLink("networks")
    held_by_committee = serializers.SerializerMethodField(
        help_text="False where one of the region's own bodies holds it."
    )
    held_by = PublicLink(
        "partners", source="body", allow_null=True, help_text="The own body; null else."
    )
    fees = FeeSerializer(many=True)
    updated = serializers.DateTimeField(source="updated_at")

    class Meta:
        model = Membership
        fields = [
            "id", "url", "network", "held_by_committee", "held_by", "start", "end", "fees",
            "source", "invented", "updated",
        ]  # fmt: skip

    def get_held_by_committee(self, membership) -> bool:
        return membership.body_id is None


class MembershipViewSet(OpenDataViewSet):
    """What the region is a member of, and what it pays each year."""

    serializer_class = MembershipSerializer
    filterset_class = MembershipFilter
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self):
        memberships = Membership.objects.public().select_related("network", "body")
        return memberships.prefetch_related("fees").by_network()


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


class StepSerializer(serializers.ModelSerializer):
    when = PartialDate("taken_on", "precision")
    network = PublicLink("networks")
    group = WorkingGroupSerializer(source="public_group", allow_null=True)
    carried_by = serializers.CharField(
        source="public_carrier",
        allow_null=True,
        help_text="Null where the person is not shown in public.",
    )
    text = Bilingual()
    result = Bilingual()

    class Meta:
        model = PositionStep
        fields = [
            "when", "level", "channel", "network", "group", "carried_by", "text", "result",
            "source_url",
        ]  # fmt: skip


class FollowedUpTagSerializer(TagSerializer):
    achieved = Bilingual()


class PositionSerializer(serializers.ModelSerializer):
    url = ApiUrl("positions")
    page = PageUrl()
    title = Bilingual()
    question = Bilingual()
    aim = Bilingual()
    outcome = Bilingual()
    levels = serializers.ListField(
        child=serializers.ChoiceField(Level.choices), help_text="That it has reached."
    )
    steps = StepSerializer(many=True)
    perspectives = FollowedUpTagSerializer(many=True, source="tags")
    goals = NamedSerializer(many=True)
    line = NamedSerializer(allow_null=True)
    updated = serializers.DateTimeField(source="updated_at")

    class Meta:
        model = Position
        fields = [
            "slug", "url", "page", "title", "question", "aim", "state", "outcome", "concluded_on",
            "levels", "steps", "perspectives", "goals", "line", "source", "invented", "updated",
        ]  # fmt: skip


class PositionViewSet(OpenDataViewSet):
    """The influence log: what we pursue, where, and what came of it."""

    serializer_class = PositionSerializer
    filterset_class = PositionFilter
    lookup_field = "slug"

    def get_queryset(self):
        positions = Position.objects.public().with_tags().with_steps().latest_first()
        return positions.select_related("line").prefetch_related("goals")
