"""The roles a person may have. Each is a group with this name, made by migration."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    ASSESSOR = "assessor", _("Assessor")
    OFFICER = "officer", _("Case officer")
    MEMBER = "member", _("Committee member")
    SECRETARY = "secretary", _("Secretary")
    ADMINISTRATOR = "administrator", _("Administrator")


#: Those who handle other people's matters; they sign in with a second factor.
STAFF_ROLES = frozenset({Role.OFFICER, Role.SECRETARY, Role.ADMINISTRATOR})
