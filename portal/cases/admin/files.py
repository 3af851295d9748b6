"""The case file in the admin, and what the admin of every matter with a case shares."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.cases.conflicts import CONFLICT
from portal.cases.models import Case, Document, Party
from portal.cases.querysets import without_barred
from portal.cases.uploads import check_upload
from portal.core.admin_forms import PortalModelForm
from portal.core.admin_pages import PortalModelAdmin, TabularRows
from portal.core.models import User
from portal.core.roles import Role
from portal.core.workflow import Workflow

# What the case itself writes in its log; the rest are verbs of its subject and of its proposals.
OWN_EVENTS = {
    "started": _("Begun"),
    "message_sent": _("Message sent"),
    "taken_over": _("Begun with an earlier application"),
    "partner_asked": _("A partner was asked to confirm its part"),
    "partner_answered": _("A partner answered"),
    "questions_renewed": _("Went on with the call's new questions"),
    "coapplicant_invited": _("Co-applicant invited"),
    "coapplicant_invitation_withdrawn": _("Invitation of a co-applicant withdrawn"),
    "coapplicant_joined": _("Co-applicant joined"),
    "coapplicant_role_given": _("Role of a co-applicant changed"),
    "coapplicant_removed": _("Co-applicant removed"),
    "registered": _("Registered"),
    "barred": _("Conflict of interest: barred"),
    "assigned": _("Assigned to an assessor"),
    "unassigned": _("Taken from an assessor"),
    "no_conflict": _("An assessor declared no conflict of interest"),
    "assessment_sent": _("Assessment sent"),
    "assessment_reopened": _("Assessment reopened"),
    "letter_written": _("Letter drafted"),
    "letter_changed": _("Letter changed"),
    "letter_sent": _("Letter sent"),
    "letter_put_aside": _("Letter put aside"),
    "letter_taken_up": _("Letter taken up again"),
    "notified": _("Mail written"),
    "version_begun": _("A new version begun"),
    "review_begun": _("A joint review begun"),
    "officer_named": _("Case officer named"),
    "secrecy_marked": _("Marked as secret"),
    "secrecy_lifted": _("No longer marked as secret"),
    "document_added": _("Document added"),
    "document_removed": _("Document removed"),
    "document_fetched": _("Document fetched"),
    "document_published": _("Document made public"),
    "document_withheld": _("Document no longer public"),
}
# What verbs were called once: a log that is only added to keeps the words it was written in.
EARLIER_WORDS = {
    "invite": _("Links sent"),
    "drop": _("Proposal dropped"),
    "assess": _("Assessed"),
}


def told_events(case: Case) -> list[tuple]:
    """The log, each event with what it tells in words."""
    subject = case.subject
    own = (getattr(subject, "workflow", Workflow()),)
    # A subject whose parts have verbs of their own names their tables.
    theirs = getattr(subject, "logged_workflows", own)
    workflows = [CONFLICT, case.proposals.model.workflow, *theirs]
    words = (
        EARLIER_WORDS | OWN_EVENTS | {t.verb: t.label for workflow in workflows for t in workflow}
    )
    events = case.events.select_related("by")
    return [(event, words.get(event.what, event.what)) for event in events]


class BarredAdmin(PortalModelAdmin):
    """Rows of cases: whoever is barred from one does not meet it here, in lists, search or pages.

    `case_path` leads from the row to its case; "pk" where the row is the case.
    """

    case_path = "case"

    def get_queryset(self, request):
        return without_barred(super().get_queryset(request), request.user, self.case_path)


class CaseLogAdmin(BarredAdmin):
    """The history of a matter is its case's log, for those who may read it."""

    change_form_template = "admin/case_change_form.html"

    def case_of(self, obj) -> Case:
        return obj.case

    def may_read_log(self, request, obj) -> bool:
        return request.user.has_perm("cases.read_log", self.case_of(obj))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["may_read_log"] = obj is not None and self.may_read_log(request, obj)
        context["own_case"] = obj and self.case_of(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.may_read_log(request, obj):
            raise PermissionDenied
        case = self.case_of(obj)
        context = {
            **self.admin_site.each_context(request),
            "title": str(obj),
            "opts": self.opts,
            "object": obj,
            "case": case,
            "events": told_events(case),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/case_log.html", context)


def open_case(subject, kind: str, user) -> None:
    """A matter that staff begin gets its case with it, before it is saved."""
    subject.case = Case.objects.begin(kind, str(subject), by=user, at=timezone.now())


class OfficerField(forms.ModelChoiceField):
    """The people who handle cases: few enough for a list of names."""

    def __init__(self, **kwargs):
        officers = User.objects.filter(groups__name=Role.OFFICER, is_active=True)
        super().__init__(officers.order_by("full_name"), **kwargs)


class PartyRows(TabularRows):
    model = Party
    fields = ["role", "name"]
    readonly_fields = ["name"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "organisation")

    @admin.display(description=_("party"))
    def name(self, party):
        return str(party)


class DocumentRows(TabularRows):
    """What the file holds: titles may be mended, files not."""

    model = Document
    readonly_fields = ["download", "size", "adder", "added_at"]
    fields = ["title", "is_public", *readonly_fields]

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user).select_related("added_by")

    def has_add_permission(self, request, obj=None):
        return False

    @admin.display(description=_("added by"))
    def adder(self, document):
        return document.added_by or _("the partner, through its link")

    @admin.display(description=_("file"))
    def download(self, document):
        return format_html(
            '<a href="{}">{}</a>', reverse("document", args=[document.pk]), document.filename
        )


class NewDocumentForm(forms.ModelForm):
    class Meta:
        model = Document
        fields = ["title", "file", "is_public"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        check_upload(file)
        return file


class NewDocumentRows(TabularRows):
    model = Document
    form = NewDocumentForm
    verbose_name_plural = _("Add documents")

    def get_queryset(self, request):
        return super().get_queryset(request).none()

    def has_change_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return self.has_add_permission(request, obj)


class UnreadFilter(admin.SimpleListFilter):
    title = _("messages")
    parameter_name = "messages"

    def lookups(self, request, model_admin):
        return [("unread", _("Unread from a party"))]

    def queryset(self, request, queryset):
        return queryset.with_unread_from_parties() if self.value() == "unread" else queryset


class CaseForm(PortalModelForm):
    def clean_officer(self):
        officer = self.cleaned_data["officer"]
        changed = officer and officer.pk != self.instance.officer_id
        if changed and not officer.has_perm("cases.handle_case", self.instance):
            raise forms.ValidationError(_("Choose a colleague who may handle the case."))
        return officer


@admin.register(Case)
class CaseAdmin(CaseLogAdmin):
    case_path = "pk"
    form = CaseForm
    fields = ["number", "registered_at", "kind", "title", "officer", "secrecy"]
    readonly_fields = ["number", "registered_at", "kind", "title"]
    inlines = [PartyRows, DocumentRows, NewDocumentRows]
    list_display = ["number", "title", "kind", "officer", "registered_at"]
    list_filter = ["kind", "year", UnreadFilter]
    list_select_related = ["officer"]
    date_hierarchy = "registered_at"
    search_fields = ["number", "title"]

    def case_of(self, obj):
        return obj

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "officer":
            return OfficerField(label=_("Case officer"), required=False)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_formset(self, request, form, formset, change):
        for document in formset.save(commit=False):
            if isinstance(document, Document) and document.pk is None:
                now = timezone.now()
                document.describe_upload(by=request.user, at=now)
                document.save()
                document.case.log("document_added", by=request.user, at=now, document=document.pk)
            else:
                self._save_known(request, document)
        for row in formset.deleted_objects:
            row.delete()

    def _save_known(self, request, document):
        """Whether the public may fetch a document is a decision: the log says whose."""
        was_public = Document.objects.values_list("is_public", flat=True).get(pk=document.pk)
        document.save()
        if document.is_public != was_public:
            what = "document_published" if document.is_public else "document_withheld"
            document.case.log(what, by=request.user, at=timezone.now(), document=document.pk)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "officer" in form.changed_data:
            obj.log("officer_named", by=request.user, at=timezone.now(), officer=obj.officer_id)
        if "secrecy" in form.changed_data:
            what = "secrecy_marked" if obj.secrecy else "secrecy_lifted"
            obj.log(what, by=request.user, at=timezone.now(), ground=obj.secrecy)
