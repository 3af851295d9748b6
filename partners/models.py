from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.querysets import InteractionQuerySet, PartnerQuerySet
from partners.workflow import PARTNER
from portal.core.constraints import Check
from portal.core.countries import country_name, validate_country
from portal.core.models import Perspective, User
from portal.core.publishing import OwnAddress, Publishable
from portal.core.strategy import PerspectiveTag
from portal.core.workflow import RecordedInHistory

# Years that a cooperation may have begun in; that it is not to come is known to forms only.
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100


def validate_begun(year: int) -> None:
    latest = timezone.localdate().year
    if year > latest:
        raise ValidationError(_now("At the latest %(year)s.") % {"year": latest})


class Theme(models.Model):
    """A field of culture or a question that partners share: strengths and challenges."""

    slug = models.SlugField(_("address"), unique=True)
    name = models.CharField(_("name"), max_length=80, db_collation="sv")

    class Meta:
        ordering = ["slug"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self):
        return self.name


class Partner(RecordedInHistory, Publishable):
    """A region or an organisation to cooperate with, or one of the region's own bodies."""

    class Kind(models.TextChoices):
        REGION = "region", _("Region")
        ORGANISATION = "organisation", _("Organisation")
        OWN_BODY = "own_body", _("The region's own body")

    slug = models.SlugField(_("address"), unique=True, validators=[OwnAddress("partner")])
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.REGION)
    name = models.CharField(_("name"), max_length=120, db_collation="sv")
    organisation = models.CharField(
        _("organisation"), max_length=150, blank=True, help_text=_("Who represents the region.")
    )
    about = models.TextField(_("description"), max_length=3000, blank=True)
    country = models.CharField(_("country"), max_length=2, validators=[validate_country])
    lat = models.DecimalField(
        _("latitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Of the seat or the city, in degrees (WGS 84)."),
    )
    lon = models.DecimalField(
        _("longitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    since_year = models.PositiveSmallIntegerField(
        _("cooperation since"),
        null=True,
        blank=True,
        validators=[MinValueValidator(EARLIEST_YEAR), validate_begun],
    )
    active_from = models.DateField(_("active from"), null=True, blank=True)
    active_until = models.DateField(_("active until"), null=True, blank=True)
    strengths = models.ManyToManyField(
        Theme, verbose_name=_("strengths"), related_name="strong_partners", blank=True
    )
    challenges = models.ManyToManyField(
        Theme, verbose_name=_("challenges"), related_name="challenged_partners", blank=True
    )
    perspectives = models.ManyToManyField(
        Perspective, verbose_name=_("perspectives"), through="PartnerPerspective"
    )
    source = models.TextField(_("source of the facts"), max_length=500, blank=True)

    workflow = PARTNER
    bilingual = ("name",)
    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            Check(
                name="partner_lat_on_earth",
                condition=Q(lat=None) | Q(lat__gte=-90, lat__lte=90),
                violation_error_message=_("The latitude must lie between −90 and 90 degrees."),
            ),
            Check(
                name="partner_lon_on_earth",
                condition=Q(lon=None) | Q(lon__gte=-180, lon__lte=180),
                violation_error_message=_("The longitude must lie between −180 and 180 degrees."),
            ),
            Check(
                name="partner_has_both_coordinates_or_none",
                condition=Q(lat=None, lon=None) | Q(lat__isnull=False, lon__isnull=False),
                violation_error_message=_("Give both latitude and longitude, or neither."),
            ),
            Check(
                name="partner_since_a_year",
                condition=Q(since_year=None)
                | Q(since_year__gte=EARLIEST_YEAR, since_year__lte=LATEST_YEAR),
                violation_error_message=_("Write the year with four digits."),
            ),
            Check(
                name="partner_ends_after_start",
                condition=Q(active_from=None)
                | Q(active_until=None)
                | Q(active_until__gte=models.F("active_from")),
                violation_error_message=_("The end cannot lie before the start."),
            ),
        ]

    def __str__(self):
        return self.name or self.slug

    def get_absolute_url(self):
        return reverse("partner", args=[self.slug])

    @property
    def country_name(self) -> str:
        return country_name(self.country)


