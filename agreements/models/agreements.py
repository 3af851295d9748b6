"""The agreement, its parties and what it serves."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.querysets import AgreementQuerySet
from agreements.workflow import (
    AGREEMENT,
    COMING,
    COMMITMENT,
    REVIEW,
    VERSION,
    Standing,
    VersionState,
)
from partners.models import Partner
from portal.cases.models import Case
from portal.committee.models import Decision
from portal.core.constraints import Unique
from portal.core.languages import spoken, validate_language
from portal.core.models import Perspective
from portal.core.outbox import Addressee
from portal.core.publishing import OwnAddress, Publishable
from portal.core.region import committee_name
from portal.core.strategy import PerspectiveTag, StrategyTagged, StrategyTags
from portal.core.workflow import RecordedInHistory, verb


class Agreement(RecordedInHistory, StrategyTagged, Publishable):
    """An agreement with partners, built on mutuality. Its texts and dates live in versions.

    `signed_on`, `valid_until` and `terminated_on` repeat what the signed versions say, so that
    lists can be filtered and ordered; `follow_versions` keeps them true.
    """

    class Kind(models.TextChoices):
        COOPERATION = "cooperation_agreement", _("Cooperation agreement")
        INTENT = "letter_of_intent", _("Letter of intent")
        MEMORANDUM = "memorandum", _("Memorandum")
        PROGRAMME = "programme", _("Programme of exchange")

    slug = models.SlugField(_("address"), unique=True, validators=[OwnAddress("agreement")])
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
    valid_until = models.DateField(_("valid until"), null=True, editable=False, db_index=True)
    terminated_on = models.DateField(_("terminated"), null=True, editable=False)
    partners = models.ManyToManyField(
        Partner, verbose_name=_("parties"), through="AgreementParty", related_name="agreements"
    )
    perspectives = models.ManyToManyField(
        Perspective, verbose_name=_("perspectives"), through="AgreementPerspective"
    )
    source = models.TextField(_("source of the facts"), max_length=500, blank=True)
    invented = models.BooleanField(_("invented for the demo"), default=False, editable=False)

    public_commitments: list  # where `agreements.ledgerrows` has read them with it

    workflow = AGREEMENT
    logged_workflows = (AGREEMENT, VERSION, COMMITMENT, REVIEW)
    locked_with = "case"
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
        if self.terminated_on is not None and self.terminated_on < at:
            return Standing.TERMINATED
        if self.valid_until is not None and self.valid_until < at:
            return Standing.EXPIRED
        return Standing.IN_FORCE

    @property
    def public_partners(self) -> list[Partner]:
        """The parties that the public may read of: a partner's draft is named nowhere."""
        partners = [party.partner for party in self.parties.all() if party.partner]
        return [partner for partner in partners if partner.is_public]

    @property
    def signed_versions(self) -> list:
        """What has been in force, in order; from prefetched versions where there are."""
        return [version for version in self.versions.all() if version.signed_on]

    @property
    def public_terms(self):
        """The terms in force, or last in force, where the public reads them."""
        signed = self.signed_versions
        return signed[-1].public_terms if signed else None

    @cached_property
    def parties_are_open(self) -> bool:
        """Not while a decision or confirmations rest on who the parties are."""
        coming = [version for version in self.versions.all() if version.state in COMING]
        return all(version.is_open_for_terms for version in coming)

    @property
    def coming_version(self):
        """The version that is being written, negotiated, decided or confirmed; None without."""
        return self.versions.coming().first()

    def follow_versions(self, changed=None) -> None:
        """Take signing and end from the signed versions; `changed` is one of them as its verb is
        about to leave it.
        """
        versions = {version.pk: version for version in self.versions.signed()}  # type: ignore[attr-defined]
        if changed:
            versions[changed.pk] = changed
        signed = sorted(versions.values(), key=lambda version: version.number)
        first, last = (signed[0], signed[-1]) if signed else (None, None)
        self.signed_on = first and first.signed_on
        self.valid_until = last and last.valid_until
        self.terminated_on = last and last.terminated_on
        self.save(update_fields=["signed_on", "valid_until", "terminated_on", "updated_at"])

    def missing_for_publication(self) -> list[str]:
        missing = super().missing_for_publication()
        if not self.public_partners:
            missing.append(str(_("at least one published party")))
        if not self.goals.exists():
            missing.append(str(_("at least one strategy goal")))
        if self.line_id is None:
            missing.append(str(_("line of work")))
        return missing

    # --- Its versions ---------------------------------------------------------------------------

    def begin_first_version(self) -> None:
        """What a new agreement begins with: the committee as a party, and a draft to write."""
        self.parties.get_or_create(partner=None, defaults={"language": "sv"})
        if not self.versions.exists():
            self.versions.create(kind="original")

    @verb
    def begin_renewal(self, *, by, at):
        self._begin_next("renewal", by=by, at=at)

    @verb
    def begin_amendment(self, *, by, at):
        self._begin_next("amendment", by=by, at=at)

    def _begin_next(self, kind: str, *, by, at) -> None:
        """A draft that carries on the texts and the live commitments of the version in force."""
        last = self.versions.signed().last()  # type: ignore[attr-defined]
        if last is None:
            raise ValidationError(_now("There is no signed version to go on from."))
        if self.coming_version:
            raise ValidationError(_now("A new version is under way already."))
        version = last.carry_on(kind)
        self.case.log("version_begun", by=by, at=at, version=version.number, kind=kind)

    # --- The committee's decision ---------------------------------------------------------------

    def strategy_tags(self) -> StrategyTags:
        """What a decision about it is counted under: the country is its first partner's."""
        abroad = self.partners.counterparts().order_by("agreement_parties__pk").first()  # type: ignore[attr-defined]
        return StrategyTags(
            perspectives=tuple(self.perspectives.all()),
            goals=tuple(self.goals.all()),
            line=self.line,
            country=abroad.country if abroad else "",
        )

    def apply(self, decision: Decision) -> None:
        """Do what was decided with the version that awaits it, in the decision's transaction."""
        version = self.versions.get(state=VersionState.FOR_DECISION)
        version.be_decided(decision)


