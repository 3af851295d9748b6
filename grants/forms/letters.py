"""What is asked for of letters: their words, a reason, and which of them go."""

import re

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from grants.models import Letter
from grants.models.letters import LONGEST, Pick
from portal.committee.forms.pages import PageForm
from portal.core.widgets import Paragraphs

# More is sent in several batches.
MOST = 1000
_PICK = re.compile(r"([0-9]{1,18})\.([0-9]{1,9})")


class SeenForm(PageForm):
    """Builds on one version of the letter: what was read when the page was opened."""

    obj: Letter
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def build(self):
        self.fields["seen"].initial = self.obj.version


class SendForm(SeenForm):
    do = "send"
    done = _("The letter is sent.")


class ChangeForm(SeenForm):
    do = "change"
    done = _("The letter is changed. Read it, and send it.")
    subject = forms.CharField(
        label=_("Subject"), max_length=200,
        help_text=_("It stands in the mail's subject line, too: name nobody in it."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Text"), max_length=LONGEST, widget=Paragraphs(attrs={"rows": 28, "cols": False}),
        help_text=_("A line that begins with # is a heading. An empty line begins a paragraph."),
    )  # fmt: skip

    def build(self):
        super().build()
        self.fields["subject"].initial = self.obj.subject
        self.fields["text"].initial = self.obj.text

    def continue_from(self, letter: Letter) -> None:
        """The next sending builds on what is stored now."""
        self.data: QueryDict = self.data.copy()  # type: ignore[attr-defined]
        self.data[self.add_prefix("seen")] = str(letter.version)


class PutAsideForm(PageForm):
    do = "put_aside"
    done = _("The letter is put aside.")
    why = forms.CharField(
        label=_("Why it is not sent"), max_length=500,
        widget=Paragraphs(attrs={"rows": 3, "cols": False}),
    )  # fmt: skip


class TakeUpForm(PageForm):
    do = "take_up"
    done = _("The letter waits to be sent again.")


class PicksField(forms.CharField):
    """Letters and the versions that were read, as `written` writes them."""

    widget = forms.HiddenInput

    def to_python(self, value):
        found = [_PICK.fullmatch(word) for word in super().to_python(value).split()]
        if not all(found) or len(found) > MOST:
            raise forms.ValidationError(_("Choose letters in the list."))
        return list(dict.fromkeys(Pick(int(one[1]), int(one[2])) for one in found))


class BatchForm(forms.Form):
    """A batch on its way: what is left of it, and what has become of the rest."""

    left = PicksField()
    sent = forms.IntegerField(min_value=0, max_value=MOST, widget=forms.HiddenInput)
    gone = forms.IntegerField(min_value=0, max_value=MOST, widget=forms.HiddenInput)
    changed = PicksField(required=False)


def written(picks: list[Pick]) -> str:
    """As `PicksField` reads them."""
    return " ".join(f"{pick.pk}.{pick.version}" for pick in picks)
