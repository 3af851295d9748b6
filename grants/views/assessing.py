"""The assessor's pages: what to declare, what to assess, what has been sent."""

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView, View

from grants import reading
from grants.forms.assessing import AssessmentForm
from grants.models import Assessment, Assignment
from grants.views.writing import told_saved
from grants.workflow import ApplicationState, AssessmentState
from portal.cases.conflict_views import ConflictForm
from portal.core.keptforms import KeepsTyped, by_script
from portal.core.workflow import StaleVersion, WrongState

CONFLICT, UNPROCESSABLE = 409, 422
private = method_decorator(cache_control(private=True, no_store=True), name="dispatch")


@private
class MyAssessments(PermissionRequiredMixin, TemplateView):
    """Everything that is asked of this person, in the order it has to be done."""

    permission_required = "grants.be_assessor"
    template_name = "grants/assessing/mine.html"

    def get_context_data(self, **context):
        mine = list(Assignment.objects.of(self.request.user).with_state().told_briefly())
        open_ones = [one for one in mine if is_open(one)]
        return super().get_context_data(
            to_declare=[one for one in open_ones if one.cleared_at is None],
            to_assess=[one for one in open_ones if one.cleared_at is not None],
            sent=[one for one in reversed(mine) if one.written == AssessmentState.SENT],
            number=len(mine),
            today=timezone.localdate(),
            **context,
        )


def is_open(assignment) -> bool:
    """Not sent, and not decided without it."""
    handled = (ApplicationState.UNDER_ASSESSMENT, ApplicationState.COMPLETION,
               ApplicationState.SUBMITTED)  # fmt: skip
    is_sent = assignment.written == AssessmentState.SENT
    return not is_sent and assignment.application.state in handled


class OwnAssignment(PermissionRequiredMixin):
    """A page about an application that is assigned to the person; all others answer 404."""

    permission_required = "grants.be_assessor"
    request: HttpRequest
    kwargs: dict

    @property
    def assignment(self) -> Assignment:
        mine = Assignment.objects.of(self.request.user).told_briefly()
        return get_object_or_404(mine, application=self.kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except WrongState as error:
            return render(request, "409.html", {"reason": str(error)}, status=CONFLICT)


def title_alone(assignment) -> dict:
    """All that is met of an application before its assessor has declared no conflict."""
    application = assignment.application
    return {
        "pk": application.pk,
        "title": str(application),
        "applicant": application.applicant_name,
        "crumb": _("My assessments"),
    }


@private
class Assess(KeepsTyped, OwnAssignment, TemplateView):
    """First the declaration; then the application to read, and the scores to give."""

    def get(self, request, *args, **kwargs):
        assignment = self.assignment
        if assignment.cleared_at is None:
            context = title_alone(assignment)
            return render(request, "grants/assessing/declare.html", context)
        assessment = self.assessment(assignment)
        typed = self.typed_before() if assessment.state == AssessmentState.DRAFT else None
        form = AssessmentForm(typed, assessment=assessment)
        return self.page(assessment, form, typed_before=typed is not None)

    def assessment(self, assignment) -> Assessment:
        assessments = Assessment.objects.select_related(
            "application__call__scheme", "application__case", "application__form"
        )
        found = get_object_or_404(
            assessments, application=assignment.application_id, assessor=self.request.user
        )
        if not self.request.user.has_perm("grants.assess", found):
            raise PermissionDenied
        return found

    def page(self, assessment, form, status=200, **context):
        application = assessment.application
        content, questions = application.handed_in()
        context = self.get_context_data(
            object=application,
            assessment=assessment,
            may_write=assessment.is_open,
            form=form,
            scores=assessment.scores.select_related("criterion"),
            told=reading.told(application, _without_files(content), questions),
            **context,
        )
        return render(self.request, "grants/assessing/assess.html", context, status=status)

    def post(self, request, *args, **kwargs):
        assignment = self.assignment
        if assignment.cleared_at is None:
            raise PermissionDenied
        form = AssessmentForm(request.POST, assessment=self.assessment(assignment))
        if by_script(request):
            return self.autosave(form)
        form.is_valid()
        if "seen" not in form.cleaned_data:
            return self.page(form.assessment, form, UNPROCESSABLE)
        return self.keep(form, sends=request.POST.get("action") == "send")

    def keep(self, form, *, sends: bool):
        assessment, by, at = form.assessment, self.request.user, timezone.now()
        try:
            form.keep(by=by, at=at)
        except StaleVersion:
            form.continue_from(assessment)
            return self.page(assessment, form, CONFLICT, stale=True)
        if not form.is_valid():
            form.continue_from(assessment)
            return self.page(assessment, form, UNPROCESSABLE)
        if not sends:
            messages.success(self.request, _("Saved."))
            return redirect(self.request.path)
        try:
            assessment.send(by=by, at=at)
        except ValidationError:
            form.continue_from(assessment)
            form.refuse_lacks(assessment.lacks())
            return self.page(assessment, form, UNPROCESSABLE)
        messages.success(self.request, _("The assessment is sent."))
        return redirect("my_assessments")

    def autosave(self, form):
        """While somebody writes: keep what can be read, and say no more than must be said."""
        form.is_valid()
        if "seen" not in form.cleaned_data:
            return JsonResponse({"told": form.errors["seen"][0]}, status=400)
        now = timezone.now()
        try:
            form.keep(by=self.request.user, at=now)
        except StaleVersion:
            told = _("You have saved this assessment in another window. Save it here to go on.")
            return JsonResponse({"told": told}, status=CONFLICT)
        except WrongState as error:
            return JsonResponse({"told": str(error)}, status=CONFLICT)
        return JsonResponse({"seen": form.assessment.mark(), "told": told_saved(form, now)})


def _without_files(content: dict) -> dict:
    """The page lists them by themselves, to be fetched."""
    return {step: data for step, data in content.items() if step != "attachments"}


class DeclareNoConflict(OwnAssignment, View):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        assignment = self.assignment
        assignment.clear(by=request.user, at=timezone.now())
        return redirect("assess", assignment.application_id)


@private
class DeclareAssessorsConflict(OwnAssignment, TemplateView):
    """On which ground; from then on the application is gone for the person, everywhere."""

    template_name = "grants/assessing/conflict.html"

    def get_context_data(self, **context):
        context.setdefault("form", ConflictForm())
        return super().get_context_data(**{**context, **title_alone(self.assignment)})

    def post(self, request, *args, **kwargs):
        assignment, form = self.assignment, ConflictForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)
        assignment.declare_conflict(by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(
            request, _("Your conflict of interest is noted: you do not meet the case any more.")
        )
        return redirect("my_assessments")
