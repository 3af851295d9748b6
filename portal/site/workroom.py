"""Pages for staff that the admin cannot serve well."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView

from portal.site import calendar
from portal.site.falling_due import Due, falling_due

# How far ahead each part of the page looks, in days.
PARTS = (
    (_("Has passed"), -1),
    (_("Within a week"), 7),
    (_("Within a month"), 30),
    (_("Within three months"), 90),
    (_("Within a year"), 365),
)
BEHIND = timedelta(days=180)
MOST_SHOWN = 50  # rows in a part


@dataclass(frozen=True)
class Part:
    dues: list[Due]
    more: int  # how many are left out


@method_decorator(cache_control(private=True, no_store=True), name="dispatch")
class Workroom(PermissionRequiredMixin, TemplateView):
    """What falls due, from what has passed to what comes within a year."""

    template_name = "site/workroom.html"
    permission_required = "site.enter_workroom"

    def get_context_data(self, **context):
        today, user = timezone.localdate(), self.request.user
        dues = falling_due(today - BEHIND, today + timedelta(days=PARTS[-1][1]), user)
        return super().get_context_data(
            parts=in_parts(dues, today),
            calendar_address=calendar.address(user),
            calendar_most=calendar.MOST_AHEAD,
            **context,
        )


def in_parts(dues: list[Due], today: date) -> list[tuple]:
    """(heading, its part) for each part that holds anything, in order of time."""
    parts: list[tuple] = []
    start = 0
    for heading, days in PARTS:
        end = bisect_right(dues, today + timedelta(days=days), key=attrgetter("on"))
        if found := dues[start:end]:
            parts.append((heading, Part(found[:MOST_SHOWN], len(found[MOST_SHOWN:]))))
        start = end
    return parts


@login_not_required
@cache_control(private=True, no_store=True)
def staff_calendar(request, token):
    user = calendar.owner(token)
    if user is None or not user.has_perm("site.enter_workroom"):
        raise Http404
    now = timezone.now()
    with override(user.language):
        content = calendar.feed(user, timezone.localdate(now), now)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
