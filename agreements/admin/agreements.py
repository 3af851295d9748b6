from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, AgreementParty, AgreementPerspective, AgreementVersion
from agreements.workflow import Standing
from portal.cases.admin import open_case
from portal.cases.models import Case
from portal.core.admin_pages import StackedRows, TabularRows, TagRows, both
from portal.core.publishing_admin import PublishableAdmin


class PartyRows(TabularRows):
    model = AgreementParty
    fields = ["partner"]
    autocomplete_fields = ["partner"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("partner")


class VersionRows(StackedRows):
    model = AgreementVersion
    fields = [
        "kind",
        ("signed_on", "signed_precision"),
        ("valid_until", "until_precision"),
        both("note"),
    ]


class PerspectiveRows(TagRows):
    model = AgreementPerspective


class StandingFilter(admin.SimpleListFilter):
    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [*Standing.choices, ("expiring", _("Expires within 90 days"))]

    def queryset(self, request, queryset):
        return getattr(queryset, self.value())(timezone.localdate()) if self.value() else queryset

    def value(self):
        """Only what the list offers; anything else is as if nothing were chosen."""
        chosen = super().value()
        return chosen if chosen in dict(self.lookup_choices) else None


@admin.register(Agreement)
class AgreementAdmin(PublishableAdmin):
    fieldsets = [
        (None, {"fields": [both("title"), ("slug", "kind"), "publication"]}),
        (_("Text"), {"fields": [both("about"), both("mandate")]}),
        (_("Dates"), {"fields": [("signed_on", "valid_until")]}),
        (_("Strategy"), {"fields": ["goals", "line"]}),
        (_("Source"), {"fields": [both("source")]}),
    ]
    readonly_fields = ["publication", "signed_on", "valid_until"]
    inlines = [PartyRows, VersionRows, PerspectiveRows]
    prepopulated_fields = {"slug": ["title_sv"]}
    filter_horizontal = ["goals"]
    list_display = ["title", "kind", "parties", "signed_on", "valid_until", "publication"]
    list_filter = ["publication", StandingFilter, "kind"]
    list_prefetch_related = ("parties__partner",)
    date_hierarchy = "signed_on"
    search_fields = ["title_sv", "title_en", "partners__name_sv", "partners__name_en"]

    @admin.display(description=_("parties"))
    def parties(self, agreement):
        return ", ".join(str(party.partner) for party in agreement.parties.all())

    def save_model(self, request, obj, form, change):
        if not change:
            open_case(obj, Case.Kind.AGREEMENT, request.user)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.instance.follow_versions()
