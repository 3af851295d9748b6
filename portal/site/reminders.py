"""Reminders by mail: 90, 30 and 7 days before something falls due, each once a person."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from portal.core.models import Reminder, User
from portal.core.outbox import post
from portal.core.roles import Role
from portal.core.workflow import lock
from portal.site.falling_due import Due, falling_due

DAYS = (90, 30, 7)


def send_reminders(at) -> int:
    """Write one mail a person with what is due and has not been told; returns how many mails."""
    today = timezone.localdate(at)
    officers = list(User.objects.filter(groups__name=Role.OFFICER, is_active=True))
    concerned = User.objects.filter(pk__in=_named(today), is_active=True, is_staff=True)
    people = {person.pk: person for person in (*officers, *concerned)}
    everybody = {officer.pk for officer in officers}
    return sum(_remind(person, everybody, today, at) for person in people.values())


def _named(today: date) -> set[int]:
    return {pk for due in _coming(today) for pk in due.people}


def _coming(today: date, person: User | None = None) -> list[Due]:
    return falling_due(today, today + timedelta(days=max(DAYS)), person)


@transaction.atomic
def _remind(person: User, officers: set[int], today: date, at) -> bool:
    """With the person's row locked: two runs at once tell nobody twice."""
    lock(person)
    told = set(
        Reminder.objects.filter(user=person, due_on__gte=today).values_list(
            "about", "due_on", "days_before"
        )
    )
    # The words are the person's own: what is due is gathered in the language of the mail.
    with override(person.language):
        dues = [due for due in _coming(today, person) if person.pk in (due.people or officers)]
        new = [due for due in dues if (due.about, due.on, stage(due.on, today)) not in told]
        if not new:
            return False
        # It tells of many matters at once: no reader of the outbox is to read them all.
        context = {"dues": new}
        post(to=person, template="site/mail/reminder.txt", context=context, is_secret=True)
    Reminder.objects.bulk_create(
        Reminder(
            about=due.about,
            due_on=due.on,
            days_before=stage(due.on, today),
            user=person,
            sent_at=at,
        )
        for due in new
    )
    return True


def stage(on: date, today: date) -> int:
    """Which of the reminders is due: the closest that has been reached."""
    left = (on - today).days
    return min(days for days in DAYS if left <= days)
