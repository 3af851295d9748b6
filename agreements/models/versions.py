"""Versions of an agreement: as first signed, renewed or amended, from draft to signing."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.models.agreements import Agreement
from agreements.querysets import VersionQuerySet
from agreements.terms import terms_of
from agreements.workflow import OPEN_FOR_TERMS, VERSION, VersionState
from portal.cases.canonical import canonical, fingerprint
from portal.cases.models import Invitation
from portal.committee.models import Decision, DelegationPoint, Proposal
from portal.committee.workflow import Outcome, Purpose
from portal.core.constraints import Check, Unique
from portal.core.dates import Precision, last_day, partial_date
from portal.core.languages import validate_language
from portal.core.workflow import Event, WrongState, verb


class AgreementVersion(models.Model):
    """The agreement as first signed, renewed or amended. Dates are as precise as they are known.

    Its terms are its texts, dates, parties and commitments (see `agreements.terms`). They are
    written in draft and negotiation, frozen for the decision, confirmed by each party when the
    committee has approved them, and kept when they are signed.
    """

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("Original")
        RENEWAL = "renewal", _("Renewal")
        AMENDMENT = "amendment", _("Amendment")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"), default=1, editable=False)
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("replaces"),
        related_name="followers",
        null=True,
        editable=False,
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=VersionState.choices,
        default=VersionState.DRAFT,
        editable=False,
        db_index=True,
    )
    signed_on = models.DateField(
        _("signed"),
        null=True,
        blank=True,
        help_text=_("The first day it may be, if only month or year is known."),
    )
    signed_precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    until_precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    notice_on = models.DateField(
        _("last day to give notice"),
        null=True,
        blank=True,
        help_text=_("If nobody has given notice by then, it is renewed or ends as agreed."),
    )
    review_month = models.PositiveSmallIntegerField(
        _("month of the yearly joint review"), null=True, blank=True
    )
    note = models.TextField(_("note"), max_length=1000, blank=True)
    texts_public = models.BooleanField(
        _("the public reads the texts"),
        default=False,
        help_text=_(
            "Once it is signed, and with them the whole terms as a file: every commitment of this "
            "version, those that are not marked as public too. Anybody can check the file against "
            "what the parties confirmed only if nothing is left out of it."
        ),
    )
    decision = models.OneToOneField(
        Decision,
        models.PROTECT,
        verbose_name=_("decision"),
        related_name="agreement_version",
        null=True,
        editable=False,
    )
    terminated_on = models.DateField(_("terminated"), null=True, editable=False)
    termination = models.TextField(
        _("why it was terminated"), max_length=1000, blank=True, default="", editable=False
    )

    workflow = VERSION
    locked_with = "agreement"
    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="agreement_version_number_once"
            ),
            Unique(
                fields=["agreement"],
                condition=Q(kind="original") & ~Q(state="abandoned"),
                name="agreement_one_original",
                violation_error_message=_("The agreement already has its first version."),
            ),
            Unique(
                fields=["agreement"],
                condition=Q(state__in=("draft", "negotiation", "for_decision", "approved")),
                name="agreement_one_coming_version",
                violation_error_message=_("The agreement already has a version on its way."),
            ),
            Check(
                name="agreement_version_is_signed_on_a_day",
                condition=Q(state__in=("signed", "terminated"), signed_on__isnull=False)
                | (~Q(state__in=("signed", "terminated")) & Q(signed_on=None)),
                violation_error_message=_(
                    "A signed version must have a day of signing; other versions have none."
                ),
            ),
            Check(
                name="agreement_version_ends_after_signing",
                condition=Q(signed_on=None)
                | Q(valid_until=None)
                | Q(valid_until__gte=F("signed_on")),
                violation_error_message=_("The agreement cannot end before it is signed."),
            ),
            Check(
                name="agreement_version_notice_before_end",
                condition=Q(notice_on=None)
                | Q(valid_until=None)
                | Q(notice_on__lte=F("valid_until")),
                violation_error_message=_("The last day to give notice cannot lie after the end."),
            ),
            Check(
                name="agreement_review_month",
                condition=Q(review_month=None) | Q(review_month__gte=1, review_month__lte=12),
                violation_error_message=_("The month must be a number from 1 to 12."),
            ),
            Check(
                name="agreement_version_terminated_with_a_day",
                condition=Q(state="terminated", terminated_on__isnull=False)
                | (~Q(state="terminated") & Q(terminated_on=None)),
                violation_error_message=_(
                    "A terminated version must say when it was terminated; other versions do not."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.agreement}, {self.get_kind_display().lower()} {self.number}"

    @property
    def happened(self) -> str:
        """What its signing was, as the timeline says it."""
        return str(HAPPENED[self.kind])  # type: ignore[index]

    @property
    def signed_text(self) -> str:
        return partial_date(self.signed_on, self.signed_precision)

    @property
    def until_text(self) -> str:
        return partial_date(self.valid_until, self.until_precision)

    @property
    def is_open_for_terms(self) -> bool:
        return self.state in OPEN_FOR_TERMS

    def review_due(self, year: int) -> date:
        """The last day of the month in which the terms ask for the joint review."""
        return last_day(date(year, self.review_month, 1), Precision.MONTH)  # type: ignore[arg-type]

    def record(self, event: Event) -> None:
        details = {"version": self.number, **event.details}
        self.agreement.case.record(Event(event.verb, event.by, event.at, details))

    # --- The terms ------------------------------------------------------------------------------

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the terms as they are written now."""
        return fingerprint(terms_of(self))

    @property
    def is_kept(self) -> bool:
        """Its terms have been proposed, confirmed or signed here: a snapshot holds them."""
        return type(self).objects.filter(pk=self.pk, snapshots__isnull=False).exists()

    def keep_terms(self, at) -> str:
        """Keep a snapshot of the terms as they are now; gives their fingerprint."""
        terms = terms_of(self)
        mark = fingerprint(terms)
        self.snapshots.get_or_create(
            fingerprint=mark, defaults={"terms": canonical(terms).decode(), "taken_at": at}
        )
        return mark

    def missing_for_decision(self) -> list[str]:
        """What the terms must hold before the committee can decide on them."""
        missing = []
        if not self.texts.exists():
            missing.append(_now("the text in at least one language"))
        if self.agreement.parties.count() < 2:
            missing.append(_now("at least two parties"))
        if self.valid_until is None and self.notice_on is None:
            missing.append(_now("how long it is valid, or by when notice is given"))
        return missing

    @property
    def public_terms(self):
        """The snapshot that was signed, where the public reads it; None where it does not."""
        if not self.texts_public or self.signed_on is None:
            return None
        # Of several that were kept, the parties' confirmations say which one was signed.
        signed = {one.fingerprint for one in self.confirmations.all() if one.voided_at is None}
        return next((kept for kept in self.snapshots.all() if kept.fingerprint in signed), None)

    @property
    def confirmed_at(self):
        """When the last party confirmed what was signed here; None where it was not."""
        moments = [one.confirmed_at for one in self.confirmations.all() if one.voided_at is None]
        return max(moments) if moments and self.signed_on else None

    def unconfirmed_parties(self, mark: str):
        """The parties that have not confirmed the terms with this fingerprint."""
        confirmed = self.confirmations.live().filter(fingerprint=mark)
        parties = self.agreement.parties.select_related("partner")
        return parties.exclude(pk__in=confirmed.values("party"))

    def carry_on(self, kind: str) -> "AgreementVersion":
        """A draft of the next version, with this one's texts and live commitments."""
        number = self.agreement.versions.aggregate(last=Max("number"))["last"] + 1
        version = self.agreement.versions.create(
            kind=kind, number=number, previous=self, review_month=self.review_month
        )
        version.texts.bulk_create(
            VersionText(version=version, language=one.language, title=one.title, body=one.body)
            for one in self.texts.all()
        )
        self.commitments.carry_on(version)  # type: ignore[attr-defined]
        return version

    # --- The officer's verbs --------------------------------------------------------------------

    @verb
    def note_signed(self, *, by, at, signed: tuple[date, str]):
        """It was signed outside the portal: noted as precisely as the day is known."""
        self._note(*signed, by=by, at=at)

    @verb
    def correct_noted(self, *, by, at, signed: tuple[date, str]):
        """Mend what was noted. What the parties have confirmed here is never mended."""
        self._note(*signed, by=by, at=at)

    def _note(self, signed_on: date, precision: str, *, by, at) -> None:
        self._check_signing(signed_on, at, precision, field="signed")
        self.signed_on, self.signed_precision = signed_on, precision
        if self.previous:
            self.previous.commitments.be_replaced(by=by, at=at)  # type: ignore[attr-defined]
        self.agreement.follow_versions(self)

    @property
    def is_noted(self) -> bool:
        """It was signed without the portal: no terms have been kept here."""
        return self.state == VersionState.SIGNED and not self.is_kept

    @verb
    def negotiate(self, *, by, at):
        """The matter is registered, and the parties are named in the terms."""
        self.agreement.case.register(by=by, at=at, title=self.agreement.title)
        self._name_parties()

    def _name_parties(self) -> None:
        """What a party is called is a term: from here on it depends on no reader's language."""
        for party in self.agreement.parties.filter(name="").select_related("partner"):
            party.name = party.called
            party.save(update_fields=["name"])

    @verb
    def propose(self, *, by, at, reasons: str, delegation_point: DelegationPoint | None = None):
        """Lay the terms before whoever decides; they are frozen meanwhile."""
        missing = self.missing_for_decision()
        if missing:
            raise ValidationError(
                _now("Before the decision, write: %(what)s.") % {"what": ", ".join(missing)}
            )
        if delegation_point and not delegation_point.covers(None, timezone.localdate(at)):
            raise ValidationError(
                {"delegation_point": _now("The point names nobody who may decide today.")}
            )
        self._name_parties()
        proposal = Proposal(
            case=self.agreement.case,
            purpose=PURPOSE[self.kind],  # type: ignore[index]
            outcome=Outcome.APPROVED,
            reasons=reasons,
            delegation_point=delegation_point,
            proposed_by=by,
            proposed_at=at,
        )
        proposal.full_clean()
        proposal.save()
        return {"proposal": proposal.pk, "terms": self.keep_terms(at)}

    @verb
    def invite_to_confirm(self, *, by, at):
        """Send each party that has not confirmed a link of its own; earlier links end."""
        mark = self.keep_terms(at)
        waiting = list(self.unconfirmed_parties(mark))
        if not waiting:
            raise ValidationError(_now("All parties have confirmed the terms."))
        unreachable = [party.called for party in waiting if not party.email]
        if unreachable:
            raise ValidationError(
                _now("Write the signatory's e-mail address first: %(parties)s.")
                % {"parties": ", ".join(unreachable)}
            )
        self.confirmations.live().exclude(fingerprint=mark).update(voided_at=at)
        self.invitations().revoke(at)
        for party in waiting:
            self._invite(party, mark, by=by, at=at)
        return {"parties": [party.pk for party in waiting], "terms": mark}

    def _invite(self, party, mark, *, by, at) -> None:
        token = Invitation.objects.issue(
            case=self.agreement.case,
            purpose=Invitation.Purpose.CONFIRM,
            reference=party.pk,
            fingerprint=mark,
            by=by,
            at=at,
        )
        self._tell(party, "agreements/mail/confirm.txt", by=by, at=at, token=token)

    def _tell(self, party, template: str, *, by, at, **context) -> None:
        self.agreement.case.notify(
            to=party.addressee,
            template=template,
            context={"agreement": self.agreement, "version": self, "party": party, **context},
            by=by,
            at=at,
        )

    def invitations(self):
        return self.agreement.case.invitations.filter(purpose=Invitation.Purpose.CONFIRM)

    @verb
    def confirm(self, *, by, at, invitation: Invitation, name: str, role: str):
        """A party confirms the terms its link was made for, once. No account is needed."""
        if invitation.fingerprint != self.fingerprint:
            raise WrongState(_now("The terms have been changed since the link was sent."))
        invitation.use(purpose=Invitation.Purpose.CONFIRM, at=at)
        confirmation = self.confirmations.create(
            party=self.agreement.parties.get(pk=invitation.reference),
            fingerprint=invitation.fingerprint,
            name=name,
            role=role,
            confirmed_at=at,
        )
        return {"party": invitation.reference, "confirmation": confirmation.pk}

    @verb
    def reopen(self, *, by, at):
        """Take the approved terms back to be changed: every confirmation is void, and each party
        is told so. A new decision and new links follow.
        """
        self.decision = None
        return {"voided": self._void(by=by, at=at)}

    @verb
    def sign(self, *, by, at, signed_on: date):
        """Note the day of signing, when all parties have confirmed the same terms."""
        mark = self.keep_terms(at)
        waiting = [party.called for party in self.unconfirmed_parties(mark)]
        if waiting:
            raise ValidationError(
                _now("Not yet confirmed by: %(parties)s.") % {"parties": ", ".join(waiting)}
            )
        self._check_signing(signed_on, at)
        self.signed_on = signed_on
        if self.previous:
            self.previous.commitments.be_replaced(by=by, at=at)  # type: ignore[attr-defined]
        self.agreement.follow_versions(self)
        return {"terms": mark}

    def _check_signing(self, signed_on, at, precision=Precision.DAY, field="signed_on") -> None:
        if signed_on > timezone.localdate(at):
            raise ValidationError({field: _now("That day has not come yet.")})
        if self.valid_until and signed_on > self.valid_until:
            raise ValidationError({field: _now("The agreement would end before that day.")})
        if self.decision and signed_on < self.decision.decided_on:
            raise ValidationError({field: _now("It was decided after that day.")})
        self._check_order(signed_on, precision, field)

    def _check_order(self, signed_on: date, precision: str, field: str) -> None:
        """After the version before it, and before the one that follows, as far as is known."""
        before = self.previous and self.previous.signed_on
        if before and last_day(signed_on, precision) < before:
            raise ValidationError({field: _now("The version before it was signed later.")})
        following = self.followers.signed().first()  # type: ignore[attr-defined]
        if following and signed_on > last_day(following.signed_on, following.signed_precision):
            raise ValidationError({field: _now("The version after it was signed earlier.")})

    @verb
    def abandon(self, *, by, at):
        """The matter is laid down; links end, confirmations are void."""
        return {"voided": self._void(by=by, at=at)}

    @verb
    def terminate(self, *, by, at, terminated_on: date, termination: str):
        """Note that a party has given notice: the last day, and why."""
        later = self.agreement.versions.filter(number__gt=self.number)
        if later.signed().exists():  # type: ignore[attr-defined]
            raise WrongState(_now("A later version has replaced it."))
        if terminated_on < self.signed_on:  # type: ignore[operator]
            raise ValidationError({"terminated_on": _now("It was not signed then.")})
        if self.valid_until and terminated_on > self.valid_until:
            raise ValidationError({"terminated_on": _now("It ends by itself before that day.")})
        if not termination.strip():
            raise ValidationError({"termination": _now("Say why it was terminated.")})
        self.terminated_on, self.termination = terminated_on, termination.strip()
        self.agreement.follow_versions(self)

    def _void(self, *, by, at) -> list[int]:
        """Void live confirmations, end open links, and tell each party that had either."""
        confirmations = list(self.confirmations.live())
        invited = set(self.invitations().unused().values_list("reference", flat=True))
        told = invited | {confirmation.party_id for confirmation in confirmations}
        self.confirmations.live().update(voided_at=at)
        self.invitations().revoke(at)
        for party in self.agreement.parties.filter(pk__in=told).exclude(email=""):
            self._tell(party, "agreements/mail/voided.txt", by=by, at=at)
        return [confirmation.pk for confirmation in confirmations]

    # --- The committee's decision ---------------------------------------------------------------

    def be_decided(self, decision: Decision) -> None:
        given = {"by": decision.recorded_by, "at": decision.recorded_at, "decision": decision}
        if decision.outcome == Outcome.APPROVED:
            self.be_approved(**given)
        else:
            self.be_sent_back(**given)

    @verb
    def be_approved(self, *, by, at, decision):
        self.decision = decision
        return {"decision": decision.pk, "terms": self.fingerprint}

    @verb
    def be_sent_back(self, *, by, at, decision):
        """Not as it stands: the terms can be written on."""
        return {"decision": decision.pk}


HAPPENED = {
    AgreementVersion.Kind.ORIGINAL: _("Signed"),
    AgreementVersion.Kind.RENEWAL: _("Renewed"),
    AgreementVersion.Kind.AMENDMENT: _("Amended"),
}
PURPOSE = {
    AgreementVersion.Kind.ORIGINAL: Purpose.SIGN,
    AgreementVersion.Kind.RENEWAL: Purpose.RENEW,
    AgreementVersion.Kind.AMENDMENT: Purpose.CHANGE,
}


class VersionText(models.Model):
    """The text of a version in one language; texts in several stand side by side."""

    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, validators=[validate_language])
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"), max_length=30_000)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("text of the agreement")
        verbose_name_plural = _("texts of the agreement")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "language"], name="agreement_text_once_a_language"
            )
        ]

    def __str__(self):
        return self.title
