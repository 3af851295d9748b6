from django.db.models import F
from django.utils import timezone
from rest_framework import serializers

from grants.filters import ApplicationFilter, AwardFilter, CallFilter
from grants.models import Application, Award, Call, Scheme
from portal.core.api import OpenDataViewSet, PrivateViewSet
from portal.core.representation import (
    ApiUrl,
    Bilingual,
    HandedInTagSerializer,
    KnownInEu,
    NamedSerializer,
    PageUrl,
    PublicLink,
    TagSerializer,
    TextOrNull,
    currency,
    money,
)


class SchemeSerializer(serializers.ModelSerializer):
    title = Bilingual()
    about = Bilingual()
    applicants = serializers.ListField(child=serializers.CharField())
    max_award = money(allow_null=True)
    currency = currency()

    class Meta:
        model = Scheme
        fields = [
            "slug", "title", "about", "applicants", "max_award", "currency", "max_share_percent",
            "requires_residence", "requires_non_profit", "only_own_costs", "report_days_after_end",
        ]  # fmt: skip


class SchemeNameSerializer(serializers.Serializer):
    slug = serializers.SlugField()
    title = Bilingual()


class CallSerializer(serializers.ModelSerializer):
    url = ApiUrl("calls")
    page = PageUrl()
    name = Bilingual()
    text = Bilingual()
    open = serializers.SerializerMethodField(help_text="Now.")
    scheme = SchemeSerializer()
    perspectives = TagSerializer(many=True, source="scheme.tags")
    goals = NamedSerializer(many=True, source="scheme.goals")
    line = NamedSerializer(allow_null=True, source="scheme.line")
    updated = serializers.DateTimeField(source="changed_at")

    class Meta:
        model = Call
        fields = [
            "slug", "url", "page", "name", "text", "state", "open", "opens_at", "closes_at",
            "budget_year", "scheme", "perspectives", "goals", "line", "updated",
        ]  # fmt: skip

    def get_open(self, call) -> bool:
        return call.is_open(timezone.now())


class CallViewSet(OpenDataViewSet):
    """Rounds of the support schemes: coming, open, closed and decided."""

    serializer_class = CallSerializer
    filterset_class = CallFilter
    lookup_field = "slug"

    def get_queryset(self):
        return Call.objects.public().with_scheme().order_by("-closes_at", "-pk")


class AwardSerializer(serializers.ModelSerializer):
    url = ApiUrl("grants", key="pk")
    page = PageUrl()
    number = serializers.CharField(help_text="The case's registration number.")
    scheme = SchemeNameSerializer()
    recipient = serializers.CharField(
        source="organisation.name", default=None, help_text="Null for individuals."
    )
    partner = PublicLink("partners")
    agreement = PublicLink("agreements", text="title")
    decision = ApiUrl("decisions", key="decision_id")
    amount = money()
    currency = currency()
    country = TextOrNull()
    in_eu = KnownInEu()
    perspectives = HandedInTagSerializer(many=True, source="tags")
    goals = NamedSerializer(many=True)
    line = NamedSerializer(allow_null=True)
    updated = serializers.DateTimeField(source="updated_at")

    class Meta:
        model = Award
        fields = [
            "id", "url", "page", "number", "title", "summary", "scheme", "recipient", "partner",
            "agreement", "decision", "amount", "currency", "country", "in_eu", "decided_on",
            "starts_on", "ends_on", "perspectives", "goals", "line", "updated",
        ]  # fmt: skip


class AwardViewSet(OpenDataViewSet):
    """Support that has been granted. Recipients are named where they are organisations."""

    serializer_class = AwardSerializer
    filterset_class = AwardFilter
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self):
        awards = Award.objects.public().in_eu().with_tags().latest_first()
        awards = awards.annotate(number=F("application__case__number"))
        return awards.select_related("line", "agreement").prefetch_related("goals")


class ApplicationSerializer(serializers.ModelSerializer):
    url = ApiUrl("applications", key="pk")
    number = serializers.CharField(source="case.number", allow_null=True)
    call = ApiUrl("calls", key="call.slug")
    applicant = serializers.CharField(source="applicant.full_name")
    organisation = serializers.CharField(source="organisation.name", default=None)
    partner = serializers.SlugField(source="partner.slug", default=None)
    amount = money(allow_null=True)
    total_cost = money(allow_null=True)
    currency = currency()
    perspectives = HandedInTagSerializer(many=True, source="tags")
    updated = serializers.DateTimeField(source="updated_at")

    class Meta:
        model = Application
        fields = [
            "id", "url", "number", "state", "call", "applicant", "organisation", "title", "summary",
            "partner", "amount", "total_cost", "currency", "starts_on", "ends_on", "perspectives",
            "created_at", "submitted_at", "updated",
        ]  # fmt: skip


class ApplicationViewSet(PrivateViewSet):
    """One's own applications; for staff those that their role lets them read."""

    serializer_class = ApplicationSerializer
    filterset_class = ApplicationFilter

    def get_queryset(self):
        user, applications = self.request.user, Application.objects.all()
        seen = applications.visible_to(user) if self.reads_as_staff else applications.of(user)
        seen = seen.select_related("case", "call", "applicant", "organisation", "partner")
        return seen.prefetch_related("tags__perspective").order_by("-created_at", "-pk")
