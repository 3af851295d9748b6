"""The catalogue of translated texts, by Babel: no gettext program is needed.

English source strings stand in the code and the templates; Swedish in locale/sv. Compiled files
are made at set-up and never committed.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

FOLDERS = ("portal", "partners", "agreements", "grants", "networks", "templates")
METHODS = [
    ("**.py", "python"),
    ("**.html", "portal.site.catalogue.extract_template"),
    ("**.txt", "portal.site.catalogue.extract_template"),
]
KEYWORDS = {
    "_": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def extract_template(fileobj, keywords, comment_tags, options):
    """Babel's view of a Django template: its texts as calls in Python."""
    source = templatize(fileobj.read().decode())
    # What is not a text comes out as runs of X and S; only the calls are of interest.
    calls = "\n".join(
        line[line.index("gettext") - _prefix(line) :] if "gettext" in line else ""
        for line in source.split("\n")
    )
    return extract_python(io.BytesIO(calls.encode()), keywords, comment_tags, options)


def _prefix(line: str) -> int:
    """How many letters of ngettext, pgettext or npgettext stand before `gettext`."""
    before = line[: line.index("gettext")]
    return next(len(head) for head in ("np", "n", "p", "") if before.endswith(head))


def paths() -> Iterator[tuple[str, Path]]:
    for po in sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po")):
        yield po.parent.parent.name, po


def extract() -> Catalog:
    catalog = Catalog(project="Mötesplats", charset="utf-8")
    for folder in FOLDERS:
        root = settings.BASE_DIR / folder
        for filename, _lineno, message, _comments, context in extract_from_dir(
            root, method_map=METHODS, keywords=KEYWORDS
        ):
            catalog.add(message, locations=[(f"{folder}/{filename}", 0)], context=context)
    return catalog


def read(language: str, path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update() -> None:
    """Bring every catalogue up to the code: new texts empty, unused ones gone, none guessed."""
    template = extract()
    for language, path in paths():
        catalog = read(language, path)
        catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalog, width=100, sort_output=True, include_lineno=False)


def compile_all() -> None:
    for language, path in paths():
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(language, path))


def shortcomings() -> list[str]:
    """Texts of the code that a catalogue lacks, leaves empty, marks as guessed, or breaks."""
    wanted = {(message.context, message.id) for message in extract() if message.id}
    found = []
    for language, path in paths():
        catalog = read(language, path)
        known = {(message.context, message.id): message for message in catalog if message.id}
        found += [f"{language}: missing {text!r}" for _context, text in wanted - known.keys()]
        found += [f"{language}: unused {text!r}" for _context, text in known.keys() - wanted]
        for message in known.values():
            texts = message.string if isinstance(message.string, tuple) else (message.string,)
            if not all(texts):
                found.append(f"{language}: empty {message.id!r}")
            if message.fuzzy:
                found.append(f"{language}: fuzzy {message.id!r}")
            found += [f"{language}: {error} in {message.id!r}" for error in message.check(catalog)]
    return sorted(found)
