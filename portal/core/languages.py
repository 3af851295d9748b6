"""Language names from CLDR (Babel) by ISO 639-1 code, in the reader's language.

The pages speak Swedish and English; an agreement may be written in any language of its parties.
"""

from functools import lru_cache

from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@lru_cache(maxsize=8)
def _languages(language: str) -> dict[str, str]:
    names = Locale.parse(language).languages.items()
    return {code: name for code, name in names if len(code) == 2}


def language_name(code: str) -> str:
    """The language's name in the active language; the code itself where CLDR knows none."""
    return _languages(get_language() or "sv").get(code, code)


def language_choices() -> list[tuple[str, str]]:
    return sorted(_languages(get_language() or "sv").items(), key=lambda pair: pair[1])


def validate_language(code: str) -> None:
    if code not in _languages("en"):
        raise ValidationError(
            _("“%(code)s” is not an ISO 639-1 language code."), "language", {"code": code}
        )


def spoken(code: str) -> str:
    """The language the pages and mails speak to a reader of this one."""
    return "sv" if code == "sv" else "en"
