"""The agreement's own page: its parties, its strategy, and the way to its versions."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, AgreementParty, AgreementPerspective, AgreementVersion
from agreements.workflow import Standing
from portal.cases.admin import BarredAdmin, open_case
from portal.cases.models import Case
from portal.core.admin_pages import StackedRows, TabularRows, TagRows, both
from portal.core.publishing_admin import PublishableAdmin


class PartyRows(StackedRows):
    model = AgreementParty
    fields = [("partner", "name"), ("language", "signatory", "email")]
    autocomplete_fields = ["partner"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("partner")

    def get_readonly_fields(self, request, obj=None):
        """Who the parties are is a term: it stands while a decision or confirmations rest on it.
        Whom to write to is none: an address that is wrong is mended when the links are sent.
        """
        is_open = obj is None or obj.parties_are_open
        return [] if is_open else ["partner", "name", "language"]

    def has_add_permission(self, request, obj=None):
        may = super().has_add_permission(request, obj)
        return may and (obj is None or obj.parties_are_open)

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or obj.parties_are_open)


class VersionRows(TabularRows):
    """From signing to renewal; each has a page of its own."""

    model = AgreementVersion
    fields = readonly_fields = ("number", "kind", "state", "signed_text", "until_text")
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("agreement")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("signed"))
    def signed_text(self, version):
        return version.signed_text

    @admin.display(description=_("valid until"))
    def until_text(self, version):
        return version.until_text


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
class AgreementAdmin(BarredAdmin, PublishableAdmin):
    fieldsets = [
        (None, {"fields": [both("title"), ("slug", "kind"), "publication"]}),
        (_("Text"), {"fields": [both("about"), both("mandate")]}),
        (_("Dates"), {"fields": [("signed", "until")]}),
        (_("Strategy"), {"fields": ["goals", "line"]}),
        (_("Source"), {"fields": [both("source")]}),
    ]
    readonly_fields = ["publication", "signed", "until"]
    inlines = [PartyRows, VersionRows, PerspectiveRows]
    prepopulated_fields = {"slug": ["title_sv"]}
    list_display = ["title", "kind", "parties", "signed", "until", "publication"]
    list_filter = ["publication", StandingFilter, "kind"]
    list_prefetch_related = ("parties__partner",)
    date_hierarchy = "signed_on"
    search_fields = ["title_sv", "title_en", "partners__name_sv", "partners__name_en"]

    def get_queryset(self, request):
        agreements = super().get_queryset(request)
        return agreements.select_related("case").prefetch_related("versions")

    def get_readonly_fields(self, request, obj=None):
        """Address and kind are terms, too."""
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None or obj.parties_are_open else [*fields, "slug", "kind"]

    def get_prepopulated_fields(self, request, obj=None):
        is_open = obj is None or obj.parties_are_open
        return super().get_prepopulated_fields(request, obj) if is_open else {}

    @admin.display(description=_("parties"))
    def parties(self, agreement):
        return ", ".join(str(party.partner) for party in agreement.parties.all() if party.partner)

    @admin.display(description=_("signed"), ordering="signed_on")
    def signed(self, agreement):
        """As precisely as it is known."""
        versions = agreement.signed_versions
        return versions[0].signed_text if versions else ""

    @admin.display(description=_("valid until"), ordering="valid_until")
    def until(self, agreement):
        versions = agreement.signed_versions
        return versions[-1].until_text if versions else ""

    def save_model(self, request, obj, form, change):
        if not change:
            open_case(obj, Case.Kind.AGREEMENT, request.user)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change:
            form.instance.begin_first_version()
