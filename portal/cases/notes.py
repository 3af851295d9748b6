"""Working notes on a case, among those who handle it; and asking a colleague to read it, too."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.cases.querysets import OfCases
from portal.core.constraints import Check
from portal.core.models import User
from portal.core.roles import Role
from portal.core.workflow import WrongState, lock

LONGEST = 5000


class NoteQuerySet(OfCases):
    def open(self):
        """Those that flag something, or ask somebody to read, and have not been answered."""
        return self.filter(Q(is_flag=True) | Q(reader__isnull=False), answer=None)

    def asked_of(self, user):
        """Second readings that this person is asked for; none of what they are barred from."""
        return self.open().filter(reader=user).not_barring(user)

    @transaction.atomic
    def write(
        self, case, text: str, *, by, at, reader: User | None = None, is_flag=False, answers=None
    ) -> Note:
        """Add a note, for those who handle the case.

        `reader` is a colleague who is asked for a second reading and told by mail, `is_flag` marks
        the case until the note is answered, `answers` is the note that this one answers. Raises
        PermissionDenied for whoever does not handle the case, WrongState where it is answered
        already.
        """
        case = lock(case)
        if not by.has_perm("cases.handle_case", case):
            raise PermissionDenied
        text = text.strip()
        if not text:
            raise ValidationError({"text": _now("Write something first.")})
        if reader is not None and reader not in second_readers(case, by):
            told = _now("Choose a colleague who may handle the case.")
            raise ValidationError({"reader": told})
        if answers is not None and not self.open().filter(case=case, pk=answers.pk).exists():
            raise WrongState(_now("Somebody has answered it already."))
        note = Note(
            case=case, text=text, by=by, at=at, reader=reader, is_flag=is_flag, answers=answers
        )
        note.full_clean(exclude=["case", "by", "reader", "answers"])
        note.save()
        case.log("note_written", by=by, at=at, note=note.pk)
        for person in {reader, answers and answers.by} - {None, by}:
            if person.has_perm("cases.handle_case", case):
                case.notify(
                    to=person, template="cases/mail/note.txt", by=by, at=at,
                    context={"case": case, "is_answer": answers is not None},
                )  # fmt: skip
        return note


class Note(models.Model):
    """What somebody who handles the case has noted. Append-only: an answer is another note."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="notes")
    by = models.ForeignKey(User, models.PROTECT, verbose_name=_("by"), related_name="+")
    at = models.DateTimeField(_("at"))
    text = models.TextField(_("note"), max_length=LONGEST)
    is_flag = models.BooleanField(_("flag the case until it is answered"), default=False)
    reader = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("second reading by"), related_name="+",
        null=True, blank=True,
    )  # fmt: skip
    answers = models.OneToOneField("self", models.PROTECT, related_name="answer", null=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = [
            Check(
                name="second_reading_by_another",
                condition=Q(reader=None) | ~Q(reader=F("by")),
                violation_error_message=_("Choose a colleague who may handle the case."),
            )
        ]

    def __str__(self):
        return self.text[:60]

    @property
    def is_open(self) -> bool:
        return (self.is_flag or self.reader_id is not None) and not hasattr(self, "answer")


def second_readers(case, user: User) -> list[User]:
    """The colleagues who may handle the case, by name."""
    officers = User.objects.filter(groups__name=Role.OFFICER, is_active=True).exclude(pk=user.pk)
    found = officers.order_by("full_name", "pk")
    return [officer for officer in found if officer.has_perm("cases.handle_case", case)]
