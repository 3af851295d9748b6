from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.publishing import publishing
from portal.core.workflow import Workflow

AGREEMENT = Workflow(*publishing("agreements.publish_agreement"))


class Standing(models.TextChoices):
    """Where an agreement stands on a day; it follows from its dates."""

    COMING = "coming", _("Not yet in force")
    IN_FORCE = "in_force", _("In force")
    EXPIRED = "expired", _("Expired")
