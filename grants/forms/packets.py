"""What is typed in a row of the ranked packet."""

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models.packets import OUTCOMES
from portal.core.fields import PlainIntegerField
from portal.core.money import MoneyFormField

MOST = 100_000  # places in a packet


class PlanForm(forms.Form):
    """`version` and `place` are what the row was read with; `rank` is where it is to stand."""

    version = PlainIntegerField(min_value=0)
    place = PlainIntegerField(min_value=1, max_value=MOST)
    rank = PlainIntegerField(label=_("Rank"), required=False, min_value=1, max_value=MOST)
    move = forms.ChoiceField(choices=[("up", ""), ("down", "")], required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=[("", ""), *OUTCOMES], required=False)
    amount = MoneyFormField(label=_("Amount"), required=False)
    conditions = forms.CharField(label=_("Conditions"), max_length=5000, required=False)
    reasons = forms.CharField(label=_("Reasons"), max_length=5000, required=False)

    @property
    def planned(self) -> dict:
        return {name: self.cleaned_data[name] for name in _PLANNED}

    @property
    def to(self) -> int:
        """The place that is asked for: one up or down, or the rank that was typed."""
        given = self.cleaned_data
        step = {"up": -1, "down": 1}.get(given["move"], 0)
        return max(given["place"] + step, 1) if step else given["rank"] or given["place"]

    @property
    def moves(self) -> bool:
        return self.to != self.cleaned_data["place"]

    def said(self) -> list[str]:
        """What is wrong, each with the field's name."""
        return [
            f"{self.fields[name].label}: {text}" if name in self.fields else text
            for name, texts in self.errors.items()
            for text in texts
        ]


_PLANNED = ("outcome", "amount", "conditions", "reasons")
