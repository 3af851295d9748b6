from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.admin.ofscheme import BelongsToScheme
from grants.models import Call
from portal.core.admin_history import HistoryAdmin
from portal.core.admin_pages import both
from portal.core.workflow_admin import WorkflowAdmin


class ClosingFilter(admin.SimpleListFilter):
    title = _("time")
    parameter_name = "time"

    def lookups(self, request, model_admin):
        return [("open", _("Open now")), ("closing_soon", _("Closes within two weeks"))]

    def queryset(self, request, queryset):
        now = timezone.now()
        if self.value() == "open":
            return queryset.open(now)
        return queryset.closing_soon(now) if self.value() == "closing_soon" else queryset


@admin.register(Call)
class CallAdmin(BelongsToScheme, WorkflowAdmin, HistoryAdmin):
    """The call's own questions are built on pages of their own."""

    change_form_template = "admin/call_change_form.html"
    fieldsets = [
        (None, {"fields": ["scheme", both("name"), "slug", "state"]}),
        (
            _("Time"),
            {
                "fields": ["opens_at", "closes_at", "assess_by", "budget_year"],
                "description": _(
                    "Swedish time: applications are taken until the moment the call closes. "
                    "What is granted comes out of the budget of the budget year, which must be "
                    "confirmed before the call can be published."
                ),
            },
        ),
        (_("Text"), {"fields": [both("text")]}),
    ]
    readonly_fields = ["state"]
    autocomplete_fields = ["scheme"]
    prepopulated_fields = {"slug": ["name_sv"]}
    list_display = ["name", "scheme", "opens_at", "closes_at", "budget_year", "state"]
    list_filter = ["state", ClosingFilter, "scheme"]
    date_hierarchy = "closes_at"
    search_fields = ["name_sv", "name_en", "scheme__title_sv", "scheme__title_en"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("scheme")

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["may_assign"] = obj is not None and request.user.has_perm("grants.assign", obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "scheme", "slug", "budget_year"] if _is_known(obj) else fields

    def get_prepopulated_fields(self, request, obj=None):
        return {} if _is_known(obj) else super().get_prepopulated_fields(request, obj)


def _is_known(call) -> bool:
    """Published once, its address may stand in letters and calendars."""
    return call is not None and call.state != "draft"
