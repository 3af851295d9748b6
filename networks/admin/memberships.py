from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.admin.pages import PartOfNetworkAdmin
from networks.models import Membership, MembershipFee
from portal.core.admin_pages import TabularRows
from portal.core.money import format_money
from portal.core.region import committee_name


class FeeRows(TabularRows):
    model = MembershipFee
    fields = ["year", "amount", "note"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("membership")


class RunningFilter(admin.SimpleListFilter):
    title = _("time")
    parameter_name = "time"

    def lookups(self, request, model_admin):
        return [
            ("running", _("Runs now")),
            ("notice", _("Notice is due within 90 days")),
            ("over", _("Has ended")),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        match self.value():
            case "running":
                return queryset.current(today)
            case "notice":
                return queryset.notice_due(today)
            case "over":
                return queryset.over(today)
        return queryset


@admin.register(Membership)
class MembershipAdmin(PartOfNetworkAdmin):
    """What the region is a member of, and what it costs each year."""

    fieldsets = [
        (None, {"fields": ["network", "body", ("start", "end"), "notice_on", "source"]}),
    ]
    inlines = [FeeRows]
    autocomplete_fields = ["network"]
    list_display = ["network", "held_by", "start", "end", "notice_on", "cost_this_year"]
    list_filter = [RunningFilter, "network"]
    search_fields = ["network__acronym", "network__name_sv", "network__name_en", "body__name_sv"]

    def get_queryset(self, request):
        memberships = super().get_queryset(request).select_related("network", "body")
        return memberships.with_cost_of(timezone.localdate().year)

    @admin.display(description=_("held by"), ordering="body")
    def held_by(self, membership):
        return membership.body or committee_name()

    @admin.display(description=_("cost this year"), ordering="cost")
    def cost_this_year(self, membership):
        return format_money(membership.cost)
