"""A spreadsheet as rows of text: the first row names the columns."""

import csv
import io
import zipfile
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from portal.core.middleware import is_storable

MOST_BYTES = 2 * 1024 * 1024
# What a spreadsheet of this size may unpack to: a larger one is no honest register.
MOST_UNPACKED = 40 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5000, 60, 5000
DELIMITERS = ";,\t"


def read(name: str, content: bytes) -> list[list[str]]:
    """Rows of cells, empty rows left out. Raises ValidationError with what is wrong, in words."""
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 2 MB. Divide it."))
    rows = _read_xlsx(content) if name.lower().endswith(".xlsx") else _read_csv(name, content)
    rows = [row for row in rows if any(row)]
    _check(rows)
    return rows


def _check(rows: list[list[str]]) -> None:
    if len(rows) < 2:
        raise ValidationError(_("The file has no rows under its heading."))
    if len(rows) > MOST_ROWS + 1:
        raise ValidationError(
            _("The file has more than %(most)s rows. Divide it.") % {"most": MOST_ROWS}
        )
    for number, row in enumerate(rows, 1):
        if len(row) > MOST_COLUMNS:
            raise ValidationError(_("Row %(row)s has too many columns.") % {"row": number})
        for cell in row:
            if len(cell) > LONGEST_CELL or not is_storable(cell):
                raise ValidationError(
                    _("Row %(row)s holds a text that cannot be stored.") % {"row": number}
                )


def _read_csv(name: str, content: bytes) -> list[list[str]]:
    if not name.lower().endswith((".csv", ".txt")):
        raise ValidationError(_("Choose a file of the kind .xlsx or .csv."))
    text = _decoded(content)
    heading = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=heading.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise ValidationError(_("The file cannot be read as CSV.")) from error
    return [[cell.strip() for cell in row] for row in rows]


def _decoded(content: bytes) -> str:
    """UTF-8, or what spreadsheets on Swedish Windows write."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _read_xlsx(content: bytes) -> list[list[str]]:
    try:
        _check_size(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1, values_only=True)
        return [_trimmed([_text(cell) for cell in row]) for row in rows]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as error:
        raise ValidationError(_("The file cannot be read as a spreadsheet.")) from error


def _check_size(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
            raise ValidationError(_("The file is larger than 2 MB. Divide it."))


def _text(value) -> str:
    """A cell as it is typed in CSV: days as 2026-01-31, whole numbers without decimals."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _trimmed(row: list[str]) -> list[str]:
    """Without the empty cells after the last that holds anything."""
    while row and not row[-1]:
        row.pop()
    return row
