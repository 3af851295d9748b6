"""Answers given before any view runs, and headers given to every response."""

import re
from urllib.parse import parse_qsl

from django.core.exceptions import BadRequest

from portal.core.problems import unstorable

# PostgreSQL cannot store NUL, and UTF-8 cannot hold half a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def is_storable(text: str) -> bool:
    return not _UNSTORABLE.search(text)


class RefuseUnstorableTextMiddleware:
    """Text that no database row can hold is refused at the door, with 400 and a clear page.

    It stands after the middleware that finds the language, so that the page speaks it.

    Form fields and JSON refuse it again field by field (Django's own validators); this door
    serves the address and the query, which are read by filters before any field is.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = parse_qsl(
            request.META.get("QUERY_STRING", ""), keep_blank_values=True, errors="surrogateescape"
        )
        refused = [name for name, value in query if not is_storable(name + value)]
        if is_storable(request.path) and not refused:
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return unstorable(request, refused)
        raise BadRequest("The address holds a character that cannot be stored.")


class PermissionsPolicyMiddleware:
    """The portal uses none of the powers a browser can lend: it gives them all away."""

    POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.POLICY)
        return response
