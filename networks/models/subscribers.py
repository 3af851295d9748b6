"""Who reads briefings by mail, and the links by which they say yes and no."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from networks.querysets import SubscriberQuerySet
from portal.core.models import LANGUAGES, User
from portal.core.outbox import Addressee, post
from portal.core.roles import Role

# Who reads briefings by role: the policy wants staff and elected members to know what happens.
READING_ROLES = (Role.OFFICER, Role.SECRETARY, Role.ADMINISTRATOR, Role.MEMBER)
CONFIRM, LEAVE = "networks.briefings.confirm", "networks.briefings.leave"
CONFIRM_WITHIN = timedelta(days=7)
# Asking again this soon sends no second mail: nobody's inbox is filled by somebody else.
ASK_AGAIN_AFTER = timedelta(hours=1)


class Subscriber(models.Model):
    """A reader of briefings without an account, who has confirmed the address (double opt-in).

    Staff and elected members read by their role; who does not want to stands in `OptedOut`.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="sv")
    asked_at = models.DateTimeField(_("asked"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")

    def __str__(self):
        return self.email

    @classmethod
    def ask(cls, *, email: str, language: str, at) -> None:
        """Mail a link that confirms the address. Who reads already is told nothing new here."""
        subscriber, new = cls.objects.get_or_create(
            email=email.lower(), defaults={"language": language, "asked_at": at}
        )
        if not new and (subscriber.confirmed_at or at - subscriber.asked_at < ASK_AGAIN_AFTER):
            return
        subscriber.language, subscriber.asked_at = language, at
        subscriber.save()
        url = _link("confirm_subscription", CONFIRM, subscriber.pk, language)
        reader = Addressee(subscriber.email, subscriber.email, language)
        post(to=reader, template="networks/mail/confirm_subscription.txt", context={"url": url})

    @classmethod
    def confirm(cls, token: str, *, at) -> bool:
        """Whether the link was one of ours, and young enough. Confirming again changes nothing."""
        try:
            pk = signing.loads(token, salt=CONFIRM)
        except signing.BadSignature:
            return False
        asked = cls.objects.filter(pk=pk, asked_at__gt=at - CONFIRM_WITHIN)
        asked.filter(confirmed_at=None).update(confirmed_at=at)
        return asked.exists()


class OptedOut(models.Model):
    """A person of the staff or the committee who wants no briefings by mail."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("wants no briefings")
        verbose_name_plural = _("want no briefings")

    def __str__(self):
        return str(self.user)


@dataclass(frozen=True)
class Reader:
    """One to write to, with the link that ends it."""

    email: str
    full_name: str
    language: str
    unsubscribe_url: str


def readers() -> Iterator[Reader]:
    """Staff and elected members, then confirmed subscribers; each address once."""
    written = set()
    people = User.objects.filter(groups__name__in=READING_ROLES, is_active=True)
    staying = people.exclude(pk__in=OptedOut.objects.values("user")).distinct().order_by("pk")
    for user in staying:
        written.add(user.email.lower())
        url = _link("end_subscription", LEAVE, ["user", user.pk], user.language)
        yield Reader(user.email, user.full_name, user.language, url)
    for subscriber in Subscriber.objects.confirmed().order_by("pk"):
        if subscriber.email not in written:
            url = _link(
                "end_subscription", LEAVE, ["subscriber", subscriber.pk], subscriber.language
            )
            yield Reader(subscriber.email, "", subscriber.language, url)


def leave(token: str, *, at) -> bool:
    """End what the link was sent for; whether it was one of ours. Twice is as good as once."""
    try:
        kind, pk = signing.loads(token, salt=LEAVE)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    if kind == "user":
        if User.objects.filter(pk=pk).exists():
            OptedOut.objects.get_or_create(user_id=pk, defaults={"since": at})
    else:
        Subscriber.objects.filter(pk=pk).delete()
    return True


def _link(route: str, salt: str, what, language: str) -> str:
    with override(language):
        return settings.SITE_URL + reverse(route, args=[signing.dumps(what, salt=salt)])
