"""The partners as points on a map (RFC 7946), made from values: a map asks for all of them."""

from collections import defaultdict

from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import override
from django.views.decorators.http import conditional_page
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from partners.filters import PartnerFilter
from partners.models import Partner, PartnerPerspective
from portal.core.api import SpeaksTheReadersLanguage, StrictFilterBackend
from portal.core.jsonld import absolute

FEATURE_COLLECTION = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "id", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "id": {"type": "string"},
                    "geometry": {"type": "object"},
                    "properties": {"type": "object"},
                },
            },
        },
    },
}


class GeoJSONRenderer(JSONRenderer):
    media_type = "application/geo+json"
    format = "geojson"


class PointFilter(PartnerFilter):
    """All points come at once: there are no pages to steer."""

    STEERING = frozenset()


class PartnerPoints(SpeaksTheReadersLanguage, GenericViewSet):
    """The partners whose place is known, as GeoJSON, all on one page."""

    permission_classes = [AllowAny]
    authentication_classes = []
    renderer_classes = [GeoJSONRenderer, JSONRenderer]
    filter_backends = [StrictFilterBackend]
    filterset_class = PointFilter
    pagination_class = None

    def get_queryset(self):
        partners = Partner.objects.public().counterparts().on_the_map().alphabetical()
        return partners.in_eu(timezone.localdate())

    @extend_schema(responses={(200, "application/geo+json"): FEATURE_COLLECTION})
    @method_decorator(conditional_page)
    def list(self, request):
        partners = self.filter_queryset(self.get_queryset())
        rows = partners.values("pk", "slug", "name_sv", "name_en", "country", "in_eu", "lat", "lon")
        with override("sv"):
            page = absolute(reverse("partner", args=["SLUG"]))
        url = absolute(reverse("api:partners-detail", args=["SLUG"]))
        served = perspectives_of(partners)
        features = [feature(row, served[row["pk"]], url, page) for row in rows]
        return Response({"type": "FeatureCollection", "features": features})


def perspectives_of(partners) -> dict[int, list[str]]:
    """Each partner's perspectives by slug, in one query."""
    tags = PartnerPerspective.objects.filter(item__in=partners.order_by().values("pk"))
    served = defaultdict(list)
    for item, slug in tags.order_by("perspective__order").values_list("item", "perspective__slug"):
        served[item].append(slug)
    return served


def feature(row: dict, perspectives: list[str], url: str, page: str) -> dict:
    slug = row["slug"]
    return {
        "type": "Feature",
        "id": slug,
        "geometry": {"type": "Point", "coordinates": [float(row["lon"]), float(row["lat"])]},
        "properties": {
            "name": {"sv": row["name_sv"], "en": row["name_en"]},
            "country": row["country"],
            "in_eu": row["in_eu"],
            "perspectives": perspectives,
            "url": url.replace("SLUG", slug),
            "page": page.replace("SLUG", slug),
        },
    }
