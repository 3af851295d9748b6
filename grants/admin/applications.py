from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from grants import reading
from grants.admin.forms import CompletionForm, GrantProposalForm
from grants.comparison import compare
from grants.earlier import earlier
from grants.models import Application
from portal.cases.admin import CaseLogAdmin
from portal.cases.models import Document
from portal.core.admin_pages import kr, person
from portal.core.money import format_money
from portal.core.workflow_admin import WorkflowAdmin


class AssignedFilter(admin.SimpleListFilter):
    title = _("assessors")
    parameter_name = "assessors"

    def lookups(self, request, model_admin):
        return [("none", _("To be assigned"))]

    def queryset(self, request, queryset):
        return queryset.unassigned() if self.value() == "none" else queryset


@admin.register(Application)
class ApplicationAdmin(WorkflowAdmin, CaseLogAdmin):
    """Everything of an application, to be read; it is handled through its verbs.

    Drafts are the applicant's own, and nobody meets an application of their own here.
    """

    change_form_template = "admin/application_change_form.html"
    verb_forms = {
        "propose": GrantProposalForm,
        "request_completion": CompletionForm,
    }
    not_offered = ("submit", "complete", "withdraw")
    view_on_site = False
    fieldsets = [
        (None, {"fields": ["number", "state", "call", "officer", "submitted_at"]}),
        (_("Applicant"), {"fields": [person("applicant", _("applicant")), "organisation"]}),
        (
            _("Money"),
            {
                "fields": [
                    kr("amount", _("amount applied for")),
                    kr("total_cost", _("total cost of the project")),
                    "budget_left",
                ]
            },
        ),
    ]
    list_display = [
        "number",
        "title",
        "call",
        "organisation",
        kr("amount", _("amount")),
        "submitted_at",
        "officer",
        "state",
    ]
    list_display_links = ["number", "title"]
    list_filter = ["state", AssignedFilter, "call__scheme"]
    date_hierarchy = "submitted_at"
    search_fields = ["case__number", "title", "applicant__full_name", "organisation__name"]

    def get_queryset(self, request):
        applications = super().get_queryset(request).visible_to(request.user)
        return (
            applications.with_budget()
            .with_partners_asked()
            .with_notes()
            .with_own_assignment(request.user)
            .select_related("call__scheme", "case__officer", "applicant", "organisation", "partner")
        )

    @admin.display(description=_("registration number"), ordering="case__number")
    def number(self, application):
        return application.case.number

    @admin.display(description=_("case officer"), ordering="case__officer")
    def officer(self, application):
        return application.case.officer

    @admin.display(description=_("left of the budget of the year"))
    def budget_left(self, application):
        if application.budget_committed is None:
            return _("No budget is set")
        if application.budget_amount is None:
            return _("No ceiling")
        return format_money(application.budget_amount - application.budget_committed)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context |= self.file_of(obj, request.user)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def file_of(self, application, user) -> dict:
        """What the case file holds, as far as this person may read it."""
        proposals = application.case.proposals.select_related(
            "proposed_by", "decision__item__meeting", "decision__item__minutes"
        )
        documents = Document.objects.visible_to(user).filter(case=application.case)
        told, completed = self.versions_of(application)
        confirmations = reading.confirmations(application) if application.partners_asked else []
        return {
            "told": told + confirmations,
            "completed": completed,
            "completions": application.completions.select_related("asked_by"),
            "comparison": self.comparison(application, user),
            "earlier": earlier(application, user),
            "handles": user.has_perm("cases.handle_case"),
            "proposals": proposals,
            "documents": documents.select_related("added_by"),
        }

    def versions_of(self, application) -> tuple[list[reading.Told], list[reading.Difference]]:
        """The latest version in words, and what it holds that the one before it did not."""
        latest = application.submissions.select_related("form").order_by("-number")[:2]
        versions = [reading.told(application, one.content, one.form) for one in latest]
        if not versions:
            return reading.told(application, *application.handed_in()), []
        return versions[0], reading.differences(versions[-1], versions[0])

    def comparison(self, application, user):
        """Short: the figures, and who says what; None for those who read no assessments."""
        may_read = user.has_perm("grants.read_assessments")  # the page is of one that they meet
        return compare(application, user) if may_read else None

    def verb_initial(self, obj, verb, user):
        return {"amount": obj.amount} if verb == "propose" else {}

    def verb_facts(self, obj):
        return [
            (_("registration number"), obj.case.number),
            (_("project"), obj.title),
            (_("applicant"), obj.organisation or obj.applicant),
            (_("partner"), obj.partner),
            (_("amount applied for"), format_money(obj.amount)),
            (_("total cost of the project"), format_money(obj.total_cost)),
            (_("left of the budget of the year"), self.budget_left(obj)),
            (_("description"), obj.summary),
        ]
