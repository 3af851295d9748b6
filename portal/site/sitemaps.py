"""Every public page in both languages, for search engines. Addresses come from SITE_URL only."""

from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from agreements.models import Agreement
from grants.models import Award, Call
from networks.models import Briefing, Network, Position
from partners.models import Partner
from portal.committee.models import Decision
from portal.core.models import Perspective

# The newest; older ones are reached through the register's pages.
MOST_AWARDS = MOST_DECISIONS = 2000


class PublicSitemap(Sitemap):
    i18n = alternates = x_default = True

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme


class PageSitemap(PublicSitemap):
    def items(self):
        return [
            "home", "map", "partners", "find_partners", "agreements", "calls", "grants", "networks",
            "briefings", "positions", "decisions", "notices", "strategy",
            "accessibility", "open_data", "personal_data",
        ]  # fmt: skip

    def location(self, item):
        return reverse(item)


class PerspectiveSitemap(PublicSitemap):
    def items(self):
        return Perspective.objects.all()


class ItemSitemap(PublicSitemap):
    """The public items of one model."""

    def __init__(self, model, most: int | None = None):
        self.model, self.most = model, most

    def items(self):
        return self.model.objects.public().order_by("-updated_at", "-pk")[: self.most]

    def lastmod(self, item):
        return item.updated_at


class DecisionSitemap(PublicSitemap):
    """The latest; they never change."""

    def items(self):
        return Decision.objects.public().order_by("-recorded_at", "-pk")[:MOST_DECISIONS]

    def lastmod(self, item):
        return item.recorded_at


SITEMAPS = {
    "pages": PageSitemap,
    "perspectives": PerspectiveSitemap,
    "partners": partial(ItemSitemap, Partner),
    "agreements": partial(ItemSitemap, Agreement),
    "calls": partial(ItemSitemap, Call),
    "networks": partial(ItemSitemap, Network),
    "briefings": partial(ItemSitemap, Briefing),
    "positions": partial(ItemSitemap, Position),
    "decisions": DecisionSitemap,
    "grants": partial(ItemSitemap, Award, MOST_AWARDS),
}
