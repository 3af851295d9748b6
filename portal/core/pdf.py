"""Accessible PDFs (PDF/UA-1): tagged, with language and title."""

import json
import re
from dataclasses import asdict, dataclass

import typst
from django.conf import settings
from django.utils.translation import get_language

# All but Latin, Greek and Cyrillic letters, punctuation, currencies and arrows.
_NOT_IN_FONTS = re.compile("[^\\x20-\u04ff\u1e00-\u1fff\u2000-\u2040\u20a0-\u20bd\u2190-\u21ff]")
LETTERS = settings.BASE_DIR / "templates" / "letters"


@dataclass(frozen=True)
class Section:
    """Terms and what they say; lines of a text are paragraphs."""

    title: str
    facts: list[tuple[str, str]]


def facts_pdf(*, title: str, issuer: str, footer: str, sections: list[Section]) -> bytes:
    """A document of facts in the language that is active."""
    data = {
        "lang": "en" if get_language() == "en" else "sv",
        "title": title,
        "issuer": issuer,
        "footer": footer,
        "sections": [asdict(section) for section in sections],
    }
    return letter("facts.typ", data)


def letter(template: str, data: dict) -> bytes:
    """A template of `templates/letters` filled with plain data, which is set as it is.

    A document whose every character can be read needs fonts that have them. Where somebody has
    written what ours lack (a name in Chinese, a smiley), a box stands in its place.
    """
    text = json.dumps(data, ensure_ascii=False)
    try:
        return _compiled(template, text)
    except typst.TypstError:
        return _compiled(template, _NOT_IN_FONTS.sub("□", text))


def _compiled(template: str, data: str) -> bytes:
    return typst.compile(
        str(LETTERS / template),
        root=str(LETTERS),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": data},
    )
