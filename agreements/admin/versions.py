"""A version of an agreement on its way: texts, terms, decision, confirmations, signing."""

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from agreements.admin.forms import NoteSignedForm, ProposeForm, SignForm, TerminateForm
from agreements.models import AgreementVersion, Commitment, Confirmation, VersionText
from agreements.workflow import VersionState
from portal.cases.admin import CaseLogAdmin
from portal.core.admin_pages import StackedRows, TabularRows, both
from portal.core.jsonld import partial_iso
from portal.core.languages import language_choices
from portal.core.workflow_admin import WorkflowAdmin


class OpenTerms:
    """Rows of the terms: written in draft and negotiation, read afterwards."""

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and (obj is None or obj.is_open_for_terms)

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or obj.is_open_for_terms)

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or obj.is_open_for_terms)


class TextRows(OpenTerms, StackedRows):
    model = VersionText
    fields = ["language", "title", "body"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "language":
            field.widget = admin.widgets.forms.Select(choices=[("", "---------")])
            field.widget.choices += language_choices()
        return field


class CommitmentRows(TabularRows):
    """What the parties undertake in it; each has a page of its own."""

    model = Commitment
    fields = readonly_fields = ("party", "text", "due_on", "rhythm", "state")
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("party__partner")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class ConfirmationRows(TabularRows):
    model = Confirmation
    fields = readonly_fields = ("party", "name", "role", "confirmed_at", "voided_at", "fingerprint")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("party__partner")


@admin.register(AgreementVersion)
class AgreementVersionAdmin(WorkflowAdmin, CaseLogAdmin):
    case_path = "agreement__case"
    change_form_template = "admin/case_workflow_change_form.html"
    verb_forms = {
        "note_signed": NoteSignedForm,
        "correct_noted": NoteSignedForm,
        "propose": ProposeForm,
        "sign": SignForm,
        "terminate": TerminateForm,
    }
    view_on_site = False
    fieldsets = [
        (None, {"fields": ["agreement", ("number", "kind"), "state"]}),
        (
            _("Time"),
            {
                "fields": [
                    ("signed_text", "terminated_on"),
                    ("valid_until", "until_precision"),
                    "notice_on",
                    "review_month",
                ]
            },
        ),
        (_("For the public"), {"fields": ["texts_public", both("note")]}),
        (_("Confirmed"), {"fields": ["fingerprint", "links", "decision"]}),
    ]
    readonly_fields = [
        "agreement", "number", "kind", "state", "signed_text", "terminated_on", "fingerprint",
        "links", "decision",
    ]  # fmt: skip
    TERMS = ("valid_until", "until_precision", "notice_on", "review_month")
    inlines = [TextRows, CommitmentRows, ConfirmationRows]
    list_display = ["agreement", "number", "kind", "state", "signed_text", "until_text"]
    list_filter = ["state", "kind"]
    search_fields = ["agreement__title_sv", "agreement__title_en"]

    def case_of(self, obj):
        return obj.agreement.case

    def get_queryset(self, request):
        versions = super().get_queryset(request)
        return versions.select_related("agreement__case", "decision__proposal__case")

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None or obj.is_open_for_terms else [*fields, *self.TERMS]

    def has_add_permission(self, request):
        """A version begins with its agreement, or as a renewal or amendment on its page."""
        return False

    @admin.display(description=_("signed"), ordering="signed_on")
    def signed_text(self, version):
        return version.signed_text

    @admin.display(description=_("valid until"), ordering="valid_until")
    def until_text(self, version):
        return version.until_text

    @admin.display(description=_("SHA-256 of the terms"))
    def fingerprint(self, version):
        """What was signed without the portal has none: nobody has confirmed it here."""
        return "–" if version.is_noted else version.fingerprint

    @admin.display(description=_("links sent"))
    def links(self, version):
        """To which party, and until when it opens."""
        if version.state != VersionState.APPROVED:
            return "–"
        parties = {party.pk: party for party in version.agreement.parties.select_related("partner")}
        live = version.invitations().live(timezone.now())
        rows = [(parties[one.reference], timezone.localdate(one.expires_at)) for one in live]
        return format_html_join("", "<div>{} ({})</div>", rows)

    def verb_facts(self, obj):
        kept = obj.snapshots.last()
        mark = kept.fingerprint if kept else ""
        waiting = ", ".join(party.called for party in obj.unconfirmed_parties(mark))
        return [
            (_("agreement"), str(obj.agreement)),
            (_("state"), obj.get_state_display()),
            (_("SHA-256 of the terms"), mark or "–"),
            (_("not yet confirmed by"), waiting or "–"),
        ]

    def verb_initial(self, obj, verb, user):
        if verb == "correct_noted":
            return {"signed": partial_iso(obj.signed_on, obj.signed_precision)}
        return {"signed_on": timezone.localdate()} if verb == "sign" else {}
