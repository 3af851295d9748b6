"""Answers given before any view runs, and headers given to every response."""

import re
from urllib.parse import unquote_plus

from django.http import HttpResponseBadRequest
from django.template.loader import render_to_string

# PostgreSQL cannot store NUL, and UTF-8 cannot hold half a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def is_storable(text: str) -> bool:
    return not _UNSTORABLE.search(text)


class RefuseUnstorableTextMiddleware:
    """Text that no database row can hold is refused at the door, with 400 and a clear page.

    Form fields and JSON refuse it again field by field (Django's own validators); this door
    serves the address and the query, which are read by filters before any field is.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = unquote_plus(request.META.get("QUERY_STRING", ""), errors="surrogateescape")
        if is_storable(request.path) and is_storable(query):
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return HttpResponseBadRequest(
                '{"type": "about:blank", "title": "Bad Request", "status": 400,'
                ' "detail": "The address holds a character that cannot be stored."}',
                content_type="application/problem+json",
            )
        return HttpResponseBadRequest(render_to_string("400.html"))


class PermissionsPolicyMiddleware:
    """The portal uses none of the powers a browser can lend: it gives them all away."""

    POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.POLICY)
        return response
