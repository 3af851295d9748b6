from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.models import Organisation, OrganisationInvitation, OrganisationMember


class OrganisationForm(forms.ModelForm):
    class Meta:
        model = Organisation
        fields = ["name", "kind", "number", "municipality"]
        help_texts = {
            "number": _("Ten digits, such as 556036-0793. A group of artists has none."),
        }


class InvitationForm(forms.ModelForm):
    role = forms.ChoiceField(
        label=_("Role"),
        choices=OrganisationMember.Role.choices,
        initial=OrganisationMember.Role.MEMBER,
        widget=forms.RadioSelect,
        help_text=_("All members write and follow applications. A manager also invites others."),
    )

    class Meta:
        model = OrganisationInvitation
        fields = ["email", "role"]


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=OrganisationMember.Role.choices)
