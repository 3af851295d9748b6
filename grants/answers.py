"""Answers to a call's questions: which are asked, and how they are kept and read.

Answers are plain values by the question's key: texts, whole numbers, lists of choices; amounts as
text with two decimals, days as year-month-day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.core.dates import Precision, partial_date
from portal.core.money import format_money

#: What makes a question another one, to somebody who answers it.
_SAME = ("kind", "text_sv", "text_en", "help_sv", "help_en", "is_required", "longest", "least",
         "most", "choices")  # fmt: skip


@dataclass(frozen=True)
class Change:
    """What sets a version of the questions apart from the one before."""

    added: list
    changed: list
    removed: list


def change_between(before: Iterable, after: Iterable) -> Change:
    old, new = {one.key: one for one in before}, {one.key: one for one in after}
    return Change(
        added=[one for key, one in new.items() if key not in old],
        changed=[
            one
            for key, one in new.items()
            if key in old and any(getattr(one, name) != getattr(old[key], name) for name in _SAME)
        ],
        removed=[one for key, one in old.items() if key not in new],
    )


def shown(questions: Iterable, answers: dict) -> list:
    """Those that are asked, as the answers stand. What an unasked question would show is not."""
    found: dict = {}
    for question in questions:
        asked_by = question.shown_if_id
        if asked_by is None or (asked_by in found and _shows(found[asked_by], question, answers)):
            found[question.pk] = question
    return list(found.values())


def _shows(one, other, answers: dict) -> bool:
    answer = answers.get(one.key)
    chosen = answer if isinstance(answer, list) else [answer]
    return other.shown_if_answer in chosen


def is_answered(question, answers: dict) -> bool:
    return answers.get(question.key) not in (None, "", [])


def stored(value):
    """What a field has read, as it is kept."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else value


def read(question, answers: dict):
    """What is kept, as Python's own value."""
    value = answers.get(question.key)
    if value and question.kind == "money":
        return Decimal(value)
    return date.fromisoformat(value) if value and question.kind == "date" else value


def as_text(question, answers: dict) -> str:
    """An answer in the reader's language and form; nothing where there is none."""
    value = read(question, answers)
    if value in (None, "", []):
        return ""
    if isinstance(value, Decimal):
        return format_money(value)
    if isinstance(value, date):
        return partial_date(value, Precision.DAY)
    if question.kind in question.DECIDING:
        texts = dict(question.options)
        keys = value if isinstance(value, list) else [value]
        return ", ".join(texts.get(key, key) for key in keys)
    return str(value)
