"""One way to write structured terms, so that the same terms always have the same SHA-256.

The form is JSON as RFC 8785 (JSON Canonicalization Scheme) writes it, kept to what terms need:
objects with their keys in order of UTF-16 code units, arrays, strings, whole numbers that every
JSON program reads alike, true, false and null; no white space; UTF-8. Strings are first brought to
Unicode normal form C and line ends to a single line feed, because a form field and a word
processor may differ in both.

Anyone who has the document can check the hash: `sha256sum terms.json`.
"""

import hashlib
import json
import unicodedata

# RFC 8785 writes numbers as doubles: beyond this, neighbours become one.
LARGEST = 2**53 - 1


def canonical(terms) -> bytes:
    """Raises TypeError on what the form has no place for (floats, dates, keys that are no text),
    ValueError on what it could not tell apart (too large numbers, two keys that become one).
    """
    return _written(terms).encode("utf-8")


def fingerprint(terms) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(terms)).hexdigest()


def _written(value) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int):
        return _number(value)
    if isinstance(value, str):
        return json.dumps(_plain(value), ensure_ascii=False)
    if isinstance(value, list | tuple):
        return f"[{','.join(map(_written, value))}]"
    if isinstance(value, dict):
        return _object(value)
    raise TypeError(f"Terms cannot hold {value!r}.")


def _number(value: int) -> str:
    if abs(value) > LARGEST:
        raise ValueError(f"{value} is more than a number of the terms can be.")
    return str(int(value))


def _object(pairs: dict) -> str:
    named = {_key(key): value for key, value in pairs.items()}
    if len(named) < len(pairs):
        raise ValueError("Two keys of the terms are the same text.")
    members = (f"{_written(key)}:{_written(named[key])}" for key in sorted(named, key=_units))
    return f"{{{','.join(members)}}}"


def _key(key) -> str:
    if not isinstance(key, str):
        raise TypeError(f"A key of the terms must be text, not {key!r}.")
    return _plain(key)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _units(text: str) -> bytes:
    """Big-endian UTF-16 compares as its code units do."""
    return text.encode("utf-16-be")
