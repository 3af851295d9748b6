"""What may be handed in as a document, judged by its content: a name proves nothing.

Nothing of a file is run or unpacked here, and it is served as an attachment only. What is not what
it says is refused, and so is what could harm whoever opens it: macros, launch actions, bombs.
"""

import re
import struct
from pathlib import PurePath
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

ALLOWED = ("pdf", "docx", "odt", "xlsx", "ods", "jpg", "jpeg", "png", "txt")
LONGEST_NAME = 150
MOST_PIXELS = 100_000_000
# An office document in hand unpacks to a few times its size.
MOST_PARTS, MOST_UNPACKED, MOST_RATIO = 5_000, 200 * 1024 * 1024, 200
#: The part that tells each kind of office document from any other archive.
OFFICE = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
MACROS = re.compile(r"vbaProject\.bin$|^Basic/|/embeddings/.*\.(bin|exe)$", re.IGNORECASE)
# Parts of a PDF that start programs or scripts; written in the open or not at all honest.
PDF_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|RichMedia|EmbeddedFile)\b")


def check_upload(file) -> None:
    """Raise ValidationError, in words, unless the file is one of ALLOWED and what it says it is.

    `file` is an uploaded file: it has a name and a size, and is read from its beginning.
    """
    name = PurePath(file.name or "").name
    suffix = PurePath(name).suffix.lower().lstrip(".")
    if suffix not in ALLOWED:
        kinds = ", ".join(kind for kind in ALLOWED if kind != "jpeg")
        told = _("Files of this kind cannot be taken. These can: %(kinds)s.")
        raise ValidationError(told % {"kinds": kinds})
    if len(name) > LONGEST_NAME or any(ord(sign) < 32 for sign in name):
        raise ValidationError(_("Give the file a shorter and simpler name."))
    if not file.size:
        raise ValidationError(_("The file is empty."))
    if file.size > settings.DOCUMENT_MAX_BYTES:
        most = filesizeformat(settings.DOCUMENT_MAX_BYTES)
        raise ValidationError(_("The file is too large: at most %(most)s.") % {"most": most})
    file.seek(0)
    _CHECKS[suffix](file, suffix)
    file.seek(0)


def _refuse(suffix: str):
    told = _("The file is not what its name says: it is no whole %(kind)s file.")
    raise ValidationError(told % {"kind": suffix.upper()})


def _pdf(file: BinaryIO, suffix: str) -> None:
    content = file.read()
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        _refuse(suffix)
    if PDF_ACTIVE.search(content):
        told = _("The PDF holds scripts or other files. Save it as a plain PDF and try again.")
        raise ValidationError(told)


def _png(file: BinaryIO, suffix: str) -> None:
    head = file.read(33)
    if len(head) < 33 or not head.startswith(b"\x89PNG\r\n\x1a\n") or head[12:16] != b"IHDR":
        _refuse(suffix)
    _check_pixels(*struct.unpack(">II", head[16:24]))


def _jpeg(file: BinaryIO, suffix: str) -> None:
    content = file.read()
    if not content.startswith(b"\xff\xd8\xff") or b"\xff\xd9" not in content[-4096:]:
        _refuse(suffix)
    size = _jpeg_size(content)
    if size is None:
        _refuse(suffix)
    else:
        _check_pixels(*size)


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Width and height, from the frame header (ISO 10918-1, B.2.2)."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        if length < 2:
            return None
        at += 2 + length
    return None


def _check_pixels(width: int, height: int) -> None:
    if not 0 < width * height <= MOST_PIXELS:
        raise ValidationError(_("The picture is too large: make it smaller and try again."))


def _office(file: BinaryIO, suffix: str) -> None:
    try:
        with ZipFile(file) as archive:
            _check_archive(archive, suffix)
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, struct.error):
        _refuse(suffix)


def _check_archive(archive: ZipFile, suffix: str) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked / packed > MOST_RATIO:
        raise ValidationError(_("The file unpacks to far too much."))
    names = {part.filename for part in parts}
    if any(MACROS.search(name) for name in names):
        raise ValidationError(_("The file holds macros. Save it without them and try again."))
    sign = OFFICE[suffix]
    if suffix in ("docx", "xlsx"):
        if sign not in names or "[Content_Types].xml" not in names:
            _refuse(suffix)
    elif "mimetype" not in names or _first_bytes(archive, "mimetype") != sign.encode():
        _refuse(suffix)


def _first_bytes(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(100).strip()


def _text(file: BinaryIO, suffix: str) -> None:
    content = file.read()
    if b"\x00" in content:
        _refuse(suffix)
    try:
        content.decode()
    except UnicodeDecodeError:
        told = _("The text is not written in UTF-8. Save it so, or as a PDF.")
        raise ValidationError(told) from None


_CHECKS = {
    "pdf": _pdf,
    "png": _png,
    "jpg": _jpeg,
    "jpeg": _jpeg,
    "txt": _text,
    **dict.fromkeys(OFFICE, _office),
}
