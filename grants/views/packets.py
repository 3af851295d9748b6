"""The ranked packet of a call: planned against its budget, and proposed in one go."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from grants.forms.packets import PlanForm
from grants.ledger import ledger_of
from grants.models import Application, PacketRow
from grants.packets import move, plan_of, propose, rows_of
from grants.views.assessing import CONFLICT, UNPROCESSABLE, private
from grants.views.assigning import OfCall
from portal.core.keptforms import KeepsTyped, by_script
from portal.core.money import format_money
from portal.core.workflow import StaleVersion, WrongState


class PacketPage(OfCall, TemplateView):
    permission_required = "grants.plan_packet"
    template_name = "grants/packet/page.html"

    def get_context_data(self, typed=None, **context):
        call, user = self.call, self.request.user
        rows = rows_of(call, user, typed or {})
        handed_in = Application.objects.filter(call=call).visible_to(user)
        return super().get_context_data(
            call=call,
            in_admin=reverse("admin:grants_application_changelist"),
            here=reverse("packet", args=[call.pk]),
            rows=rows,
            ledger=ledger_of(call, user),
            is_ranked=any(row.plan.rank for row in rows),
            waiting=handed_in.filter(state__in=("submitted", "completion")).count(),
            breadcrumbs=self.crumbs(call, _("Ranked packet")),
            **context,
        )

    def page(self, status: int, **context):
        return self.render_to_response(self.get_context_data(**context), status=status)


@private
class RankedPacket(PacketPage):
    """Where the whole is seen, and proposed."""

    def post(self, request, *args, **kwargs):
        call, seen = self.call, request.POST.get("seen", "")
        try:
            number = propose(call, by=request.user, at=timezone.now(), seen=seen)
        except StaleVersion:
            told = _("The packet was changed after you read it. Read it again, then propose it.")
            return self.page(CONFLICT, problems=[told])
        except ValidationError as error:
            return self.page(UNPROCESSABLE, problems=error.messages)
        told = ngettext(
            "%(number)s application is proposed. The secretary can put it on an agenda.",
            "%(number)s applications are proposed. The secretary can put all of them on an agenda"
            " at once.",
            number,
        )
        messages.success(request, told % {"number": number})
        return redirect("packet", call.pk)


class OrderByAssessment(OfCall, View):
    """Forgets the order that was given by hand."""

    permission_required = "grants.plan_packet"
    http_method_names = ["post"]

    def post(self, request, pk):
        PacketRow.objects.forget_order(self.call, by=request.user)
        messages.success(request, _("The applications stand in the order of their assessments."))
        return redirect("packet", pk)


@private
class PlanRow(KeepsTyped, PacketPage):
    """One row is saved, as it is typed or by its button; its own address shows what is refused."""

    def get(self, request, *args, **kwargs):
        typed = self.typed_before()
        if typed is None:
            return redirect("packet", self.kwargs["pk"])
        told = _("You had been signed out. Here is what you wrote: send it to go on.")
        return self.page(200, typed=self.typed(typed), problems=[told])

    def post(self, request, *args, **kwargs):
        call, form = self.call, PlanForm(request.POST)
        application = self.application(call)
        if not form.is_valid():
            self.check_meets(application)
            return self.refuse(form.said(), UNPROCESSABLE)
        given, at = form.cleaned_data, timezone.now()
        try:
            row = PacketRow.objects.write(
                application, by=request.user, at=at, seen=given["version"], **form.planned
            )
            place = {"was": given["place"], "to": form.to, "by": request.user}
            order = move(call, application, **place) if form.moves else None
        except PermissionDenied:
            raise Http404 from None
        except StaleVersion:
            return self.is_stale(call, given)
        except WrongState as error:
            return self.refuse([str(error)], CONFLICT)
        except ValidationError as error:
            form.add_error(None, error)
            return self.refuse(form.said(), UNPROCESSABLE)
        if not by_script(request):
            return redirect(f"{reverse('packet', args=[call.pk])}#row-{application.pk}")
        return self.saved(call, row, order, at)

    def application(self, call) -> Application:
        found = Application.objects.filter(call=call).rankable().only("case", "state")
        return get_object_or_404(found, pk=self.kwargs["application"])

    def check_meets(self, application) -> None:
        """What the person is barred from is not there; the verb asks the same."""
        if not self.request.user.has_perm("grants.handle_application", application):
            raise Http404

    def saved(self, call, row: PacketRow, order, at):
        time = date_format(timezone.localtime(at), "H:i")
        answer = {"version": row.version, "told": _("Saved %(time)s") % {"time": time}}
        ledger = {"ledger": ledger_of(call, self.request.user), "call": call}
        ledger["csrf_token"] = get_token(self.request)
        answer["ledger"] = render_to_string("grants/packet/ledger.html", ledger)
        return JsonResponse(answer | ({"order": order} if order else {}))

    def is_stale(self, call, given):
        """Somebody else was quicker: theirs is told, what was typed stays."""
        stands = plan_of(self.application(call))
        if stands.version == given["version"]:
            told = _("Somebody else has changed the order meanwhile. Load the page anew to see it.")
            return self.refuse([told], CONFLICT)
        told = _(
            "Somebody else has changed this row meanwhile: %(theirs)s. What you wrote stands here:"
            " save again to keep yours."
        )
        return self.refuse([told % {"theirs": _said(stands)}], CONFLICT, version=stands.version)

    def refuse(self, problems: list[str], status: int, version: int | None = None):
        if by_script(self.request):
            answer = {"told": " ".join(problems), "version": version}
            return JsonResponse(answer, status=status)
        typed = self.typed(self.request.POST, version)
        return self.page(status, typed=typed, problems=problems)

    def typed(self, data, version: int | None = None) -> dict[int, dict]:
        """What was typed in the row of this address, by application."""
        names = ("outcome", "amount", "conditions", "reasons", "version")
        typed = {name: data.get(name, "") for name in names}
        if version is not None:
            typed["version"] = version
        return {self.kwargs["application"]: typed}


def _said(row: PacketRow) -> str:
    """A plan in words."""
    parts = [row.get_outcome_display(), format_money(row.amount), row.conditions, row.reasons]
    return " · ".join(filter(None, map(str, parts))) or _("emptied")
