"""Writing an application step by step, looking it over, and handing it in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from grants import parts, reading
from grants.completeness import missing
from grants.completion import labels, step_is_open
from grants.forms.parts import NOT_WHOLE, more_rows, without_row
from grants.forms.steps import FORMS
from grants.models.writing import PenHeld
from grants.steps import REVIEW, Steps
from grants.views.applicant import CONFLICT, UNPROCESSABLE, OwnApplication, already_handed_in
from grants.workflow import ApplicationState
from portal.core.keptforms import KeepsTyped, by_script
from portal.core.workflow import StaleVersion, WrongState


class WritingPage(OwnApplication):
    """A page of an application that may be written now; else the way leads to its own page."""

    step: str
    permission = "grants.edit_application"

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        if not self.may_write():
            return redirect(self.object)
        return self.page()

    def may_write(self) -> bool:
        application, request = self.object, self.object.completion
        if request and self.step != REVIEW and not step_is_open(self.step, request.fields):
            return False
        return application.is_writable(timezone.now())

    def page(self, status=200, **context):
        return self.render_to_response(self.get_context_data(**context), status=status)

    def get_context_data(self, **context):
        application = self.object
        lacks = context.pop("lacks", None)
        steps = Steps.of(application, missing(application) if lacks is None else lacks, self.step)
        request = application.completion
        return super().get_context_data(
            call=application.call,
            steps=steps,
            completion=request,
            asked_for=labels(application, request.fields) if request else [],
            **context,
        )


class WriteFirst(WritingPage):
    """Where to go on: the first step that lacks something; of a completion, the first asked for."""

    step = REVIEW

    def page(self, **context):
        steps = Steps.of(self.object, missing(self.object), REVIEW)
        step = next(iter(steps)) if self.object.completion else steps.first_open
        return redirect(step.url)


class WriteStep(KeepsTyped, WritingPage):
    """One part in a form. It saves by itself, by its button, and on the way to another step."""

    template_name = "grants/write/step.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.step = kwargs["step"]

    def page(self, form=None, status=200, **context):
        """The form; but while somebody else writes, what stands there."""
        now, user = timezone.now(), self.request.user
        if form is None:
            try:
                self.object.take_pen(by=user, at=now)
            except PenHeld:
                self.template_name = "grants/write/pen_held.html"
                content = {self.step: parts.PARTS[self.step].read(self.object)}
                context["told"] = reading.told(self.object, content)
            if typed := self.typed_before():
                form, context["typed_before"] = self.form(typed), True
        return super().page(status=status, form=form or self.form(), **context)

    def get_context_data(self, **context):
        page = super().get_context_data(**context)
        shows_lacks = "missing" in self.request.GET and not page["form"].is_bound
        if shows_lacks:
            page["lacking"] = page["form"].place(page["steps"].current.lacking)
        if self.step == "answers":
            page["newer_questions"] = self.object.newer_questions
        return page

    def form(self, data=None):
        request = self.object.completion
        only = request.fields if request else None
        return FORMS[self.step](data, application=self.object, only=only)

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        action, _colon, name = request.POST.get("action", "save").partition(":")
        if action == "add":
            return self.page(self.form(more_rows(request.POST, name)))
        form = self.form(without_row(request.POST, name) if action == "remove" else request.POST)
        if by_script(request):
            return self.autosave(form)
        if action == "show":
            # In another language, with what has been typed; nothing is kept by that.
            return self.page(form)
        if not form.is_valid():
            return self.page(form, status=UNPROCESSABLE)
        return self.keep(form, action)

    def keep(self, form, action):
        by, at = self.request.user, timezone.now()
        try:
            if action == "take":
                self.object.take_over_pen(by=by, at=at)
            form.keep(by=by, at=at)
        except StaleVersion:
            return self.stale(form)
        except PenHeld as error:
            return self.stale(form, pen_held=str(error))
        except WrongState:
            return already_handed_in(self.request, self.object)
        except ValidationError as error:
            form.refuse(error)
            return self.page(form, status=UNPROCESSABLE)
        if action == "next":
            return redirect(Steps.of(self.object, {}, self.step).following.url)
        messages.success(self.request, _("Saved."))
        return redirect(self.request.path)

    def stale(self, form, **context):
        """Somebody has written meanwhile, or is writing: both versions, and the typed one kept."""
        stored = parts.PARTS[self.step].read(self.get_object())
        sides = [
            reading.told(self.object, {self.step: data})
            for data in (stored, parts.plain(self.typed(form, stored)))
        ]
        form.continue_from(stored)
        differences = reading.differences(*sides)
        return self.page(form, CONFLICT, stale=True, differences=differences, **context)

    def typed(self, form, stored):
        """As a whole part: what the form does not hold is as it stands."""
        typed = form.as_part()
        return {**stored, **typed} if self.step in ("project", "answers") else typed

    def autosave(self, form):
        """While somebody writes: keep what can be read, and say no more than must be said."""
        form.is_valid()
        if not form.is_whole:
            return JsonResponse({"told": NOT_WHOLE}, status=400)
        now = timezone.now()
        try:
            form.keep(by=self.request.user, at=now)
        except StaleVersion:
            told = _("Somebody has saved this draft elsewhere. Save it here to see both.")
            return JsonResponse({"told": told}, status=CONFLICT)
        except PenHeld as error:
            told = _("%(who)s What you write stays on this page. Save it here to see both.")
            return JsonResponse({"told": told % {"who": error}}, status=CONFLICT)
        except WrongState:
            told = _("The application has been handed in already.")
            return JsonResponse({"told": told}, status=CONFLICT)
        except ValidationError as error:
            told = _("Not saved yet: %(why)s") % {"why": error.messages[0]}
            return JsonResponse({"told": told}, status=UNPROCESSABLE)
        mark = parts.seen(parts.PARTS[self.step].read(self.object))
        return JsonResponse({"seen": mark, "told": told_saved(form, now)})


def told_saved(form, at) -> str:
    """When, and what is still to be mended before it can be kept."""
    time = date_format(timezone.localtime(at), "H:i")
    unread = [fault.label.strip(": ") for fault in form.faults]
    if not unread:
        return _("Saved %(time)s") % {"time": time}
    told = _("Saved %(time)s, but not yet: %(fields)s")
    return told % {"time": time, "fields": ", ".join(unread)}


class TakePen(WritingPage):
    """From now on this person writes; the other one is told when they save."""

    http_method_names = ["post"]

    def post(self, request, *args, step, **kwargs):
        application = self.get_object()
        if step not in FORMS:
            raise Http404
        try:
            application.take_over_pen(by=request.user, at=timezone.now())
        except (WrongState, ValidationError):
            return redirect(application)
        return redirect(f"write_{step}", application.pk)


class ReviewApplication(WritingPage):
    """All of it as it will be read, what is lacking, and the button that hands it in."""

    step = REVIEW
    template_name = "grants/write/review.html"

    def get_context_data(self, **context):
        content = parts.content(self.object)
        context.setdefault("lacks", missing(self.object, content))
        told = reading.told(self.object, content) + reading.confirmations(self.object)
        may_submit = self.request.user.has_perm("grants.submit_application", self.object)
        return super().get_context_data(told=told, may_submit=may_submit, **context)

    def post(self, request, *args, **kwargs):
        """Once: the same again finds it handed in, and says under which number."""
        application = self.object = self.get_object()
        completes = application.state == ApplicationState.COMPLETION
        hand_in = application.complete if completes else application.submit
        by, at = request.user, timezone.now()
        try:
            if request.POST.get("action") == "take":
                application.take_over_pen(by=by, at=at)
            hand_in(by=by, at=at)
        except PenHeld as error:
            return self.page(status=CONFLICT, refused=[error], asked=True, pen_held=True)
        except WrongState:
            return already_handed_in(request, application)
        except ValidationError as error:
            refused = error.messages if not hasattr(error, "error_dict") else []
            return self.page(status=UNPROCESSABLE, refused=refused, asked=True)
        if completes:
            messages.success(request, _("The completion is sent."))
            return redirect(application)
        return redirect("receipt", application.pk)


class AnswerNewest(OwnApplication):
    """The draft goes on with the questions that are in force now."""

    permission = "grants.edit_application"

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        draft = self.get_object()
        try:
            draft.answer_newest_questions(by=request.user, at=timezone.now())
            messages.success(request, _("You answer the new questions now."))
        except PenHeld as error:
            messages.error(request, error)
        except WrongState:
            return already_handed_in(request, draft)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect(reverse("write_application", args=[draft.pk]))
