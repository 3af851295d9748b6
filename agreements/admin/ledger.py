"""The ledger in the admin: commitments with what has been done, and exchanges."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.functions import Coalesce
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Commitment, CommitmentWording, Exchange, Fulfilment
from portal.cases.admin import BarredAdmin
from portal.core.admin_forms import PortalModelForm, VerbForm
from portal.core.admin_history import HistoryAdmin
from portal.core.admin_pages import TabularRows, both, person
from portal.core.dates import Precision, partial_date
from portal.core.languages import language_choices
from portal.core.workflow import lock
from portal.core.workflow_admin import WorkflowAdmin


class FulfilForm(VerbForm):
    done_on = forms.DateField(label=_("Done"), widget=AdminDateWidget)
    evidence = forms.CharField(
        label=_("What shows it"),
        help_text=_("Public, if the commitment is: name no persons."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    document = forms.ModelChoiceField(
        None, label=_("Document of the case"), required=False, help_text=_("If there is one.")
    )

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, obj=obj, **kwargs)
        self.fields["document"].queryset = obj.agreement.case.documents.all()


class DropForm(VerbForm):
    because = forms.CharField(
        label=_("Why it is dropped"),
        help_text=_("Public, if the commitment is: name no persons."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CommitmentForm(PortalModelForm):
    """Of one agreement, that the page has been opened for."""

    agreement: Agreement

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.agreement = self.agreement
            self.instance.version = self.agreement.coming_version
        if "party" in self.fields:
            self.fields["party"].queryset = self.agreement.parties.select_related("partner")

    def clean(self):
        """Nobody has laid the terms before the committee since the page was opened."""
        if self.instance.pk is None:
            version = lock(self.agreement).coming_version
            if version is None or not version.is_open_for_terms:
                raise ValidationError(_now("The terms cannot be written on now."))
            self.instance.version = version
        return super().clean()


class WordingRows(TabularRows):
    """Wordings are terms, too: they are written while the version is open for it."""

    model = CommitmentWording
    fields = ["language", "text"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "language":
            ours = ("sv", "en")
            choices = [pair for pair in language_choices() if pair[0] not in ours]
            return forms.ChoiceField(label=_("Language"), choices=[("", "---------"), *choices])
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and _is_open(obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and _is_open(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and _is_open(obj)


def _is_open(commitment) -> bool:
    return commitment is None or commitment.version.is_open_for_terms


class FulfilmentRows(TabularRows):
    model = Fulfilment
    readonly_fields = ["done_on", "due_on", "evidence", "file", person("noted_by", _("noted by"))]
    fields = readonly_fields  # type: ignore[assignment]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("document", "noted_by")

    @admin.display(description=_("document"))
    def file(self, fulfilment):
        if fulfilment.document is None:
            return None
        address = reverse("document", args=[fulfilment.document_id])
        return format_html('<a href="{}">{}</a>', address, fulfilment.document)


class AgreementFilter(admin.SimpleListFilter):
    """The latest agreements with commitments; others are found by the search."""

    title = _("agreement")
    parameter_name = "agreement"
    most = 30

    def lookups(self, request, model_admin):
        known = Agreement.objects.not_barring(request.user)
        agreements = known.exclude(commitments=None).order_by("-pk").distinct()
        return [(str(agreement.pk), str(agreement)) for agreement in agreements[: self.most]]

    def has_output(self):
        return True

    def queryset(self, request, queryset):
        chosen = self.value()
        if not chosen:
            return queryset
        return queryset.filter(agreement=chosen) if _is_number(chosen) else queryset.none()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


class SideFilter(admin.SimpleListFilter):
    title = _("side")
    parameter_name = "side"

    def lookups(self, request, model_admin):
        return [("ours", _("We")), ("theirs", _("Our partners"))]

    def queryset(self, request, queryset):
        chosen = {"ours": queryset.ours, "theirs": queryset.theirs}.get(self.value())
        return chosen() if chosen else queryset


class LateFilter(admin.SimpleListFilter):
    title = _("late")
    parameter_name = "late"

    def lookups(self, request, model_admin):
        return [("yes", _("Late"))]

    def queryset(self, request, queryset):
        if self.value() != "yes":
            return queryset
        return queryset.of_signed_versions().late(timezone.localdate())


AWAITED = Coalesce("next_on", "due_on")
TERMS = ("party", *both("text"), "exchange", "perspectives", "due_on", "rhythm")


@admin.register(Commitment)
class CommitmentAdmin(WorkflowAdmin, BarredAdmin, HistoryAdmin):
    """Its terms are written while its version is open for it; its state changes by verbs."""

    case_path = "agreement__case"
    form = CommitmentForm
    change_list_template = "admin/commitments.html"
    verb_forms = {"fulfil": FulfilForm, "fulfil_once": FulfilForm, "drop": DropForm}
    view_on_site = False
    fieldsets = [
        (None, {"fields": ["agreement_name", "version_name", "party", both("text")]}),
        (_("Terms"), {"fields": ["exchange", "perspectives", ("due_on", "rhythm")]}),
        (_("The ledger"), {"fields": ["state", "next_on", "dropped_because", "is_public"]}),
    ]
    readonly_fields = ["agreement_name", "version_name", "state", "next_on", "dropped_because"]
    inlines = [WordingRows, FulfilmentRows]
    list_display = [
        "wording", "agreement", "party", "awaited", "rhythm", "state", "is_late", "is_public",
    ]  # fmt: skip
    list_filter = [
        SideFilter, LateFilter, "state", "is_public", "perspectives", "due_on", AgreementFilter,
    ]  # fmt: skip
    search_fields = ["text_sv", "text_en", "agreement__title_sv", "agreement__title_en"]

    def get_queryset(self, request):
        related = ("agreement__case", "party__partner", "version")
        return super().get_queryset(request).select_related(*related)

    def get_ordering(self, request):
        return [AWAITED.asc(nulls_last=True), "pk"]

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if _is_open(obj) else [*fields, *TERMS]

    def available(self, obj, user):
        """Nothing before the signing; what is to be done once is not done for this time only."""
        found = super().available(obj, user) if obj.in_ledger else []
        return [t for t in found if obj.repeats or t.verb != "fulfil_once"]

    def verb_facts(self, obj):
        return [
            (_("agreement"), obj.agreement),
            (_("who"), obj.party),
            (_("undertakes to"), obj.text),
            (_("by"), _day(obj.awaited_on)),
            (_("how often"), obj.get_rhythm_display()),
        ]

    # --- Writing a new one: first the agreement is chosen ---------------------------------------

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        agreement = self._chosen_agreement(request)
        if agreement is None:
            return self._choose_agreement(request)
        if not request.user.has_perm("agreements.keep_ledger", agreement):
            raise PermissionDenied
        return super().add_view(request, form_url, extra_context)

    def _chosen_agreement(self, request) -> Agreement | None:
        chosen = request.GET.get("agreement", "")
        open_ones = self._open_agreements(request).select_related("case")
        return open_ones.filter(pk=chosen).first() if _is_number(chosen) else None

    def _open_agreements(self, request):
        return Agreement.objects.with_open_terms().not_barring(request.user)

    def _choose_agreement(self, request):
        context = {
            **self.admin_site.each_context(request),
            "title": _now("Of which agreement?"),
            "opts": self.opts,
            "agreements": self._open_agreements(request).order_by("-pk")[:200],
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/choose_agreement.html", context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.agreement = obj.agreement if obj else self._chosen_agreement(request)
        return form

    # --- Columns --------------------------------------------------------------------------------

    @admin.display(description=_("undertakes to"))
    def wording(self, commitment):
        return Truncator(commitment.text).chars(90)

    @admin.display(description=_("by"), ordering=AWAITED)
    def awaited(self, commitment):
        return commitment.awaited_on

    @admin.display(description=_("late"), boolean=True)
    def is_late(self, commitment):
        return commitment.in_ledger and commitment.is_late(timezone.localdate())

    @admin.display(description=_("agreement"))
    def agreement_name(self, commitment):
        address = reverse("admin:agreements_agreement_change", args=[commitment.agreement_id])
        return format_html('<a href="{}">{}</a>', address, commitment.agreement)

    @admin.display(description=_("version"))
    def version_name(self, commitment):
        version = commitment.version
        return f"{version.number}, {version.get_state_display()}"


def _day(day) -> str:
    return partial_date(day, Precision.DAY)


@admin.register(Exchange)
class ExchangeAdmin(BarredAdmin, HistoryAdmin):
    case_path = "agreement__case"
    fieldsets = [
        (None, {"fields": ["agreement", "commitment", "form", both("title")]}),
        (_("When and where"), {"fields": [("starts_on", "ends_on"), ("place", "country")]}),
        (
            _("How many"),
            {"fields": [("participants_ours", "participants_theirs", "audience")]},
        ),
        (_("Strategy"), {"fields": ["perspectives"]}),
        (_("Source"), {"fields": ["source", "is_public"]}),
    ]
    autocomplete_fields = ["agreement", "commitment"]
    list_display = [
        "title", "form", "agreement", "starts_on", "participants_ours", "participants_theirs",
        "is_public",
    ]  # fmt: skip
    list_filter = ["form", "is_public", "perspectives"]
    list_select_related = ["agreement"]
    date_hierarchy = "starts_on"
    search_fields = ["title_sv", "title_en", "place", "agreement__title_sv", "agreement__title_en"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("agreement", "commitment")
