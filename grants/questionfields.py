"""The form field of each kind of question. Nothing has to be answered in a draft."""

from django import forms
from django.utils.translation import gettext as _

from grants.models.questions import Question
from portal.core.fields import PlainDateField, PlainIntegerField
from portal.core.money import MoneyFormField
from portal.core.widgets import Paragraphs

Kind = Question.Kind
SHORT_TEXT, LONG_TEXT = 300, 5000
SHORT = {"class": "ds-input input--short"}


def field_for(question: Question) -> forms.Field:
    """Of a question that is answered in writing. What must be answered is asked on submission."""
    field = _BUILDERS[Kind(question.kind)](question)
    field.label, field.required = question.text, False
    field.help_text = question.help or ""
    return field


def _short(question):
    return forms.CharField(max_length=question.longest or SHORT_TEXT)


def _long(question):
    widget = Paragraphs(attrs={"rows": 6, "cols": False})
    return forms.CharField(max_length=question.longest or LONG_TEXT, widget=widget)


def _one(question):
    return forms.ChoiceField(choices=question.options, widget=forms.RadioSelect)


def _several(question):
    return forms.MultipleChoiceField(choices=question.options, widget=forms.CheckboxSelectMultiple)


def _number(question):
    return PlainIntegerField(
        min_value=-(2**31) if question.least is None else question.least,
        max_value=2**31 - 1 if question.most is None else question.most,
        widget=forms.TextInput(attrs={**SHORT, "inputmode": "numeric"}),
    )


def _money(question):
    return MoneyFormField(widget=forms.TextInput(attrs=SHORT))


def _date(question):
    return PlainDateField(
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day, for example 2027-03-01.")},
    )


_BUILDERS = {
    Kind.SHORT: _short,
    Kind.LONG: _long,
    Kind.YES_NO: _one,
    Kind.ONE: _one,
    Kind.SEVERAL: _several,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
}
