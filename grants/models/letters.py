"""Letters (brev) to applicants: drafted with what they tell of, sent once, and kept on the case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants import letters
from grants.models.submissions import CompletionRequest
from grants.workflow import LETTER, LetterState
from portal.cases.models import Case, Document
from portal.cases.querysets import OfCases
from portal.committee.models import Decision
from portal.committee.workflow import Route
from portal.core.constraints import Check
from portal.core.models import User
from portal.core.workflow import Event, StaleVersion, WrongState, verb

if TYPE_CHECKING:
    from grants.models.applications import Application

LONGEST = 20_000
# What its verbs are called in the log of the case, among all other verbs of the matter.
LOGGED_AS = {
    "change": "letter_changed",
    "send": "letter_sent",
    "put_aside": "letter_put_aside",
    "take_up": "letter_taken_up",
}


class Pick(NamedTuple):
    """A letter chosen to be sent, and the version of it that was read."""

    pk: int
    version: int


@dataclass
class Delivery:
    """What became of a batch. `changed` are those that somebody has changed since they were read,
    `gone` those that are not there to be sent any more: sent meanwhile, or put aside.
    """

    sent: int = 0
    gone: int = 0
    changed: list[Pick] = field(default_factory=list)


class LetterQuerySet(OfCases):
    case_path = "application__case"

    def visible_to(self, user):
        """All that officers may handle; none of a case that they are barred from."""
        if not user.has_perm("grants.send_letter"):
            return self.none()
        declared = Case.objects.declared_by(user)
        return self.not_barring(user).filter(application__case__in=declared)

    def waiting(self):
        return self.filter(state=LetterState.DRAFT)

    def sent(self):
        return self.filter(state=LetterState.SENT)

    def latest_first(self):
        return self.order_by("-pk")

    def by_meeting(self):
        """The first meeting first, § by §; then, call by call, what was decided without one."""
        met = models.When(decision__route=Route.MEETING, then=F("decision__decided_on"))
        return self.annotate(
            met_on=models.Case(met, default=Value(date.max)),
            section=Coalesce("decision__section", Value(0)),
            call=F("application__call"),
        ).order_by("met_on", "section", "call", "pk")

    def told_briefly(self):
        """With what a list shows of each."""
        return self.select_related(
            "to", "sent_by", "decision", "application__case", "application__organisation",
            "application__call__scheme",
        )  # fmt: skip


class LetterManager(models.Manager.from_queryset(LetterQuerySet)):
    def tell_of_decision(self, application: Application, decision: Decision, *, by, at) -> None:
        """Draft, inside the decision's transaction, a letter to the applicant and to each who has
        joined (they write, and are told, together), in the reader's own language. Staff read it,
        may change it, and send it.
        """
        for person in application.told_with({application.applicant}):
            self._draft(application, person, decision.outcome, by=by, at=at, decision=decision)

    def tell_of_completion(
        self, application: Application, completion: CompletionRequest, *, by, at
    ) -> None:
        """The officer has just written what is missing: the letter goes at once."""
        for person in application.told_with({application.applicant}):
            letter = self._draft(
                application, person, Letter.Kind.COMPLETION, by=by, at=at, completion=completion
            )
            letter.send(by=by, at=at)

    def _draft(self, application, to: User, kind: str, *, by, at, **about) -> Letter:
        subject, text = letters.drafted(kind, to=to, application=application, **about)
        letter = self.create(
            application=application, kind=kind, to=to, language=to.language, subject=subject,
            text=text, written_at=at, **about,
        )  # fmt: skip
        application.case.log("letter_written", by=by, at=at, letter=letter.pk)
        return letter

    def for_reader(self, reader: User, application: Application) -> list[Letter]:
        """The sent ones, the latest first: the reader's own; for a colleague at the organisation,
        who gets none, the applicant's.
        """
        if not application.case.is_registered:
            return []
        sent = list(self.filter(application=application).sent().latest_first())
        own = [letter for letter in sent if letter.to_id == reader.pk]
        return own or [letter for letter in sent if letter.to_id == application.applicant_id]

    def send_each(self, picks: list[Pick], *, by: User, at) -> Delivery:
        """Send what was picked, each letter in a transaction of its own: one that cannot go holds
        up no other, and the same batch once more sends nothing.
        """
        delivery = Delivery()
        for pick in picks:
            letter = self.visible_to(by).filter(pk=pick.pk).first()
            try:
                if letter is None:
                    raise WrongState
                letter.send(by=by, at=at, seen=pick.version)
                delivery.sent += 1
            except WrongState:
                delivery.gone += 1
            except StaleVersion:
                delivery.changed.append(pick)
        return delivery


class Letter(models.Model):
    """One letter to one person about one decision, or one request for completion. A sent letter is
    kept as a document of the case, and the database refuses to change or remove it.
    """

    class Kind(models.TextChoices):
        """The outcomes of a decision, and what is asked for before it."""

        GRANTED = "granted", _("Granted")
        REJECTED = "rejected", _("Rejected")
        DISMISSED = "dismissed", _("Dismissed without examination")
        COMPLETION = "completion", _("Completion request")

    application = models.ForeignKey(
        "grants.Application",
        models.PROTECT,
        verbose_name=_("application"),
        related_name="letters",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    decision = models.ForeignKey(
        Decision, models.PROTECT, verbose_name=_("decision"), related_name="letters", null=True
    )
    completion = models.ForeignKey(
        CompletionRequest,
        models.PROTECT,
        verbose_name=_("completion request"),
        related_name="letters",
        null=True,
    )
    to = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("to"), related_name="letters_to_them"
    )
    language = models.CharField(_("language"), max_length=2)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), max_length=LONGEST)
    state = models.CharField(
        _("state"), max_length=8, choices=LetterState.choices, default=LetterState.DRAFT,
        editable=False, db_index=True,
    )  # fmt: skip
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    written_at = models.DateTimeField(_("written"))
    changed_by = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("changed by"), related_name="+", null=True
    )
    not_sent_why = models.CharField(_("why it is not sent"), max_length=500, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    sent_by = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("sent by"), related_name="+", null=True
    )
    document = models.OneToOneField(
        Document, models.PROTECT, verbose_name=_("document"), related_name="letter", null=True
    )

    workflow = LETTER
    locked_with = "application"
    objects = LetterManager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "to"], name="one_letter_of_a_decision_per_person"
            ),
            models.UniqueConstraint(
                fields=["completion", "to"], name="one_letter_of_a_request_per_person"
            ),
            Check(
                name="letter_is_about_one_thing",
                condition=Q(kind="completion", completion__isnull=False, decision=None)
                | (~Q(kind="completion") & Q(completion=None, decision__isnull=False)),
                violation_error_message=_("A letter is about one decision or one request."),
            ),
            Check(
                name="letter_says_something",
                condition=~Q(subject="") & ~Q(text=""),
                violation_error_message=_("A letter has a subject and a text."),
            ),
            Check(
                name="sent_letter_is_whole",
                condition=Q(
                    state="sent",
                    sent_at__isnull=False,
                    sent_by__isnull=False,
                    document__isnull=False,
                )
                | (~Q(state="sent") & Q(sent_at=None, sent_by=None, document=None)),
                violation_error_message=_("A sent letter has its time, its sender and its PDF."),
            ),
            Check(
                name="letter_put_aside_says_why",
                condition=(Q(state="not_sent") & ~Q(not_sent_why=""))
                | (~Q(state="not_sent") & Q(not_sent_why="")),
                violation_error_message=_("A letter that is put aside says why."),
            ),
        ]

    def __str__(self):
        return self.subject

    @property
    def parts(self) -> list[letters.Part]:
        return letters.parts(self.text)

    @property
    def plain_text(self) -> str:
        return letters.plain(self.text)

    @property
    def is_draft(self) -> bool:
        return self.state == LetterState.DRAFT

    def record(self, event: Event) -> None:
        self.application.case.log(
            LOGGED_AS[event.verb], by=event.by, at=event.at, letter=self.pk, **event.details
        )

    def _check_seen(self, version: int | None) -> None:
        if version is not None and version != self.version:
            raise StaleVersion

    # --- Verbs ----------------------------------------------------------------------------------

    @verb
    def change(self, *, by, at, subject: str, text: str, seen: int):
        """Say it otherwise. `seen` is the version that was opened: raises StaleVersion where
        somebody has changed it since.
        """
        self._check_seen(seen)
        self.subject, self.text = subject.strip(), text.strip()
        self.version += 1
        self.changed_by = by
        self.clean_fields(exclude={one.name for one in self._meta.fields} - {"subject", "text"})
        return {"version": self.version}

    @verb
    def send(self, *, by, at, seen: int | None = None):
        """Keep it as an accessible PDF on the case, and mail it.

        The mail holds the text, and a link to the person's own pages, where the PDF is fetched
        through the same check, and the same line in the log, as every document: as an attachment it
        would lie in the outbox, and leave the house unseen. What a request for completion says
        stands on those pages alone. Raises StaleVersion where it has been changed since it was
        `seen`.
        """
        self._check_seen(seen)
        self.document = self._keep(by=by, at=at)
        self.sent_at, self.sent_by = at, by
        self.application.case.notify(
            to=self.to, template=letters.mail_of(self), by=by, at=at,
            context={"letter": self, "application": self.application, "request": self.completion},
        )  # fmt: skip
        return {"document": self.document.pk}

    def _keep(self, *, by, at) -> Document:
        case = self.application.case
        document = Document(case=case, title=self.subject)
        document.file = ContentFile(letters.pdf(self, at=at), letters.file_name(self))
        document.describe_upload(by=by, at=at)
        document.save()
        case.log("document_added", by=by, at=at, document=document.pk)
        return document

    @verb
    def put_aside(self, *, by, at, why: str):
        """It is not sent (the applicant has been told by telephone, say)."""
        if not why.strip():
            raise ValidationError({"why": _now("Say why it is not sent.")})
        self.not_sent_why = why.strip()

    @verb
    def take_up(self, *, by, at):
        """It is to be sent after all."""
        self.not_sent_why = ""
