"""The ledger: what each party has undertaken, what has been done, and the exchanges it led to."""

import calendar
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.models.agreements import Agreement, AgreementParty
from agreements.models.versions import AgreementVersion
from agreements.querysets import CommitmentQuerySet, ExchangeQuerySet, FulfilmentQuerySet
from agreements.workflow import (
    COMMITMENT,
    LIVE_COMMITMENT,
    SIGNED,
    CommitmentState,
)
from partners.models import PartnerExchange
from portal.cases.models import Document
from portal.core.constraints import Check
from portal.core.countries import country_name, validate_country
from portal.core.languages import validate_language
from portal.core.models import Perspective, User
from portal.core.workflow import Event, WrongState, verb


class Undertaken:
    """What follows from a commitment's state and days, read as a model or as a row."""

    __slots__ = ()
    state: Any
    due_on: Any
    next_on: Any

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_COMMITMENT

    @property
    def is_replaced(self) -> bool:
        return self.state == CommitmentState.CHANGED

    @property
    def awaited_on(self) -> date | None:
        """The day by which it is to be done, this time."""
        return self.next_on or self.due_on

    def is_late(self, on: date) -> bool:
        return self.is_live and self.awaited_on is not None and self.awaited_on < on


class Commitment(Undertaken, models.Model):
    """What one party undertakes in a version of the agreement.

    Its wording, party, form, perspectives and time are terms; its state and what has been done
    are not. A new version carries on what is live by commitments of its own (`continues`).
    """

    class Rhythm(models.TextChoices):
        ONCE = "once", _("Once")
        YEARLY = "yearly", _("Every year")
        HALF_YEARLY = "half_yearly", _("Twice a year")

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, verbose_name=_("agreement"), related_name="commitments"
    )
    version = models.ForeignKey(
        AgreementVersion, models.PROTECT, verbose_name=_("version"), related_name="commitments"
    )
    party = models.ForeignKey(
        AgreementParty, models.PROTECT, verbose_name=_("who"), related_name="commitments"
    )
    text = models.TextField(_("undertakes to"), max_length=1000)
    exchange = models.CharField(
        _("form of exchange"), max_length=12, choices=PartnerExchange.Form.choices, blank=True
    )
    perspectives = models.ManyToManyField(
        Perspective, verbose_name=_("perspectives"), related_name="+"
    )
    due_on = models.DateField(_("by"), null=True, blank=True)
    next_on = models.DateField(_("next time by"), null=True, editable=False)
    rhythm = models.CharField(
        _("how often"), max_length=12, choices=Rhythm.choices, default=Rhythm.ONCE
    )
    continues = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("carries on"),
        related_name="carried_on_by",
        null=True,
        editable=False,
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=CommitmentState.choices,
        default=CommitmentState.PROMISED,
        editable=False,
        db_index=True,
    )
    dropped_because = models.TextField(
        _("why it was dropped"), max_length=1000, blank=True, editable=False
    )
    is_public = models.BooleanField(
        _("public"),
        default=False,
        help_text=_(
            "Shown on the agreement's page once it is signed, with what has been done. Where the "
            "texts of the version are public, its terms can be fetched with every commitment, "
            "public or not."
        ),
    )
    invented = models.BooleanField(_("invented for the demo"), default=False, editable=False)

    # Its perspectives and fulfilments, where the queryset has read them with it.
    serves: list[Perspective]
    noted: list["Fulfilment"]

    workflow = COMMITMENT
    locked_with = "agreement"
    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            Check(
                name="dropped_commitment_says_why",
                condition=(Q(state="dropped") & ~Q(dropped_because=""))
                | (~Q(state="dropped") & Q(dropped_because="")),
                violation_error_message=_(
                    "A dropped commitment must say why; other commitments do not."
                ),
            )
        ]

    def __str__(self):
        return self.text or ""

    def record(self, event: Event) -> None:
        details = {"commitment": self.pk, **event.details}
        self.agreement.case.record(Event(event.verb, event.by, event.at, details))

    def clean(self):
        """Version and party are the agreement's own; the database cannot see across the tables."""
        if self.version_id and self.version.agreement_id != self.agreement_id:
            raise ValidationError({"version": _now("It is a version of another agreement.")})
        if self.party_id and self.party.agreement_id != self.agreement_id:
            raise ValidationError({"party": _now("It is a party of another agreement.")})

    @property
    def side(self) -> str:
        return "ours" if self.party.is_ours else "theirs"

    @property
    def repeats(self) -> bool:
        return self.rhythm != self.Rhythm.ONCE

    @property
    def in_ledger(self) -> bool:
        """Once its version is signed; before that it is a proposal."""
        return self.version.state in SIGNED

    # --- The ledger's verbs ---------------------------------------------------------------------

    @verb
    def begin(self, *, by, at):
        """Work on it has started."""
        self._check_signed()

    @verb
    def fulfil(self, *, by, at, done_on: date, evidence: str, document: Document | None = None):
        """It is done for good: say when, and by what it can be seen."""
        return {"fulfilment": self._note(by, at, done_on, evidence, document).pk}

    @verb
    def fulfil_once(
        self, *, by, at, done_on: date, evidence: str, document: Document | None = None
    ):
        """A commitment with a rhythm is done for this time, and goes on."""
        if not self.repeats:
            raise ValidationError(_now("It is to be done once: note it as done."))
        fulfilment = self._note(by, at, done_on, evidence, document)
        if self.awaited_on:
            self.next_on = self._time_after(done_on)
        return {"fulfilment": fulfilment.pk}

    def _time_after(self, done_on: date) -> date:
        """The next day of the rhythm. Times that were missed before this one are not asked for
        again."""
        turn = 1
        while (day := _months_after(self.due_on, turn * MONTHS[self.rhythm])) <= max(  # type: ignore[arg-type,index,operator,type-var]
            self.awaited_on, done_on
        ):
            turn += 1
        return day

    def _check_signed(self) -> None:
        if not self.in_ledger:
            raise WrongState(_now("The version it stands in has not been signed."))

    def _note(self, by, at, done_on, evidence, document) -> "Fulfilment":
        self._check_signed()
        fulfilment = Fulfilment(
            commitment=self,
            due_on=self.awaited_on,
            done_on=done_on,
            evidence=evidence.strip(),
            document=document,
            noted_by=by,
            noted_at=at,
        )
        fulfilment.full_clean()
        fulfilment.save()
        return fulfilment

    @verb
    def drop(self, *, by, at, because: str):
        """It will not be done: say why."""
        self._check_signed()
        if not because.strip():
            raise ValidationError({"because": _now("Say why it was dropped.")})
        self.dropped_because = because.strip()

    @verb
    def be_changed(self, *, by, at):
        """A signed version has replaced it. What was done while that was negotiated is not
        awaited again of the commitment that carries this one on.
        """
        if self.next_on:
            carried_on = self.carried_on_by.filter(rhythm=self.rhythm, due_on__lt=self.next_on)
            carried_on.update(next_on=self.next_on)


