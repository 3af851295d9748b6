"""Calls and the register of awards, as the public reads them."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants import jsonld
from grants.eligibility import EligibilityForm, checks_of
from grants.filters import AwardFilter, CallFilter
from grants.models import Award, Call
from portal.core.views import FilteredListView, PublicDetailView


class CallList(FilteredListView):
    filterset_class = CallFilter
    template_name = "grants/calls.html"
    title = _("Calls")

    def get_queryset(self):
        return Call.objects.public().with_scheme().open_first(timezone.now())


class CallDetail(PublicDetailView):
    template_name = "grants/call.html"
    listed_in = ("calls", _("Calls"))

    def get_queryset(self):
        calls = Call.objects.visible_to(self.request.user).with_scheme()
        return calls.select_related("scheme__delegation_point").prefetch_related(
            "scheme__criteria",
            "scheme__attachments",
            "scheme__terms",
            "scheme__instalments",
            "scheme__eligibility",
        )

    def get_context_data(self, **context):
        agreements = self.object.scheme.agreements.public()
        return super().get_context_data(agreements=agreements, **context)

    def json_ld(self):
        return jsonld.describe_call(self.object)


class EligibilityCheck(CallDetail):
    """Whether one may apply at all, and if not, why. The answers stand in the address alone."""

    template_name = "grants/eligibility.html"

    def get_context_data(self, **context):
        checks = checks_of(self.object.scheme)
        asked = bool(self.request.GET)
        form = EligibilityForm(self.request.GET if asked else None, checks=checks)
        answered = asked and form.is_valid()
        page = super().get_context_data(
            form=form,
            answered=answered,
            reasons=form.reasons_against() if answered else [],
            **context,
        )
        crumbs = [
            {"url": reverse("calls"), "label": _("Calls")},
            {"url": self.object.get_absolute_url(), "label": str(self.object)},
            {"label": _now("May I apply?")},
        ]
        return {**page, "breadcrumbs": crumbs, "json_ld": None}


class AwardList(FilteredListView):
    filterset_class = AwardFilter
    template_name = "grants/awards.html"
    title = _("Grants awarded")

    def get_queryset(self):
        return Award.objects.public().with_tags().latest_first()


class AwardDetail(PublicDetailView):
    template_name = "grants/award.html"
    listed_in = ("grants", _("Grants awarded"))

    def get_queryset(self):
        awards = Award.objects.public().with_tags().prefetch_related("goals")
        return awards.select_related(
            "line", "agreement", "decision__delegation_point", "application__case"
        )

    def json_ld(self):
        return jsonld.describe_award(self.object)
