"""People, organisations and the strategy's reference data."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.core.admin_forms import KeepsOthersWork, PortalModelForm, TableFormSet
from portal.core.admin_history import HistoryAdmin
from portal.core.admin_pages import PortalModelAdmin, TabularRows, both
from portal.core.countries import country_name
from portal.core.models import (
    EuMembership,
    LineOfWork,
    Municipality,
    Organisation,
    OrganisationMember,
    Perspective,
    StrategyGoal,
    User,
)
from portal.core.roles import Role

# The roles are made by migration, and what a role may do stands in the rules; addresses, second
# factors and connections are their owners'.
admin.site.unregister((Group, EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken))


class RolesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group):
        return Role(group.name).label


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "full_name", "language"]

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class KnownUserForm(KeepsOthersWork, UserChangeForm):
    def clean_email(self):
        return self.cleaned_data["email"].lower()


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return Role.choices

    def queryset(self, request, queryset):
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class UserAdmin(PortalModelAdmin, DjangoUserAdmin):
    """Accounts and roles. An administrator's own account can be looked at, not changed, here."""

    fieldsets = [
        (None, {"fields": ["email", "full_name", "language", "password"]}),
        (_("Access"), {"fields": ["is_active", "is_staff", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "joined_at"]}),
    ]
    form = KnownUserForm
    add_form = NewUserForm
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": [
                    "email",
                    "full_name",
                    "language",
                    "usable_password",
                    "password1",
                    "password2",
                ],
            },
        )
    ]
    readonly_fields = ["last_login", "joined_at"]
    filter_horizontal = []
    list_display = ["full_name", "email", "roles", "is_staff", "is_active", "last_login"]
    list_prefetch_related = ("groups",)
    list_filter = [RoleFilter, "is_staff", "is_active"]
    search_fields = ["full_name", "email"]
    ordering = ["full_name", "pk"]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            groups = Group.objects.filter(name__in=Role.values).order_by("pk")
            return RolesField(groups, label=_("Roles"), required=False)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("roles"))
    def roles(self, user):
        return ", ".join(str(Role(group.name).label) for group in user.groups.all())


class MemberForm(PortalModelForm):
    """A member is named by the account's e-mail address: no list of all people is shown."""

    user = forms.ModelChoiceField(
        User.objects.all(),
        to_field_name="email",
        widget=forms.EmailInput,
        label=_("e-mail address of the account"),
        error_messages={"invalid_choice": _("There is no account with this e-mail address.")},
    )

    class Meta:
        model = OrganisationMember
        fields = ["user", "role", "since"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["user"] = self.instance.user


class MemberFormSet(TableFormSet):
    """Nobody joins or leaves an organisation on their own: who its applicants are decides who may
    handle its cases.
    """

    person: User

    def clean(self):
        super().clean()
        for form in self.forms:
            row = getattr(form, "cleaned_data", {})
            people = {form.initial.get("user"), row.get("user")}
            if self.person in people and (form.has_changed() or row.get("DELETE")):
                raise ValidationError(_("Ask a colleague to change your own membership."))


class MemberRows(TabularRows):
    model = OrganisationMember
    form = MemberForm
    formset = MemberFormSet
    fields = ["user", "role", "since"]

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.person = request.user
        return formset

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "organisation")


@admin.register(Organisation)
class OrganisationAdmin(HistoryAdmin):
    fields = ["name", "number", "kind", "municipality"]
    autocomplete_fields = ["municipality"]
    list_display = ["name", "number", "kind", "municipality"]
    list_filter = ["kind"]
    list_select_related = ["municipality"]
    search_fields = ["name", "number"]
    inlines = [MemberRows]


@admin.register(Municipality)
class MunicipalityAdmin(HistoryAdmin):
    fields = ["code", "name"]
    list_display = ["name", "code"]
    search_fields = ["name", "code"]


@admin.register(Perspective)
class PerspectiveAdmin(HistoryAdmin):
    fields = ["slug", "order", "mark", both("name"), both("purpose")]
    list_display = ["name", "order", "mark", "slug"]
    search_fields = ["name_sv", "name_en"]


@admin.register(StrategyGoal, LineOfWork)
class StrategyTextAdmin(HistoryAdmin):
    fields = ["slug", "order", both("name"), both("text")]
    list_display = ["name", "order", "slug"]
    search_fields = ["name_sv", "name_en"]


@admin.register(EuMembership)
class EuMembershipAdmin(HistoryAdmin):
    fields = ["country", "start", "end"]
    list_display = ["name", "country", "start", "end"]
    list_filter = [("end", admin.EmptyFieldListFilter)]
    search_fields = ["country"]

    @admin.display(description=_("name"))
    def name(self, membership):
        return country_name(membership.country)
