"""One page, a form for each verb: what the verb asks for, and what becomes of a refusal."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.functional import Promise

from portal.core.admin_forms import VerbForm


class PageForm(VerbForm):
    """`do` names the form on its page, and its fields; it is the verb, too, unless `verb` says so.

    `people` are the meeting's attendance rows, read once for all the forms of a page.
    """

    do: str
    verb: str = ""
    done: str | Promise = ""

    def __init__(self, *args, people=(), **kwargs):
        self.people = list(people)
        super().__init__(*args, prefix=self.do, **kwargs)
        self.build()

    def build(self) -> None:
        """Fields that depend on the object or on who is there."""

    def arguments(self) -> dict:
        return dict(self.cleaned_data)

    def perform(self, *, by, at) -> None:
        getattr(self.obj, self.verb or self.do)(by=by, at=at, **self.arguments())

    def refuse(self, error) -> None:
        """What the verb refuses stands at its field where there is one."""
        found = getattr(error, "error_dict", None) or {NON_FIELD_ERRORS: error}
        for name, reasons in found.items():
            self.add_error(name if name in self.fields else None, reasons)


class PersonField(forms.TypedChoiceField):
    """One of the people of the meeting; `among` must be called before it is shown or read."""

    def among(self, people, empty: str = "") -> None:
        found = {str(one.pk): one for one in people}
        self.choices = [("", empty), *((key, str(one)) for key, one in found.items())]
        self.coerce, self.empty_value = found.__getitem__, None
