"""Calls and the register of awards, as the public reads them."""

from django.utils import timezone

from grants.filters import AwardFilter, CallFilter
from grants.models import Award, Call
from portal.core.views import FilteredListView, PublicDetailView


class CallList(FilteredListView):
    filterset_class = CallFilter
    template_name = "grants/calls.html"

    def get_queryset(self):
        return Call.objects.public().with_scheme().order_by("-closes_at", "-pk")

    def get_context_data(self, **context):
        return super().get_context_data(now=timezone.now(), **context)


class CallDetail(PublicDetailView):
    template_name = "grants/call.html"

    def get_queryset(self):
        calls = Call.objects.visible_to(self.request.user).with_scheme()
        return calls.prefetch_related(
            "scheme__criteria", "scheme__attachments", "scheme__terms", "scheme__agreements"
        )

    def get_context_data(self, **context):
        return super().get_context_data(now=timezone.now(), **context)


class AwardList(FilteredListView):
    filterset_class = AwardFilter
    template_name = "grants/awards.html"

    def get_queryset(self):
        return Award.objects.public().with_tags().latest_first()


class AwardDetail(PublicDetailView):
    template_name = "grants/award.html"

    def get_queryset(self):
        awards = Award.objects.public().with_tags().select_related("line", "decision", "agreement")
        return awards.prefetch_related("goals")
