"""What is asked for when a decision is proposed, made or recorded."""

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from portal.committee.workflow import OUTCOMES, Purpose
from portal.core.admin_forms import VerbForm
from portal.core.fields import PlainDateField, PlainIntegerField
from portal.core.money import MoneyFormField
from portal.core.widgets import Paragraphs


def outcome_fields(purpose: str) -> dict[str, forms.Field]:
    """What is asked of any decision, by what it is for: an amount and conditions only where support
    is granted.
    """
    found: dict[str, forms.Field] = {
        "outcome": forms.ChoiceField(
            label=_("Outcome"), widget=forms.RadioSelect,
            choices=[(one.value, one.label) for one in OUTCOMES[purpose]],
        ),
        "amount": MoneyFormField(
            label=_("Amount"), required=False,
            help_text=_("In kronor. Only when support is granted."),
        ),
        "conditions": forms.CharField(
            label=_("Conditions"), max_length=5000, required=False,
            widget=Paragraphs(attrs={"rows": 3, "cols": False}),
            help_text=_("What the support is granted on. Only when support is granted."),
        ),
        "reasons": forms.CharField(
            label=_("Reasons"), max_length=5000,
            widget=Paragraphs(attrs={"rows": 8, "cols": False}),
        ),
    }  # fmt: skip
    if purpose != Purpose.GRANT:
        del found["amount"], found["conditions"]
    return found


class OutcomeForm(VerbForm):
    """An outcome that fits the proposal, with its reasons; an amount and conditions where support
    is granted.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {**outcome_fields(self.purpose()), **self.fields}

    def purpose(self) -> str:
        """What the decision is for: it says what can be its outcome."""
        return self.obj.purpose

    def clean(self):
        return {"amount": None, "conditions": "", **super().clean()}


class MeetingDecisionForm(OutcomeForm):
    met_on = PlainDateField(label=_("Date of the meeting"), widget=AdminDateWidget)
    section = PlainIntegerField(
        label=_("Section (§)"), validators=[MinValueValidator(1)], max_value=32767
    )


class AnnounceForm(forms.Form):
    where = forms.CharField(
        label=_("Where the minutes are kept"),
        max_length=200,
        help_text=_("So that people find them: the office, its address and hours."),
    )
    shows_minutes = forms.BooleanField(
        label=_("Show the minutes on the web"),
        required=False,
        help_text=_(
            "As a copy that does not tell what refused applications are about. Read it first: "
            "texts that name private persons should not stand on the web."
        ),
    )

    def __init__(self, *args, has_minutes: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_minutes:
            del self.fields["shows_minutes"]
