from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.generic import DetailView

from portal.cases.correspondence import LONGEST, side_of
from portal.cases.models import Case, Document, Message
from portal.core.keptforms import KeepsTyped
from portal.core.widgets import Paragraphs

UNPROCESSABLE = 422


@method_decorator(login_not_required, name="dispatch")
class DocumentView(DetailView):
    """Hand out a document to those who may see it; everybody else gets 404.

    Always as an attachment: what an applicant uploaded never runs in a reader's browser.
    """

    def get_queryset(self):
        return Document.objects.visible_to(self.request.user).select_related("case")

    def render_to_response(self, context):
        document = self.object
        if not document.is_public:
            document.case.log(
                "document_fetched", by=self.request.user, at=timezone.now(), document=document.pk
            )
        response = FileResponse(
            document.file.open(), as_attachment=True, filename=document.filename
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["Cache-Control"] = "private, no-store"
        return response


class MessageForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your message"),
        max_length=LONGEST,
        widget=Paragraphs(attrs={"rows": 6, "cols": False}),
    )


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class CaseMessages(KeepsTyped, DetailView):
    """The thread of a case, for its parties and for those who handle it; others answer 404."""

    template_name = "cases/messages.html"

    def get_queryset(self):
        return Case.objects.open_to(self.request.user).registered()

    def get(self, request, *args, **kwargs):
        case = self.object = self.get_object()
        Message.objects.be_read(case, by=request.user, at=timezone.now())
        typed = self.typed_before()
        form = MessageForm(typed) if typed else MessageForm()
        return self.render_to_response(self.get_context_data(form=form, typed_before=bool(typed)))

    def get_context_data(self, **context):
        try:
            as_staff = side_of(self.object, self.request.user)
        except PermissionDenied:  # who prepares the meeting reads
            as_staff, context["form"] = True, None
        thread = self.object.messages.select_related("by")
        return super().get_context_data(thread=thread, as_staff=as_staff, **context)

    def post(self, request, *args, **kwargs):
        case = self.object = self.get_object()
        form = MessageForm(request.POST)
        if form.is_valid():
            try:
                Message.objects.send(
                    case, form.cleaned_data["text"], by=request.user, at=timezone.now()
                )
                messages.success(request, _("The message is sent."))
                return redirect("case_messages", case.pk)
            except ValidationError as error:
                form.add_error("text", error.messages)
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)
