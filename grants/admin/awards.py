from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from grants.models import Award, AwardPerspective
from portal.cases.admin import CaseLogAdmin
from portal.core.admin_pages import TabularRows, kr
from portal.core.countries import country_name


class PerspectiveRows(TabularRows):
    model = AwardPerspective
    fields = ["perspective", "how", "achieved"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("perspective")


@admin.register(Award)
class AwardAdmin(CaseLogAdmin):
    case_path = "application__case"
    fieldsets = [
        (None, {"fields": ["number", "title", "summary", kr("amount", _("amount"))]}),
        (_("Recipient"), {"fields": ["recipient", "partner", "country_name", "agreement"]}),
        (_("Time"), {"fields": ["decided_on", "starts_on", "ends_on"]}),
        (_("Counted under"), {"fields": ["scheme", "budget", "line", "goals"]}),
    ]
    inlines = [PerspectiveRows]
    list_display = ["title", "recipient", "scheme", kr("amount", _("amount")), "decided_on"]
    list_filter = ["scheme"]
    date_hierarchy = "decided_on"
    search_fields = ["title", "organisation__name", "decision__proposal__case__number"]

    def case_of(self, obj):
        return obj.decision.proposal.case

    def get_queryset(self, request):
        related = ["decision__proposal__case", "scheme", "budget__scheme"]
        details = ["organisation", "partner", "agreement", "line"]
        return super().get_queryset(request).select_related(*related, *details)

    @admin.display(description=_("registration number"))
    def number(self, award):
        return award.decision.proposal.case.number

    @admin.display(description=_("recipient"), ordering="organisation__name")
    def recipient(self, award):
        return award.recipient

    @admin.display(description=_("country"))
    def country_name(self, award):
        return country_name(award.country)
