from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models import AgreementParty


class ConfirmForm(forms.Form):
    """Who confirms, in which role, and that it is meant."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    role = forms.CharField(
        label=_("Your role"),
        max_length=120,
        help_text=_("For example head of culture, or chair of the board."),
    )
    agrees = forms.BooleanField()

    def __init__(self, *args, party: AgreementParty, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agrees"].label = _(
            "I have read the terms, and have the right to confirm them for %(party)s"
        ) % {"party": party.called}
