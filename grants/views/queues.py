"""The officer's way in: the calls with something left to do, and the applications of each."""

from collections import Counter, defaultdict

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from grants.models import Application, Call
from grants.queues import STAGES, first_with_work, stages, waiting
from grants.views.assessing import private
from grants.views.assigning import OfCall
from portal.core.keyset import InvalidCursor, keyset_page
from portal.core.workflow import WrongState

PAGE = 50


@private
class Calls(PermissionRequiredMixin, TemplateView):
    """Every call with something left to do, and how many applications stand at each stage."""

    permission_required = "grants.handle_application"
    template_name = "grants/queues/calls.html"

    def get_context_data(self, **context):
        now = timezone.now()
        calls = list(Call.objects.in_work().open_first(now).select_related("scheme"))
        numbers: defaultdict[int, Counter] = defaultdict(Counter)
        applications = Application.objects.visible_to(self.request.user).filter(call__in=calls)
        for call, state, number in applications.by_state():
            numbers[call][state] += number
        return super().get_context_data(
            rows=[
                (call, [stage for stage in stages(numbers[call.pk]) if stage.count])
                for call in calls
            ],
            now=now,
            breadcrumbs=[
                {"url": reverse("workroom"), "label": _("Workroom")},
                {"label": _("Calls")},
            ],
            **context,
        )


@private
class Queue(OfCall, TemplateView):
    """A call's applications at one stage, what each waits for, and what is late."""

    template_name = "grants/queues/queue.html"

    def applications(self):
        return Application.objects.visible_to(self.request.user)

    def get_context_data(self, **context):
        call, today = self.call, timezone.localdate()
        counted = self.applications().filter(call=call).by_state()
        found = stages(Counter({state: number for _call, state, number in counted}))
        stage = self.request.GET.get("stage") or first_with_work(found)
        if stage not in STAGES:
            raise Http404
        states = STAGES[stage][1]
        rows = self.applications().in_work(call).filter(state__in=states)
        try:
            page = keyset_page(rows, self.request.GET.get("cursor"), PAGE)
        except InvalidCursor as error:
            raise Http404 from error
        return super().get_context_data(
            call=call,
            now=timezone.now(),
            stage=stage,
            stages=[(one, one.key == stage) for one in found],
            rows=[waiting(application, call, today) for application in page.items],
            page=page,
            breadcrumbs=self.crumbs(call, _("Applications")),
            **context,
        )

    def post(self, request, *args, **kwargs):
        """Begin the assessment of those ticked; what somebody else has begun is left as it is."""
        call, begun = self.call, 0
        ticked = [pk for pk in request.POST.getlist("begin") if pk.isdecimal()][:PAGE]
        for application in self.applications().filter(call=call, pk__in=ticked):
            try:
                application.begin_assessment(by=request.user, at=timezone.now())
                begun += 1
            except (WrongState, PermissionDenied):
                continue
        told = ngettext(
            "The assessment of %(number)s application has begun.",
            "The assessment of %(number)s applications has begun.",
            begun,
        )
        messages.success(request, told % {"number": begun})
        return redirect("call_queue", call.pk)
