"""Messages between the parties of a case and those who handle it: one thread a case."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.core.models import User
from portal.core.roles import Role
from portal.core.workflow import WrongState

LONGEST = 5000


class MessageQuerySet(models.QuerySet["Message"]):
    def unread(self):
        return self.filter(read_at=None)

    def from_staff(self):
        return self.filter(from_staff=True)

    def from_parties(self):
        return self.filter(from_staff=False)

    def in_cases(self, cases):
        return self.filter(case__in=cases)

    @transaction.atomic
    def send(self, case, text: str, *, by: User, at) -> "Message":
        """Write to the other side, which is told by mail. Raises WrongState before registration,
        PermissionDenied for whoever is on neither side.
        """
        text = text.strip()
        if not text:
            raise ValidationError({"text": _now("Write something first.")})
        if len(text) > LONGEST:
            raise ValidationError({"text": _now("At most %s characters.") % LONGEST})
        if not case.is_registered:
            raise WrongState(_now("The matter has no registration number yet."))
        from_staff = side_of(case, by)
        message = self.create(case=case, by=by, from_staff=from_staff, text=text, sent_at=at)
        case.log("message_sent", by=by, at=at, message=message.pk)
        for person in _other_side(case, from_staff):
            context = {"case": case, "from_staff": from_staff}
            case.notify(to=person, template="cases/mail/message.txt", context=context, by=by, at=at)
        return message

    def be_read(self, case, *, by: User, at) -> None:
        """Whoever opens the thread has read what the other side wrote."""
        try:
            from_staff = side_of(case, by)
        except PermissionDenied:
            return
        self.filter(case=case, from_staff=not from_staff).unread().update(read_at=at)


class Message(models.Model):
    """What one side wrote. `read_at` is when somebody of the other side first opened it."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="messages")
    by = models.ForeignKey(User, models.PROTECT, verbose_name=_("from"), related_name="+")
    from_staff = models.BooleanField(_("from those who handle it"))
    text = models.TextField(_("message"), max_length=LONGEST)
    sent_at = models.DateTimeField(_("sent"))
    read_at = models.DateTimeField(_("read"), null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self):
        return self.text[:60]


def side_of(case, user: User) -> bool:
    """Whether the person writes as one who handles the case (True) or as a party of it (False)."""
    if case.parties.of(user).exists():  # type: ignore[attr-defined]
        return False
    if user.has_perm("cases.handle_case", case):
        return True
    raise PermissionDenied


def _other_side(case, from_staff: bool) -> list[User]:
    if from_staff:
        return list(User.objects.filter(pk__in=case.parties.values("user"), is_active=True))
    return handling(case, case.officer)


def handling(case, person: User | None) -> list[User]:
    """The person, who may handle the case; where that is nobody, every officer who may."""
    if person and person.has_perm("cases.handle_case", case):
        return [person]
    officers = User.objects.filter(groups__name=Role.OFFICER, is_active=True).order_by("pk")
    return [officer for officer in officers if officer.has_perm("cases.handle_case", case)]
