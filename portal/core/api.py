"""What every endpoint shares: the reader's language, strict filters, keyset pages, ETags."""

import re

from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page
from rest_framework import exceptions, viewsets
from rest_framework.filters import BaseFilterBackend
from rest_framework.pagination import BasePagination
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from portal.core.jsonld import absolute
from portal.core.keyset import InvalidCursor, keyset_page
from portal.core.models import ApiToken
from portal.core.openapi import filter_parameters


class SpeaksTheReadersLanguage:
    """Answers in the language that Accept-Language asks for; addresses carry none here."""

    def initial(self, request, *args, **kwargs):
        translation.activate(translation.get_language_from_request(request))
        super().initial(request, *args, **kwargs)


class StrictFilterBackend(BaseFilterBackend):
    """The page's FilterSet, answering 400 where it has problems. One item takes no filters."""

    def filter_queryset(self, request, queryset, view):
        if view.detail:
            refuse_parameters(request)
            return queryset
        filterset = view.filterset_class(request.query_params, queryset, request=request)
        if filterset.problems:
            raise exceptions.ValidationError(filterset.problems)
        return filterset.qs

    def get_schema_operation_parameters(self, view):
        return filter_parameters(view.filterset_class)


def refuse_parameters(request):
    reason = _("This address takes no parameters.")
    if request.query_params:
        raise exceptions.ValidationError({name: [reason] for name in request.query_params})


class KeysetPagination(BasePagination):
    default_size, largest_size = 50, 200

    def paginate_queryset(self, queryset, request, view=None):
        self.url = absolute(request.get_full_path())
        cursor, size = request.query_params.get("cursor"), self.size(request)
        try:
            self.page = keyset_page(queryset, cursor, size)
        except InvalidCursor as error:
            raise exceptions.ValidationError({"cursor": error.messages}) from error
        return self.page.items

    def size(self, request) -> int:
        text = request.query_params.get("page_size", str(self.default_size))
        if re.fullmatch("[1-9][0-9]{0,2}", text) and int(text) <= self.largest_size:
            return int(text)
        reason = _("Choose a number from 1 to %(most)s.") % {"most": self.largest_size}
        raise exceptions.ValidationError({"page_size": [reason]})

    def link(self, cursor):
        return cursor and replace_query_param(self.url, "cursor", cursor)

    def get_paginated_response(self, data):
        links = {"next": self.link(self.page.next), "previous": self.link(self.page.previous)}
        return Response({**links, "results": data})

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
                "description": "From `next` or `previous` of another page of the same list.",
            },
            {
                "name": "page_size",
                "in": "query",
                "schema": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": self.largest_size,
                    "default": self.default_size,
                },
                "description": "Rows a page.",
            },
        ]


class ListViewSet(SpeaksTheReadersLanguage, viewsets.ReadOnlyModelViewSet):
    """A list and its items, to be read."""

    filter_backends = [StrictFilterBackend]
    pagination_class = KeysetPagination
    http_method_names = ["get", "head", "options"]

    @method_decorator(conditional_page)
    def retrieve(self, request, *args, **kwargs):
        return super().retrieve(request, *args, **kwargs)


class OpenDataViewSet(ListViewSet):
    """What anybody may read. Subclasses start their queryset from `.public()`."""

    permission_classes = [AllowAny]
    authentication_classes = []


class PrivateViewSet(ListViewSet):
    """What one must sign in for. Subclasses start their queryset from what the person may see."""

    permission_classes = [IsAuthenticated]
    lookup_value_regex = "[0-9]{1,18}"

    @property
    def reads_as_staff(self) -> bool:
        """In a session, or with a token that was made for it; then the person's role decides."""
        token = self.request.auth
        return token is None or (isinstance(token, ApiToken) and token.is_for_staff)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response