class PartnerPerspective(PerspectiveTag):
    item = models.ForeignKey(Partner, models.CASCADE, related_name="tags")

    class Meta(PerspectiveTag.Meta):
        verbose_name = _("perspective")
        verbose_name_plural = _("perspectives")
        constraints = [
            models.UniqueConstraint(fields=["item", "perspective"], name="partner_perspective_once")
        ]


class PartnerCode(models.Model):
    """A code of the partner's territory, with the scheme and the version it is valid in."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="codes")
    scheme = models.CharField(pgettext_lazy("code", "scheme"), max_length=30)
    version = models.CharField(_("version"), max_length=20, blank=True)
    code = models.CharField(_("code"), max_length=20)

    class Meta:
        ordering = ["scheme", "version"]
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "scheme", "version"], name="partner_code_once_per_scheme"
            )
        ]

    def __str__(self):
        return f"{self.scheme} {self.version} {self.code}".replace("  ", " ")


class PartnerExchange(models.Model):
    """A form of exchange that the partner offers or seeks."""

    class Form(models.TextChoices):
        ARTISTS = "artists", _("Artists")
        FESTIVALS = "festivals", _("Festivals")
        KNOWLEDGE = "knowledge", _("Knowledge")
        TRAINING = "training", _("Training")

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="exchanges")
    form = models.CharField(_("form of exchange"), max_length=12, choices=Form.choices)
    offers = models.BooleanField(_("offers"), default=True)
    seeks = models.BooleanField(_("seeks"), default=True)

    class Meta:
        ordering = ["form"]
        verbose_name = _("form of exchange")
        verbose_name_plural = _("forms of exchange")
        constraints = [
            models.UniqueConstraint(fields=["partner", "form"], name="partner_exchange_once"),
            Check(
                name="partner_offers_or_seeks",
                condition=Q(offers=True) | Q(seeks=True),
                violation_error_message=_(
                    "Say whether the partner offers the exchange, seeks it, or both."
                ),
            ),
        ]

    def __str__(self):
        return self.get_form_display()


class PartnerContact(models.Model):
    """A contact person: for staff only, never public."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")

    def __str__(self):
        return self.name


class Interaction(models.Model):
    """A meeting, letter, visit or call with a partner: for staff only, never public."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("Meeting")
        VISIT = "visit", _("Visit")
        LETTER = "letter", _("Letter")
        CALL = "call", _("Telephone or video call")

    partner = models.ForeignKey(
        Partner, models.CASCADE, verbose_name=_("partner"), related_name="interactions"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    on = models.DateField(_("date"), db_index=True)
    about = models.CharField(_("about"), max_length=200)
    notes = models.TextField(_("notes"), max_length=5000, blank=True)
    contacts = models.ManyToManyField(
        PartnerContact, verbose_name=_("with"), related_name="interactions", blank=True
    )
    follow_up = models.CharField(_("what follows"), max_length=300, blank=True)
    follow_up_on = models.DateField(pgettext_lazy("date", "by"), null=True, blank=True)
    followed_up_on = models.DateField(_("followed up"), null=True, blank=True)
    noted_by = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("noted by"), related_name="+", editable=False
    )
    noted_at = models.DateTimeField(_("noted"), auto_now_add=True)

    objects = InteractionQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = _("contact with a partner")
        verbose_name_plural = _("contacts with partners")
        constraints = [
            Check(
                name="interaction_says_what_follows",
                condition=Q(follow_up_on=None, followed_up_on=None) | ~Q(follow_up=""),
                violation_error_message=_("Write what follows, or take the day away."),
            )
        ]

    def __str__(self):
        return self.about

    def clean(self):
        if (self.follow_up_on or self.followed_up_on) and not self.follow_up:
            raise ValidationError({"follow_up": _now("Say what follows, too.")})
