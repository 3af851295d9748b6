"""The organisations that a person belongs to: their facts, their members, invitations."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.generic import CreateView, DetailView, ListView, UpdateView, View
from django.views.generic.edit import FormMixin

from portal.core.models import Organisation, OrganisationInvitation
from portal.core.organisations.forms import InvitationForm, OrganisationForm, RoleForm
from portal.core.outbox import Addressee, post

private = method_decorator(cache_control(private=True, no_cache=True), name="dispatch")
UNPROCESSABLE = 422


def crumbs(*rest: str) -> list[dict]:
    first = [
        {"url": reverse("my_pages"), "label": _("My pages")},
        {"url": reverse("organisations"), "label": _("My organisations")},
    ]
    return [*first, *({"label": label} for label in rest)]


@private
class MyOrganisations(ListView):
    template_name = "organisations/list.html"

    def get_queryset(self):
        return Organisation.objects.of(self.request.user).select_related("municipality")

    def get_context_data(self, **context):
        return super().get_context_data(breadcrumbs=crumbs()[:1], **context)


class _Form:
    """A form that was refused says so in its status, and keeps what was typed."""

    form_class = OrganisationForm
    template_name = "organisations/form.html"

    def form_invalid(self, form):
        answer = super().form_invalid(form)
        answer.status_code = UNPROCESSABLE
        return answer

    def get_context_data(self, **context):
        title = str(self.object) if self.object else _("New organisation")
        return super().get_context_data(breadcrumbs=crumbs(title), **context)


@private
class AddOrganisation(_Form, CreateView):
    def form_valid(self, form):
        organisation = form.instance.found(by=self.request.user, at=timezone.now())
        messages.success(self.request, _("The organisation is here. Now you can apply for it."))
        return redirect(organisation)


@private
class OrganisationDetail(FormMixin, DetailView):
    """The organisation; a manager invites from here."""

    template_name = "organisations/detail.html"
    form_class = InvitationForm

    def get_queryset(self):
        return Organisation.objects.of(self.request.user).select_related("municipality")

    def get_form_kwargs(self):
        invitation = OrganisationInvitation(organisation=self.object)
        return {**super().get_form_kwargs(), "instance": invitation}

    def get_context_data(self, **context):
        organisation = self.object
        return super().get_context_data(
            members=organisation.members.select_related("user").order_by("role", "user__full_name"),
            invitations=organisation.invitations.open(timezone.now()),
            may_manage=organisation.has_manager(self.request.user),
            breadcrumbs=crumbs(str(organisation)),
            **context,
        )

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        form = self.get_form()
        if form.is_valid() and self.invite(form):
            return redirect(self.object)
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)

    def invite(self, form) -> bool:
        email, user = form.cleaned_data["email"], self.request.user
        try:
            invitation, token = self.object.invite(
                email, form.cleaned_data["role"], by=user, at=timezone.now()
            )
        except ValidationError as error:
            form.add_error(None, error)
            return False
        post(
            to=Addressee(invitation.email, "", get_language() or "sv"),
            template="organisations/mail/invitation.txt",
            context={"invitation": invitation, "path": reverse("accept_invitation", args=[token])},
            is_secret=True,
        )
        messages.success(self.request, _("The invitation is sent to %s.") % invitation.email)
        return True


@private
class ChangeOrganisation(_Form, UpdateView):
    """For its managers only."""

    def get_queryset(self):
        return Organisation.objects.managed_by(self.request.user)

    def form_valid(self, form):
        form.instance._history_user = self.request.user
        return super().form_valid(form)


class OwnOrganisationView(View):
    """Something done to one of the person's organisations; the verb asks who may."""

    http_method_names = ["post"]

    def organisation(self) -> Organisation:
        return get_object_or_404(Organisation.objects.of(self.request.user), pk=self.kwargs["pk"])


class MemberView(OwnOrganisationView):
    """A member who leaves, is removed, or gets another role."""

    def post(self, request, pk, member):
        organisation = self.organisation()
        found = get_object_or_404(organisation.members, pk=member)
        try:
            self.change(organisation, found)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect(organisation if found.user != request.user else "organisations")

    def change(self, organisation, member):
        raise NotImplementedError


class LetGo(MemberView):
    def change(self, organisation, member):
        organisation.let_go(member, by=self.request.user, at=timezone.now())


class GiveRole(MemberView):
    def change(self, organisation, member):
        form = RoleForm(self.request.POST)
        if not form.is_valid():
            raise ValidationError(_("Choose one of the roles."))
        role = form.cleaned_data["role"]
        organisation.give_role(member, role, by=self.request.user, at=timezone.now())


class WithdrawInvitation(OwnOrganisationView):
    def post(self, request, pk, invitation):
        organisation = self.organisation()
        organisation.withdraw(invitation, by=request.user, at=timezone.now())
        return redirect(organisation)


@private
class AcceptInvitation(View):
    """What the link in the mail leads to: whoever is signed in says yes."""

    def dispatch(self, request, *args, token, **kwargs):
        invitations = OrganisationInvitation.objects.open(timezone.now()).with_token(token)
        self.invitation = invitations.select_related("organisation", "invited_by").first()
        if request.user.is_authenticated and self.invitation is None:
            return render(request, "organisations/invitation_over.html", status=410)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        context = {"invitation": self.invitation}
        return render(request, "organisations/accept.html", context)

    def post(self, request):
        if self.invitation is None:
            raise Http404
        organisation = self.invitation.accept(by=request.user, at=timezone.now())
        told = _("You belong to %s now, and can apply for it.") % organisation
        messages.success(request, told)
        return redirect(organisation)
