"""The assessor's form: for each criterion a score, and why; and the officer's small forms."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.db.models import Q
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants.assigning import EACH
from grants.forms.parts import Fault
from grants.models import Assessment, Call, Score
from grants.models.assessments import LONGEST, Given, criteria_of, key_of
from portal.core.fields import PlainDateField
from portal.core.models import User
from portal.core.roles import Role
from portal.core.widgets import Paragraphs


@dataclass(frozen=True)
class Asked:
    """One criterion on the page."""

    title: str
    weight: int
    score: forms.BoundField
    why: forms.BoundField


class AssessmentForm(forms.Form):
    """Everything in it may be left for later; only sending asks for the whole."""

    data: MultiValueDict
    marks_optional = False
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, data=None, *, assessment: Assessment):
        self.assessment, stored = assessment, assessment.given()
        self.criteria = criteria_of(assessment.application.call.scheme)
        super().__init__(data, initial={"seen": assessment.mark()})
        for criterion in self.criteria:
            key = key_of(criterion)
            there = stored.get(key, Given())
            self.fields[f"score-{key or 0}"] = forms.TypedChoiceField(
                label=_("Score"), choices=Score.Scale.choices, coerce=int, empty_value=None,
                required=False, widget=forms.RadioSelect, initial=there.score,
            )  # fmt: skip
            self.fields[f"why-{key or 0}"] = forms.CharField(
                label=_("Justification"), max_length=LONGEST, required=False,
                widget=Paragraphs(attrs={"rows": 5, "cols": False}), initial=there.justification,
            )  # fmt: skip

    @property
    def asked(self) -> list[Asked]:
        return [
            Asked(
                str(criterion or _now("The whole")),
                criterion.weight if criterion else 1,
                self[f"score-{criterion.pk if criterion else 0}"],
                self[f"why-{criterion.pk if criterion else 0}"],
            )
            for criterion in self.criteria
        ]

    def given(self) -> dict[int | None, Given]:
        """What has been read; what cannot be read stays as it was."""
        return {
            key: Given(self._read(f"score-{key or 0}"), self._read(f"why-{key or 0}"))
            for key in (key_of(criterion) for criterion in self.criteria)
        }

    def _read(self, name: str):
        return self.cleaned_data.get(name, self.fields[name].initial)

    def keep(self, *, by, at) -> None:
        self.assessment.write(self.given(), by=by, at=at, seen=self.cleaned_data["seen"])

    def continue_from(self, assessment: Assessment) -> None:
        """The next sending builds on what is stored now."""
        self.data = self.data.copy()
        self.data["seen"] = assessment.mark()

    def refuse_lacks(self, lacks: dict[int | None, list[str]]) -> None:
        for key, fields in lacks.items():
            if "score" in fields:
                self.add_error(f"score-{key or 0}", _now("Choose a score."))
            if "justification" in fields:
                self.add_error(f"why-{key or 0}", _now("Write why."))

    @property
    def faults(self) -> list[Fault]:
        return [
            _fault(asked, field, str(text))
            for asked in self.asked
            for field in (asked.score, asked.why)
            for text in field.errors
        ]


def _fault(asked: Asked, field, text: str) -> Fault:
    return Fault(f"{asked.title}, {field.label}: ", text, field.focus_id)


class AssessorForm(forms.Form):
    """Whom to add to a call: officers and external assessors who are not there yet."""

    marks_optional = False
    user = forms.ModelChoiceField(label=_("Assessor"), queryset=User.objects.none())

    def __init__(self, data=None, *, call: Call):
        super().__init__(data)
        roles = Q(groups__name__in=(Role.OFFICER, Role.ASSESSOR))
        there = call.call_assessors.values("user")
        people = User.objects.filter(roles, is_active=True).exclude(pk__in=there).distinct()
        chosen = people.order_by("full_name", "pk")
        self.fields["user"].queryset = chosen  # type: ignore[attr-defined]


class EachForm(forms.Form):
    """How many assessors the program proposes for each application."""

    marks_optional = False
    each = forms.TypedChoiceField(
        label=_("Assessors for each application"), required=False, coerce=int,
        empty_value=str(EACH), choices=[(number, str(number)) for number in range(1, 6)],
    )  # fmt: skip


class AssessByForm(forms.Form):
    marks_optional = False
    assess_by = PlainDateField(
        label=_("Last day to assess"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )  # fmt: skip


class ReopenForm(forms.Form):
    marks_optional = False
    why = forms.CharField(
        label=_("Why it is reopened"), max_length=1000,
        widget=Paragraphs(attrs={"rows": 3, "cols": False}),
        help_text=_("The assessor reads it; the mail only says that it is there."),
    )  # fmt: skip
