"""The REST API, version 1: its addresses, its description, and what answers elsewhere under it."""

from django.http import HttpResponsePermanentRedirect
from django.urls import path, re_path, resolve
from django.utils import translation
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from agreements.api import AgreementViewSet
from grants.api import ApplicationViewSet, AwardViewSet, CallViewSet
from networks.api import (
    BriefingViewSet,
    MembershipViewSet,
    NetworkViewSet,
    PositionViewSet,
)
from partners.api import PartnerViewSet
from partners.geojson import PartnerPoints
from portal.cases.api import CaseViewSet
from portal.committee.api import DecisionViewSet
from portal.core.api import SpeaksTheReadersLanguage, refuse_parameters
from portal.core.jsonld import absolute
from portal.site.api import PerspectiveViewSet

app_name = "api"

router = SimpleRouter()
for name, viewset in {
    "perspectives": PerspectiveViewSet,
    "partners": PartnerViewSet,
    "agreements": AgreementViewSet,
    "calls": CallViewSet,
    "grants": AwardViewSet,
    "networks": NetworkViewSet,
    "memberships": MembershipViewSet,
    "decisions": DecisionViewSet,
    "positions": PositionViewSet,
    "briefings": BriefingViewSet,
    "applications": ApplicationViewSet,
    "cases": CaseViewSet,
}.items():
    router.register(name, viewset, basename=name)


class OpenView(SpeaksTheReadersLanguage, APIView):
    permission_classes = [AllowAny]
    authentication_classes = []


class Contents(OpenView):
    """Where everything is."""

    @extend_schema(exclude=True)
    def get(self, request):
        refuse_parameters(request)
        names = [prefix for prefix, _viewset, _name in router.registry]
        places = {name: f"{name}/" for name in names} | {
            "partners.geojson": "partners.geojson",
            "schema": "schema/",
            "docs": "docs/",
        }
        return Response({name: absolute(request.path + place) for name, place in places.items()})


class UnknownAddress(OpenView):
    """A problem in place of the site's page, whatever the method; a lost slash is put back."""

    schema = None

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        raise NotFound

    def dispatch(self, request, *args, **kwargs):
        slashed = resolve(f"{request.path_info.rstrip('/')}/")
        if not request.path_info.endswith("/") and slashed.func is not unknown_address:
            return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
        return super().dispatch(request, *args, **kwargs)


class Schema(SpectacularAPIView):
    """OpenAPI 3.1, in English; JSON unless YAML is asked for."""

    renderer_classes = [
        OpenApiJsonRenderer, OpenApiJsonRenderer2, OpenApiYamlRenderer, OpenApiYamlRenderer2,
    ]  # fmt: skip

    def initial(self, request, *args, **kwargs):
        translation.activate("en")
        super().initial(request, *args, **kwargs)
        refuse_parameters(request)


unknown_address = UnknownAddress.as_view()
docs = SpectacularSwaggerSplitView.as_view(url_name="api:schema", template_name="api/docs.html")

urlpatterns = [
    path("", Contents.as_view(), name="contents"),
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    path("partners.geojson", PartnerPoints.as_view({"get": "list"}), name="partner_points"),
    *router.urls,
    re_path("", unknown_address),
]
