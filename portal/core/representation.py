"""How the API writes what many items share: two languages, addresses, tags, dates, money.

Texts that the portal keeps in two languages are objects with `sv` and `en`; texts that somebody
handed in (a project's title) are strings, as they were written.
"""

from functools import cache
from operator import attrgetter

from django.urls import reverse
from django.utils.translation import override
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from portal.core.jsonld import absolute, partial_iso

NULLABLE_TEXT = {"type": ["string", "null"]}


def api_url(name: str, key) -> str:
    return f"{_list_url(name)}{key}/"


@cache
def _list_url(name: str) -> str:
    """Looked up once: a page of a list holds hundreds of addresses."""
    return absolute(reverse(f"api:{name}-list"))


class ReadOnly(serializers.Field):
    """A value made of the whole item, unless another source is named."""

    def __init__(self, source="*", **kwargs):
        super().__init__(source=source, read_only=True, **kwargs)


@extend_schema_field(
    {
        "type": "object",
        "required": ["sv", "en"],
        "properties": {"sv": NULLABLE_TEXT, "en": NULLABLE_TEXT},
    }
)
class Bilingual(ReadOnly):
    """A translated text in both languages."""

    def to_representation(self, value):
        name = self.field_name
        return {language: getattr(value, f"{name}_{language}") or None for language in ("sv", "en")}


@extend_schema_field({"type": "string", "format": "uri"})
class ApiUrl(ReadOnly):
    """The item's own address in the API."""

    def __init__(self, name: str, key: str = "slug", **kwargs):
        self.name, self.key = name, key
        super().__init__(**kwargs)

    def to_representation(self, value):
        return api_url(self.name, attrgetter(self.key)(value))


@extend_schema_field({"type": "string", "format": "uri"})
class PageUrl(ReadOnly):
    """The item's public page, in Swedish; the page links its English twin."""

    def to_representation(self, value):
        with override("sv"):
            return absolute(value.get_absolute_url())


@extend_schema_field(
    {
        "type": ["object", "null"],
        "required": ["date", "precision"],
        "properties": {
            "date": {"type": "string", "examples": ["2009", "2018-06", "2018-06-07"]},
            "precision": {"type": "string", "enum": ["year", "month", "day"]},
        },
    }
)
class PartialDate(ReadOnly):
    """A date no more precise than it is known."""

    def __init__(self, day: str, precision: str, **kwargs):
        self.day, self.precision = day, precision
        super().__init__(**kwargs)

    def to_representation(self, value):
        day, precision = getattr(value, self.day), getattr(value, self.precision)
        return day and {"date": partial_iso(day, precision), "precision": precision}


class TextOrNull(serializers.CharField):
    """A text that the database keeps as an empty one where there is none."""

    def __init__(self, **kwargs):
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value):
        return super().to_representation(value) or None


def money(**kwargs) -> serializers.DecimalField:
    """Kronor as text with two decimals: `20000.00`."""
    return serializers.DecimalField(max_digits=12, decimal_places=2, read_only=True, **kwargs)


def currency() -> serializers.ChoiceField:
    return serializers.ChoiceField(["SEK"], default="SEK", read_only=True)


@extend_schema_field({"type": ["boolean", "null"]})
class KnownInEu(ReadOnly):
    """Whether the country was in the EU on the day of decision; null where none is known."""

    def to_representation(self, value) -> bool | None:
        return value.in_eu if value.country else None


class NamedSerializer(serializers.Serializer):
    """A perspective, goal, line of work, theme or scheme by its address and name."""

    slug = serializers.SlugField()
    name = Bilingual()


class TagSerializer(serializers.Serializer):
    """A perspective that an item serves, and how."""

    slug = serializers.SlugField(source="perspective.slug")
    name = Bilingual(source="perspective")
    how = Bilingual()


class HandedInTagSerializer(serializers.Serializer):
    """A perspective that a project serves, and how, in the applicant's own words."""

    slug = serializers.SlugField(source="perspective.slug")
    name = Bilingual(source="perspective")
    how = serializers.CharField()


@extend_schema_field(
    {
        "type": ["object", "null"],
        "required": ["slug", "name", "url", "page"],
        "properties": {
            "slug": {"type": "string"},
            "name": {"type": "object", "properties": {"sv": NULLABLE_TEXT, "en": NULLABLE_TEXT}},
            "url": {"type": "string", "format": "uri"},
            "page": {"type": "string", "format": "uri"},
        },
    }
)
class PublicLink(serializers.Field):
    """Another item by name and addresses; null where the public does not see that item."""

    def __init__(self, name: str, text: str = "name", **kwargs):
        self.name, self.text = name, text
        self.said: dict[str, dict | None] = {}  # the rows of a page name the same few items
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value):
        if value.slug not in self.said:
            self.said[value.slug] = self.describe(value) if value.is_public else None
        return self.said[value.slug]

    def describe(self, value) -> dict:
        with override("sv"):
            page = absolute(value.get_absolute_url())
        name = {code: getattr(value, f"{self.text}_{code}") or None for code in ("sv", "en")}
        url = api_url(self.name, value.slug)
        return {"slug": value.slug, "name": name, "url": url, "page": page}
