"""What every endpoint shares: strict filters, keyset pages, problem details."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import exceptions, viewsets
from rest_framework.pagination import BasePagination
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param
from rest_framework.views import exception_handler

from portal.core.keyset import InvalidCursor, keyset_page
from portal.core.workflow import WrongState


class StrictFilterBackend(DjangoFilterBackend):
    """The page's FilterSet, answering 400 where it has problems."""

    def filter_queryset(self, request, queryset, view):
        filterset = self.get_filterset(request, queryset, view)
        if filterset is None:
            return queryset
        if filterset.problems:
            raise exceptions.ValidationError(filterset.problems)
        return filterset.qs


class KeysetPagination(BasePagination):
    default_size, largest_size = 50, 200

    def paginate_queryset(self, queryset, request, view=None):
        self.url = request.build_absolute_uri()
        try:
            self.page = keyset_page(queryset, request.query_params.get("cursor"), self.size(request))
        except InvalidCursor as error:
            raise exceptions.ValidationError({"cursor": error.messages}) from error
        return self.page.items

    def size(self, request) -> int:
        text = request.query_params.get("page_size", str(self.default_size))
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= self.largest_size):
            raise exceptions.ValidationError(
                {"page_size": [_("Choose a number from 1 to %(most)s.") % {"most": self.largest_size}]}
            )
        return int(text)

    def link(self, cursor):
        if cursor is None:
            return None
        return replace_query_param(remove_query_param(self.url, "cursor"), "cursor", cursor)

    def get_paginated_response(self, data):
        return Response(
            {
                "next": self.link(self.page.next),
                "previous": self.link(self.page.previous),
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema):
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view):
        return [
            {
                "name": "cursor",
                "in": "query",
                "schema": {"type": "string"},
                "description": "From `next` or `previous` of another page.",
            },
            {
                "name": "page_size",
                "in": "query",
                "schema": {"type": "integer", "minimum": 1, "maximum": self.largest_size},
                "description": f"Rows a page; {self.default_size} unless given.",
            },
        ]


class OpenDataViewSet(viewsets.ReadOnlyModelViewSet):
    """A list that anybody may read. Subclasses start their queryset from `.public()`."""

    permission_classes = [AllowAny]
    authentication_classes = []

    @method_decorator(conditional_page)
    def retrieve(self, request, *args, **kwargs):
        return super().retrieve(request, *args, **kwargs)


_TRANSLATED = {
    WrongState: lambda error: Conflict(str(error)),
    PermissionDenied: lambda error: exceptions.PermissionDenied(),
    Http404: lambda error: exceptions.NotFound(),
    ValidationError: lambda error: exceptions.ValidationError(
        error.message_dict if hasattr(error, "error_dict") else error.messages
    ),
}


class Conflict(exceptions.APIException):
    status_code = 409
    default_code = "conflict"


def problem_details(error, context):
    """Every error as problem details (RFC 9457); `errors` names the parameters or fields."""
    translate = _TRANSLATED.get(type(error))
    if translate:
        error = translate(error)
    response = exception_handler(error, context)
    if response is None:
        return None
    problem = {
        "type": "about:blank",
        "title": str(getattr(error, "default_detail", error)),
        "status": response.status_code,
    }
    detail = getattr(error, "detail", None)
    if isinstance(detail, dict):
        problem["errors"] = [
            {"name": name, "reason": str(reason)}
            for name, reasons in detail.items()
            for reason in (reasons if isinstance(reasons, list) else [reasons])
        ]
        problem["detail"] = " ".join(
            f"{entry['name']}: {entry['reason']}" for entry in problem["errors"]
        )
    elif isinstance(detail, list):
        problem["detail"] = " ".join(map(str, detail))
    elif detail is not None:
        problem["detail"] = str(detail)
    response.data = problem
    response.content_type = "application/problem+json"
    return response
