"""The staff's calendar: what falls due, as a feed that calendar programs subscribe to.

The address itself is the key, as calendar programs cannot sign in. It is signed, names nobody,
and ends when its owner's password is changed or the account leaves the staff.
"""

from bisect import bisect_left
from datetime import date, timedelta
from operator import attrgetter
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from icalendar import Calendar, Event

from portal.core.models import User
from portal.site.falling_due import Due, falling_due

SALT = "portal.site.calendar"
BEHIND, AHEAD = timedelta(days=60), timedelta(days=730)
# Calendar programs ask often, and nobody reads thousands: those nearest to the day. The others
# come in as it moves on.
MOST_BEHIND, MOST_AHEAD = 200, 800


def address(user: User) -> str:
    return f"{settings.SITE_URL}{reverse('staff_calendar', args=[_token(user)])}"


def _token(user: User) -> str:
    return signing.dumps([user.pk, _mark(user)], salt=SALT)


def _mark(user: User) -> str:
    """Changes with the password."""
    return user.get_session_auth_hash()[:16]


def owner(token: str) -> User | None:
    """Whose calendar this is; None where the address is not, or no longer, one of ours."""
    try:
        pk, mark = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=pk, is_active=True, is_staff=True).first()
    return user if user and constant_time_compare(mark, _mark(user)) else None


def feed(user: User, today: date, at) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//motesplats//falling due//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for due in nearest(falling_due(today - BEHIND, today + AHEAD, user), today):
        calendar.add_component(_event(due, at))
    return calendar.to_ical()


def nearest(dues: list[Due], today: date) -> list[Due]:
    """Of those in order of time: the last that have passed, and the first to come."""
    now = bisect_left(dues, today, key=attrgetter("on"))
    return dues[max(0, now - MOST_BEHIND) : now + MOST_AHEAD]


def _event(due: Due, at) -> Event:
    event = Event()
    event.add("uid", f"{due.about}:{due.on}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", at)
    event.add("dtstart", due.on)
    event.add("dtend", due.on + timedelta(days=1))
    event.add("summary", f"{due.title}: {due.what}")
    event.add("url", settings.SITE_URL + due.url)
    event.add("transp", "TRANSPARENT")
    return event
