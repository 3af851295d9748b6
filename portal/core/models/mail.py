"""Mail to be sent, and what has been reminded of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.models.people import User
from portal.core.querysets import MailQuerySet


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
