"""What an application does with the questions of its call."""

from django.utils.functional import cached_property

from grants.answers import Change, change_between
from grants.models.calls import Call
from grants.models.questions import CallForm, Question


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
    def newer_questions(self) -> Change | None:
        """How the questions have changed since the draft was begun; None where they have not."""
        newest = self.call.form_in_force
        if newest is None or newest == self.form:
            return None
        return change_between(self.questions, newest.all_questions())
