"""What a letter says: its first draft, its parts, and the document it is kept as.

A letter's text is plain: a line that begins with `#` is a heading, an empty line begins a new
paragraph. Staff can change all of it.
"""

import re
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.core import pdf as accessible
from portal.core.region import committee_name

_HEADING = re.compile(r"^#+[ \t]*(.*)$", re.MULTILINE)
_GAP = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True)
class Part:
    """A heading, empty before the first one, and the paragraphs below it."""

    heading: str
    paragraphs: list[str] = field(default_factory=list)


def drafted(kind: str, *, to, application, **about) -> tuple[str, str]:
    """(subject, text) of a new letter, in the reader's language. The template's first line is the
    subject, which holds no personal data: it stands in the mail, too.
    """
    context = {
        "to": to,
        "application": application,
        "site_url": settings.SITE_URL,
        "contact": settings.REGION["contact"],
        **about,
    }
    with override(to.language):
        text = render_to_string(f"grants/letters/{kind}.txt", context)
    subject, _line, body = text.strip().partition("\n")
    return subject.strip(), _GAP.sub("\n\n", body).strip()


def parts(text: str) -> list[Part]:
    found = [Part("")]
    for block in _GAP.split(_HEADING.sub(r"\n\n\g<0>\n\n", text)):
        if heading := _HEADING.fullmatch(block.strip()):
            found.append(Part(heading[1].strip()))
        elif said := block.strip():
            found[-1].paragraphs.append(said)
    return [part for part in found if part.heading or part.paragraphs]


def plain(text: str) -> str:
    """As it stands in a mail."""
    return _HEADING.sub(r"\1", text)


def mail_of(letter) -> str:
    return f"grants/mail/{'completion' if letter.completion_id else 'letter'}.txt"


def file_name(letter) -> str:
    """What the recipient's computer calls it: language, case and number of the letter."""
    word = "letter" if letter.language == "en" else "brev"
    return f"{word}-{letter.application.case.number}-{letter.pk}.pdf".replace(" ", "-")


def pdf(letter, *, at: datetime) -> bytes:
    """The letter as an accessible document (PDF/UA), dated the day it is sent."""
    application = letter.application
    with override(letter.language):
        told = {
            "lang": letter.language,
            "title": letter.subject,
            "issuer": committee_name(),
            "to": [letter.to.full_name, *filter(None, [str(application.organisation or "")])],
            "facts": [
                (_("Date"), date_format(timezone.localdate(at), "j F Y")),
                (_("Registration number"), application.case.number),
            ],
            "parts": [asdict(part) for part in parts(letter.text)],
            "footer": f"{committee_name()}, {settings.REGION['contact']}",
        }
    return accessible.letter("letter.typ", told)
