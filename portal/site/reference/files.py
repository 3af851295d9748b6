"""One reference file: read as a whole, stored row by row, kept or dropped as a whole."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from portal.core.middleware import is_storable
from portal.core.publishing import Publication, Publishable
from portal.site.reference.checks import Fields, Optional, Problem, Refused, record, shown, text
from portal.site.reference.staff import removed_by_staff, unlinked, written_by_staff

HEAD: Fields = {
    "source": text(500),
    "source_sv": Optional(text(500)),
    "note": Optional(text(2000)),
    "editorial": Optional(text(2000)),
}


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class FileType:
    """What a file holds, how it is stored, and which files it builds on."""

    name: str
    sections: Fields
    store: Callable[["File"], None]
    needs: tuple[str, ...] = ()


class Row:
    """A checked row on its way into the database; notes whether that changed anything.

    What staff have written stays, unless `overwrite` asks for the file's word; both are told.
    """

    def __init__(self, values: dict[str, Any], file: "File", where: str):
        self.values, self.file, self.where = values, file, where
        self.source = file.source
        self.outcome = Outcome.UNCHANGED
        self._has_main = False

    def __getitem__(self, name):
        return self.values[name]

    def given(self, *names: str, **renamed: str) -> dict[str, Any]:
        """The fields the file holds; a keyword says what a field is called in the model."""
        pairs = {**{name: name for name in names}, **renamed}
        return {to: self[name] for to, name in pairs.items() if self[name] is not None}

    def put(self, model, key: dict, values: dict | None = None, *, new: Callable | None = None):
        """Find the object by its key, or make it; save it only if a value differs.

        `new` gives values that only a new object gets. A row's first object is the row itself,
        what comes after belongs to it. Raises ValidationError.
        """
        is_main, self._has_main = not self._has_main, True
        item, values = model._default_manager.filter(**key).first(), values or {}
        if item is None:
            item = model(**key, **(new() if new else {}))
            self._note(Outcome.CREATED if is_main else Outcome.UPDATED)
        else:
            values = self._to_change(item, values, () if is_main else (_called(item),))
            if not values:
                return item
            self._note(Outcome.UPDATED)
        for name, value in values.items():
            setattr(item, name, value)
        item.full_clean()
        item.save()
        return item

    def _to_change(self, item, values: dict, path: tuple[str, ...]) -> dict:
        """Where the file says something else, and may."""
        differing = {name: new for name, new in values.items() if getattr(item, name) != new}
        for name in sorted(written_by_staff(item, differing)) if differing else ():
            old, new = getattr(item, name), differing[name]
            if not self._may_change((*path, name), f"{_shown(old)} -> {_shown(new)}"):
                del differing[name]
        return differing

    def _may_change(self, path: tuple[str, ...], change: str) -> bool:
        """Whether the file has the last word about what staff have written; tells it."""
        place = ", ".join((self.where, *path))
        overwrite = self.file.overwrite
        self.file.told.append(
            f"changed: {place}: {change}" if overwrite else f"kept as staff wrote: {place}"
        )
        return overwrite

    def belong(self, model, key: dict, values: dict | None = None, *, new: Callable | None = None):
        """As `put`, for what is only a part of the row: staff may have removed or renamed it."""
        gone = not model._default_manager.filter(**key).exists() and removed_by_staff(model, key)
        if not gone or self._may_change((_called(model(**key)),), "removed -> put back"):
            self.put(model, key, values, new=new)

    def join(self, relation, items) -> None:
        """Add what a many-to-many relation lacks, and staff have not taken away."""
        name = relation.prefetch_cache_name
        missing = [
            item
            for item in items
            if not relation.filter(pk=item.pk).exists()
            and (
                not unlinked(relation, item)
                or self._may_change((name, str(item)), "removed -> put back")
            )
        ]
        if missing:
            relation.add(*missing)
            self._note(Outcome.UPDATED)

    def tag(self, item, claims) -> None:
        """Claim the perspectives, each with how it is served where the file says so."""
        for claim in claims:
            self.belong(
                item.tags.model,
                {"item": item, "perspective": claim["slug"]},
                {name: claim[name] for name in ("how_sv", "how_en") if claim[name] is not None},
            )

    def in_order(self, first: str, last: str) -> None:
        """Refuse a period that ends before it begins."""
        if self[first] and self[last] and self[last] < self[first]:
            raise Refused(Problem(f"is before {first}", (last,)))

    def _note(self, outcome: Outcome) -> None:
        if self.outcome == Outcome.UNCHANGED:
            self.outcome = outcome


def _called(item) -> str:
    return f"{item._meta.verbose_name} {item}"


def _shown(value) -> str:
    return shown(value.pk if hasattr(value, "pk") else value)


def published_if_complete(item: Publishable) -> None:
    """A public row must hold what its page needs; otherwise the file is refused."""
    missing = item.missing_for_publication()
    if item.publication == Publication.PUBLISHED and missing:
        raise ValidationError(f"cannot be published without {', '.join(map(str, missing))}")


@dataclass
class File:
    """A file being loaded: its content, what became of its rows, and what is wrong with it."""

    name: str
    content: dict[str, Any] = field(default_factory=dict)
    overwrite: bool = False
    counts: Counter = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def source(self) -> dict[str, str | None]:
        """Where the facts come from, in the columns of both languages."""
        return {"source_sv": self.content["source_sv"], "source_en": self.content["source"]}

    def read(self, path: Path, sections: Fields) -> None:
        """Read and check the file's frame. Raises Refused."""
        try:
            content = json.loads(
                path.read_text(encoding="utf-8"),
                parse_constant=_no_such_number,
                object_pairs_hook=_each_field_once,
            )
        except FileNotFoundError as error:
            raise Refused("the file is missing") from error
        except (OSError, ValueError, RecursionError) as error:
            raise Refused(f"cannot be read as JSON: {error}") from error
        self.content = record({**HEAD, **sections})(content)

    def each(
        self,
        section: str,
        fields: Fields,
        store: Callable[[Row], None],
        *,
        key: tuple[str, ...] = ("slug",),
        same: Callable[[Any], Any] = lambda value: value,
        order: Callable[[Any], int] = lambda raw: 0,
    ) -> None:
        """Check and store a section's rows; problems are gathered, so that all are told at once.

        `key` names the fields that tell rows apart (`same` by which form of them), `order` which
        rows come before others.
        """
        seen: set[tuple] = set()
        numbered = enumerate(self.content[section], 1)
        for position, raw in sorted(numbered, key=lambda pair: order(pair[1])):
            where = _where(section, position, raw, key[0])
            try:
                row = Row(record(fields)(raw), self, where)
                identity = tuple(same(row[name]) for name in key)
                if identity in seen:
                    told = f"{shown(row[key[0]])} stands twice in the file"
                    raise Refused(Problem(told, (key[0],)))
                seen.add(identity)
                store(row)
                self.counts[row.outcome] += 1
            except Refused as refused:
                self.problems += [problem.under(where) for problem in refused.problems]
            except ValidationError as error:
                self.problems += [problem.under(where) for problem in _problems(error)]


def _where(section: str, position: int, raw, key: str) -> str:
    name = raw.get(key) if isinstance(raw, dict) else None
    called = f" ({name})" if isinstance(name, str) else ""
    return f"{section} row {position}{called}"


def _problems(error: ValidationError) -> list[Problem]:
    """What the model's own rules refused."""
    if not hasattr(error, "message_dict"):
        return [Problem(message) for message in error.messages]
    return [
        Problem(message, () if name == "__all__" else (name,))
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _no_such_number(name: str):
    raise ValueError(f"{name} is not a number")


def _each_field_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON lets a field stand twice and keeps the last; here nothing is dropped silently."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = Counter(name for name, _value in pairs)
        raise ValueError(f"the field {shown(names.most_common(1)[0][0])} stands twice")
    for value in (*fields, *fields.values()):
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, str) and not is_storable(part):
                raise ValueError(f"{part!a} holds a character that cannot be stored")
    return fields
