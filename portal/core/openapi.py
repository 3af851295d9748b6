"""What the schema cannot find out by itself: filters, problem details, ETags."""

import django_filters

from portal.core.filters import (
    MOST_TEXT,
    CountryFilter,
    MomentFilter,
    StrictBooleanFilter,
    TextFilter,
    YearFilter,
)
from portal.core.problems import CONTENT_TYPE

_TEXT = {"type": "string"}
# The first that fits: the more special stands before the more general.
_FILTERS = (
    (TextFilter, {"type": "string", "maxLength": MOST_TEXT}),
    (StrictBooleanFilter, {"type": "string", "enum": ["true", "false"]}),
    (CountryFilter, {"type": "string", "pattern": "^[A-Z]{2}$"}),
    (YearFilter, {"type": "string", "pattern": "^[12][0-9]{3}$"}),
    (MomentFilter, {"type": "string", "format": "date-time"}),
    (django_filters.ModelMultipleChoiceFilter, {"type": "array", "items": _TEXT}),
    (django_filters.ModelChoiceFilter, _TEXT),
)
PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "Each parameter that cannot be answered, and why.",
            "items": {
                "type": "object",
                "required": ["name", "reason"],
                "properties": {"name": _TEXT, "reason": _TEXT},
            },
        },
    },
}
_REASONS = {
    "400": "A parameter is unknown, or its value is not one of its list.",
    "401": "No valid token, and not signed in.",
    "403": "Not for this person, or not with this token.",
    "404": "There is no such item.",
    "406": "The answer cannot be given in the format asked for.",
}


def filter_parameters(filterset_class) -> list[dict]:
    """The list's filters, from the same FilterSet that answers them."""
    return [
        {
            "name": name,
            "in": "query",
            "description": str(found.label),
            "schema": _filter_schema(found),
        }
        for name, found in filterset_class.base_filters.items()
    ]


def _filter_schema(found) -> dict:
    for kind, schema in _FILTERS:
        if isinstance(found, kind):
            return schema
    return {"type": "string", "enum": [value for value, _label in found.extra["choices"]]}


def add_problems(result, generator, request, public):
    """Post-processing hook: every operation can answer with a problem; one item has an ETag."""
    result["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    for path, operations in result["paths"].items():
        for operation in operations.values():
            item = "{" in path
            private = {} not in operation.get("security", [{}])
            for status in ("400", "401", "403", "404", "406"):
                if (private or status not in ("401", "403")) and (item or status != "404"):
                    operation["responses"][status] = _problem(_REASONS[status])
            if item:
                operation["responses"]["304"] = {"description": "Unchanged since this ETag."}
                operation["responses"]["200"]["headers"] = {"ETag": {"schema": _TEXT}}
    return result


def _problem(reason: str) -> dict:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": reason, "content": {CONTENT_TYPE: {"schema": schema}}}
