"""Files that belong to an application: those its scheme asks for, and others."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants.completion import FILES
from grants.models.applications import Application
from grants.models.schemes import RequiredAttachment
from portal.cases.models import Document
from portal.cases.uploads import check_upload
from portal.core.constraints import Unique

MOST_FILES, MOST_BYTES = 20, 60 * 1024 * 1024


class AttachmentManager(models.Manager["ApplicationAttachment"]):
    @transaction.atomic
    def attach(
        self,
        application: Application,
        file,
        *,
        by,
        at,
        required=None,
        question=None,
        title: str = "",
    ) -> "ApplicationAttachment":
        """Add a file to a draft; in place of one asked for, the new one replaces the old.

        `required` is what the scheme asks for, `question` one of the call's; without both, `title`
        says what the file is.
        """  # fmt: skip
        draft = application.open_for_change(by=by, at=at)
        check_upload(file)
        if required is not None and required.scheme_id != draft.call.scheme_id:
            raise ValidationError(_now("The call does not ask for this file."))
        if question is not None and question not in draft.questions:
            raise ValidationError(_("The call does not ask for this file."))
        attachment = self.model(
            application=draft, required=required, question_key=question.key if question else ""
        )
        attachment.check_asked(draft)
        if required or question:
            for old in attachment.in_the_same_place():
                old.remove(by=by, at=at)
        self._check_room(draft, file)
        asked = str(required or question or file.name)
        document = Document(case=draft.case, title=title.strip() or asked[:200])
        document.file = file
        document.describe_upload(by=by, at=at)
        document.save()
        draft.case.log("document_added", by=by, at=at, document=document.pk)
        attachment.document = document
        attachment.save()
        return attachment

    def put_back(self, application: Application, kept: list[dict], *, by, at) -> None:
        """Have the files of what was handed in (`parts.attached`) again, and none that came later.

        The application is locked; the documents are there still, as `remove` leaves them.
        """
        there = {one.document_id: one for one in self.filter(application=application)}
        wanted = {one["document"]: one["place"] for one in kept}
        for document, attachment in there.items():
            if document not in wanted:
                attachment.take_away(application, by=by, at=at)
        required = {f"file-{one.pk}": one for one in application.call.scheme.attachments.all()}
        for document, place in wanted.items():
            if document not in there:
                self.create(
                    application=application, document_id=document, required=required.get(place),
                    question_key=place.removeprefix("file-q_") if "-q_" in place else "",
                )  # fmt: skip

    def _check_room(self, draft: Application, file) -> None:
        sizes = list(self.filter(application=draft).values_list("document__size", flat=True))
        if len(sizes) >= MOST_FILES:
            told = _now("An application takes at most %(most)s files.")
            raise ValidationError(told % {"most": MOST_FILES})
        if sum(sizes) + file.size > MOST_BYTES:
            raise ValidationError(_now("The files are too large together: at most 60 MB."))


class ApplicationAttachment(models.Model):
    application = models.ForeignKey(Application, models.CASCADE, related_name="attachments")
    document = models.OneToOneField(Document, models.CASCADE, related_name="attachment")
    required = models.ForeignKey(
        RequiredAttachment, models.SET_NULL, related_name="+", null=True, blank=True
    )

    question_key = models.CharField(max_length=8, blank=True, default="")

    objects = AttachmentManager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            Unique(
                fields=["application", "required"],
                condition=Q(required__isnull=False),
                name="attachment_once",
                violation_error_message=_("This file is attached already."),
            ),
            Unique(
                fields=["application", "question_key"],
                condition=~Q(question_key=""),
                name="attachment_once_a_question",
                violation_error_message=_("This file is attached already."),
            ),
        ]

    def __str__(self):
        return str(self.document)

    @property
    def place(self) -> str:
        """Which of the wanted files it is, by its name."""
        if self.required_id:
            return f"file-{self.required_id}"
        return f"file-q_{self.question_key}" if self.question_key else FILES

    def in_the_same_place(self) -> models.QuerySet["ApplicationAttachment"]:
        return ApplicationAttachment.objects.filter(
            application=self.application, required=self.required, question_key=self.question_key
        )

    def check_asked(self, application: Application) -> None:
        """While it is being completed, only what was asked for is added or taken away."""
        request = application.completion
        if request and self.place not in request.fields:
            raise ValidationError(_("We have not asked for this file."))

    @transaction.atomic
    def remove(self, *, by, at) -> None:
        """Take the file away from a draft, and from the disk when that is settled.

        What once was handed in is a public document: it stays in the case, though another file
        has taken its place in the application.
        """
        application = self.application.open_for_change(by=by, at=at)
        self.check_asked(application)
        self.take_away(application, by=by, at=at)

    def take_away(self, application: Application, *, by, at) -> None:
        document = self.document
        self.delete()
        if application.submissions.filter(submitted_at__gte=document.added_at).exists():
            application.case.log("document_replaced", by=by, at=at, document=document.pk)
            return
        application.case.log("document_removed", by=by, at=at, document=document.pk)
        document.remove_file()
        document.delete()
