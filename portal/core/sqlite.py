"""What PostgreSQL does by itself and SQLite has to be taught: Swedish order, Unicode LIKE."""

import re
import unicodedata
from functools import lru_cache

# The Swedish alphabet ends ... z å ä ö; the Danish and Norwegian letters sort as ours,
# as in the ICU collation sv-SE that PostgreSQL uses.
_AFTER_Z = {"å": "{1", "ä": "{2", "æ": "{2", "ö": "{3", "ø": "{3"}


@lru_cache(maxsize=20_000)
def swedish_key(text: str) -> tuple[str, str]:
    """Sorting key: letters first, then the exact text, so that only equal texts are equal."""
    letters = []
    for letter in unicodedata.normalize("NFC", text).casefold():
        folded = _AFTER_Z.get(letter)
        letters.append(folded or unicodedata.normalize("NFD", letter)[0])
    return "".join(letters), text


def swedish_order(left: str, right: str) -> int:
    left_key, right_key = swedish_key(left), swedish_key(right)
    return (left_key > right_key) - (left_key < right_key)


@lru_cache(maxsize=200)
def _like_pattern(pattern: str, escape: str | None) -> re.Pattern[str]:
    parts, letters = [], iter(pattern)
    for letter in letters:
        if escape and letter == escape:
            parts.append(re.escape(next(letters, "")))
        else:
            parts.append({"%": ".*", "_": "."}.get(letter) or re.escape(letter))
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)


def unicode_like(pattern, value, escape=None):
    """`value LIKE pattern` without regard to case, for all letters and not only ASCII."""
    if pattern is None or value is None:
        return None
    return _like_pattern(str(pattern), escape).fullmatch(str(value)) is not None


def speak_swedish(connection, **kwargs):
    if connection.vendor != "sqlite":
        return
    raw = connection.connection
    raw.create_collation("sv", swedish_order)
    raw.create_function("like", 2, unicode_like, deterministic=True)
    raw.create_function("like", 3, unicode_like, deterministic=True)
