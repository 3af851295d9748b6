"""The officer's pages of a call: its assessors, who assesses what, and what they have found."""

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from grants.assigning import EACH, Pair
from grants.comparison import compare
from grants.forms.assessing import AssessByForm, AssessorForm, EachForm, ReopenForm
from grants.models import Application, Assessment, Assignment, Call, CallAssessor
from grants.views.assessing import CONFLICT, UNPROCESSABLE, private
from grants.workflow import AssessmentState
from portal.core.models import User
from portal.core.workflow import WrongState


class OfCall(PermissionRequiredMixin):
    """For officers; what is asked about the call itself is asked here."""

    permission_required = "grants.assign"
    kwargs: dict

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except WrongState as error:
            return render(request, "409.html", {"reason": str(error)}, status=CONFLICT)

    @cached_property
    def call(self) -> Call:
        return get_object_or_404(Call.objects.select_related("scheme"), pk=self.kwargs["pk"])

    def crumbs(self, call: Call, *rest: str) -> list[dict]:
        """The call leads to its applications."""
        return [
            {"url": reverse("workroom"), "label": _("Workroom")},
            {"url": reverse("call_queues"), "label": _("Calls")},
            {"url": reverse("call_queue", args=[call.pk]), "label": str(call)},
            *({"label": label} for label in rest),
        ]


@dataclass(frozen=True)
class Load:
    """One assessor of a call, and how far they have come."""

    person: CallAssessor
    assigned: int
    to_declare: int
    sent: int
    is_late: bool


@private
class CallAssessors(OfCall, TemplateView):
    """Who assesses in the call, how far each has come, and who is late."""

    template_name = "grants/assessing/assessors.html"

    def get_context_data(self, **context):
        call = self.call
        context.setdefault("form", AssessorForm(call=call))
        context.setdefault("day_form", AssessByForm(initial={"assess_by": call.assess_by}))
        applications = Application.objects.visible_to(self.request.user).filter(call=call)
        return super().get_context_data(
            call=call,
            loads=self.loads(call),
            to_begin=applications.filter(state="submitted").count(),
            to_assign=Application.objects.to_assign(call, self.request.user).unassigned().count(),
            breadcrumbs=self.crumbs(call, _("Assessors")),
            **context,
        )

    def loads(self, call: Call) -> list[Load]:
        assigned: Counter[int] = Counter()
        undeclared: Counter[int] = Counter()
        sent: Counter[int] = Counter()
        rows = Assignment.objects.in_force().in_call(call).with_state()
        for who, cleared, written in rows.values_list("assessor", "cleared_at", "written"):
            assigned[who] += 1
            undeclared[who] += cleared is None
            sent[who] += written == AssessmentState.SENT
        has_passed = call.assess_by is not None and call.assess_by < timezone.localdate()
        return [
            Load(one, assigned[who], undeclared[who], sent[who],
                 has_passed and sent[who] < assigned[who])
            for one in call.call_assessors.select_related("user")
            for who in [one.user_id]
        ]  # fmt: skip

    def post(self, request, *args, **kwargs):
        call = self.call
        form = AssessorForm(request.POST, call=call)
        if form.is_valid():
            try:
                CallAssessor.objects.add(
                    call, form.cleaned_data["user"], by=request.user, at=timezone.now()
                )
                return redirect("call_assessors", call.pk)
            except ValidationError as error:
                form.add_error("user", error.messages)
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


class RemoveAssessor(OfCall, View):
    http_method_names = ["post"]

    def post(self, request, pk, assessor):
        found = get_object_or_404(CallAssessor, pk=assessor, call=pk)
        try:
            found.remove(by=request.user, at=timezone.now())
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect("call_assessors", pk)


class SetAssessBy(OfCall, View):
    """The day the assessors are told."""

    http_method_names = ["post"]

    def post(self, request, pk):
        call, form = self.call, AssessByForm(request.POST)
        if form.is_valid():
            call.set_assess_by(form.cleaned_data["assess_by"], by=request.user, at=timezone.now())
            messages.success(request, _("Saved."))
        else:
            messages.error(request, form.errors["assess_by"][0])
        return redirect("call_assessors", pk)


@dataclass(frozen=True)
class Place:
    """One assessor beside one application: what stands, and what the program proposes."""

    person: User
    value: str
    assignment: Assignment | None
    is_barred: bool
    is_proposed: bool

    @property
    def is_sent(self) -> bool:
        return getattr(self.assignment, "written", "") == AssessmentState.SENT


