from django.contrib import admin
from django.db.models import Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from grants.admin.forms import InstalmentFormSet, SchemeForm
from grants.models import (
    Criterion,
    EligibilityQuestion,
    Instalment,
    RequiredAttachment,
    Scheme,
    SchemePerspective,
    Term,
)
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


class InstalmentRows(TabularRows):
    model = Instalment
    formset = InstalmentFormSet
    fields = ["order", "percent", "released_by"]


@admin.register(Scheme)
class SchemeAdmin(PublishableAdmin):
    change_form_template = "admin/scheme_change_form.html"
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
        InstalmentRows,
    ]
    prepopulated_fields = {"slug": ["title_sv"]}
    autocomplete_fields = ["delegation_point", "agreements"]
    list_display = ["title", kr("max_award", _("ceiling")), "line", "publication", "updated_at"]
    list_filter = ["publication", "line"]
    search_fields = ["title_sv", "title_en"]
    ordering = ["title", "pk"]

    def get_queryset(self, request):
        """Without the agreements that the person is barred from."""
        met = Prefetch("agreements", Agreement.objects.not_barring(request.user))
        schemes = super().get_queryset(request).select_related("delegation_point", "line")
        return schemes.prefetch_related(met)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "agreements":
            kwargs["queryset"] = Agreement.objects.not_barring(request.user)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def entries_for(self, request, obj):
        """Whoever is barred from an agreement is not told which the scheme has served."""
        entries = super().entries_for(request, obj)
        if Agreement.objects.barring(request.user).exists():
            served = capfirst(Scheme.agreements.field.verbose_name)
            for entry in entries:
                entry.changes = [one for one in entry.changes if one.field != served]
        return entries

    def save_related(self, request, form, formsets, change):
        """The agreements that the person is barred from did not stand on the page: they stay."""
        barred = Agreement.objects.barring(request.user)
        unseen = list(barred.filter(schemes=form.instance))
        super().save_related(request, form, formsets, change)
        form.instance.agreements.add(*unseen)
