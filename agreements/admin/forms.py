"""What the verbs of a version ask for."""

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.committee.models import DelegationPoint
from portal.core.admin_forms import VerbForm
from portal.core.dates import PartialDateField


class NoteSignedForm(VerbForm):
    signed = PartialDateField(
        label=_("Signed"), help_text=_("As precisely as it is known: 2014, 2018-06 or 2018-05-07.")
    )


class ProposeForm(VerbForm):
    reasons = forms.CharField(
        label=_("Officer's statement"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8})
    )
    delegation_point = forms.ModelChoiceField(
        DelegationPoint.objects.none(),
        label=_("Delegation point"),
        required=False,
        help_text=_("Empty: the committee decides at a meeting."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        points = DelegationPoint.objects.in_force(timezone.localdate()).exclude(delegates=None)
        self.fields["delegation_point"].queryset = points.distinct()


class SignForm(VerbForm):
    signed_on = forms.DateField(label=_("Signed"), widget=AdminDateWidget)


class TerminateForm(VerbForm):
    terminated_on = forms.DateField(label=_("Last day"), widget=AdminDateWidget)
    termination = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
