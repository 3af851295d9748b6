"""What is asked when something is put on the notice board."""

from django import forms
from django.utils.translation import gettext_lazy as _


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
