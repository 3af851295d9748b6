from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.core.constraints import Check, Unique
from portal.core.countries import country_name, validate_country
from portal.core.managers import UserManager
from portal.core.querysets import (
    ApiTokenQuerySet,
    EuMembershipQuerySet,
    MailQuerySet,
    OrganisationQuerySet,
)
from portal.core.roles import STAFF_ROLES

LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. What a person may do follows from roles, which are groups."""

    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("name"), max_length=120)
    language = models.CharField(
        _("language of mail"), max_length=2, choices=LANGUAGES, default="sv"
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(
        _("works in the admin"), default=False, help_text=_("May open the staff's admin pages.")
    )
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            Unique(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("There is already an account with this e-mail address."),
            )
        ]

    def __str__(self):
        return self.full_name

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(self.groups.values_list("name", flat=True))

    @property
    def needs_second_factor(self) -> bool:
        return self.is_staff or not STAFF_ROLES.isdisjoint(self.roles)

    @cached_property
    def has_second_factor(self) -> bool:
        """An authenticator app or a passkey; recovery codes alone are none."""
        return self.authenticator_set.exclude(type="recovery_codes").exists()


class Municipality(models.Model):
    """A municipality of the region, where applicants live and work (SCB's four-digit code)."""

    code = models.CharField(_("code"), max_length=4, unique=True)
    name = models.CharField(_("name"), max_length=60, db_collation="sv")

    class Meta:
        ordering = ["name"]
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")

    def __str__(self):
        return self.name


class Organisation(models.Model):
    """A legal person, or a group, that applies for support."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association", _("Not-for-profit association")
        ECONOMIC_ASSOCIATION = "economic_association", _("Economic association")
        MUNICIPALITY = "municipality", _("Municipality")
        NON_PROFIT_COMPANY = "non_profit_company", _("Company without profit motive")
        FOUNDATION = "foundation", _("Foundation")
        RELIGIOUS_COMMUNITY = "religious_community", _("Religious community")
        GROUP = "group", _("Group of artists")
        COMPANY = "company", _("Company")

    name = models.CharField(_("name"), max_length=150, db_collation="sv")
    number = models.CharField(
        _("organisation number"), max_length=13, null=True, blank=True, unique=True
    )
    kind = models.CharField(_("kind"), max_length=25, choices=Kind.choices)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name=_("municipality"), null=True, blank=True
    )
    invented = models.BooleanField(_("invented for the demo"), default=False, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self):
        return self.name


class OrganisationMember(models.Model):
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, verbose_name=_("organisation"), related_name="members"
    )
    user = models.ForeignKey(
        User, models.CASCADE, verbose_name=_("person"), related_name="memberships"
    )
    since = models.DateField(_("since"))

    class Meta:
        verbose_name = _("member of an organisation")
        verbose_name_plural = _("members of organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], name="organisation_member_once"
            )
        ]

    def __str__(self):
        return f"{self.user}, {self.organisation}"


class Perspective(models.Model):
    """One of the policy perspectives that every public item is tagged and followed up by."""

    class Mark(models.TextChoices):
        CIRCLE = "circle", _("circle")
        SQUARE = "square", _("square")
        TRIANGLE = "triangle", _("triangle")
        DIAMOND = "diamond", _("diamond")

    slug = models.SlugField(_("address"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"), unique=True)
    mark = models.CharField(_("mark"), max_length=10, choices=Mark.choices, unique=True)
    name = models.CharField(_("name"), max_length=80, db_collation="sv")
    purpose = models.TextField(_("purpose"), max_length=500)

    class Meta:
        ordering = ["order"]
        verbose_name = _("perspective")
        verbose_name_plural = _("perspectives")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("perspective", args=[self.slug])


class StrategyGoal(models.Model):
    slug = models.SlugField(_("address"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"), unique=True)
    name = models.CharField(_("name"), max_length=120, db_collation="sv")
    text = models.TextField(_("text"), max_length=500)

    class Meta:
        ordering = ["order"]
        verbose_name = _("strategy goal")
        verbose_name_plural = _("strategy goals")

    def __str__(self):
        return self.name


class LineOfWork(models.Model):
    slug = models.SlugField(_("address"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"), unique=True)
    name = models.CharField(_("name"), max_length=120, db_collation="sv")
    text = models.TextField(_("text"), max_length=500)

    class Meta:
        ordering = ["order"]
        verbose_name = _("line of work")
        verbose_name_plural = _("lines of work")

    def __str__(self):
        return self.name


class EuMembership(models.Model):
    """A country's time in the European Union; both days belong to it."""

    country = models.CharField(_("country"), max_length=2, validators=[validate_country])
    start = models.DateField(_("from"))
    end = models.DateField(_("to"), null=True, blank=True)

    objects = EuMembershipQuerySet.as_manager()

    class Meta:
        ordering = ["start", "country"]
        verbose_name = _("EU membership")
        verbose_name_plural = _("EU memberships")
        constraints = [
            models.UniqueConstraint(fields=["country", "start"], name="eu_membership_once"),
            Check(
                condition=models.Q(end=None) | models.Q(end__gte=models.F("start")),
                name="eu_membership_ends_after_start",
                violation_error_message=_("The end cannot lie before the start."),
            ),
        ]

    def __str__(self):
        return country_name(self.country)


class Mail(models.Model):
    """A row of the outbox: written in the transaction that caused it, sent by a worker."""

    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    message_id = models.CharField(_("message id"), max_length=120, unique=True)
    unsubscribe_url = models.URLField(
        _("address that ends the subscription"),
        max_length=500,
        blank=True,
        default="",
        editable=False,
    )
    is_secret = models.BooleanField(_("for the recipient alone"), default=False, editable=False)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, db_index=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("mail")
        verbose_name_plural = _("outbox")

    def __str__(self):
        return self.subject


class Reminder(models.Model):
    """That somebody has been reminded of a day: never twice of the same, this long before.

    `about` names the row (`agreement:12`) and what falls due (`expiry`); personal data is not here.
    """

    about = models.CharField(_("about"), max_length=80)
    due_on = models.DateField(_("due"))
    days_before = models.PositiveSmallIntegerField(_("days before"))
    user = models.ForeignKey(User, models.CASCADE, verbose_name=_("person"), related_name="+")
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["about", "due_on", "days_before", "user"], name="reminded_once"
            )
        ]

    def __str__(self):
        return self.about


class ApiToken(models.Model):
    """A person's key to the API. Only its digest is kept: a token that is lost is made anew."""

    class Scope(models.TextChoices):
        READ = "read", _("What the person has handed in")
        STAFF = "staff", _("All that the person's role may read")

    user = models.ForeignKey(
        User, models.CASCADE, verbose_name=_("person"), related_name="api_tokens"
    )
    scope = models.CharField(_("scope"), max_length=5, choices=Scope.choices)
    digest = models.CharField(_("SHA-256"), max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"))

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self):
        return f"{self.user}: {self.get_scope_display()}"

    @property
    def is_for_staff(self) -> bool:
        return self.scope == self.Scope.STAFF