MONTHS = {Commitment.Rhythm.YEARLY: 12, Commitment.Rhythm.HALF_YEARLY: 6}


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last: 31 August becomes 28 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


class CommitmentWording(models.Model):
    """The commitment in a party's language, beside Swedish and English."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=2, validators=[validate_language])
    text = models.TextField(_("undertakes to"), max_length=1000)

    class Meta:
        ordering = ["language"]
        verbose_name = _("wording")
        verbose_name_plural = _("wordings in other languages")
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "language"], name="commitment_wording_once"
            ),
            Check(
                name="wording_in_another_language",
                condition=~Q(language__in=("sv", "en")),
                violation_error_message=_(
                    "Swedish and English stand in the commitment itself: choose another language."
                ),
            ),
        ]

    def __str__(self):
        return self.text


class Fulfilment(models.Model):
    """That a commitment was kept on a day, and what shows it."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="fulfilments")
    due_on = models.DateField(
        _("by"), null=True, editable=False, help_text=_("The day it was awaited, this time.")
    )
    done_on = models.DateField(_("done"))
    evidence = models.TextField(_("what shows it"), max_length=1000)
    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name=_("document"), null=True, blank=True
    )
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    noted_at = models.DateTimeField(_("noted"), editable=False)

    objects = FulfilmentQuerySet.as_manager()

    class Meta:
        ordering = ["done_on", "pk"]
        verbose_name = _("fulfilment")
        verbose_name_plural = _("what has been done")

    def __str__(self):
        return str(self.done_on)

    def clean(self):
        if self.document and self.document.case_id != self.commitment.agreement.case_id:
            raise ValidationError({"document": _now("It is a document of another case.")})
        if self.done_on and self.done_on > timezone.localdate(self.noted_at):
            raise ValidationError({"done_on": _now("That day has not come yet.")})
        if self.done_on and self.done_on < self.commitment.version.signed_on:
            raise ValidationError({"done_on": _now("The agreement was not signed then.")})


class Exchange(models.Model):
    """An exchange that took place: who met, where, and how many took part."""

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, verbose_name=_("agreement"), related_name="exchanges"
    )
    commitment = models.ForeignKey(
        Commitment,
        models.PROTECT,
        verbose_name=_("commitment"),
        related_name="exchanges",
        null=True,
        blank=True,
    )
    form = models.CharField(
        _("form of exchange"), max_length=12, choices=PartnerExchange.Form.choices
    )
    title = models.CharField(_("title"), max_length=200, db_collation="sv")
    starts_on = models.DateField(_("first day"), db_index=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120)
    country = models.CharField(_("country"), max_length=2, validators=[validate_country])
    participants_ours = models.PositiveIntegerField(_("participants from here"), default=0)
    participants_theirs = models.PositiveIntegerField(_("participants from partners"), default=0)
    audience = models.PositiveIntegerField(_("audience"), null=True, blank=True)
    perspectives = models.ManyToManyField(
        Perspective, verbose_name=_("perspectives"), related_name="+"
    )
    source = models.TextField(_("source"), max_length=500, blank=True)
    is_public = models.BooleanField(_("public"), default=False)
    invented = models.BooleanField(_("invented for the demo"), default=False, editable=False)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")
        constraints = [
            Check(
                name="exchange_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The end cannot lie before the start."),
            )
        ]

    def __str__(self):
        return self.title or ""

    def clean(self):
        """It took place, under a commitment of its own agreement where it names one."""
        if self.starts_on and self.starts_on > timezone.localdate():
            raise ValidationError({"starts_on": _now("That day has not come yet.")})
        if self.commitment_id and self.commitment.agreement_id != self.agreement_id:
            raise ValidationError({"commitment": _now("It is a commitment of another agreement.")})

    @property
    def country_name(self) -> str:
        return country_name(self.country)

    @property
    def participants(self) -> int:
        return self.participants_ours + self.participants_theirs
