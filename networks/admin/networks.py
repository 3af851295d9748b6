from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.models import Engagement, MemberCount, Network, NetworkPerspective, WorkingGroup
from portal.cases.admin import open_case
from portal.cases.models import Case
from portal.core.admin_history import HistoryAdmin
from portal.core.admin_pages import StackedRows, TabularRows, TagRows, both
from portal.core.publishing_admin import PublishableAdmin


class GroupRows(TabularRows):
    model = WorkingGroup
    fields = [*both("name")]


class MemberCountRows(TabularRows):
    model = MemberCount
    fields = ["count", "as_of", "source"]


class PerspectiveRows(TagRows):
    model = NetworkPerspective


class EngagementRows(StackedRows):
    model = Engagement
    fields = ["level", ("start", "end"), "source"]
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("network")


class EngagementFilter(admin.SimpleListFilter):
    """By the engagement that holds today."""

    title = _("engagement")
    parameter_name = "engagement"

    def lookups(self, request, model_admin):
        return Engagement.Level.choices

    def queryset(self, request, queryset):
        return queryset.filter(engagement=self.value()) if self.value() else queryset


@admin.register(Network)
class NetworkAdmin(PublishableAdmin):
    fieldsets = [
        (None, {"fields": ["acronym", both("name"), ("slug", "kind"), "parent", "publication"]}),
        (_("Text"), {"fields": [both("about"), "website"]}),
        (_("Source"), {"fields": [both("source")]}),
    ]
    inlines = [PerspectiveRows, EngagementRows, GroupRows, MemberCountRows]
    prepopulated_fields = {"slug": ["acronym"]}
    autocomplete_fields = ["parent"]
    list_display = ["acronym", "name", "kind", "parent", "engagement_now", "publication"]
    list_filter = ["publication", "kind", EngagementFilter]
    list_select_related = ["parent"]
    search_fields = ["acronym", "name_sv", "name_en"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_engagement(timezone.localdate())

    @admin.display(description=_("engagement"))
    def engagement_now(self, network):
        return network.engagement_label

    def save_formset(self, request, form, formset, change):
        for row in formset.save(commit=False):
            if isinstance(row, Engagement) and row.case_id is None:
                open_case(row, Case.Kind.ENGAGEMENT, request.user)
            row.save()
        for row in formset.deleted_objects:
            row.delete()


@admin.register(Engagement)
class EngagementAdmin(HistoryAdmin):
    fields = ["network", "level", ("start", "end"), "source", "goals", "line"]
    autocomplete_fields = ["network"]
    filter_horizontal = ["goals"]
    list_display = ["network", "level", "start", "end"]
    list_filter = ["level", "network"]
    search_fields = ["network__acronym", "network__name_sv", "network__name_en", "source"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("network", "line")

    def save_model(self, request, obj, form, change):
        if not change:
            open_case(obj, Case.Kind.ENGAGEMENT, request.user)
        super().save_model(request, obj, form, change)
