"""Where somebody who handles cases declares a conflict of interest of their own."""

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.generic import DetailView

from portal.cases.conflicts import Ground
from portal.cases.models import Case, Conflict
from portal.core.widgets import Paragraphs

UNPROCESSABLE = 422


class ConflictForm(forms.Form):
    ground = forms.ChoiceField(
        label=gettext_lazy("Ground"), choices=Ground.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("What it is about"), max_length=1000, required=False,
        widget=Paragraphs(attrs={"rows": 4, "cols": False}),
        help_text=gettext_lazy("Only administrators read it; the case log says the ground."),
    )  # fmt: skip


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class DeclareConflict(PermissionRequiredMixin, DetailView):
    """From the declaration on the case is not met any more: not here, not in any list."""

    permission_required = "cases.declare_conflict"
    template_name = "cases/declare_conflict.html"

    def get_queryset(self):
        user = self.request.user
        cases = Case.objects.visible_to(user) | Case.objects.on_an_agenda_of(user)
        return cases.not_barring(user)

    def get_context_data(self, **context):
        context.setdefault("form", ConflictForm())
        return super().get_context_data(**context)

    def post(self, request, *args, **kwargs):
        case = self.object = self.get_object()
        form = ConflictForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)
        Conflict.objects.declare(case, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(
            request, _("Your conflict of interest is noted: you do not meet the case any more.")
        )
        return redirect("workroom" if request.user.has_perm("site.enter_workroom") else "home")
