from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from grants import reading
from grants.admin.forms import AssessmentForm, CompletionForm, GrantProposalForm
from grants.models import Application, SchemeBudget
from portal.cases.admin import CaseLogAdmin
from portal.cases.models import Document
from portal.core.admin_pages import kr, person
from portal.core.money import format_money
from portal.core.workflow_admin import WorkflowAdmin


@admin.register(Application)
class ApplicationAdmin(WorkflowAdmin, CaseLogAdmin):
    """Everything of an application, to be read; it is handled through its verbs.

    Drafts are the applicant's own, and nobody meets an application of their own here.
    """

    change_form_template = "admin/application_change_form.html"
    verb_forms = {
        "assess": AssessmentForm,
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
    list_filter = ["state", "call__scheme"]
    date_hierarchy = "submitted_at"
    search_fields = ["case__number", "title", "applicant__full_name", "organisation__name"]

    def get_queryset(self, request):
        applications = super().get_queryset(request).visible_to(request.user)
        return applications.select_related(
            "call__scheme", "case__officer", "applicant", "organisation", "partner"
        )

    @admin.display(description=_("registration number"), ordering="case__number")
    def number(self, application):
        return application.case.number

    @admin.display(description=_("case officer"), ordering="case__officer")
    def officer(self, application):
        return application.case.officer

    @admin.display(description=_("left of the budget of the year"))
    def budget_left(self, application):
        call = application.call
        budget = SchemeBudget.objects.filter(scheme=call.scheme_id, year=call.budget_year).first()
        if budget is None:
            return _("No budget is set")
        return _("No ceiling") if budget.left is None else format_money(budget.left)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context |= self.file_of(obj, request.user)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def file_of(self, application, user) -> dict:
        """What the case file holds, as far as this person may read it."""
        proposals = application.case.proposals.select_related("proposed_by", "decision")
        documents = Document.objects.visible_to(user).filter(case=application.case)
        may_assess = user.has_perm("grants.view_assessment")
        told, completed = self.versions_of(application)
        return {
            "told": told + reading.confirmations(application),
            "completed": completed,
            "completions": application.completions.select_related("asked_by"),
            "assessments": application.assessments.select_related("assessor") if may_assess else [],
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

    def verb_initial(self, obj, verb, user):
        if verb == "propose":
            return {"amount": obj.amount}
        if verb != "assess":
            return {}
        own = obj.assessments.filter(assessor=user).first()
        return {"score": own.score, "justification": own.justification} if own else {}

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
