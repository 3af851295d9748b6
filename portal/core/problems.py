"""Errors of the API as problem details (RFC 9457), in the reader's language."""

import json
from http import HTTPStatus

from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.views import exception_handler

from portal.core.workflow import StaleVersion, WrongState

CONTENT_TYPE = "application/problem+json"


class Conflict(exceptions.APIException):
    status_code = 409
    default_code = "conflict"


def problem(status: int, detail: str, errors: list[dict] | None = None) -> dict:
    """The members of RFC 9457; `errors` names the parameters or fields with the reason of each."""
    found = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
    }
    return {**found, "errors": errors} if errors else found


def named(errors: dict[str, list]) -> list[dict[str, str]]:
    return [
        {"name": name, "reason": str(reason)}
        for name, reasons in errors.items()
        for reason in (reasons if isinstance(reasons, list) else [reasons])
    ]


def problem_details(error, context):
    """Django REST framework's exception handler."""
    error = _as_api_error(error)
    response = exception_handler(error, context)
    if response is None:
        return None
    detail = error.detail
    errors = named(detail) if isinstance(detail, dict) else None
    if errors:
        text = " ".join(f"{entry['name']}: {entry['reason']}" for entry in errors)
    else:
        text = " ".join(map(str, detail)) if isinstance(detail, list) else str(detail)
    response.data = problem(response.status_code, text, errors)
    response.content_type = CONTENT_TYPE
    return response


def unstorable(request, names: list[str]) -> HttpResponse:
    """The answer to a query that no database row can hold; no view has been reached yet."""
    with translation.override(translation.get_language_from_request(request)):
        reason = _("The text holds a character that cannot be stored.")
        found = problem(400, reason, named({name: [reason] for name in names}))
    return HttpResponse(json.dumps(found), status=400, content_type=CONTENT_TYPE)


def _as_api_error(error):
    match error:
        case WrongState():
            return Conflict(str(error))
        case StaleVersion():
            return Conflict(_("Somebody has saved a newer version."))
        case PermissionDenied():
            return exceptions.PermissionDenied()
        case Http404():
            return exceptions.NotFound()
        case SuspiciousOperation():
            return exceptions.ParseError()
        case ValidationError():
            found = error.message_dict if hasattr(error, "error_dict") else error.messages
            return exceptions.ValidationError(found)
    return error