@private
class Assignments(OfCall, TemplateView):
    """Who assesses what: the program proposes, the officer adjusts and confirms."""

    template_name = "grants/assessing/assignments.html"

    def get_context_data(self, **context):
        call, user = self.call, self.request.user
        chosen = EachForm(self.request.GET or None)
        each = int(chosen.cleaned_data["each"]) if chosen.is_valid() else EACH
        proposed = set(Assignment.objects.proposed(call, by=user, each=each))
        applications = list(Application.objects.to_assign(call, user))
        people = list(User.objects.filter(pk__in=call.call_assessors.values("user")))
        barred = Application.objects.to_assign(call, user).pairs_barred(people)
        rows = Assignment.objects.in_force().in_call(call).with_state()
        there = {(one.application_id, one.assessor_id): one for one in rows}
        counted = Counter(who for _what, who in (*there, *proposed))
        return super().get_context_data(
            call=call,
            rows=[
                (one, [_place(one, who, there, proposed, barred) for who in people])
                for one in applications
            ],
            loads=[(who, counted[who.pk]) for who in people],
            proposed=len(proposed),
            each_form=EachForm(initial={"each": each}),
            breadcrumbs=self.crumbs(call, _("Who assesses what")),
            **context,
        )

    def post(self, request, *args, **kwargs):
        call = self.call
        wanted, stood = (_pairs(request.POST.getlist(name)) for name in ("give", "stood"))
        try:
            number = Assignment.objects.arrange(
                call, add=wanted - stood, remove=stood - wanted, by=request.user, at=timezone.now()
            )
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("assignments", call.pk)
        told = _("Confirmed: %(number)s new. The assessors are told by mail.")
        messages.success(request, told % {"number": number} if number else _("Saved."))
        return redirect("call_assessors", call.pk)


def _place(application, person, there, proposed, barred) -> Place:
    pair = (application.pk, person.pk)
    return Place(
        person, f"{application.pk}-{person.pk}", there.get(pair), pair in barred, pair in proposed
    )


def _pairs(values: list[str]) -> set[Pair]:
    pairs = set()
    for value in values:
        application, _dash, assessor = value.partition("-")
        if not (application.isdecimal() and assessor.isdecimal()):
            raise Http404
        pairs.add((int(application), int(assessor)))
    return pairs


@private
class AssessmentsOf(PermissionRequiredMixin, TemplateView):
    """An application's assessments side by side, for those who may read them."""

    permission_required = "grants.be_assessor"
    template_name = "grants/assessing/of.html"

    def get_application(self) -> Application:
        applications = Application.objects.select_related(
            "call__scheme", "case", "applicant", "organisation"
        )
        found = get_object_or_404(applications, pk=self.kwargs["pk"])
        if not self.request.user.has_perm("grants.read_assessments", found):
            raise Http404
        return found

    def get_context_data(self, **context):
        application, user = self.get_application(), self.request.user
        comparison = compare(application, user)
        may_reopen = application.is_under_assessment and user.has_perm("grants.reopen_assessment")
        awaited = application.assignments.in_force().unsent().select_related("assessor")
        return super().get_context_data(
            object=application,
            comparison=comparison,
            reopenable=[one for one in comparison.assessments if one.assessor_id != user.pk]
            if may_reopen else [],
            awaited=[one.assessor for one in awaited],
            waits_for_own=any(one.assessor_id == user.pk for one in awaited),
            is_officer=user.has_perm("grants.assign", application),
            **context,
        )  # fmt: skip


@private
class ReopenAssessment(PermissionRequiredMixin, TemplateView):
    """An officer gives an assessment back, and says why."""

    permission_required = "grants.reopen_assessment"
    template_name = "grants/assessing/reopen.html"

    def get_assessment(self) -> Assessment:
        readable = Assessment.objects.sent().readable_by(self.request.user)
        found = get_object_or_404(
            readable.select_related("application__case", "assessor"), pk=self.kwargs["pk"]
        )
        if not self.request.user.has_perm("grants.reopen_assessment", found):
            raise PermissionDenied
        return found

    def get_context_data(self, **context):
        context.setdefault("form", ReopenForm())
        return super().get_context_data(object=self.get_assessment(), **context)

    def post(self, request, *args, **kwargs):
        assessment, form = self.get_assessment(), ReopenForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)
        try:
            assessment.reopen(by=request.user, at=timezone.now(), **form.cleaned_data)
        except WrongState as error:
            return render(request, "409.html", {"reason": str(error)}, status=CONFLICT)
        messages.success(request, _("The assessment is open again, and its assessor is told."))
        return redirect("assessments_of", assessment.application_id)
