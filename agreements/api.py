from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agreements.filters import AgreementFilter
from agreements.models import Agreement, AgreementVersion
from agreements.workflow import Standing
from partners.models import Partner
from portal.core.api import OpenDataViewSet
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

    class Meta:
        model = AgreementVersion
        fields = ["kind", "signed", "valid_until", "note"]


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
    parties = serializers.SerializerMethodField()
    versions = VersionSerializer(many=True, source="signed_versions")
    perspectives = TagSerializer(many=True, source="tags")
    source = Bilingual()
    goals = NamedSerializer(many=True)
    line = NamedSerializer(allow_null=True)
    updated = serializers.DateTimeField(source="updated_at")

    class Meta:
        model = Agreement
        fields = [
            "slug", "url", "page", "number", "kind", "title", "about", "mandate", "standing",
            "in_eu", "parties", "versions", "perspectives", "goals", "line", "source", "invented",
            "updated",
        ]  # fmt: skip

    @extend_schema_field(serializers.ChoiceField(choices=Standing.choices))
    def get_standing(self, agreement):
        return agreement.standing(timezone.localdate())

    def get_in_eu(self, agreement) -> bool | None:
        return agreement.in_eu if agreement.signed_on else None

    @extend_schema_field(PartySerializer(many=True))
    def get_parties(self, agreement):
        return PartySerializer(agreement.public_partners, many=True).data


class AgreementViewSet(OpenDataViewSet):
    """Agreements with partners, from first signing to last renewal."""

    serializer_class = AgreementSerializer
    filterset_class = AgreementFilter
    lookup_field = "slug"

    def get_queryset(self):
        agreements = Agreement.objects.public().in_eu().with_tags().latest_first()
        return agreements.select_related("line", "case").prefetch_related("goals", "versions")
