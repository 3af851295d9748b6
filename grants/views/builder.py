"""Where staff build the questions of a call: versions, sections, questions, a preview."""

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView, View

from grants.builderforms import QuestionForm, SectionForm
from grants.forms.steps import AnswersForm
from grants.models import Application, Call, CallForm, Question, Section
from portal.core.workflow import WrongState

UNPROCESSABLE = 422
private = method_decorator(cache_control(private=True, no_store=True), name="dispatch")


class BuilderPage(PermissionRequiredMixin):
    """For those who keep calls."""

    permission_required = "grants.change_call"
    kwargs: dict

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except WrongState as error:
            return render(request, "409.html", {"reason": str(error)}, status=409)

    @property
    def call(self) -> Call:
        return get_object_or_404(Call.objects.select_related("scheme"), pk=self.kwargs["pk"])

    def back(self, form: CallForm):
        return redirect("build_form", form.call_id)

    def crumbs(self, call: Call, *rest: str) -> list[dict]:
        first = [
            {"url": reverse("workroom"), "label": _("Workroom")},
            {"url": reverse("build_form", args=[call.pk]), "label": str(call)},
        ]
        return [*first, *({"label": label} for label in rest)]


@private
class BuildForm(BuilderPage, TemplateView):
    """The version in work where there is one, otherwise the one in force; and what to do next."""

    template_name = "grants/builder/form.html"

    def get_context_data(self, **context):
        call = self.call
        form = call.forms.first()
        return super().get_context_data(
            call=call,
            form=form,
            others=call.forms.published(),
            breadcrumbs=[*self.crumbs(call)[:1], {"label": str(call)}],
            **context,
        )

    def post(self, request, *args, **kwargs):
        """Begin the first version, or the next one."""
        call, last = self.call, self.call.forms.first()
        if last is None:
            call.begin_form(by=request.user)
        else:
            last.begin_next(by=request.user, at=timezone.now())
        return redirect("build_form", call.pk)


class PublishForm(BuilderPage, View):
    http_method_names = ["post"]

    def post(self, request, pk, version):
        form = get_object_or_404(CallForm, pk=version, call=pk)
        try:
            form.publish(by=request.user, at=timezone.now())
            messages.success(request, _("Applications begun from now on answer this version."))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return self.back(form)


@private
class EditPart(BuilderPage, TemplateView):
    """The page of one section or question, new or known."""

    template_name = "grants/builder/part.html"
    form_class: type = SectionForm
    new: str | Promise

    def part(self):
        raise NotImplementedError

    def keep(self, part) -> None:
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        return self.page(self.form_class(instance=self.part()))

    def post(self, request, *args, **kwargs):
        form = self.form_class(request.POST, instance=self.part())
        if form.is_valid():
            try:
                self.keep(form.instance)
                return redirect("build_form", self.kwargs["pk"])
            except ValidationError as error:
                form.refuse(error)
        return self.page(form, status=UNPROCESSABLE)

    def page(self, form, status=200):
        part = form.instance
        crumbs = self.crumbs(self.call, str(part) if part.pk else str(self.new))
        context = self.get_context_data(form=form, part=part, new=self.new, breadcrumbs=crumbs)
        return self.render_to_response(context, status=status)

    @property
    def version(self) -> CallForm:
        forms = CallForm.objects.select_related("call")
        return get_object_or_404(forms, pk=self.kwargs["version"], call=self.kwargs["pk"])


class EditSection(EditPart):
    new = gettext_lazy("New section")

    def part(self):
        if "section" not in self.kwargs:
            return Section(form=self.version)
        return get_object_or_404(self.version.sections, pk=self.kwargs["section"])

    def keep(self, part):
        self.version.keep_section(part, by=self.request.user)


class EditQuestion(EditPart):
    form_class = QuestionForm
    new = gettext_lazy("New question")

    def part(self):
        section = get_object_or_404(
            self.version.sections.select_related("form"), pk=self.kwargs["section"]
        )
        if "question" not in self.kwargs:
            return Question(section=section)
        return get_object_or_404(section.questions, pk=self.kwargs["question"])

    def keep(self, part):
        self.version.keep_question(part, by=self.request.user)


class ChangePart(BuilderPage, View):
    """Move a section or a question one step, or take it away."""

    http_method_names = ["post"]

    def post(self, request, pk, version, kind, part, what):
        version = get_object_or_404(CallForm, pk=version, call=pk)
        models = {
            "section": version.sections,
            "question": Question.objects.filter(section__form=version),
        }
        if kind not in models or what not in ("up", "down", "remove"):
            raise Http404
        found = get_object_or_404(models[kind], pk=part)
        try:
            if what == "remove":
                version.remove(found, by=request.user)
            else:
                version.move(found, up=what == "up", by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return self.back(version)


@private
class PreviewForm(BuilderPage, TemplateView):
    """The application as an applicant will meet it. Nothing in it can be sent."""

    template_name = "grants/builder/preview.html"

    def get_context_data(self, **context):
        forms = CallForm.objects.select_related("call__scheme")
        form = get_object_or_404(forms, pk=self.kwargs["version"], call=self.kwargs["pk"])
        draft = Application(call=form.call, form=form, applicant=self.request.user)
        return super().get_context_data(
            form=AnswersForm(application=draft),
            call=form.call,
            shown=form,
            breadcrumbs=self.crumbs(form.call, _("Preview")),
            **context,
        )
