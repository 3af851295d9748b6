from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.querysets import AgreementQuerySet
from agreements.workflow import AGREEMENT, Standing
from partners.models import Partner
from portal.cases.models import Case
from portal.core.dates import Precision, partial_date
from portal.core.models import Perspective
from portal.core.publishing import Publishable
from portal.core.strategy import PerspectiveTag, StrategyTagged
from portal.core.workflow import RecordedInHistory


class Agreement(RecordedInHistory, StrategyTagged, Publishable):
    """An agreement with partners, built on mutuality. Its texts and dates live in versions.

    `signed_on` and `valid_until` repeat the first version's signing and the last version's end, so
    that lists can be filtered and ordered; `follow_versions` keeps them true.
    """

    class Kind(models.TextChoices):
        COOPERATION = "cooperation_agreement", _("Cooperation agreement")
        INTENT = "letter_of_intent", _("Letter of intent")
        MEMORANDUM = "memorandum", _("Memorandum")
        PROGRAMME = "programme", _("Programme of exchange")

    slug = models.SlugField(_("address"), unique=True)
    case = models.OneToOneField(Case, models.PROTECT, verbose_name=_("case"), editable=False)
    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200, db_collation="sv")
    about = models.TextField(_("description"), max_length=5000, blank=True)
    mandate = models.TextField(
        _("mandate"),
        max_length=500,
        blank=True,
        help_text=_("What the committee's right to enter the agreement rests on."),
    )
    signed_on = models.DateField(_("signed"), null=True, editable=False, db_index=True)
    valid_until = models.DateField(_("valid until"), null=True, editable=False)
    partners = models.ManyToManyField(
        Partner, verbose_name=_("parties"), through="AgreementParty", related_name="agreements"
    )
    perspectives = models.ManyToManyField(
        Perspective, verbose_name=_("perspectives"), through="AgreementPerspective"
    )
    source = models.TextField(_("source of the facts"), max_length=500, blank=True)
    invented = models.BooleanField(_("invented for the demo"), default=False, editable=False)

    workflow = AGREEMENT
    bilingual = ("title",)
    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_on", "-pk"]
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("agreement", args=[self.slug])

    def standing(self, at) -> Standing:
        """Where the agreement stands on a day; an end date in the past means expired."""
        if self.signed_on is None or self.signed_on > at:
            return Standing.COMING
        if self.valid_until is not None and self.valid_until < at:
            return Standing.EXPIRED
        return Standing.IN_FORCE

    @property
    def public_partners(self) -> list[Partner]:
        """The parties that the public may read of: a partner's draft is named nowhere."""
        return [party.partner for party in self.parties.all() if party.partner.is_public]

    def follow_versions(self) -> None:
        """Take signing and end from the versions, after they have been changed."""
        versions = list(self.versions.all())
        self.signed_on = versions[0].signed_on if versions else None
        self.valid_until = versions[-1].valid_until if versions else None
        self.save(update_fields=["signed_on", "valid_until", "updated_at"])

    def missing_for_publication(self) -> list[str]:
        missing = super().missing_for_publication()
        if not self.public_partners:
            missing.append(str(_("at least one published party")))
        if not self.goals.exists():
            missing.append(str(_("at least one strategy goal")))
        if self.line_id is None:
            missing.append(str(_("line of work")))
        return missing


class AgreementParty(models.Model):
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    partner = models.ForeignKey(
        Partner, models.PROTECT, verbose_name=_("party"), related_name="agreement_parties"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "partner"], name="agreement_party_once")
        ]

    def __str__(self):
        return str(self.partner)


class AgreementPerspective(PerspectiveTag):
    item = models.ForeignKey(Agreement, models.CASCADE, related_name="tags")

    class Meta(PerspectiveTag.Meta):
        verbose_name = _("perspective")
        verbose_name_plural = _("perspectives")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "perspective"], name="agreement_perspective_once"
            )
        ]


class AgreementVersion(models.Model):
    """The agreement as first signed, renewed or amended. Dates are as precise as they are known."""

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("Signed")
        RENEWAL = "renewal", _("Renewed")
        AMENDMENT = "amendment", _("Amended")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="versions")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    signed_on = models.DateField(
        _("signed"), help_text=_("The first day it may be, if only month or year is known.")
    )
    signed_precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    until_precision = models.CharField(
        _("known to the"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    note = models.TextField(_("note"), max_length=1000, blank=True)

    class Meta:
        ordering = ["signed_on", "pk"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(kind="original"), name="agreement_one_original"
            ),
            models.UniqueConstraint(
                fields=["agreement", "kind", "signed_on"], name="agreement_version_once"
            ),
            models.CheckConstraint(
                name="agreement_version_ends_after_signing",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("signed_on")),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.signed_text}"

    @property
    def signed_text(self) -> str:
        return partial_date(self.signed_on, self.signed_precision)

    @property
    def until_text(self) -> str:
        return partial_date(self.valid_until, self.until_precision)
