from django.utils import timezone
from rest_framework import serializers

from partners.filters import PartnerFilter
from partners.models import Partner, PartnerCode, PartnerExchange
from portal.core.api import OpenDataViewSet
from portal.core.representation import (
    ApiUrl,
    Bilingual,
    NamedSerializer,
    PageUrl,
    TagSerializer,
    TextOrNull,
)


class PartnerCodeSerializer(serializers.ModelSerializer):
    class Meta:
        model = PartnerCode
        fields = ["scheme", "version", "code"]


class PartnerExchangeSerializer(serializers.ModelSerializer):
    class Meta:
        model = PartnerExchange
        fields = ["form", "offers", "seeks"]


class PartnerSerializer(serializers.ModelSerializer):
    url = ApiUrl("partners")
    page = PageUrl()
    name = Bilingual()
    about = Bilingual()
    organisation = TextOrNull()
    in_eu = serializers.BooleanField(help_text="Today.")
    lat = serializers.FloatField(allow_null=True)
    lon = serializers.FloatField(allow_null=True)
    codes = PartnerCodeSerializer(many=True)
    exchanges = PartnerExchangeSerializer(many=True)
    strengths = NamedSerializer(many=True)
    challenges = NamedSerializer(many=True)
    perspectives = TagSerializer(many=True, source="tags")
    source = Bilingual()  # type: ignore[assignment]
    updated = serializers.DateTimeField(source="updated_at")

    class Meta:
        model = Partner
        fields = [
            "slug", "url", "page", "kind", "name", "organisation", "about", "country", "in_eu",
            "lat", "lon", "codes", "since_year", "active_from", "active_until", "exchanges",
            "strengths", "challenges", "perspectives", "source", "updated",
        ]  # fmt: skip


class PartnerViewSet(OpenDataViewSet):
    """Regions and organisations abroad; the region's own bodies are no rows of the list."""

    serializer_class = PartnerSerializer
    filterset_class = PartnerFilter
    lookup_field = "slug"

    def get_queryset(self):
        partners = Partner.objects.public().in_eu(timezone.localdate()).with_tags().alphabetical()
        partners = partners.prefetch_related("codes", "exchanges", "strengths", "challenges")
        return partners if self.detail else partners.counterparts()
