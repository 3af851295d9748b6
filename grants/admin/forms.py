"""The forms of schemes and budgets, and what an officer's verbs ask for."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants.models import Assessment, Scheme, SchemeBudget
from grants.models.schemes import APPLICANT_KINDS
from portal.committee.forms import OutcomeForm
from portal.committee.workflow import Purpose
from portal.core.admin_forms import PortalModelForm, VerbForm
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


class GrantProposalForm(OutcomeForm):
    def purpose(self):
        return Purpose.GRANT
