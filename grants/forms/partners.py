"""What a partner abroad answers about its part, through its link."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants.models import PartnerConfirmation
from portal.cases.uploads import ALLOWED
from portal.core.widgets import Paragraphs

CHOICES = [
    (PartnerConfirmation.Answer.CONFIRMED, _("We confirm our part as it stands here")),
    (PartnerConfirmation.Answer.COMMENTED, _("We want to comment on it before we confirm")),
]


class PartnerAnswerForm(forms.Form):
    """`read` tells which text it was shown with."""

    answer = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect, choices=CHOICES)
    name = forms.CharField(label=_("Your name"), max_length=120)
    comment = forms.CharField(
        label=_("Comment"),
        max_length=2000,
        required=False,
        widget=Paragraphs(attrs={"rows": 5, "cols": False}),
    )
    certificate = forms.FileField(
        label=_("Certificate"),
        required=False,
        help_text=_("A letter or certificate of yours, if you want to send one; at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in ALLOWED)}),
    )
    read = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self):
        given = super().clean()
        if given.get("answer") == PartnerConfirmation.Answer.COMMENTED and not given.get("comment"):
            self.add_error("comment", _now("Write what you want to say."))
        return given

    def show_anew(self, mark: str) -> None:
        """What was read has been changed: it is answered as it stands now, with what was typed."""
        self.data = {name: self.data[name] for name in self.data} | {"read": mark}
        told = _now("Your part was changed while you read. Read it again, and send your answer.")
        self.add_error(None, told)
