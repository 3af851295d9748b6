"""For those who watch the program: is the process up, and what it needs, too?"""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection
from django.http import JsonResponse


@login_not_required
def healthz(request):
    return JsonResponse({"status": "ok"})


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _cache():
    cache.set("readyz", 1, 5)
    if cache.get("readyz") != 1:
        raise ConnectionError("the cache forgets")


def _storage():
    default_storage.exists("readyz")


CHECKS: dict[str, Callable[[], None]] = {
    "database": _database,
    "cache": _cache,
    "storage": _storage,
}


@login_not_required
def readyz(request):
    """503 with the names of what is down; the reason stays in the log."""
    down = [name for name, check in CHECKS.items() if not _works(check)]
    if down:
        return JsonResponse({"status": "down", "down": down}, status=503)
    return JsonResponse({"status": "ok"})


def _works(check) -> bool:
    try:
        check()
    except Exception:  # any failure of a backing service means "not ready"
        return False
    return True
