"""Country names from CLDR (Babel) by ISO 3166-1 alpha-2 code, in the reader's language."""

from functools import lru_cache

from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# CLDR also names these two letters, which ISO 3166-1 gives to no country.
_NOT_COUNTRIES = frozenset(
    ("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ")
)


@lru_cache(maxsize=8)
def _territories(language: str) -> dict[str, str]:
    names = Locale.parse(language).territories.items()
    codes = {code: name for code, name in names if len(code) == 2 and code.isalpha()}
    return {code: name for code, name in codes.items() if code not in _NOT_COUNTRIES}


def country_name(code: str) -> str:
    """The country's name in the active language; the code itself where CLDR knows none."""
    return _territories(get_language() or "sv").get(code, code)


def country_choices() -> list[tuple[str, str]]:
    return sorted(_territories(get_language() or "sv").items(), key=lambda pair: pair[1])


def validate_country(code: str) -> None:
    if code not in _territories("en"):
        raise ValidationError(
            _("“%(code)s” is not an ISO 3166-1 country code."), "country", {"code": code}
        )
