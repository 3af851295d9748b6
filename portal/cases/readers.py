"""Those from outside who are asked to read a case: external assessors, say.

Before anybody who is asked meets more than what the case is called, they declare that they have no
conflict of interest; `since` says when they did, and from then on the file is open to them. The
subject's verbs write these rows, so that the case file needs to know nothing of why.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.models import User


class Reader(models.Model):
    case = models.ForeignKey(
        "cases.Case", models.CASCADE, verbose_name=_("case"), related_name="readers"
    )
    user = models.ForeignKey(
        User, models.CASCADE, verbose_name=_("person"), related_name="reads_cases"
    )
    since = models.DateTimeField(_("open since"), null=True)

    class Meta:
        verbose_name = _("reader")
        verbose_name_plural = _("readers")
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], name="reader_once"),
        ]

    def __str__(self):
        return f"{self.case}: {self.user}"
