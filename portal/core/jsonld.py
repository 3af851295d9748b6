"""Public items in the words of schema.org (JSON-LD), for search engines and harvesters."""

import json

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from portal.core.countries import country_name
from portal.core.dates import Precision

_ESCAPES = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&"}


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def described(kind: str, item, **words) -> dict:
    """An item with its address; words without a value are left out.

    The language is the page's; None for texts that are as somebody handed them in.
    """
    words = {"inLanguage": get_language(), **words}
    return {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": absolute(item.get_absolute_url()),
        "url": absolute(item.get_absolute_url()),
        "name": str(item),
        **{word: value for word, value in words.items() if value},
    }


def country(code: str) -> dict | None:
    if not code:
        return None
    return {"@type": "Country", "name": country_name(code), "identifier": code}


def committee() -> dict:
    name = settings.REGION[f"committee_{get_language() or settings.LANGUAGE_CODE}"]
    return {"@type": "GovernmentOrganization", "name": name, "url": settings.SITE_URL}


def link(kind: str, item) -> dict | None:
    """A short reference to another item of the site."""
    if item is None:
        return None
    return {"@type": kind, "name": str(item), "url": absolute(item.get_absolute_url())}


def partial_iso(day, precision: str) -> str | None:
    """`2009`, `2018-06` or `2018-05-07`: no more is said than is known."""
    if day is None:
        return None
    lengths: dict[str, int] = {Precision.YEAR: 4, Precision.MONTH: 7}
    return day.isoformat()[: lengths.get(precision, 10)]


def as_script_text(data: dict) -> SafeString:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))
