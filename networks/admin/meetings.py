from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.admin.pages import PartOfNetworkAdmin
from networks.models import FollowUpTask, NetworkMeeting
from portal.core.admin_pages import TabularRows, both
from portal.core.models import User


class TaskRows(TabularRows):
    model = FollowUpTask
    fields = ["text", "responsible", "due_on", "done_on"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "responsible":
            staff = User.objects.filter(is_staff=True, is_active=True)
            kwargs["queryset"] = staff.order_by("full_name")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ReportFilter(admin.SimpleListFilter):
    title = _("report home")
    parameter_name = "report"

    def lookups(self, request, model_admin):
        return [("missing", _("Not reported")), ("tasks", _("Tasks not done"))]

    def queryset(self, request, queryset):
        match self.value():
            case "missing":
                return queryset.unreported(timezone.localdate())
            case "tasks":
                return queryset.with_open_tasks()
        return queryset


@admin.register(NetworkMeeting)
class NetworkMeetingAdmin(PartOfNetworkAdmin):
    """What was on the agenda, who was there, what was reported home, and what follows."""

    fieldsets = [
        (None, {"fields": ["network", "group", both("title"), ("starts_on", "ends_on"), "place"]}),
        (_("Before the meeting"), {"fields": ["agenda"]}),
        (
            _("Report home"),
            {"fields": ["attended_by", both("report"), "reported_on", "is_public"]},
        ),
    ]
    inlines = [TaskRows]
    autocomplete_fields = ["network", "attended_by"]
    list_display = ["title", "network", "group", "starts_on", "reported_on", "is_public"]
    list_filter = [ReportFilter, "is_public", "network"]
    date_hierarchy = "starts_on"
    search_fields = ["title_sv", "title_en", "place", "network__acronym"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("network", "group")
