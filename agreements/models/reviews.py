"""The joint review of each year: both sides write how it went and what comes next."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.models.agreements import Agreement, AgreementParty
from agreements.models.commitments import Commitment
from agreements.querysets import ReviewQuerySet
from agreements.workflow import REVIEW, ReviewState
from portal.cases.invitations import UnknownLink
from portal.cases.models import Invitation
from portal.core.constraints import Check
from portal.core.models import Perspective
from portal.core.workflow import Event, verb


class Review(models.Model):
    """A year's joint review of an agreement. Each party has a part of its own to write."""

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, verbose_name=_("agreement"), related_name="reviews"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    due_on = models.DateField(_("to be written by"), db_index=True)
    state = models.CharField(
        _("state"),
        max_length=6,
        choices=ReviewState.choices,
        default=ReviewState.OPEN,
        editable=False,
    )
    summary = models.TextField(_("summary for the public"), max_length=3000, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    invented = models.BooleanField(_("invented for the demo"), default=False, editable=False)

    workflow = REVIEW
    locked_with = "agreement"
    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        verbose_name = _("joint review")
        verbose_name_plural = _("joint reviews")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "year"], name="one_review_a_year"),
            Check(
                name="closed_review_has_a_moment",
                condition=models.Q(state="closed", closed_at__isnull=False)
                | models.Q(state="open", closed_at=None),
                violation_error_message=_(
                    "A closed review must say when it was closed; an open one does not."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.agreement}, {self.year}"

    def clean(self):
        """A year is reviewed that the agreement has been in force, and that is not yet to come."""
        signed_on = self.agreement.signed_on if self.agreement_id else None
        if self.agreement_id and signed_on is None:
            raise ValidationError({"agreement": _now("It has not been signed.")})
        if signed_on and self.year and self.year < signed_on.year:
            raise ValidationError({"year": _now("The agreement was not signed then.")})
        if self.year and self.year > timezone.localdate().year:
            raise ValidationError({"year": _now("That year has not come yet.")})

    def record(self, event: Event) -> None:
        details = {"review": self.year, **event.details}
        self.agreement.case.record(Event(event.verb, event.by, event.at, details))

    def begin(self, *, by, at) -> None:
        """Save a new review, with a part for each party to write."""
        self.save()
        self.parts.bulk_create(
            ReviewPart(review=self, party=party) for party in self.agreement.parties.all()
        )
        self.agreement.case.log("review_begun", by=by, at=at, review=self.year)

    def commitments(self):
        """Of all parties: what is to be done, or has been, by the version in force."""
        version = self.agreement.versions.signed().last()
        return Commitment.objects.filter(version=version).kept_or_live().order_by("party_id", "pk")

    def parts_to_invite(self) -> list["ReviewPart"]:
        """The other side's parts that have not been written."""
        unwritten = self.parts.filter(written_at=None).select_related("party__partner")
        return [part for part in unwritten if not part.party.is_ours]

    def written_parts(self):
        """With all that they say."""
        written = self.parts.exclude(written_at=None).select_related("party__partner")
        return written.prefetch_related("ticks__commitment", "achievements__perspective")

    def own_parts(self) -> list["ReviewPart"]:
        parts = self.parts.select_related("party__partner")
        return [part for part in parts if part.party.is_ours]

    # --- The officer's verbs --------------------------------------------------------------------

    @verb
    def invite_to_write(self, *, by, at):
        """Send each party of the other side that has not written a link; earlier links end."""
        waiting = self.parts_to_invite()
        if not waiting:
            raise ValidationError(_now("The other side has written its part."))
        unreachable = [str(part) for part in waiting if not part.party.email]
        if unreachable:
            raise ValidationError(
                _now("Write the signatory's e-mail address first: %(parties)s.")
                % {"parties": ", ".join(unreachable)}
            )
        for part in waiting:
            self._invite(part, by=by, at=at)
        return {"parties": [part.party_id for part in waiting]}

    def _invite(self, part: "ReviewPart", *, by, at) -> None:
        case = self.agreement.case
        token = Invitation.objects.replace(
            case=case, purpose=Invitation.Purpose.REVIEW, reference=part.pk, by=by, at=at
        )
        case.notify(
            to=part.party.addressee,
            template="agreements/mail/review.txt",
            context={"review": self, "party": part.party, "token": token},
            by=by,
            at=at,
        )

    @verb
    def write(self, *, by, at, invitation: Invitation, **written):
        """The part of the party that the link was made for, once. No account is needed.

        `written` holds the part's texts, `done` the commitments it says are kept, `achieved` a
        text for each perspective.
        """
        invitation.use(purpose=Invitation.Purpose.REVIEW, at=at)
        part = self.parts.filter(pk=invitation.reference).first()
        if part is None:
            raise UnknownLink(_now("The link was made for another review."))
        part.fill_in(at=at, **written)
        return {"party": part.party_id}

    @verb
    def write_own(self, *, by, at, part: "ReviewPart", **written):
        """Our own side's part; it may be written again until the review is closed."""
        if not (part.review_id == self.pk and part.party.is_ours):
            raise ValidationError(_now("The other side writes its own part, by its link."))
        part.fill_in(at=at, **written)
        return {"party": part.party_id}

    @verb
    def close(
        self,
        *,
        by,
        at,
        summary_sv: str,
        summary_en: str,
        achieved: dict[Perspective, dict[str, str]],
    ):
        """End the review: the summary and what was achieved become the agreement's own.

        `achieved` holds a text for each language (`achieved_sv`, `achieved_en`) a perspective.
        """
        missing = {
            name: _now("Write the summary in both languages.")
            for name, text in {"summary_sv": summary_sv, "summary_en": summary_en}.items()
            if not text.strip()
        }
        if missing:
            raise ValidationError(missing)
        self.summary_sv, self.summary_en, self.closed_at = summary_sv, summary_en, at
        for tag in self.agreement.tags.select_related("perspective"):
            if tag.perspective in achieved:
                tag.be_achieved(by=by, **achieved[tag.perspective])


class ReviewPart(models.Model):
    """What one party wrote. Its author is for staff only."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="parts")
    party = models.ForeignKey(AgreementParty, models.PROTECT, related_name="review_parts")
    went_well = models.TextField(_("what went well"), max_length=3000, blank=True)
    to_improve = models.TextField(_("what we should do better"), max_length=3000, blank=True)
    programme = models.TextField(_("next year's programme"), max_length=3000, blank=True)
    author_name = models.CharField(_("name"), max_length=120, blank=True)
    author_role = models.CharField(_("role"), max_length=120, blank=True)
    written_at = models.DateTimeField(_("written"), null=True)

    class Meta:
        ordering = ["party_id"]
        verbose_name = _("part of the review")
        verbose_name_plural = _("parts of the review")
        constraints = [
            models.UniqueConstraint(fields=["review", "party"], name="one_review_part_a_party")
        ]

    def __str__(self):
        return str(self.party)

    def fill_in(
        self,
        *,
        at,
        went_well: str,
        to_improve: str,
        programme: str,
        author_name: str,
        author_role: str,
        done: list[Commitment],
        achieved: dict[Perspective, str],
    ) -> None:
        if set(done) - set(self.review.commitments()):
            raise ValidationError({"done": _now("Tick only what the review asks about.")})
        if not author_name.strip():
            raise ValidationError({"author_name": _now("Write who answers for this part.")})
        self.went_well, self.to_improve, self.programme = went_well, to_improve, programme
        self.author_name, self.author_role, self.written_at = author_name, author_role, at
        self.full_clean()
        self.save()
        self.ticks.all().delete()
        self.ticks.bulk_create(ReviewTick(part=self, commitment=one) for one in done)
        self.achievements.all().delete()
        self.achievements.bulk_create(
            ReviewAchievement(part=self, perspective=perspective, text=text)
            for perspective, text in achieved.items()
            if text.strip()
        )


class ReviewTick(models.Model):
    """A commitment that a party says was kept this year."""

    part = models.ForeignKey(ReviewPart, models.CASCADE, related_name="ticks")
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="ticks")

    class Meta:
        verbose_name = _("commitment kept")
        verbose_name_plural = _("commitments kept")
        constraints = [
            models.UniqueConstraint(fields=["part", "commitment"], name="one_tick_a_commitment")
        ]

    def __str__(self):
        return str(self.commitment)


class ReviewAchievement(models.Model):
    """What a party says was achieved for a perspective."""

    part = models.ForeignKey(ReviewPart, models.CASCADE, related_name="achievements")
    perspective = models.ForeignKey(
        Perspective, models.PROTECT, verbose_name=_("perspective"), related_name="+"
    )
    text = models.TextField(_("what came of it (achieved)"), max_length=1000)

    class Meta:
        ordering = ["perspective__order"]
        verbose_name = _("achievement")
        verbose_name_plural = _("achievements")
        constraints = [
            models.UniqueConstraint(
                fields=["part", "perspective"], name="one_achievement_a_perspective"
            )
        ]

    def __str__(self):
        return str(self.perspective)
