"""The page of an application's files."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control

from grants.completion import FILES
from grants.models import ApplicationAttachment
from grants.models.answering import WantedFile
from grants.steps import ATTACHMENTS
from grants.views.applicant import UNPROCESSABLE, OwnApplication, already_handed_in
from grants.views.writing import WritingPage
from portal.cases.uploads import ALLOWED
from portal.core.keptforms import by_script
from portal.core.workflow import WrongState

ACCEPT = ",".join(f".{kind}" for kind in ALLOWED)


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"), widget=forms.FileInput(attrs={"accept": ACCEPT})
    )


class OtherFileForm(FileForm):
    title = forms.CharField(label=gettext_lazy("What it is"), max_length=200)
    field_order = ["title", "file"]


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class Attachments(WritingPage):
    """What the call asks for, what is there, and where to add it."""

    step = ATTACHMENTS
    template_name = "grants/write/attachments.html"

    def get_context_data(self, **context):
        files = list(self.object.attachments.select_related("document"))
        there = {one.place: one for one in files}
        context.setdefault("other_form", OtherFileForm(auto_id="other_%s"))
        return super().get_context_data(
            wanted=[
                (wanted, there.get(wanted.name), FileForm(auto_id=f"{wanted.name}-%s"))
                for wanted in self.object.wanted_files
                if self.is_open(wanted.name)
            ],
            others=[one for one in files if one.place == FILES],
            takes_others=self.is_open(FILES),
            **context,
        )

    def is_open(self, name: str) -> bool:
        request = self.object.completion
        return request is None or name in request.fields

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        wanted, form = self.asked_for()
        try:
            if not form.is_valid():
                raise ValidationError(next(iter(form.errors.values())))
            ApplicationAttachment.objects.attach(
                self.object, form.cleaned_data["file"], by=request.user, at=timezone.now(),
                required=wanted and wanted.required, question=wanted and wanted.question,
                title=form.cleaned_data.get("title", ""),
            )  # fmt: skip
        except WrongState:
            return already_handed_in(request, self.object)
        except ValidationError as error:
            return self.refused(wanted, form, error)
        messages.success(request, _("The file is attached."))
        return self.done()

    def asked_for(self) -> tuple[WantedFile | None, FileForm]:
        """Which of the wanted files it is (None for another), and the form that took it."""
        posted = (self.request.POST, self.request.FILES)
        name = self.request.POST.get("wanted", "")
        if not name:
            return None, OtherFileForm(*posted, auto_id="other_%s")
        found = [wanted for wanted in self.object.wanted_files if wanted.name == name]
        if not found:
            raise Http404
        return found[0], FileForm(*posted)

    def refused(self, wanted, form, error):
        told = error.messages[0]
        if by_script(self.request):
            return JsonResponse({"told": told}, status=UNPROCESSABLE)
        context = {"refused": (wanted, told)}
        if wanted is None:
            context["other_form"] = form
        return self.page(UNPROCESSABLE, **context)

    def done(self):
        address = reverse("attachments", args=[self.object.pk])
        return JsonResponse({"next": address}) if by_script(self.request) else redirect(address)


class RemoveAttachment(OwnApplication):
    http_method_names = ["post"]

    def post(self, request, *args, attachment, **kwargs):
        application = self.get_object()
        found = get_object_or_404(application.attachments, pk=attachment)
        try:
            found.remove(by=request.user, at=timezone.now())
            messages.success(request, _("The file is removed."))
        except WrongState:
            return already_handed_in(request, application)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect("attachments", application.pk)
