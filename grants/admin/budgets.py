from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.admin.forms import (
    BudgetConfirmationForm,
    BudgetProposalForm,
    SchemeBudgetForm,
)
from grants.admin.ofscheme import BelongsToScheme
from grants.models import SchemeBudget
from portal.core.admin_history import HistoryAdmin
from portal.core.admin_pages import kr, person
from portal.core.money import format_money
from portal.core.workflow_admin import WorkflowAdmin


@admin.register(SchemeBudget)
class SchemeBudgetAdmin(BelongsToScheme, WorkflowAdmin, HistoryAdmin):
    """What is added is a proposal; verbs change it, and confirm it by another person."""

    form = SchemeBudgetForm
    verb_forms = {"propose": BudgetProposalForm, "confirm": BudgetConfirmationForm}
    add_fieldsets = [(None, {"fields": ["scheme", "year", "amount"]})]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "scheme",
                    "year",
                    "ceiling",
                    kr("committed", _("committed")),
                    "remaining",
                    "state",
                ]
            },
        ),
        (
            _("Proposal and confirmation"),
            {
                "fields": [
                    person("proposed_by", _("proposed by")),
                    "proposed_at",
                    person("confirmed_by", _("confirmed by")),
                    "confirmed_at",
                ]
            },
        ),
    ]
    autocomplete_fields = ["scheme"]
    list_display = [
        "scheme",
        "year",
        kr("amount", _("budget")),
        kr("committed", _("committed")),
        "remaining",
        "state",
    ]
    list_filter = ["state", "year", "scheme"]
    search_fields = ["scheme__title_sv", "scheme__title_en"]

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else self.add_fieldsets

    def get_queryset(self, request):
        related = ["scheme", "proposed_by", "confirmed_by"]
        return super().get_queryset(request).select_related(*related)

    @admin.display(description=_("budget"))
    def ceiling(self, budget):
        return _("No ceiling") if budget.amount is None else format_money(budget.amount)

    @admin.display(description=_("left"))
    def remaining(self, budget):
        return kr("left", "")(budget)

    def save_model(self, request, obj, form, change):
        obj.signed_as_proposal(by=request.user, at=timezone.now())
        super().save_model(request, obj, form, change)

    def verb_initial(self, obj, verb, user):
        return {"amount": obj.amount}

    def verb_facts(self, obj):
        return [
            (_("scheme"), str(obj.scheme)),
            (_("year"), str(obj.year)),
            (_("budget"), self.ceiling(obj)),
            (_("committed"), format_money(obj.committed)),
            (_("proposed by"), obj.proposed_by),
        ]
