from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partners.models import (
    Partner,
    PartnerCode,
    PartnerContact,
    PartnerExchange,
    PartnerPerspective,
    Theme,
)
from portal.core.admin_history import HistoryAdmin
from portal.core.admin_pages import TabularRows, TagRows, both
from portal.core.countries import country_name
from portal.core.publishing_admin import PublishableAdmin


class CodeRows(TabularRows):
    model = PartnerCode
    fields = ["scheme", "version", "code"]


class ExchangeRows(TabularRows):
    model = PartnerExchange
    fields = ["form", "offers", "seeks"]


class ContactRows(TabularRows):
    model = PartnerContact
    fields = ["name", "role", "email", "phone"]


class PerspectiveRows(TagRows):
    model = PartnerPerspective


class CountryFilter(admin.SimpleListFilter):
    title = _("country")
    parameter_name = "country"

    def lookups(self, request, model_admin):
        codes = Partner.objects.order_by("country").values_list("country", flat=True).distinct()
        return sorted(((code, country_name(code)) for code in codes), key=lambda pair: pair[1])

    def queryset(self, request, queryset):
        return queryset.filter(country=self.value()) if self.value() else queryset


@admin.register(Partner)
class PartnerAdmin(PublishableAdmin):
    fieldsets = [
        (None, {"fields": [both("name"), ("slug", "kind"), "organisation", "publication"]}),
        (_("Text"), {"fields": [both("about")]}),
        (_("Place"), {"fields": ["country", ("lat", "lon")]}),
        (_("Time"), {"fields": ["since_year", ("active_from", "active_until")]}),
        (_("Themes"), {"fields": ["strengths", "challenges"]}),
        (_("Source"), {"fields": [both("source")]}),
    ]
    inlines = [PerspectiveRows, CodeRows, ExchangeRows, ContactRows]
    prepopulated_fields = {"slug": ["name_sv"]}
    filter_horizontal = ["strengths", "challenges"]
    list_display = ["name", "kind", "country_name", "since_year", "publication", "updated_at"]
    list_filter = ["publication", "kind", CountryFilter]
    search_fields = ["name_sv", "name_en", "organisation", "codes__code"]
    ordering = ["name", "pk"]

    @admin.display(description=_("country"), ordering="country")
    def country_name(self, partner):
        return partner.country_name


@admin.register(Theme)
class ThemeAdmin(HistoryAdmin):
    fields = ["slug", both("name")]
    list_display = ["name", "slug"]
    search_fields = ["name_sv", "name_en"]
    ordering = ["name"]
