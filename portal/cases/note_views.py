"""The notes of a case, for those who handle it; and the second readings one is asked for."""

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import cache_control
from django.views.generic import DetailView, TemplateView

from portal.cases.models import Case, Note
from portal.cases.notes import LONGEST, second_readers
from portal.core.keptforms import KeepsTyped
from portal.core.models import User
from portal.core.widgets import Paragraphs
from portal.core.workflow import WrongState

CONFLICT, UNPROCESSABLE = 409, 422
private = method_decorator(cache_control(private=True, no_store=True), name="dispatch")


class NoteForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Note"), max_length=LONGEST,
        widget=Paragraphs(attrs={"rows": 5, "cols": False}),
    )  # fmt: skip
    reader = forms.ModelChoiceField(
        label=gettext_lazy("Ask for a second reading by"), queryset=User.objects.none(),
        required=False, empty_label=gettext_lazy("Nobody"),
    )  # fmt: skip
    is_flag = forms.BooleanField(
        label=gettext_lazy("Flag the case until somebody has answered"), required=False
    )

    def __init__(self, *args, case, user, **kwargs):
        super().__init__(*args, **kwargs)
        readers = [reader.pk for reader in second_readers(case, user)]
        self.fields["reader"].queryset = User.objects.filter(pk__in=readers).order_by("full_name")


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=pgettext_lazy("noun", "Answer"), max_length=LONGEST,
        widget=Paragraphs(attrs={"rows": 3, "cols": False}),
    )  # fmt: skip


@private
class CaseNotes(KeepsTyped, DetailView):
    """What has been noted, and where to note more; for nobody but those who handle the case."""

    template_name = "cases/notes.html"

    def get_queryset(self):
        return Case.objects.handled_by(self.request.user)

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        typed = self.typed_before()
        return self.page(self.note_form(typed or None), typed_before=bool(typed))

    def note_form(self, data=None):
        return NoteForm(data, case=self.object, user=self.request.user)

    def page(self, form, status=200, answering=None, **context):
        notes = list(self.object.notes.select_related("by", "reader", "answer"))
        rows = [
            (note, self.answer_form(note, answering if answering and note == answering[0] else ()))
            for note in notes
        ]
        page = self.get_context_data(rows=rows, form=form, **context)
        return self.render_to_response(page, status=status)

    def answer_form(self, note, answering):
        if not note.is_open:
            return None
        return answering[1] if answering else AnswerForm(auto_id=f"answer-{note.pk}-%s")

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        if answered := request.POST.get("answers"):
            return self.answer(answered)
        form = self.note_form(request.POST)
        if not form.is_valid():
            return self.page(form, UNPROCESSABLE)
        return self.keep(form, **form.cleaned_data)

    def answer(self, key: str):
        found = self.object.notes.filter(pk=key).first() if key.isdecimal() else None
        if found is None:
            raise Http404
        form = AnswerForm(self.request.POST, auto_id=f"answer-{found.pk}-%s")
        if not form.is_valid():
            return self.page(self.note_form(), UNPROCESSABLE, answering=(found, form), sent=form)
        return self.keep(form, answers=found, **form.cleaned_data)

    def keep(self, form, **given):
        try:
            Note.objects.write(self.object, by=self.request.user, at=timezone.now(), **given)
        except WrongState as error:
            # What was written stays, as a note of its own to be sent.
            kept = self.note_form({"text": given["text"]})
            return self.page(kept, CONFLICT, problem=str(error))
        except ValidationError as error:
            form.add_error(None, error)
            return self.page(form, UNPROCESSABLE)
        messages.success(self.request, _("The note is written."))
        return redirect("case_notes", self.object.pk)


@private
class MyNotes(PermissionRequiredMixin, TemplateView):
    """The second readings that colleagues have asked this person for, the oldest first."""

    permission_required = "cases.handle_case"
    template_name = "cases/my_notes.html"

    def get_context_data(self, **context):
        asked = Note.objects.asked_of(self.request.user).select_related("case", "by")
        return super().get_context_data(notes=asked, **context)
