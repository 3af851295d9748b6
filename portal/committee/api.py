from rest_framework import serializers

from portal.cases.models import Case
from portal.committee.filters import DecisionFilter
from portal.committee.models import Decision
from portal.committee.workflow import Outcome, Purpose
from portal.core.api import OpenDataViewSet
from portal.core.representation import (
    ApiUrl,
    KnownInEu,
    NamedSerializer,
    TextOrNull,
    currency,
    money,
)


class DecisionSerializer(serializers.ModelSerializer):
    """Without the reasons and the delegate's name: they may speak of persons."""

    url = ApiUrl("decisions", key="pk")
    number = serializers.CharField(source="proposal.case.number")
    matter = serializers.SerializerMethodField(
        help_text="Null where an application was not granted: it may be a person's own."
    )
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
    updated = serializers.DateTimeField(source="recorded_at")

    class Meta:
        model = Decision
        fields = [
            "id", "url", "number", "matter", "kind", "purpose", "outcome", "amount", "currency",
            "decided_on", "route", "section", "delegation_point", "country", "in_eu",
            "perspectives", "goals", "line", "updated",
        ]  # fmt: skip

    def get_matter(self, decision) -> str | None:
        case = decision.proposal.case
        told = decision.outcome == Outcome.GRANTED or case.kind != Case.Kind.APPLICATION
        return case.title if told else None


class DecisionViewSet(OpenDataViewSet):
    """What the committee and its delegates have decided."""

    serializer_class = DecisionSerializer
    filterset_class = DecisionFilter
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self):
        decisions = Decision.objects.public().in_eu().latest_first()
        return decisions.select_related(
            "proposal__case", "delegation_point", "line"
        ).prefetch_related("perspectives", "goals")
