"""The ledger: what each party has undertaken, what has been done, and the exchanges it led to."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.models.agreements import Agreement, AgreementParty
from agreements.models.versions import AgreementVersion
from agreements.querysets import CommitmentQuerySet, ExchangeQuerySet
from agreements.workflow import COMMITMENT, CommitmentState
from partners.models import PartnerExchange
from portal.cases.models import Document
from portal.core.constraints import Check
from portal.core.countries import validate_country
from portal.core.languages import validate_language
from portal.core.models import Perspective, User
from portal.core.workflow import Event, verb


class Commitment(models.Model):
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
    is_public = models.BooleanField(_("public"), default=False)

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

    @property
    def repeats(self) -> bool:
        return self.rhythm != self.Rhythm.ONCE

    def is_late(self, on: date) -> bool:
        live = self.state in (CommitmentState.PROMISED, CommitmentState.UNDER_WAY)
        return live and self.due_on is not None and self.due_on < on

    # --- The ledger's verbs ---------------------------------------------------------------------

    @verb
    def begin(self, *, by, at):
        """Work on it has started."""

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
        return {"fulfilment": self._note(by, at, done_on, evidence, document).pk}

    def _note(self, by, at, done_on, evidence, document) -> "Fulfilment":
        fulfilment = Fulfilment(
            commitment=self,
            done_on=done_on,
            evidence=evidence,
            document=document,
            noted_by=by,
            noted_at=at,
        )
        fulfilment.full_clean()
        fulfilment.save()
        return fulfilment

    @verb
    def drop(self, *, by, at, because: str):
        self.dropped_because = because

    @verb
    def be_changed(self, *, by, at):
        """A signed version has replaced it."""


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
    done_on = models.DateField(_("done"))
    evidence = models.TextField(_("what shows it"), max_length=1000)
    document = models.ForeignKey(
        Document, models.PROTECT, verbose_name=_("document"), null=True, blank=True
    )
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    noted_at = models.DateTimeField(_("noted"), editable=False)

    class Meta:
        ordering = ["done_on", "pk"]
        verbose_name = _("fulfilment")
        verbose_name_plural = _("what has been done")

    def __str__(self):
        return str(self.done_on)


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

    @property
    def participants(self) -> int:
        return self.participants_ours + self.participants_theirs
