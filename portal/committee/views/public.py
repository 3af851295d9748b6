"""The notice board and the committee's decisions, as the public reads them."""

from django.core.exceptions import BadRequest
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, TemplateView

from portal.committee import jsonld
from portal.committee.filters import DecisionFilter
from portal.committee.models import Decision, Notice
from portal.committee.views.pdf import pdf_answer
from portal.core.keyset import InvalidCursor, keyset_page
from portal.core.views import FilteredListView, PublicDetailView, PublicMixin

PAGE = 50


class DecisionList(FilteredListView):
    filterset_class = DecisionFilter
    template_name = "committee/decisions.html"
    title = _("Decisions")

    def get_queryset(self):
        decisions = Decision.objects.public().latest_first()
        related = decisions.select_related("proposal__case", "delegation_point")
        return related.prefetch_related("perspectives")


class DecisionDetail(PublicDetailView):
    template_name = "committee/decision.html"
    listed_in = ("decisions", _("Decisions"))

    def get_queryset(self):
        decisions = Decision.objects.public().with_announcement().in_eu()
        related = decisions.select_related("delegation_point", "line")
        return related.prefetch_related("perspectives", "goals")

    def json_ld(self):
        return jsonld.describe_decision(self.object)


class NoticeBoard(PublicMixin, TemplateView):
    """What is up today; then what has been up, the latest first."""

    template_name = "committee/notices.html"

    def get_context_data(self, **context):
        today, cursor = timezone.localdate(), self.request.GET.get("cursor")
        notices = Notice.objects.with_what_is_announced()
        try:
            earlier = keyset_page(notices.taken_down(today), cursor, PAGE)
        except InvalidCursor as error:
            raise BadRequest(str(error)) from error
        up = [] if cursor else notices.up(today).order_by("-announced_on", "-pk")
        return super().get_context_data(up=up, page=earlier, cursor=cursor, **context)


class NoticeDetail(PublicDetailView):
    template_name = "committee/notice.html"
    listed_in = ("notices", _("Notice board"))

    def get_queryset(self):
        return Notice.objects.with_what_is_announced()

    def get_context_data(self, **context):
        page = super().get_context_data(**context)
        is_up = page["today"] <= self.object.appeal_ends_on
        return page | {"is_up": is_up, "alternate_links": []}

    def json_ld(self):
        return jsonld.describe_notice(self.object)


class NoticeMinutes(PublicMixin, DetailView):
    """The copy of the minutes that may stand on the web, where the notice shows it."""

    def get_queryset(self):
        return Notice.objects.filter(shows_minutes=True).with_what_is_announced()

    def render_to_response(self, context):
        minutes = self.object.minutes
        if minutes is None:
            raise Http404
        return pdf_answer(minutes.copy.open(), f"protokoll-{self.object.announced_on}.pdf")
