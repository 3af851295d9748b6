"""Accessible PDFs (PDF/UA-1): tagged, with language and title."""

import json
from dataclasses import asdict, dataclass

import typst
from django.conf import settings
from django.utils.translation import get_language

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
    """A template of `templates/letters` filled with plain data, which is set as it is."""
    return typst.compile(
        str(LETTERS / template),
        root=str(LETTERS),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(data)},
    )
