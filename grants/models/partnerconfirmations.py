"""What the partners abroad say of their part: asked for by a link, bound to what they read."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from grants.models.rows import ApplicationPartner
from grants.parts import PROJECT, plain
from grants.workflow import OPEN_FOR_PARTNERS
from portal.cases.canonical import fingerprint
from portal.cases.invitations import UnknownLink
from portal.cases.models import Document, Invitation
from portal.cases.uploads import check_upload
from portal.core.constraints import Check
from portal.core.workflow import StaleVersion, WrongState, lock

# How many links go out: nobody is to be flooded with mail from here.
MOST_LINKS, MOST_LINKS_IN_ALL = 5, 60
OWN_PART = ("role", "gives", "gets", "own_funding")


def read_by_partner(row: ApplicationPartner) -> dict:
    """What a partner is shown and answers to: the project, who applies, and its own part."""
    application = row.application
    return {
        **{name: plain(getattr(application, name)) for name in PROJECT},
        "applicant": application.applicant_name,
        **{name: plain(getattr(row, name)) for name in OWN_PART},
    }


class PartnerConfirmationManager(models.Manager["PartnerConfirmation"]):
    @transaction.atomic
    def ask(self, row: ApplicationPartner, *, by, at) -> None:
        """Send the partner a link of its own; the one before it no longer opens."""
        application = row.application.open_for_change(by=by, at=at)
        row = self._row(pk=row.pk, application=application)
        self._check_may_be_asked(row)
        token = Invitation.objects.replace(
            case=application.case,
            purpose=Invitation.Purpose.PARTNER,
            reference=row.pk,
            by=by,
            at=at,
        )
        application.case.log("partner_asked", by=by, at=at, partner=row.pk)
        application.case.notify(
            to=row.addressee,
            template="grants/mail/partner.txt",
            context={"application": application, "token": token},
            by=by,
            at=at,
            is_secret=True,
        )

    def _check_may_be_asked(self, row: ApplicationPartner) -> None:
        if not row.email:
            raise ValidationError(_now("Write the partner's e-mail address first."))
        sent = row.application.case.invitations.filter(purpose=Invitation.Purpose.PARTNER)
        if sent.filter(reference=row.pk).count() >= MOST_LINKS or sent.count() >= MOST_LINKS_IN_ALL:
            raise ValidationError(_now("No more links can be sent to this partner."))

    def invited(self, invitation: Invitation) -> ApplicationPartner:
        """Whom a link was made for. Raises UnknownLink where the partner has been removed."""
        return self._row(pk=invitation.reference, application__case=invitation.case_id)

    def _row(self, **found) -> ApplicationPartner:
        rows = ApplicationPartner.objects.select_related(
            "partner", "application__case", "application__applicant", "application__organisation"
        )
        row = rows.filter(**found).first()
        if row is None:
            raise UnknownLink(_now("What this link was made for has been removed."))
        return row

    @transaction.atomic
    def answer(
        self, invitation: Invitation, *, at, read: str, answer, name, comment="", certificate=None
    ) -> "PartnerConfirmation":
        """What a partner says through its link, once. No account is needed.

        `read` is the fingerprint of what it was shown. Raises StaleVersion where that has been
        changed since, and WrongState where the application has been settled.
        """
        application = lock(self.invited(invitation).application)
        row = self.invited(invitation)
        check_answerable(application)
        if read != fingerprint(read_by_partner(row)):
            raise StaleVersion
        invitation.use(purpose=Invitation.Purpose.PARTNER, at=at)
        given = PartnerConfirmation(
            row=row, fingerprint=read, answer=answer, name=name, comment=comment, answered_at=at
        )
        given.full_clean(exclude=["row", "document"])
        given.document = certificate and _keep(certificate, row, at)
        given.save()
        application.case.log(
            "partner_answered", by=None, at=at, partner=row.pk, confirmation=given.pk
        )
        application.tell_applicants("grants/mail/partner_answered.txt", by=None, at=at)
        return given


def check_answerable(application) -> None:
    if application.state not in OPEN_FOR_PARTNERS:
        told = _now("The application has been decided or withdrawn: no answer is needed any more.")
        raise WrongState(told)


def _keep(file, row: ApplicationPartner, at) -> Document:
    """A certificate is a document of the case. No user has added it: it came by the link."""
    try:
        check_upload(file)
    except ValidationError as error:
        raise ValidationError({"certificate": error}) from error
    with override(settings.LANGUAGE_CODE):
        title = _now("Certificate from %(partner)s") % {"partner": row}
    document = Document(case=row.application.case, title=title[:200])
    document.file = file
    document.describe_upload(by=None, at=at)
    document.save()
    document.case.log("document_added", by=None, at=at, document=document.pk)
    return document


class PartnerConfirmation(models.Model):
    """What a partner answered, about a part with this fingerprint. It is never changed: a new
    answer is given through a new link, and the answer falls when what it is about is changed.
    """

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        COMMENTED = "commented", _("Commented")

    row = models.ForeignKey(ApplicationPartner, models.CASCADE, related_name="confirmations")
    fingerprint = models.CharField(_("SHA-256 of what was read"), max_length=64)
    answer = models.CharField(_("answer"), max_length=9, choices=Answer.choices)
    name = models.CharField(_("name"), max_length=120)
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered"))
    document = models.OneToOneField(
        Document, models.SET_NULL, verbose_name=_("certificate"), related_name="+", null=True
    )

    objects = PartnerConfirmationManager()

    class Meta:
        ordering = ["-answered_at", "-pk"]
        verbose_name = _("partner's answer")
        verbose_name_plural = _("partners' answers")
        constraints = [
            Check(
                name="comment_says_something",
                condition=~Q(answer="commented", comment=""),
                violation_error_message=_("Write what you want to say."),
            ),
        ]

    def __str__(self):
        return f"{self.row}, {self.get_answer_display()}"
