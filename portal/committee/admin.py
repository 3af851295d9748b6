from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.cases.admin import CaseLogAdmin
from portal.committee.forms import MeetingDecisionForm, OutcomeForm
from portal.committee.models import Decision, DelegationPoint, Meeting, Proposal, RoleCeiling, Seat
from portal.committee.workflow import MeetingState, Route
from portal.core.admin_history import HistoryAdmin
from portal.core.admin_pages import TabularRows, both, kr, person
from portal.core.countries import country_name
from portal.core.models import User
from portal.core.money import format_money
from portal.core.roles import Role
from portal.core.workflow_admin import WorkflowAdmin


class RoleCeilingRows(TabularRows):
    model = RoleCeiling
    fields = ["role", "ceiling"]


@admin.register(DelegationPoint)
class DelegationPointAdmin(HistoryAdmin):
    inlines = [RoleCeilingRows]
    fields = [
        "code", both("name"), "ceiling", "delegates", "is_reported", ("valid_from", "valid_until"),
    ]  # fmt: skip
    autocomplete_fields = ["delegates"]
    list_display = ["code", "name", kr("ceiling", _("ceiling")), "valid_from", "valid_until"]
    search_fields = ["code", "name_sv", "name_en"]


@admin.register(Seat)
class SeatAdmin(HistoryAdmin):
    fields = ["user", "role", "party", "order", ("start", "end")]
    list_display = ["user", "role", "party", "order", "start", "end"]
    list_filter = ["role"]
    search_fields = ["user__full_name", "party"]
    list_select_related = ["user"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Those who may sign in as members: the role is given on their account."""
        if db_field.name == "user":
            members = User.objects.filter(groups__name=Role.MEMBER, is_active=True)
            kwargs["queryset"] = members.order_by("full_name", "pk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Meeting)
class MeetingAdmin(HistoryAdmin):
    """To look up, and to mend the day and place of one that nobody is summoned to yet; everything
    else is done on the meeting's own page.
    """

    readonly_fields = ["state", person("secretary", _("secretary")), "seats", "summoned_at"]
    readonly_fields += ["ended_at"]
    fields = ["begins_at", "place", *readonly_fields]
    list_display = ["begins_at", "place", "state"]
    list_filter = ["state"]
    date_hierarchy = "begins_at"
    search_fields = ["place"]

    def has_change_permission(self, request, obj=None):
        is_planned = obj is None or obj.state == MeetingState.PLANNED
        return is_planned and super().has_change_permission(request, obj)

    def has_add_permission(self, request):
        return False


class WhoDecidesFilter(admin.SimpleListFilter):
    title = _("who decides")
    parameter_name = "decides"

    def lookups(self, request, model_admin):
        return [("me", _("Awaits my decision")), *Route.choices]

    def queryset(self, request, queryset):
        if self.value() == "me":
            return queryset.decidable_by(request.user, timezone.localdate())
        if self.value() in Route.values:
            return queryset.filter(delegation_point__isnull=self.value() == Route.MEETING)
        return queryset


@admin.register(Proposal)
class ProposalAdmin(WorkflowAdmin, CaseLogAdmin):
    change_form_template = "admin/case_workflow_change_form.html"
    verb_forms = {
        "decide_by_delegation": OutcomeForm,
        "record_meeting_decision": MeetingDecisionForm,
        "decide_urgently": OutcomeForm,
    }
    view_on_site = False
    fieldsets = [
        (None, {"fields": ["number", "case", "purpose", "state"]}),
        (
            _("Proposal"),
            {"fields": ["outcome", kr("amount", _("amount")), "conditions", "reasons"]},
        ),
        (
            _("Who"),
            {
                "fields": [
                    person("proposed_by", _("proposed by")),
                    "proposed_at",
                    "delegation_point",
                ]
            },
        ),
        (_("Decision"), {"fields": ["decided"]}),
    ]
    list_display = [
        "number",
        "matter",
        "outcome",
        kr("amount", _("amount")),
        "route",
        "proposed_by",
        "proposed_at",
        "state",
    ]
    list_filter = ["state", WhoDecidesFilter, "outcome", "purpose"]
    date_hierarchy = "proposed_at"
    search_fields = ["case__number", "case__title"]

    def get_queryset(self, request):
        proposals = super().get_queryset(request).visible_to(request.user)
        return proposals.select_related("case", "proposed_by", "delegation_point", "decision")

    @admin.display(description=_("registration number"), ordering="case__number")
    def number(self, proposal):
        return proposal.case.number

    @admin.display(description=_("matter"), ordering="case__title")
    def matter(self, proposal):
        return proposal.case.title

    @admin.display(description=_("who decides"))
    def route(self, proposal):
        return Route(proposal.route).label

    @admin.display(description=_("decision"))
    def decided(self, proposal):
        has_decision = hasattr(proposal, "decision")
        return describe(proposal.decision) if has_decision else _("Not yet decided")

    def verb_initial(self, obj, verb, user):
        return {
            "outcome": obj.outcome,
            "amount": obj.amount,
            "conditions": obj.conditions,
            "reasons": obj.reasons,
            "met_on": timezone.localdate(),
        }

    def verb_facts(self, obj):
        return [
            (_("registration number"), obj.case.number),
            (_("matter"), obj.case.title),
            (_("proposed outcome"), obj.get_outcome_display()),
            (_("proposed amount"), format_money(obj.amount)),
            (_("proposed by"), obj.proposed_by),
            (_("delegation point"), obj.delegation_point or ""),
            (_("conditions"), obj.conditions),
            (_("officer's statement"), obj.reasons),
        ]


def _link(name: str, obj, text) -> str:
    return format_html('<a href="{}">{}</a>', reverse(name, args=[obj.pk]), text)


def describe(decision: Decision) -> str:
    """The outcome, the amount, the place and the day, on one line."""
    place = f"§ {decision.section}" if decision.section else decision.get_route_display()
    parts = [decision.get_outcome_display(), format_money(decision.amount), place]
    return ", ".join([*filter(None, map(str, parts)), str(decision.decided_on)])


@admin.register(Decision)
class DecisionAdmin(CaseLogAdmin):
    case_path = "proposal__case"
    fieldsets = [
        (None, {"fields": ["number", "proposal", "outcome", kr("amount", _("amount"))]}),
        (_("Why, and on what conditions"), {"fields": ["conditions", "reasons"]}),
        (
            _("How it was decided"),
            {"fields": ["route", "decided_on", "section", "delegation_point"]},
        ),
        (
            _("Who"),
            {
                "fields": [
                    person("delegate", _("delegate")),
                    person("recorded_by", _("recorded by")),
                    "recorded_at",
                ]
            },
        ),
        (_("Minutes and announcement"), {"fields": ["extract", "announced"]}),
        (_("Counted under"), {"fields": ["perspectives", "goals", "line", "country_name"]}),
    ]
    list_display = [
        "number",
        "matter",
        "outcome",
        kr("amount", _("amount")),
        "decided_on",
        "route",
        "section",
    ]
    list_filter = ["outcome", "route", "perspectives"]
    date_hierarchy = "decided_on"
    search_fields = ["proposal__case__number", "proposal__case__title"]

    def case_of(self, obj):
        return obj.proposal.case

    def get_queryset(self, request):
        related = ["delegate", "delegation_point", "recorded_by", "line"]
        decisions = super().get_queryset(request).with_announcement()
        return decisions.select_related("item__minutes", *related)

    @admin.display(description=_("extract of the minutes"))
    def extract(self, decision):
        if not decision.has_extract:
            return _("When the minutes are adjusted")
        return _link("decision_extract", decision, _("Extract of the minutes (PDF, in Swedish)"))

    @admin.display(description=_("notice board"))
    def announced(self, decision):
        if notice := decision.announcement:
            return _link("notice", notice, notice)
        if decision.is_announced_alone:
            return _link("announce_decision", decision, _("Announce"))
        return _("With the minutes")

    @admin.display(description=_("registration number"), ordering="proposal__case__number")
    def number(self, decision):
        return decision.proposal.case.number

    @admin.display(description=_("matter"), ordering="proposal__case__title")
    def matter(self, decision):
        return decision.proposal.case.title

    @admin.display(description=_("country"))
    def country_name(self, decision):
        return country_name(decision.country)
