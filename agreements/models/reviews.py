"""The joint review of each year: both sides write how it went and what comes next."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.models.agreements import Agreement, AgreementParty, AgreementPerspective
from agreements.models.commitments import Commitment
from agreements.querysets import ReviewQuerySet
from agreements.workflow import REVIEW, ReviewState
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

    def record(self, event: Event) -> None:
        details = {"review": self.year, **event.details}
        self.agreement.case.record(Event(event.verb, event.by, event.at, details))

    def unwritten_parties(self):
        written = self.parts.exclude(written_at=None).values("party")
        return self.agreement.parties.exclude(pk__in=written)

    @verb
    def invite(self, *, by, at):
        """Send each party that has not written a link of its own; earlier links end."""
        waiting = [party for party in self.unwritten_parties() if party.email]
        if not waiting:
            raise ValidationError(
                _now("There is nobody to write to: write the signatories' e-mail addresses.")
            )
        for party in waiting:
            part, _new = self.parts.get_or_create(party=party)
            invitations = self.agreement.case.invitations.filter(
                purpose=Invitation.Purpose.REVIEW, reference=part.pk
            )
            invitations.revoke(at)
            token = Invitation.objects.issue(
                case=self.agreement.case,
                purpose=Invitation.Purpose.REVIEW,
                reference=part.pk,
                by=by,
                at=at,
            )
            self.agreement.case.notify(
                to=party.addressee,
                template="agreements/mail/review.txt",
                context={"review": self, "party": party, "token": token},
                by=by,
                at=at,
            )
        return {"parties": [party.pk for party in waiting]}

    @verb
    def write(self, *, by, at, part: "ReviewPart", invitation: Invitation | None, **written):
        """One party's part: by its link (once), or by an officer for our own side.

        `written` holds the part's texts, `done` the commitments it says are kept, `achieved` a
        text for each perspective.
        """
        if invitation is not None:
            invitation.use(purpose=Invitation.Purpose.REVIEW, at=at)
        elif not (part.party.is_ours and by.has_perm("agreements.keep_ledger", self)):
            raise ValidationError(_now("The other side writes its own part, by its link."))
        part.fill_in(at=at, **written)
        return {"party": part.party_id}

    @verb
    def close(self, *, by, at, achieved: dict[Perspective, dict[str, str]], **summary):
        """End the review: the summary and what was achieved become the agreement's own.

        `achieved` holds a text for each language (`achieved_sv`, `achieved_en`) a perspective.
        """
        for name, text in summary.items():
            setattr(self, name, text)
        for perspective, texts in achieved.items():
            AgreementPerspective.objects.filter(
                item=self.agreement, perspective=perspective
            ).update(**texts)
        self.closed_at = at


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
        ordering = ["pk"]
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
