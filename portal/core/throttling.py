"""A brake on guessing: so many refused tries an hour from one address, and no more answers.

Only what was refused is counted. The count lives in the cache, which all processes of a deployment
share; a lost cache forgives, it never locks anybody out.
"""

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


def is_stopped(request, what: str) -> bool:
    return cache.get(_key(request, what), 0) >= MOST


def note_refusal(request, what: str) -> None:
    key = _key(request, what)
    cache.add(key, 0, SECONDS)
    try:
        cache.incr(key)
    except ValueError:  # it ran out between the two
        cache.add(key, 1, SECONDS)


def _key(request, what: str) -> str:
    return f"refused:{what}:{address(request)}"
