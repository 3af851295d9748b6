"""Pages that gather what several apps know."""

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from grants.models import Award, Call
from partners.models import Partner
from portal.core import jsonld
from portal.core.models import LineOfWork, Perspective, StrategyGoal
from portal.core.views import FilteredPage, PublicDetailView, PublicMixin
from portal.site.awardchart import award_chart
from portal.site.filters import MapFilter
from portal.site.gathering import gather
from portal.site.places import places
from portal.site.worldmap import world_map


class MapMixin(FilteredPage):
    """A map of the selected partners; the same facts stand in a list after it."""

    filterset_class = MapFilter

    def get_queryset(self):
        partners = Partner.objects.public().counterparts().in_eu(timezone.localdate())
        return partners.with_tags().alphabetical()

    def answer(self):
        partners = [] if self.problems else list(self.filterset.qs)
        view = ("" if "view" in self.problems else self.request.GET.get("view")) or "home"
        return {
            "partners": partners,
            "countries": {partner.country for partner in partners},
            "view_chosen": view,
            "map": world_map(view, places(partners)),
        }


class Home(MapMixin):
    template_name = "site/home.html"
    offered = ("q", "perspective", "view")

    def get_context_data(self, **context):
        now = timezone.now()
        return super().get_context_data(
            now=now,
            calls=Call.objects.public()
            .open(now)
            .select_related("scheme")
            .order_by("closes_at")[:3],
            awards=Award.objects.public().latest_first().with_tags()[:3],
            chart=award_chart(Perspective.objects.all()),
            **context,
        )


class WorldMapPage(MapMixin):
    template_name = "site/map.html"
    offered = ("q", "perspective", "view", "country", "eu", "goal")


class PerspectivePage(PublicDetailView):
    template_name = "site/perspective.html"
    listed_in = ("strategy", _("Strategy"))

    def get_queryset(self):
        return Perspective.objects.all()

    def get_context_data(self, **context):
        return super().get_context_data(gathered=gather(self.object), **context)

    def json_ld(self):
        return jsonld.described("DefinedTerm", self.object, description=self.object.purpose)

    def twin(self):
        return f"/api/v1/perspectives/{self.object.slug}/"


class StrategyPage(PublicMixin, TemplateView):
    template_name = "site/strategy.html"

    def get_context_data(self, **context):
        return super().get_context_data(
            goals=StrategyGoal.objects.all(),
            lines=LineOfWork.objects.all(),
            perspectives=Perspective.objects.all(),
            **context,
        )


class SignIn(LoginView):
    template_name = "account/sign_in.html"
    redirect_authenticated_user = True

    def get_redirect_url(self):
        """Where the person was going; not to this page again."""
        url = super().get_redirect_url()
        return "" if url == self.request.path else url


class TextPage(PublicMixin, TemplateView):
    """A page of words only: the template is all there is."""


class AccessibilityPage(TextPage):
    template_name = "site/accessibility.html"
    # The day somebody last went through the statement; the law asks for it.
    extra_context = {"reviewed_on": date(2026, 11, 22)}


def bad_request(request, exception):
    """Django's own would leave the page's frame empty: no region, no menu."""
    return render(request, "400.html", status=400)


@login_not_required
def robots(request):
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/admin/", "/documents/")),
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
