"""What the sign-up asks besides address and password; the library builds its own form on this."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    """What the sign-up asks besides address and password."""

    full_name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["full_name", "email", "password1"]

    def signup(self, request, user):
        user.full_name = self.cleaned_data["full_name"].strip()
        user.save(update_fields=["full_name"])
