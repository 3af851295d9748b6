"""A brake on guessing: so many refused tries an hour from one place, and no more answers.

Only what was refused is counted. The count lives in the cache, which all processes of a deployment
share; a lost cache forgives, it never locks anybody out.
"""

import time
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.core.cache import cache

MOST, SECONDS = 20, 3600


def address(request) -> str:
    """Where the request came from. Behind proxies it is what the nearest trusted one has seen:
    settings.PROXIES says how many there are, as the header's earlier entries can be made up.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted = settings.PROXIES
    return hops[-trusted] if 0 < trusted <= len(hops) else request.META.get("REMOTE_ADDR", "")


def place(request) -> str:
    """For what the count is kept: an address, or a whole network where it is IPv6, as whoever has
    one there has 2^64 of them to ask from (RFC 4291, 2.5.1).
    """
    text = address(request)
    try:
        found = ip_address(text)
    except ValueError:
        return text
    if not isinstance(found, IPv6Address):
        return text
    return str(found.ipv4_mapped or IPv6Network((int(found), 64), strict=False))


def seconds_to_wait(request, what: str) -> int:
    """Until the refused tries are forgotten; 0 for those who may still ask."""
    key = _key(request, what)
    ends = cache.get(key)
    if ends is None or cache.get(f"{key}:{ends}", 0) < MOST:
        return 0
    return max(ends - int(time.time()), 1)


def note_refusal(request, what: str) -> None:
    """The first one starts the hour; those after it are counted under its end."""
    key = _key(request, what)
    ends = cache.get_or_set(key, int(time.time()) + SECONDS, SECONDS)
    count = f"{key}:{ends}"
    cache.add(count, 0, SECONDS)
    try:
        cache.incr(count)
    except ValueError:  # it ran out between the two
        return
    # Some caches give what they add up a new, shorter life.
    cache.touch(count, SECONDS)


def _key(request, what: str) -> str:
    return f"refused:{what}:{place(request)}"
