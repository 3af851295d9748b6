"""The person's own account: name and language, what is held, and leaving."""

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView, UpdateView

from portal.core.models import User
from portal.site.mydata import close_account, everything_about, reasons_to_stay

private = method_decorator(cache_control(private=True, no_store=True), name="dispatch")


class AccountForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["full_name", "language"]


@private
class Account(UpdateView):
    form_class = AccountForm
    template_name = "account/account.html"
    success_url = reverse_lazy("account")

    def get_object(self):
        # Not the request's own user: a name that is refused must not show in the page's frame.
        return User.objects.get(pk=self.request.user.pk)

    def form_valid(self, form):
        messages.success(self.request, _("Saved."))
        return super().form_valid(form)

    def get_context_data(self, **context):
        crumbs = [{"url": reverse("my_pages"), "label": _("My pages")}, {"label": _("My account")}]
        return super().get_context_data(breadcrumbs=crumbs, **context)


@private
class CloseAccount(TemplateView):
    template_name = "account/close.html"

    def get_context_data(self, **context):
        context.setdefault("reasons", reasons_to_stay(self.request.user))
        return super().get_context_data(**context)

    def post(self, request):
        user = User.objects.get(pk=request.user.pk)
        try:
            close_account(user, at=timezone.now())
        except ValidationError as error:
            context = self.get_context_data(reasons=error.messages)
            return self.render_to_response(context, status=409)
        logout(request)
        messages.success(request, _("The account is closed, and what was only yours is gone."))
        return redirect("home")


@cache_control(private=True, no_store=True)
def my_data(request):
    answer = JsonResponse(
        everything_about(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer["Content-Disposition"] = 'attachment; filename="motesplats.json"'
    return answer
