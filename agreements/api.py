from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agreements.balance import SIDES, balance_of
from agreements.filters import AgreementFilter
from agreements.ledgerrows import with_public_commitments
from agreements.models import Agreement, AgreementVersion, Commitment, Exchange
from agreements.workflow import Standing
from partners.models import Partner
from portal.core.api import OpenDataViewSet
from portal.core.jsonld import absolute
from portal.core.representation import (
    ApiUrl,
    Bilingual,
    NamedSerializer,
    PageUrl,
    PartialDate,
    TagSerializer,
)


class PartySerializer(serializers.ModelSerializer):
    url = ApiUrl("partners")
    page = PageUrl()
    name = Bilingual()

    class Meta:
        model = Partner
        fields = ["slug", "url", "page", "kind", "name", "country"]


class VersionSerializer(serializers.ModelSerializer):
    signed = PartialDate("signed_on", "signed_precision")
    valid_until = PartialDate("valid_until", "until_precision")
    note = Bilingual()
    terms = serializers.SerializerMethodField(
        help_text="What was confirmed, where it is public: its SHA-256, and its bytes."
    )

    class Meta:
        model = AgreementVersion
        fields = ["number", "kind", "signed", "valid_until", "terminated_on", "note", "terms"]

    @extend_schema_field(
        {
            "type": ["object", "null"],
            "properties": {
                "sha256": {"type": "string"},
                "url": {"type": "string", "format": "uri"},
            },
        }
    )
    def get_terms(self, version):
        kept = version.public_terms
        if kept is None:
            return None
        with override("sv"):
            path = reverse("agreement_terms", args=[version.agreement.slug, version.number])
        return {"sha256": kept.fingerprint, "url": absolute(path)}


class CommitmentSerializer(serializers.ModelSerializer):
    side = serializers.ChoiceField(SIDES, help_text="Whether we or our partners undertake it.")
    text = Bilingual()
    perspectives = serializers.SerializerMethodField()
    awaited_on = serializers.SerializerMethodField(
        help_text="The day by which it is to be done, this time; null when nothing is awaited."
    )
    fulfilled_on = serializers.SerializerMethodField()

    class Meta:
        model = Commitment
        fields = [
            "side", "text", "exchange", "perspectives", "due_on", "rhythm", "awaited_on", "state",
            "fulfilled_on", "invented",
        ]  # fmt: skip

    def get_perspectives(self, commitment) -> list[str]:
        return [perspective.slug for perspective in commitment.serves]

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_awaited_on(self, commitment):
        return commitment.awaited_on if commitment.is_live else None

    @extend_schema_field(serializers.ListField(child=serializers.DateField()))
    def get_fulfilled_on(self, commitment):
        return [fulfilment.done_on for fulfilment in commitment.noted]


class ExchangeSerializer(serializers.ModelSerializer):
    title = Bilingual()
    perspectives = serializers.SerializerMethodField()

    class Meta:
        model = Exchange
        fields = [
            "form", "title", "starts_on", "ends_on", "place", "country", "participants_ours",
            "participants_theirs", "audience", "perspectives", "invented",
        ]  # fmt: skip

    def get_perspectives(self, exchange) -> list[str]:
        return [perspective.slug for perspective in exchange.perspectives.all()]


class TotalSerializer(serializers.Serializer):
    """One side's public commitments by state; `live` is what is to be done."""

    live = serializers.IntegerField()
    late = serializers.IntegerField()
    promised = serializers.IntegerField()
    under_way = serializers.IntegerField()
    done = serializers.IntegerField()
    changed = serializers.IntegerField()
    dropped = serializers.IntegerField()
    times_done = serializers.IntegerField()


class BalanceSerializer(serializers.Serializer):
    ours = TotalSerializer()
    theirs = TotalSerializer()

    def get_attribute(self, agreement):
        balance = balance_of(agreement.public_commitments, timezone.localdate())
        return {side: balance.total(side) for side in SIDES}


class AgreementSerializer(serializers.ModelSerializer):
    url = ApiUrl("agreements")
    page = PageUrl()
    number = serializers.CharField(source="case.number", allow_null=True)
    title = Bilingual()
    about = Bilingual()
    mandate = Bilingual()
    standing = serializers.SerializerMethodField(help_text="Today; it follows from the dates.")
    in_eu = serializers.SerializerMethodField(
        help_text="A party abroad was in the EU on the day of signing; null before it."
    )
    parties = PartySerializer(many=True, source="public_partners", read_only=True)
    versions = VersionSerializer(many=True, source="signed_versions")
    perspectives = TagSerializer(many=True, source="tags")
    source = Bilingual()  # type: ignore[assignment]
    goals = NamedSerializer(many=True)
    line = NamedSerializer(allow_null=True)
    commitments = CommitmentSerializer(many=True, source="public_commitments")
    exchanges = ExchangeSerializer(many=True, source="public_exchanges")
    balance = BalanceSerializer(read_only=True)
    updated = serializers.DateTimeField(source="updated_at")

    class Meta:
        model = Agreement
        fields = [
            "slug", "url", "page", "number", "kind", "title", "about", "mandate", "standing",
            "in_eu", "parties", "versions", "perspectives", "goals", "line", "commitments",
            "exchanges", "balance", "source", "invented", "updated",
        ]  # fmt: skip

    @extend_schema_field(serializers.ChoiceField(choices=Standing.choices))
    def get_standing(self, agreement):
        return agreement.standing(timezone.localdate())

    def get_in_eu(self, agreement) -> bool | None:
        return agreement.in_eu if agreement.signed_on else None


class AgreementViewSet(OpenDataViewSet):
    """Agreements with partners, from first signing to last renewal."""

    serializer_class = AgreementSerializer
    filterset_class = AgreementFilter
    lookup_field = "slug"

    def get_queryset(self):
        agreements = Agreement.objects.public().in_eu().with_tags().with_public_exchanges()
        versions = AgreementVersion.objects.select_related("agreement").prefetch_related(
            "snapshots", "confirmations"
        )
        return (
            agreements.latest_first()
            .select_related("line", "case")
            .prefetch_related("goals", Prefetch("versions", versions))
        )

    def paginate_queryset(self, queryset):
        return with_public_commitments(super().paginate_queryset(queryset))

    def get_object(self):
        [agreement] = with_public_commitments([super().get_object()])
        return agreement
