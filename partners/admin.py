from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import (
    Interaction,
    Partner,
    PartnerCode,
    PartnerContact,
    PartnerExchange,
    PartnerPerspective,
    Theme,
)
from portal.core.admin_forms import PortalModelForm
from portal.core.admin_history import HistoryAdmin
from portal.core.admin_pages import TabularRows, TagRows, both, person
from portal.core.countries import country_name
from portal.core.publishing_admin import PublishableAdmin

LATEST = 5
WRITER = person("noted_by", _("noted by"))


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
    change_form_template = "admin/partner_change_form.html"
    prepopulated_fields = {"slug": ["name_sv"]}
    autocomplete_fields = ["strengths", "challenges"]
    list_display = ["name", "kind", "country_name", "since_year", "publication", "updated_at"]
    list_filter = ["publication", "kind", CountryFilter]
    search_fields = ["name_sv", "name_en", "organisation", "codes__code"]
    ordering = ["name", "pk"]

    @admin.display(description=_("country"), ordering="country")
    def country_name(self, partner):
        return partner.country_name

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """The latest contacts are read below the form, and written on pages of their own."""
        context["interactions"] = obj.interactions.all()[:LATEST] if obj else []
        context["may_note"] = request.user.has_perm("partners.add_interaction")
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


@admin.register(Theme)
class ThemeAdmin(HistoryAdmin):
    fields = ["slug", both("name")]
    list_display = ["name", "slug"]
    search_fields = ["name_sv", "name_en"]
    ordering = ["name"]


class InteractionForm(PortalModelForm):
    """Offers the contact persons of the partner; another partner's are refused."""

    class Meta:
        help_texts = {
            "contacts": _("The partner's contact persons; choose and save the partner first."),
            "notes": _("Write no more about a person than the cooperation needs."),
            "followed_up_on": _("Until then it stands among what is to be followed up."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "contacts" in self.fields:
            self.fields["contacts"].queryset = self._persons()

    def _persons(self):
        chosen = self["partner"].value()
        try:
            partner = self.fields["partner"].to_python(chosen)
        except ValidationError:  # the partner's own field says so
            partner = None
        return PartnerContact.objects.filter(partner=partner)


class FollowUpFilter(admin.SimpleListFilter):
    title = _("follow-up")
    parameter_name = "follow_up"

    def lookups(self, request, model_admin):
        return [("due", _("To follow up")), ("coming", _("Not due yet"))]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        match self.value():
            case "due":
                return queryset.to_follow_up(today)
            case "coming":
                return queryset.filter(follow_up_on__gt=today, followed_up_on=None)
        return queryset


@admin.register(Interaction)
class InteractionAdmin(HistoryAdmin):
    form = InteractionForm
    fieldsets = [
        (None, {"fields": ["partner", ("kind", "on"), "about", "contacts", "notes"]}),
        (_("What follows"), {"fields": ["follow_up", ("follow_up_on", "followed_up_on")]}),
        (_("Noted"), {"fields": [(WRITER, "noted_at")]}),
    ]
    readonly_fields = [WRITER, "noted_at"]
    autocomplete_fields = ["partner"]
    list_display = ["about", "partner", "kind", "on", "follow_up", "follow_up_on", WRITER]
    list_filter = [FollowUpFilter, "kind", ("partner", admin.RelatedOnlyFieldListFilter)]
    date_hierarchy = "on"
    search_fields = ["about", "notes", "partner__name_sv", "partner__name_en", "contacts__name"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("partner", "noted_by")

    def save_model(self, request, obj, form, change):
        if not change:
            obj.noted_by = request.user
        super().save_model(request, obj, form, change)
