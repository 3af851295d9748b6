"""Observations, and the briefings that an editor gathers them into."""

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from networks.models import Briefing, BriefingItem, Observation, Subscriber
from portal.core.admin_history import HistoryAdmin
from portal.core.admin_pages import PortalModelAdmin, TabularRows, both, person
from portal.core.publishing_admin import PublishableAdmin


class ToldFilter(admin.SimpleListFilter):
    title = _("told")
    parameter_name = "told"

    def lookups(self, request, model_admin):
        return [("no", _("In no briefing yet")), ("yes", _("In a briefing"))]

    def queryset(self, request, queryset):
        if self.value() == "no":
            return queryset.not_yet_told()
        return queryset.told() if self.value() == "yes" else queryset


NOTED_BY = person("noted_by", _("noted by"))


@admin.register(Observation)
class ObservationAdmin(HistoryAdmin):
    fieldsets = [
        (None, {"fields": ["kind", both("title"), both("summary"), "level"]}),
        (_("Source"), {"fields": ["source", "source_url", ("observed_on", "deadline"), "network"]}),
        (
            _("What it is to us"),
            {"fields": ["relevance", both("why"), "perspectives", "position"]},
        ),
        (_("Who"), {"fields": [NOTED_BY, "noted_at"]}),
    ]
    readonly_fields = [NOTED_BY, "noted_at"]
    autocomplete_fields = ["network"]
    list_display = ["title", "kind", "level", "observed_on", "deadline", "relevance", "is_told"]
    list_filter = [ToldFilter, "relevance", "kind", "level", "perspectives"]
    date_hierarchy = "observed_on"
    search_fields = ["title_sv", "title_en", "source"]
    actions = ["gather"]

    def get_queryset(self, request):
        observations = super().get_queryset(request).with_told()
        return observations.select_related("noted_by")

    @admin.display(description=_("told"), boolean=True)
    def is_told(self, observation):
        return observation.is_told

    def save_model(self, request, obj, form, change):
        if not change:
            obj.noted_by = request.user
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Gather into a new briefing"), permissions=["add_briefing"])
    def gather(self, request, queryset):
        """A draft with the chosen observations, the most relevant first; the editor writes on."""
        briefing = Briefing.objects.gather(queryset, timezone.now())
        page = reverse("admin:networks_briefing_change", args=[briefing.pk])
        return HttpResponseRedirect(page)

    def has_add_briefing_permission(self, request):
        return request.user.has_perm("networks.add_briefing")


class ItemRows(TabularRows):
    model = BriefingItem
    fields = ["observation", "order"]
    autocomplete_fields = ["observation"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("observation")


@admin.register(Briefing)
class BriefingAdmin(PublishableAdmin):
    fieldsets = [
        (None, {"fields": [both("title"), "slug", "publication"]}),
        (_("Introduction"), {"fields": [both("intro")]}),
        (_("Days"), {"fields": ["published_at", "mailed_at"]}),
    ]
    readonly_fields = ["publication", "published_at", "mailed_at"]
    inlines = [ItemRows]
    prepopulated_fields = {"slug": ["title_sv"]}
    list_display = ["title", "published_at", "mailed_at", "publication"]
    list_filter = ["publication"]
    search_fields = ["title_sv", "title_en"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if obj is None and "slug" in form.base_fields:
            form.base_fields["slug"].initial = slugify(f"{timezone.localdate():%Y-%m-%d}")
        return form


@admin.register(Subscriber)
class SubscriberAdmin(PortalModelAdmin):
    """Addresses of the public: for administrators, to answer and to remove."""

    fields = readonly_fields = ("email", "language", "asked_at", "confirmed_at")
    list_display = ["email", "language", "asked_at", "confirmed_at"]
    list_filter = ["language"]
    search_fields = ["email"]
