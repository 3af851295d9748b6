"""The forms by which staff build a call's questions."""

from itertools import zip_longest

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants.models import Question, Section
from grants.models.questions import new_key
from portal.core.fields import PlainIntegerField
from portal.core.widgets import Paragraphs

MOST_CHOICES, LONGEST_CHOICE = 30, 150
EXPLANATION = {
    "help_sv": _("Explanation in Swedish"),
    "help_en": _("Explanation in English"),
}


class SectionForm(forms.ModelForm):
    class Meta:
        model = Section
        fields = ["title_sv", "title_en", "help_sv", "help_en"]
        widgets = dict.fromkeys(
            ("help_sv", "help_en"), Paragraphs(attrs={"rows": 3, "cols": False})
        )
        labels = {
            "title_sv": _("Heading in Swedish"),
            "title_en": _("Heading in English"),
            **EXPLANATION,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title_sv"].required = self.fields["title_en"].required = True

    def refuse(self, error: ValidationError) -> None:
        self.add_error(None, error)


class _Lines(forms.CharField):
    """One choice a line."""

    def __init__(self, **kwargs):
        super().__init__(
            required=False, widget=Paragraphs(attrs={"rows": 5, "cols": False}), **kwargs
        )

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return [line.strip() for line in super().to_python(value).splitlines() if line.strip()]


def _number(label, **kwargs):
    return PlainIntegerField(label=label, required=False, **kwargs)


class QuestionForm(forms.ModelForm):
    """A question in both languages. Choices are written one a line, in the same order in both."""

    choices_sv = _Lines(
        label=_("Choices in Swedish, one a line"), help_text=_("For questions with choices.")
    )
    choices_en = _Lines(label=_("Choices in English, in the same order"))
    longest = _number(
        _("Most characters"), min_value=1, max_value=10_000, help_text=_("For texts.")
    )
    least = _number(_("At least"), min_value=-(10**9), max_value=10**9, help_text=_("For numbers."))
    most = _number(_("At most"), min_value=-(10**9), max_value=10**9)
    shown_if_answer = forms.ChoiceField(label=_("Shown only when"), required=False)

    class Meta:
        model = Question
        fields = ["text_sv", "text_en", "help_sv", "help_en", "kind", "is_required", "longest",
                  "least", "most"]  # fmt: skip
        widgets = dict.fromkeys(
            ("help_sv", "help_en"), Paragraphs(attrs={"rows": 3, "cols": False})
        )
        labels = {
            "text_sv": _("Question in Swedish"),
            "text_en": _("Question in English"),
            **EXPLANATION,
        }

    field_order = [
        "text_sv", "text_en", "help_sv", "help_en", "kind", "choices_sv", "choices_en",
        "is_required", "longest", "least", "most", "shown_if_answer",
    ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text_sv"].required = self.fields["text_en"].required = True
        question = self.instance
        for code in ("sv", "en"):
            self.initial[f"choices_{code}"] = [one[code] for one in question.choices]
        self.fields["shown_if_answer"].choices = [("", _("always")), *self._conditions()]
        if question.shown_if_id:
            self.initial["shown_if_answer"] = f"{question.shown_if_id}:{question.shown_if_answer}"

    def _conditions(self) -> list[tuple]:
        """The answers of the questions before this one, grouped by question."""
        earlier = []
        for question in self.instance.section.form.all_questions():
            if question.pk == self.instance.pk:
                break
            earlier.append(question)
        return [
            (str(one), [(f"{one.pk}:{key}", f"{one} – {text}") for key, text in one.options])
            for one in earlier
            if one.kind in Question.DECIDING
        ]

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        pk, _colon, answer = (cleaned.get("shown_if_answer") or "").partition(":")
        self.instance.shown_if_id, self.instance.shown_if_answer = int(pk) if pk else None, answer
        self.instance.choices = self._choices(
            cleaned.get("choices_sv") or [], cleaned.get("choices_en") or []
        )
        return cleaned

    def _choices(self, swedish: list[str], english: list[str]) -> list[dict]:
        """A choice whose text stands as before keeps its key, so that answers follow it."""
        if len(swedish) != len(english):
            told = _now("Write as many choices in English as in Swedish, in the same order.")
            self.add_error("choices_en", told)
            return self.instance.choices
        if len(swedish) > MOST_CHOICES or any(
            len(text) > LONGEST_CHOICE for text in swedish + english
        ):
            told = _now("At most %(many)s choices of at most %(long)s characters.")
            self.add_error("choices_sv", told % {"many": MOST_CHOICES, "long": LONGEST_CHOICE})
            return self.instance.choices
        if len(set(swedish)) < len(swedish):
            self.add_error("choices_sv", _now("The same choice stands twice."))
        keys = {one["sv"]: one["key"] for one in self.instance.choices}
        return [
            {"key": keys.get(sv) or new_key(), "sv": sv, "en": en}
            for sv, en in zip_longest(swedish, english)
        ]

    def _update_errors(self, errors):
        """What the model refuses stands at the field that asks for it."""
        self.refuse(errors)

    def refuse(self, error: ValidationError) -> None:
        names = {"choices": "choices_sv", "shown_if": "shown_if_answer"}
        reasons_by_name = getattr(error, "error_dict", {"__all__": error})
        for name, reasons in reasons_by_name.items():
            if name == "choices" and "choices_en" in self.errors:
                continue  # told already, and better
            shown = names.get(name, name)
            self.add_error(shown if shown in self.fields else None, reasons)
