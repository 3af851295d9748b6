from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from grants.admin.forms import SchemeBudgetForm, SchemeForm
from grants.models import (
    Criterion,
    EligibilityQuestion,
    RequiredAttachment,
    Scheme,
    SchemeBudget,
    SchemePerspective,
    Term,
)
from portal.core.admin_history import HistoryAdmin
from portal.core.admin_pages import TabularRows, TagRows, both, kr
from portal.core.publishing_admin import PublishableAdmin


class CriterionRows(TabularRows):
    model = Criterion
    fields = [*both("name"), "weight"]


class EligibilityRows(TabularRows):
    model = EligibilityQuestion
    fields = [*both("text"), "right_answer", *both("why_not")]


class AttachmentRows(TabularRows):
    model = RequiredAttachment
    fields = [*both("name")]


class TermRows(TabularRows):
    model = Term
    fields = [*both("text")]


class PerspectiveRows(TagRows):
    model = SchemePerspective


class BudgetRows(TabularRows):
    """A new year is added here; a budget that may have been drawn on has a page of its own."""

    model = SchemeBudget
    form = SchemeBudgetForm
    readonly_fields = (kr("committed", _("committed")), kr("left", _("left")))
    fields = ("year", "amount", *readonly_fields)
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("scheme")

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Scheme)
class SchemeAdmin(PublishableAdmin):
    form = SchemeForm
    fieldsets = [
        (None, {"fields": [both("title"), "slug", "publication"]}),
        (_("Text"), {"fields": [both("about")]}),
        (_("Who may apply"), {"fields": ["applicants"]}),
        (
            _("Rules"),
            {
                "fields": [
                    ("max_award", "max_share_percent"),
                    "requires_residence",
                    "requires_non_profit",
                    "only_own_costs",
                    "report_days_after_end",
                ]
            },
        ),
        (_("Handling"), {"fields": ["delegation_point", both("assessed_by")]}),
        (_("Strategy"), {"fields": ["goals", "line", "agreements"]}),
        (_("Source"), {"fields": [both("source")]}),
    ]
    inlines = [
        PerspectiveRows,
        CriterionRows,
        EligibilityRows,
        AttachmentRows,
        TermRows,
        BudgetRows,
    ]
    prepopulated_fields = {"slug": ["title_sv"]}
    autocomplete_fields = ["delegation_point", "agreements"]
    list_display = ["title", kr("max_award", _("ceiling")), "line", "publication", "updated_at"]
    list_filter = ["publication", "line"]
    search_fields = ["title_sv", "title_en"]
    ordering = ["title", "pk"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("delegation_point", "line")


@admin.register(SchemeBudget)
class SchemeBudgetAdmin(HistoryAdmin):
    form = SchemeBudgetForm
    readonly_fields = (kr("committed", _("committed")), kr("left", _("left")))
    fields = ("scheme", "year", "amount", *readonly_fields)
    autocomplete_fields = ["scheme"]
    list_display = [
        "scheme",
        "year",
        kr("amount", _("budget")),
        kr("committed", _("committed")),
        "remaining",
    ]
    list_filter = ["year", "scheme"]

    def get_readonly_fields(self, request, obj=None):
        """What a year has committed stays that year's."""
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None else ("scheme", "year", *fields)

    search_fields = ["scheme__title_sv", "scheme__title_en"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("scheme")

    @admin.display(description=_("left"))
    def remaining(self, budget):
        return kr("left", "")(budget)
