from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from networks.models import Engagement
from networks.workflow import EngagementState
from portal.cases.admin import CaseLogAdmin, open_case
from portal.cases.models import Case
from portal.committee.models import DelegationPoint
from portal.core.admin_forms import PortalModelForm, VerbForm
from portal.core.workflow_admin import WorkflowAdmin


class EngagementForm(PortalModelForm):
    """What staff begin is a draft: it comes into force by a decision, or is noted from a source."""

    class Meta:
        model = Engagement
        fields = ["network", "level", "start", "end", "goals", "line"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.state = EngagementState.DRAFT


class EngagementProposalForm(VerbForm):
    """The officer's statement, and who decides."""

    reasons = forms.CharField(
        label=_("Reasons"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8})
    )
    delegation_point = forms.ModelChoiceField(
        DelegationPoint.objects.none(),
        label=_("Delegation point"),
        required=False,
        empty_label=_("The committee decides at a meeting"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        points = DelegationPoint.objects.in_force(timezone.localdate()).exclude(delegates=None)
        self.fields["delegation_point"].queryset = points.distinct()


class SourceForm(VerbForm):
    source = forms.CharField(
        label=_("Source"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Where it is written, so that others can find it."),
    )


@admin.register(Engagement)
class EngagementAdmin(WorkflowAdmin, CaseLogAdmin):
    """How the region takes part in a network: proposed and decided, or noted from a source."""

    change_form_template = "admin/case_workflow_change_form.html"
    form = EngagementForm
    verb_forms = {"propose": EngagementProposalForm, "note": SourceForm}
    view_on_site = False
    facts = (_("Engagement"), {"fields": ["level", ("start", "end"), "goals", "line"]})
    add_fieldsets = [(None, {"fields": ["network"]}), facts]
    fieldsets = [
        (None, {"fields": ["number", "network", "state"]}),
        facts,  # type: ignore[list-item]
        (_("Decision or source"), {"fields": ["decided", "source"]}),
    ]
    readonly_fields = ["number", "state", "decided", "source"]
    autocomplete_fields = ["network"]
    list_display = ["network", "level", "start", "end", "state", "number"]
    list_filter = ["state", "level", "network"]
    search_fields = [
        "network__acronym",
        "network__name_sv",
        "network__name_en",
        "case__number",
        "source",
    ]

    def get_queryset(self, request):
        engagements = super().get_queryset(request)
        return engagements.select_related(
            "network", "line", "case", "decision__delegation_point", "decision__proposal__case"
        )

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else self.add_fieldsets

    @admin.display(description=_("registration number"), ordering="case__number")
    def number(self, engagement):
        return engagement.case.number or ""

    @admin.display(description=_("decision"))
    def decided(self, engagement):
        return describe(engagement.decision) if engagement.decision else ""

    def save_model(self, request, obj, form, change):
        if not change:
            open_case(obj, Case.Kind.ENGAGEMENT, request.user)
        super().save_model(request, obj, form, change)

    def delete_model(self, request, obj):
        obj.discard(by=request.user)

    def delete_queryset(self, request, queryset):
        for engagement in queryset:
            engagement.discard(by=request.user)

    def verb_initial(self, obj, verb, user):
        return {"source": obj.source} if verb == "note" else {}

    def verb_facts(self, obj):
        now = Engagement.objects.current(timezone.localdate()).filter(network=obj.network_id)
        today = now.first()
        return [
            (_("registration number"), obj.case.number),
            (_("network"), obj.network),
            (_("engagement today"), today.get_level_display() if today else ""),
            (_("engagement"), obj.get_level_display()),
            (_("from"), date_format(obj.start) if obj.start else ""),
            (_("to"), date_format(obj.end) if obj.end else ""),
            (_("strategy goals"), ", ".join(str(goal) for goal in obj.goals.all())),
            (_("line of work"), obj.line),
        ]


def describe(decision) -> str:
    """Outcome, case, place and day, on one line."""
    point = decision.delegation_point
    place = f"§ {decision.section}" if decision.section else _now("point %s") % point.code
    number = decision.proposal.case.number
    outcome = decision.get_outcome_display()
    return ", ".join([str(outcome), number, place, date_format(decision.decided_on)])
