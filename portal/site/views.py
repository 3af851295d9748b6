"""Pages that gather what several apps know."""

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.defaults import permission_denied
from django.views.generic import TemplateView

from grants.models import Award, Call
from partners.models import Partner
from partners.views import PartnerDetail
from portal.core import jsonld
from portal.core.accounts import second_factor
from portal.core.models import LineOfWork, Perspective, StrategyGoal
from portal.core.views import FilteredPage, PublicDetailView, PublicMixin
from portal.site import partnerfacts
from portal.site.awardchart import award_chart
from portal.site.filters import MapFilter
from portal.site.forms import FindForm
from portal.site.gathering import gather
from portal.site.matching import Match, Weights, alike, propose, within
from portal.site.places import Listed, listed, places
from portal.site.worldmap import world_map


class MapMixin(FilteredPage):
    """A map of the selected partners; the same facts stand in a list after it.

    The list begins here with at most `most_shown` partners, and goes on in the list of partners.
    """

    filterset_class = MapFilter
    most_shown: int

    def get_queryset(self):
        partners = Partner.objects.public().counterparts().in_eu(timezone.localdate())
        return partners.with_tags().alphabetical()

    def answer(self):
        found = [] if self.problems else listed(self.filterset.qs)
        view = ("" if "view" in self.problems else self.request.GET.get("view")) or "home"
        return {
            "count": len(found),
            "countries": {one.country for one in found},
            "view_chosen": view,
            "map": world_map(view, places(found)),
            **self.shown(found),
        }

    def shown(self, found: list[Listed]) -> dict:
        first = [one.pk for one in found[: self.most_shown]]
        return {
            "partners": self.get_queryset().filter(pk__in=first),
            "more": len(found) - len(first),
        }


class Home(MapMixin):
    """The first partners as cards, the next ones by name."""

    template_name = "site/home.html"
    offered = ("q", "perspective", "view")
    most_shown, most_named = 12, 120

    def shown(self, found):
        shown = super().shown(found)
        names = found[self.most_shown :][: self.most_named]
        return {**shown, "names": names, "more": shown["more"] - len(names)}

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
    most_shown = 200


class PartnerPage(PartnerDetail):
    """The partner, and those most like it."""

    def get_context_data(self, **context):
        one, others = partnerfacts.beside(self.object, timezone.localdate())
        return super().get_context_data(alike=alike(one, others, Weights(), most=3), **context)


class FindPartners(PublicMixin, TemplateView):
    """Partners proposed for an idea. All that is asked for stands in the address."""

    template_name = "site/find_partners.html"
    page_size = 10

    def get(self, request, *args, **kwargs):
        form = FindForm(request.GET)
        matches = self.proposed(form) if form.is_valid() and form.wish else None
        page = Paginator(matches or [], self.page_size).get_page(form.data["page"])
        context = self.get_context_data(form=form, matches=matches, page=page, **kwargs)
        return self.render_to_response(context, status=200 if form.is_valid() else 400)

    @staticmethod
    def proposed(form) -> list[Match]:
        today = timezone.localdate()
        partners = form.limited(partnerfacts.candidates(today).in_eu(today))
        facts = partnerfacts.for_wish(partners, form.wish, today)
        if form.cleaned_data["km"]:
            facts = within(facts, form.wish.home, form.cleaned_data["km"])
        return propose(facts, form.wish, form.weights)

    def get_context_data(self, **context):
        crumbs = [{"url": reverse("partners"), "label": _("Partners")}]
        return super().get_context_data(
            breadcrumbs=[*crumbs, {"label": _now("Find partners")}], **context
        )


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


class TextPage(PublicMixin, TemplateView):
    """A page of words only: the template is all there is."""


class AccessibilityPage(TextPage):
    template_name = "site/accessibility.html"
    # The day somebody last went through the statement; the law asks for it.
    extra_context = {"reviewed_on": date(2026, 11, 22)}


def bad_request(request, exception):
    """Django's own would leave the page's frame empty: no region, no menu."""
    return render(request, "400.html", status=400)


def forbidden(request, exception):
    """Staff without a second factor are refused nothing but until they have one."""
    if second_factor.is_missing(request.user):
        return second_factor.lead_to_set_up(request)
    return permission_denied(request, exception)


@login_not_required
def robots(request):
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/admin/", "/documents/")),
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
