"""What an application does with the questions of its call."""

from dataclasses import dataclass

from django.utils.functional import cached_property

from grants.answers import Change, change_between, shown
from grants.models.calls import Call
from grants.models.questions import CallForm, Question
from grants.models.schemes import RequiredAttachment


@dataclass(frozen=True)
class WantedFile:
    """A file that is asked for, by the scheme or by a question of the call."""

    name: str
    title: str
    required: RequiredAttachment | None = None
    question: Question | None = None

    @property
    def is_required(self) -> bool:
        return self.question is None or self.question.is_required


class AnswersQuestions:
    """Keeps `answers` to the version of the questions it was begun with, its `form`."""

    call: Call
    form: CallForm | None
    answers: dict

    @cached_property
    def questions(self) -> list[Question]:
        """All that its version of the call's form holds, asked or not, in order."""
        return self.form.all_questions() if self.form else []

    @property
    def written_questions(self) -> list[Question]:
        """Those that are answered in writing; a file is attached instead."""
        return [one for one in self.questions if one.kind != Question.Kind.FILE]

    @cached_property
    def required_attachments(self) -> list[RequiredAttachment]:
        return list(self.call.scheme.attachments.all())

    @property
    def wanted_files(self) -> list[WantedFile]:
        """What the scheme and the questions ask for, as the answers stand."""
        files = [
            one for one in shown(self.questions, self.answers) if one.kind == Question.Kind.FILE
        ]
        asked = [WantedFile(f"file-{one.field_name}", str(one), question=one) for one in files]
        required = [
            WantedFile(f"file-{one.pk}", str(one), required=one)
            for one in self.required_attachments
        ]
        return required + asked

    @property
    def newer_questions(self) -> Change | None:
        """How the questions have changed since the draft was begun; None where they have not."""
        newest = self.call.form_in_force
        if newest is None or newest == self.form:
            return None
        return change_between(self.questions, newest.all_questions())
