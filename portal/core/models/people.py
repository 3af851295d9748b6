"""People with accounts, and their keys to the API."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.core.constraints import Unique
from portal.core.managers import UserManager
from portal.core.querysets import ApiTokenQuerySet
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
    def _standing(self) -> tuple[frozenset[str], bool]:
        """Roles, and whether there is a second factor: asked of every page, in one query."""
        factors = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
        own = type(self).objects.filter(pk=self.pk).order_by()
        rows = list(own.values_list("groups__name", Exists(factors.filter(user=OuterRef("pk")))))
        roles = frozenset(name for name, _has_factor in rows if name)
        return roles, any(has_factor for _name, has_factor in rows)

    @property
    def roles(self) -> frozenset[str]:
        return self._standing[0]

    @property
    def needs_second_factor(self) -> bool:
        return self.is_staff or not STAFF_ROLES.isdisjoint(self.roles)

    @property
    def has_second_factor(self) -> bool:
        """An authenticator app or a passkey; recovery codes alone are none."""
        return self._standing[1]


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
