"""strategy.json: perspectives, goals and lines of work; and how other files refer to them."""

from portal.core.models import LineOfWork, Perspective, StrategyGoal
from portal.site.reference.checks import (
    Check,
    Fields,
    Optional,
    either,
    known,
    list_of,
    one_of,
    record,
    rows,
    slug,
    text,
    whole,
)
from portal.site.reference.files import File, FileType, Row

_NAMED: Fields = {
    "slug": slug,
    "order": Optional(whole(1, 99)),
    "name_sv": text(120),
    "name_en": text(120),
}
_TEXT: Fields = {**_NAMED, "text_sv": text(500), "text_en": text(500)}
_PERSPECTIVE: Fields = {
    **_NAMED,
    "name_sv": text(80),
    "name_en": text(80),
    "order": whole(1, 99),
    "mark": one_of(*Perspective.Mark.values),
    "purpose_sv": text(500),
    "purpose_en": text(500),
}


def _store_perspective(row: Row) -> None:
    names = ("order", "mark", "name_sv", "name_en", "purpose_sv", "purpose_en")
    row.put(Perspective, {"slug": row["slug"]}, row.given(*names))


def _store_text(file: File, section: str, model) -> None:
    """Rows without an order of their own come in the file's order."""
    places = {
        raw["slug"]: position
        for position, raw in enumerate(file.content[section], 1)
        if isinstance(raw, dict) and isinstance(raw.get("slug"), str)
    }

    def store(row: Row) -> None:
        values = row.given("name_sv", "name_en", "text_sv", "text_en")
        order = row["order"] or places[row["slug"]]
        row.put(model, {"slug": row["slug"]}, {**values, "order": order})

    file.each(section, _TEXT, store)


def _store(file: File) -> None:
    file.each("perspectives", _PERSPECTIVE, _store_perspective)
    _store_text(file, "goals", StrategyGoal)
    _store_text(file, "lines_of_work", LineOfWork)


STRATEGY = FileType(
    "strategy.json", {"perspectives": rows, "goals": rows, "lines_of_work": rows}, _store
)


# --- What other files say about the strategy ------------------------------------------------------

perspective = known(Perspective)


def _plain_claim(value) -> dict:
    return {"slug": perspective(value), "how_sv": None, "how_en": None}


#: `"kunskap"`, or `{"slug": "kunskap", "how_sv": ..., "how_en": ...}`.
claims: Check = list_of(
    either(
        _plain_claim,
        record({"slug": perspective, "how_sv": text(1000), "how_en": text(1000)}),
    ),
    by=lambda claim: claim["slug"].pk,
)
goals: Check = list_of(known(StrategyGoal))
line: Check = known(LineOfWork)
