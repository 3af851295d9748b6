"""Writing together: who takes part in an application, as what, and the way in for the invited."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from django.views.generic.edit import FormMixin

from grants.models import CoApplicant
from grants.models.coapplicants import roles_in
from grants.views.applicant import OwnApplication, private
from portal.core.workflow import WrongState

GONE, CONFLICT, UNPROCESSABLE = 410, 409, 422


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"))

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles_in(application)]


class InvitationForm(RoleForm):
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "All who take part read the application, its files and messages. Who may submit it may "
            "also withdraw it."
        ),
    )
    field_order = ["email", "role"]


class Together(FormMixin, OwnApplication):
    """Everybody who takes part sees who else does; those whose application it is invite."""

    template_name = "grants/together.html"
    form_class = InvitationForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "application": self.object}

    def get_initial(self):
        return {"role": CoApplicant.Role.READ}

    def get_context_data(self, **context):
        application, user = self.object, self.request.user
        may_manage = user.has_perm("grants.manage_coapplicants", application)
        everybody = application.coapplicants
        return super().get_context_data(
            may_manage=may_manage,
            people=everybody.joined().select_related("user"),
            invited=everybody.open(timezone.now()) if may_manage else [],
            roles=roles_in(application),
            **context,
        )

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        form = self.get_form()
        if form.is_valid() and self.invite(form):
            return redirect("coapplicants", self.object.pk)
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)

    def invite(self, form) -> bool:
        email, role = form.cleaned_data["email"], form.cleaned_data["role"]
        try:
            CoApplicant.objects.invite(
                self.object, email, role, by=self.request.user, at=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error)
            return False
        messages.success(self.request, _("The invitation is sent to %s.") % email)
        return True


class _OneOfThem(OwnApplication):
    """Something done to one who is invited or takes part; the verb asks who may."""

    http_method_names = ["post"]

    def post(self, request, *args, coapplicant, **kwargs):
        application = self.object = self.get_object()
        found = get_object_or_404(application.coapplicants, pk=coapplicant)
        try:
            self.change(found, by=request.user, at=timezone.now())
        except WrongState as error:
            return render(request, "409.html", {"reason": str(error)}, status=CONFLICT)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        if found.user == request.user:
            return redirect("my_pages")
        return redirect("coapplicants", application.pk)

    def change(self, coapplicant, *, by, at):
        raise NotImplementedError


class GiveRole(_OneOfThem):
    def change(self, coapplicant, *, by, at):
        form = RoleForm(self.request.POST, application=self.object)
        if not form.is_valid():
            raise ValidationError(_("Choose one of the roles."))
        coapplicant.give_role(form.cleaned_data["role"], by=by, at=at)


class Remove(_OneOfThem):
    def change(self, coapplicant, *, by, at):
        coapplicant.remove(by=by, at=at)


class WithdrawInvitation(_OneOfThem):
    def change(self, coapplicant, *, by, at):
        coapplicant.withdraw(by=by, at=at)


@private
class Accept(View):
    """What the link in the mail leads to: whoever is signed in says yes."""

    def dispatch(self, request, *args, token, **kwargs):
        invitations = CoApplicant.objects.open(timezone.now()).with_token(token)
        self.invited = invitations.select_related("application__call", "invited_by").first()
        if request.user.is_authenticated and self.invited is None:
            return render(request, "grants/together_over.html", status=GONE)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return render(request, "grants/together_accept.html", {"invited": self.invited})

    def post(self, request):
        if self.invited is None:
            raise Http404
        try:
            application = self.invited.accept(by=request.user, at=timezone.now())
        except WrongState as error:
            return render(request, "409.html", {"reason": str(error)}, status=CONFLICT)
        messages.success(request, _("You take part in the application now."))
        return redirect(application)
