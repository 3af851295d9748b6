"""Conflicts of interest in the admin: who is barred, and how a disputed one was settled."""

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.cases.admin.files import BarredAdmin
from portal.cases.models import Case, Conflict
from portal.core.admin_forms import VerbForm
from portal.core.admin_pages import person
from portal.core.models import User
from portal.core.workflow_admin import WorkflowAdmin


class SettlementForm(VerbForm):
    reference = forms.CharField(
        label=_("Settled by"), max_length=200,
        help_text=_("The committee's decision with its §, or the manager's, with its day."),
    )  # fmt: skip


class NewConflictForm(forms.ModelForm):
    """Another's conflict, as it was settled. Case and person are named, not chosen from lists."""

    number = forms.CharField(label=_("Registration number"), max_length=24)
    email = forms.EmailField(label=_("The person's e-mail address"))

    class Meta:
        model = Conflict
        fields = ["ground", "reference"]

    administrator: User

    def clean_number(self):
        found = Case.objects.registered().filter(number=self.cleaned_data["number"].strip())
        self.instance.case = found.not_barring(self.administrator).first()
        if self.instance.case_id is None:
            raise forms.ValidationError(_now("There is no such case."))

    def clean_email(self):
        self.instance.user = User.objects.filter(email__iexact=self.cleaned_data["email"]).first()
        if self.instance.user_id is None:
            raise forms.ValidationError(_now("Nobody has an account with this address."))
        if self.instance.user == self.administrator:
            raise forms.ValidationError(_now("Your own conflict you declare on the case."))

    def clean_reference(self):
        if not self.cleaned_data["reference"].strip():
            raise forms.ValidationError(_now("Say who settled it, and where it stands."))
        return self.cleaned_data["reference"]

    def clean(self):
        cleaned, one = super().clean(), self.instance
        there = Conflict.objects.in_force().filter(case=one.case_id, user=one.user_id)
        if one.case_id and one.user_id and there.exists():
            self.add_error("email", _now("That person is barred already."))
        return cleaned


@admin.register(Conflict)
class ConflictAdmin(WorkflowAdmin, BarredAdmin):
    """An administrator meets neither their own conflicts nor the cases they are barred from."""

    verb_forms = {"lift": SettlementForm}
    fieldsets = [
        (None, {"fields": ["case", person("user", _("person")), "ground", "note", "state"]}),
        (
            _("Who"),
            {
                "fields": [
                    person("declared_by", _("declared by")), "declared_at", "reference",
                    person("lifted_by", _("settlement recorded by")), "lifted_at",
                ]
            },
        ),
    ]  # fmt: skip
    list_display = ["case", person("user", _("person")), "ground", "state", "declared_at"]
    list_filter = ["state", "ground"]
    list_select_related = ["case", "user"]
    search_fields = ["case__number", "user__full_name"]

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": ["number", "email", "ground", "reference"]})]
        return super().get_fieldsets(request, obj)

    def get_form(self, request, obj=None, **kwargs):
        if obj is not None:
            return super().get_form(request, obj, **kwargs)
        return type("NewConflictForm", (NewConflictForm,), {"administrator": request.user})

    def save_model(self, request, obj, form, change):
        kept = Conflict.objects.record(
            obj.case, user=obj.user, ground=obj.ground, reference=obj.reference, by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        obj.pk = kept.pk
