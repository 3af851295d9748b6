"""May I apply? A few questions, asked before anybody signs in or writes a word.

They come from the scheme's standing rules and from what staff have added to it. Nothing of the
answers is kept: they stand in the address alone.
"""

from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.models import Scheme
from grants.models.schemes import APPLICANT_KINDS

YES_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))


@dataclass(frozen=True)
class Check:
    """One question: its right answers let a person go on, the others have a reason why not."""

    name: str
    text: str
    options: tuple[tuple[str, str | Promise], ...]
    right: frozenset[str]
    why_not: str


def checks_of(scheme: Scheme) -> list[Check]:
    own = [
        _yes_or_no(f"e{one.pk}", one.text, one.right_answer, one.why_not)
        for one in scheme.eligibility.all()
    ]
    return [_applicant(scheme), *_standing_rules(scheme), *own]


def _applicant(scheme: Scheme) -> Check:
    why_not = _("Those who may apply are: %(kinds)s.")
    return Check(
        name="applicant",
        text=_("Who would apply?"),
        options=tuple(APPLICANT_KINDS),
        right=frozenset(scheme.applicants),
        why_not=why_not % {"kinds": ", ".join(scheme.applicant_labels)},
    )


def _standing_rules(scheme: Scheme) -> list[Check]:
    rules = []
    if scheme.requires_residence:
        text = _("Does the applicant live and work in the region's cultural life?")
        why_not = _("The support is for those who live and are active in the region.")
        rules.append(_yes_or_no("residence", text, True, why_not))
    if scheme.requires_non_profit:
        text = _("Does the applicant work without profit motive?")
        why_not = _("The support is for those who work without profit motive.")
        rules.append(_yes_or_no("non_profit", text, True, why_not))
    if scheme.only_own_costs:
        text = _("Would the money go to the applicant's own costs only?")
        why_not = _("The support covers the applicant's own costs, not the partner's.")
        rules.append(_yes_or_no("own_costs", text, True, why_not))
    return rules


def _yes_or_no(name: str, text: str, right: bool, why_not: str) -> Check:
    return Check(name, text, YES_NO, frozenset({"yes" if right else "no"}), why_not)


class EligibilityForm(forms.Form):
    def __init__(self, *args, checks: list[Check], **kwargs):
        super().__init__(*args, **kwargs)
        self.checks = checks
        for check in checks:
            self.fields[check.name] = forms.ChoiceField(
                label=check.text, choices=check.options, widget=forms.RadioSelect
            )

    def reasons_against(self) -> list[str]:
        """Of a valid form: why one may not apply; none where one may."""
        return [
            check.why_not
            for check in self.checks
            if self.cleaned_data[check.name] not in check.right
        ]
