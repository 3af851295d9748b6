"""The forms of schemes and budgets, and what an officer's verbs ask for."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants.completion import choices
from grants.models import Assessment, Scheme, SchemeBudget
from grants.models.schemes import APPLICANT_KINDS
from portal.committee.forms import OutcomeForm
from portal.committee.workflow import Purpose
from portal.core.admin_forms import PortalModelForm, VerbForm
from portal.core.fields import PlainDateField
from portal.core.money import format_money


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

    def clean_amount(self):
        """The database refuses it, too; here it gets its words."""
        amount, committed = self.cleaned_data["amount"], self.instance.committed
        if amount is not None and amount < committed:
            raise ValidationError(
                _now("%(committed)s is committed already.") % {"committed": format_money(committed)}
            )
        return amount


class AssessmentForm(VerbForm):
    score = forms.TypedChoiceField(
        label=_("Score"), choices=Assessment.Score.choices, coerce=int, widget=forms.RadioSelect
    )
    justification = forms.CharField(
        label=_("Justification"), max_length=3000, widget=forms.Textarea(attrs={"rows": 8})
    )


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