class AgreementParty(models.Model):
    """A party of an agreement: a partner, an own body, or (no partner) the committee itself.

    The signatory is who gets the links to confirm and to review: for staff only, never public.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        verbose_name=_("party"),
        related_name="agreement_parties",
        null=True,
        blank=True,
        help_text=_("Empty: the committee itself."),
    )
    name = models.CharField(
        _("name in the agreement"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("As the party is called in the terms. Empty: the partner's name."),
    )
    language = models.CharField(
        _("language"), max_length=2, default="en", validators=[validate_language]
    )
    signatory = models.CharField(_("signatory"), max_length=120, blank=True, default="")
    email = models.EmailField(_("signatory's e-mail address"), blank=True, default="")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "partner"], name="agreement_party_once"),
            Unique(
                fields=["agreement"],
                condition=Q(partner=None),
                name="agreement_own_party_once",
                violation_error_message=_("The committee is already a party of the agreement."),
            ),
        ]

    def __str__(self):
        return self.called

    @property
    def called(self) -> str:
        """The name in the terms; the partner's own where none has been written."""
        return self.name or (str(self.partner) if self.partner else committee_name())

    @property
    def addressee(self) -> Addressee:
        """Who gets the party's mail. The pages speak Swedish or English."""
        return Addressee(self.email, self.signatory or self.called, spoken(self.language))

    @property
    def is_ours(self) -> bool:
        """The committee or one of the region's own bodies; the others are counterparts."""
        return self.partner is None or self.partner.kind == Partner.Kind.OWN_BODY


class AgreementPerspective(PerspectiveTag):
    item = models.ForeignKey(Agreement, models.CASCADE, related_name="tags")

    def be_achieved(self, *, by, achieved_sv: str, achieved_en: str) -> None:
        """What came of it, as a joint review says; the history tells who closed the review."""
        self.achieved_sv, self.achieved_en = achieved_sv, achieved_en
        self._history_user, self._change_reason = by, "close"
        self.save()

    class Meta(PerspectiveTag.Meta):
        verbose_name = _("perspective")
        verbose_name_plural = _("perspectives")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "perspective"], name="agreement_perspective_once"
            )
        ]
