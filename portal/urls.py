"""The table of contents. Swedish addresses stand without prefix, English ones under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from agreements.views.overview import Overview
from networks.feeds import BriefingFeed
from portal.cases.conflict_views import DeclareConflict
from portal.cases.note_views import CaseNotes, MyNotes
from portal.cases.views import CaseMessages
from portal.committee.feeds import DecisionFeed, NoticeFeed
from portal.site import account, health, papers, views, workroom
from portal.site.importing import views as importing
from portal.site.sitemaps import SITEMAPS

pages: list[URLPattern | URLResolver] = [
    path("", views.Home.as_view(), name="home"),
    path(_("map/"), views.WorldMapPage.as_view(), name="map"),
    path(_("partners/"), include("partners.urls")),
    path(_("partners/find/"), views.FindPartners.as_view(), name="find_partners"),
    path(_("partners/<slug:slug>/"), views.PartnerPage.as_view(), name="partner"),
    path(_("agreements/"), include("agreements.urls")),
    path(_("calls/"), include("grants.urls.calls")),
    path(_("grants/"), include("grants.urls.awards")),
    path(_("networks/"), include("networks.urls")),
    path(_("briefings/"), include("networks.briefing_urls")),
    path("feeds/briefings.atom", login_not_required(BriefingFeed()), name="briefing_feed"),
    path(_("decisions/"), include("portal.committee.urls.decisions")),
    path(_("notice-board/"), include("portal.committee.urls.notices")),
    path("feeds/decisions.atom", login_not_required(DecisionFeed()), name="decision_feed"),
    path("feeds/notices.atom", login_not_required(NoticeFeed()), name="notice_feed"),
    path(_("influence/"), include("networks.position_urls")),
    path(_("perspectives/<slug:slug>/"), views.PerspectivePage.as_view(), name="perspective"),
    path(_("strategy/"), views.StrategyPage.as_view(), name="strategy"),
    path(_("accessibility/"), views.AccessibilityPage.as_view(), name="accessibility"),
    path(
        _("open-data/"),
        views.TextPage.as_view(template_name="site/open_data.html"),
        name="open_data",
    ),
    path(
        _("personal-data/"),
        views.TextPage.as_view(template_name="site/personal_data.html"),
        name="personal_data",
    ),
    path(_("workroom/agreements/"), Overview.as_view(), name="agreements_overview"),
    path(_("cases/<int:pk>/messages/"), CaseMessages.as_view(), name="case_messages"),
    path(_("cases/<int:pk>/notes/"), CaseNotes.as_view(), name="case_notes"),
    path(_("cases/<int:pk>/conflict/"), DeclareConflict.as_view(), name="declare_conflict"),
    path(_("my-pages/organisations/"), include("portal.core.organisations.urls")),
    path(_("my-pages/"), include("grants.urls.applications")),
    path(_("workroom/"), workroom.Workroom.as_view(), name="workroom"),
    path(
        _("workroom/meetings/<int:pk>/papers/"),
        papers.MeetingPapers.as_view(),
        name="meeting_papers",
    ),
    path(_("workroom/meetings/"), include("portal.committee.urls.meetings")),
    path(_("workroom/meetings/"), include("portal.committee.urls.minutes")),
    path(_("workroom/notes/"), MyNotes.as_view(), name="my_notes"),
    path(_("workroom/calls/"), include("grants.urls.queues")),
    path(_("workroom/calls/"), include("grants.urls.builder")),
    path(_("workroom/calls/"), include("grants.urls.assigning")),
    path(_("workroom/assessments/"), include("grants.urls.assessing")),
    path(_("workroom/letters/"), include("grants.urls.letters")),
    path(_("account/"), account.Account.as_view(), name="account"),
    path(_("account/my-data.json"), account.my_data, name="my_data"),
    path(_("account/close/"), account.CloseAccount.as_view(), name="close_account"),
    path(_("account/"), include("portal.core.accounts.urls")),
    path(_("workroom/import/"), importing.ImportStart.as_view(), name="imports"),
    path(_("workroom/import/<slug:kind>/"), importing.Import.as_view(), name="import"),
    path(_("workroom/import/<slug:kind>/headings.csv"), importing.heading, name="import_heading"),
    path("admin/", admin.site.urls),
]

handler400 = views.bad_request
handler403 = views.forbidden

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", login_not_required(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("api/v1/", include("portal.api")),
    path("documents/", include("portal.cases.urls")),
    path("account/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("feeds/staff/<str:token>.ics", workroom.staff_calendar, name="staff_calendar"),
    *i18n_patterns(*pages, prefix_default_language=False),
]
