"""The forms of schemes and budgets, and what an officer's verbs ask for."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants.completion import choices
from grants.models import Scheme, SchemeBudget
from grants.models.schemes import APPLICANT_KINDS, WHOLE
from portal.committee.forms import OutcomeForm
from portal.committee.workflow import Purpose
from portal.core.admin_forms import PortalModelForm, TableFormSet, VerbForm
from portal.core.fields import PlainDateField
from portal.core.money import MoneyFormField


class SchemeForm(PortalModelForm):
    applicants = forms.MultipleChoiceField(
        label=_("Who may apply"), choices=APPLICANT_KINDS, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Scheme
        exclude = ["publication", "perspectives"]


class SchemeBudgetForm(PortalModelForm):
    class Meta:
        model = SchemeBudget
        fields = ["scheme", "year", "amount"]


class BudgetProposalForm(VerbForm):
    amount = MoneyFormField(
        label=_("Budget"),
        required=False,
        help_text=_(
            "In kronor; empty: no ceiling for the year. An administrator other than you confirms "
            "it. Until then nothing more is granted from the budget."
        ),
    )


class BudgetConfirmationForm(VerbForm):
    """Sends back the amount that the page showed."""

    amount = MoneyFormField(required=False, widget=forms.HiddenInput)


class InstalmentFormSet(TableFormSet):
    """A scheme is paid at once, or in instalments that make the whole."""

    def clean(self):
        super().clean()
        rows = list(self._rows_to_keep())
        if rows and all(form.is_valid() for form in self.forms):
            total = sum(form.cleaned_data["percent"] for form in rows)
            if total != WHOLE:
                told = _now("The instalments make %(total)s %% together; they must make 100 %%.")
                rows[-1].add_error("percent", told % {"total": total})


class CompletionForm(VerbForm):
    fields_to_open = forms.MultipleChoiceField(
        label=_("What is to be completed"), widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(
        label=_("What is missing"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The applicant reads it on the page; the mail only says that it is there."),
    )  # fmt: skip
    due_on = PlainDateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fields"] = self.fields.pop("fields_to_open")
        self.fields["fields"].choices = choices(self.obj)
        self.order_fields(["fields"])


class GrantProposalForm(OutcomeForm):
    def purpose(self):
        return Purpose.GRANT
