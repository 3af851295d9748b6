"""As whom somebody applies, and what the application begins with."""

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Application, Call
from grants.models.schemes import INDIVIDUAL
from portal.core.models import Organisation

MOST_EARLIER = 30


class ApplicantForm(forms.Form):
    """As whom a person applies: as oneself, or for an organisation that the call allows."""

    def __init__(self, *args, call: Call, user, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = call.scheme.applicants
        own = list(Organisation.objects.of(user))
        self.organisations = {str(one.pk): one for one in own if one.kind in kinds}
        self.left_out = [one for one in own if one.kind not in kinds]
        choices = [(INDIVIDUAL, _("I do, as a person"))] if INDIVIDUAL in kinds else []
        choices += [(key, organisation.name) for key, organisation in self.organisations.items()]
        self.fields["applicant"] = forms.ChoiceField(
            label=_("Who applies?"), widget=forms.RadioSelect, choices=choices
        )
        if len(choices) == 1:
            self.initial["applicant"] = choices[0][0]
        earlier = Application.objects.of(user).handed_in().order_by("-pk")[:MOST_EARLIER]
        self.earlier = {str(one.pk): one for one in earlier}
        if self.earlier:
            self.fields["earlier"] = forms.ChoiceField(
                label=_("Begin with"),
                required=False,
                choices=[
                    ("", _("an empty form")),
                    *((key, str(one)) for key, one in self.earlier.items()),
                ],
                help_text=_("What you wrote in an earlier application is copied, to be changed."),
            )

    @property
    def copied(self) -> Application | None:
        return self.earlier.get(self.cleaned_data.get("earlier", ""))

    @property
    def named_left_out(self) -> str:
        """One's organisations that the call does not take, by name and kind."""
        return ", ".join(f"{one} ({one.get_kind_display()})" for one in self.left_out)

    @property
    def organisation(self) -> Organisation | None:
        return self.organisations.get(self.cleaned_data["applicant"])
