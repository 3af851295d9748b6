from datetime import date

from django.utils.translation import override
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from portal.cases.models import Case
from portal.committee.filters import DecisionFilter
from portal.committee.models import Decision
from portal.committee.workflow import Purpose, Route
from portal.core.api import OpenDataViewSet
from portal.core.jsonld import absolute
from portal.core.representation import (
    ApiUrl,
    KnownInEu,
    NamedSerializer,
    PageUrl,
    TextOrNull,
    currency,
    money,
)


class DecisionSerializer(serializers.ModelSerializer):
    """Without the delegate's name; what is secret, or may be a person's own, is withheld."""

    url = ApiUrl("decisions", key="pk")
    page = PageUrl()
    number = serializers.CharField(source="proposal.case.number")
    matter = serializers.CharField(
        source="public_matter",
        allow_null=True,
        read_only=True,
        help_text="Null where an application was not granted, as it may be a person's own, and "
        "where it is secret.",
    )
    reasons = serializers.CharField(
        source="public_reasons", allow_null=True, read_only=True,
        help_text="In Swedish; null where the matter is.",
    )  # fmt: skip
    conditions = serializers.CharField(source="public_conditions", read_only=True)
    kind = serializers.ChoiceField(Case.Kind.choices, source="proposal.case.kind")
    purpose = serializers.ChoiceField(Purpose.choices, source="proposal.purpose")
    amount = money(allow_null=True)
    currency = currency()
    delegation_point = serializers.CharField(source="delegation_point.code", default=None)
    country = TextOrNull()
    in_eu = KnownInEu()
    perspectives = NamedSerializer(many=True)
    goals = NamedSerializer(many=True)
    line = NamedSerializer(allow_null=True)
    met_on = serializers.SerializerMethodField(help_text="The day of the meeting it was made at.")
    appeal_ends_on = serializers.DateField(
        source="announcement.appeal_ends_on",
        default=None,
        help_text="Null until it is announced on the notice board.",
    )
    minutes = serializers.SerializerMethodField(
        help_text="The minutes as a PDF, in Swedish; null where they are not on the web."
    )
    updated = serializers.DateTimeField(source="recorded_at")

    class Meta:
        model = Decision
        fields = [
            "id", "url", "page", "number", "matter", "kind", "purpose", "outcome", "amount",
            "currency", "reasons", "conditions", "decided_on", "route", "met_on", "section",
            "delegation_point", "appeal_ends_on", "minutes", "country", "in_eu", "perspectives",
            "goals", "line", "updated",
        ]  # fmt: skip

    def get_met_on(self, decision) -> date | None:
        return decision.decided_on if decision.route == Route.MEETING else None

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_minutes(self, decision):
        with override("sv"):
            address = decision.announcement and decision.announcement.minutes_address
        return absolute(address) if address else None


class DecisionViewSet(OpenDataViewSet):
    """What the committee and its delegates have decided."""

    serializer_class = DecisionSerializer
    filterset_class = DecisionFilter
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self):
        decisions = Decision.objects.public().in_eu().with_announcement().latest_first()
        related = decisions.select_related("delegation_point", "line")
        return related.prefetch_related("perspectives", "goals")
