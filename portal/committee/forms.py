"""What is asked for when a decision is proposed, made or recorded."""

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from portal.committee.workflow import Outcome
from portal.core.money import MoneyFormField


class OutcomeForm(forms.Form):
    """An outcome with its reasons; an amount only where support is granted."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    amount = MoneyFormField(
        label=_("Amount"), required=False, help_text=_("In kronor. Only when support is granted.")
    )
    reasons = forms.CharField(
        label=_("Reasons"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8})
    )


class MeetingDecisionForm(OutcomeForm):
    met_on = forms.DateField(label=_("Date of the meeting"), widget=AdminDateWidget)
    section = forms.IntegerField(
        label=_("Section (§)"), validators=[MinValueValidator(1)], max_value=32767
    )
