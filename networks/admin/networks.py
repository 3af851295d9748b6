from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from networks.models import (
    Engagement,
    MemberCount,
    Membership,
    Network,
    NetworkMeeting,
    NetworkPerspective,
    Participation,
    Representative,
    WorkingGroup,
)
from networks.workflow import TAKES_PART_CHOICES
from portal.cases.querysets import without_barred
from portal.core.admin_pages import TabularRows, TagRows, both
from portal.core.publishing_admin import PublishableAdmin


class GroupRows(TabularRows):
    model = WorkingGroup
    fields = [*both("name")]


class MemberCountRows(TabularRows):
    model = MemberCount
    fields = ["count", "as_of", "source"]


class PerspectiveRows(TagRows):
    model = NetworkPerspective


class EngagementRows(TabularRows):
    """To be read; an engagement changes on its own page, by decision or source."""

    model = Engagement
    readonly_fields = ["level", "start", "end", "state"]
    fields = readonly_fields  # type: ignore[assignment]
    show_change_link = True

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("network")
        return without_barred(rows, request.user, "case")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ParticipationRows(TabularRows):
    """The region's own bodies, and partners who are members."""

    model = Participation
    fields = ["partner", "group", "start", "end", "source"]
    autocomplete_fields = ["partner"]
    network: Network | None = None

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("partner", "network")

    def get_formset(self, request, obj=None, **kwargs):
        self.network = obj
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "group":
            kwargs["queryset"] = WorkingGroup.objects.filter(network=self.network)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class EngagementFilter(admin.SimpleListFilter):
    """By the engagement that holds today."""

    title = _("engagement")
    parameter_name = "engagement"

    def lookups(self, request, model_admin):
        return TAKES_PART_CHOICES

    def queryset(self, request, queryset):
        return queryset.filter(engagement=self.value()) if self.value() else queryset


@admin.register(Network)
class NetworkAdmin(PublishableAdmin):
    fieldsets = [
        (None, {"fields": ["acronym", both("name"), ("slug", "kind"), "parent", "publication"]}),
        (_("Text"), {"fields": [both("about"), "website"]}),
        (_("Source"), {"fields": [both("source")]}),
    ]
    readonly_fields = ["publication", "begin_engagement", "belongings"]
    inlines = [PerspectiveRows, EngagementRows, GroupRows, ParticipationRows, MemberCountRows]
    prepopulated_fields = {"slug": ["acronym"]}
    autocomplete_fields = ["parent"]
    list_display = ["acronym", "name", "kind", "parent", "engagement_now", "publication"]
    list_filter = ["publication", "kind", EngagementFilter]
    list_select_related = ["parent"]
    search_fields = ["acronym", "name_sv", "name_en"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_engagement(timezone.localdate())

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        may_begin = request.user.has_perm("networks.add_engagement")
        ways = ["begin_engagement", "belongings"] if may_begin else ["belongings"]
        return [*fieldsets, (_("Engagement, people and meetings"), {"fields": ways})]

    @admin.display(description=_("engagement"))
    def engagement_now(self, network):
        return network.engagement_label

    @admin.display(description=_("change of the engagement"))
    def begin_engagement(self, network):
        address = f"{_page(Engagement, 'add')}?network={network.pk}"
        return format_html('<a href="{}">{}</a>', address, _("Begin a new engagement"))

    @admin.display(description=_("lists of this network"))
    def belongings(self, network):
        lists = {
            _("Memberships and fees"): Membership,
            _("Representatives"): Representative,
            _("Meetings"): NetworkMeeting,
        }
        here = f"?network__id__exact={network.pk}"
        links = [(_page(model, "changelist") + here, label) for label, model in lists.items()]
        return format_html_join(" · ", '<a href="{}">{}</a>', links)


def _page(model, name: str) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}")
