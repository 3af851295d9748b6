from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.admin.pages import PartOfNetworkAdmin
from networks.models import Representative
from portal.core.admin_forms import PortalModelForm
from portal.core.models import User


class RepresentativeForm(PortalModelForm):
    """An account is named by its e-mail address: no list of all people is shown."""

    user = forms.ModelChoiceField(
        User.objects.all(),
        to_field_name="email",
        required=False,
        widget=forms.EmailInput,
        label=_("E-mail address of the account"),
        help_text=_("If the person has one here."),
        error_messages={"invalid_choice": _("There is no account with this e-mail address.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.user_id:
            self.initial["user"] = self.instance.user.email


class MandateFilter(admin.SimpleListFilter):
    title = _("mandate")
    parameter_name = "mandate"

    def lookups(self, request, model_admin):
        return [
            ("running", _("Has a mandate now")),
            ("ending", _("Mandate ends within 90 days")),
            ("over", _("Mandate has ended")),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        match self.value():
            case "running":
                return queryset.current(today)
            case "ending":
                return queryset.ending(today)
            case "over":
                return queryset.over(today)
        return queryset


@admin.register(Representative)
class RepresentativeAdmin(PartOfNetworkAdmin):
    """Who speaks for the region in a network, elected or employed, and for how long."""

    form = RepresentativeForm
    fieldsets = [
        (None, {"fields": ["network", "group", "name", "kind", "body", "substitute_for"]}),
        (_("Mandate"), {"fields": [("start", "end"), "source"]}),
        (_("Who sees it"), {"fields": ["is_public", "user"]}),
    ]
    autocomplete_fields = ["network", "substitute_for"]
    list_display = [
        "name",
        "network",
        "group",
        "kind",
        "substitute_for",
        "start",
        "end",
        "is_public",
    ]
    list_filter = [MandateFilter, "kind", "is_public", "network"]
    search_fields = ["name", "network__acronym", "network__name_sv", "network__name_en"]
    ordering = ["network__acronym", "name"]

    def get_queryset(self, request):
        people = super().get_queryset(request)
        return people.select_related("network", "group", "body", "substitute_for", "user")
