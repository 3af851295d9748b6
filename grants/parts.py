"""The parts of an application that the applicant writes, each as plain data.

A part is read and written here alone. Forms show it, `Submission` keeps it, pages, PDF and staff's
comparison tell it (`grants.reading`). Plain data is what JSON holds: amounts are text with two
decimals, days year-month-day; Python's own values are taken, too, when a part is written.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grants.models.questions import new_key
from grants.models.rows import ApplicationPartner, BudgetLine
from portal.cases.canonical import fingerprint
from portal.core.models import Perspective

PROJECT = ("title", "summary", "starts_on", "ends_on")
PARTNER = ("key", "partner", "name", "country", "role", "gives", "gets", "own_funding", "email",
           "language")  # fmt: skip
ACTIVITY = ("what", "starts_on", "ends_on", "place", "country")
COST, INCOME = ("text", "amount", "bearer"), ("kind", "text", "amount")
AID = ("granted_by", "granted_on", "euro")


@dataclass(frozen=True)
class Part:
    title: str | Promise
    read: Callable
    write: Callable


def content(application) -> dict:
    """All parts as they stand, and which files are attached."""
    read = {step: part.read(application) for step, part in PARTS.items()}
    return {**read, "attachments": attached(application)}


def attached(application) -> list[dict]:
    """The files as plain data; they are added and taken away one by one, not written as a part."""
    return [
        {"document": one.document_id, "place": one.place, "title": one.document.title}
        | {name: getattr(one.document, name) for name in ("filename", "size", "sha256")}
        for one in application.attachments.select_related("document")
    ]


def seen(data) -> str:
    """A short mark of what a form was opened with, to notice that it was changed meanwhile."""
    return fingerprint(data)[:16]


def plain(value):
    """What a field has read, as JSON keeps it."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def _values(row, names) -> dict:
    return {name: plain(getattr(row, row._meta.get_field(name).attname)) for name in names}


def _read_project(application) -> dict:
    return _values(application, PROJECT)


def _write_project(application, data) -> None:
    for name in PROJECT:
        setattr(application, name, data.get(name, getattr(application, name)))
    application.clean_fields(exclude=_all_but(application, PROJECT))
    application.clean()


def _all_but(row: models.Model, names) -> set[str]:
    """References are checked by the database alone, so that a row costs no query."""
    fields = row._meta.get_fields()
    return {field.name for field in fields if field.name not in names or field.is_relation}


def _row(model, application, order: int, data: dict):
    columns = {model._meta.get_field(name).attname: value for name, value in data.items()}
    row = model(application=application, order=order, **plain(columns))
    row.clean_fields(exclude=_all_but(row, data))
    row.clean()
    return row


def _rewrite(rows, application, listed: list[dict]) -> list:
    """In place of the rows that stand there."""
    made = [_row(rows.model, application, order, data) for order, data in enumerate(listed)]
    rows.all().delete()
    rows.model.objects.bulk_create(made)
    return made


def _read_partners(application) -> list:
    return [_values(row, PARTNER) for row in application.cooperation.all()]


def _write_partners(application, data) -> None:
    """A row that is there already stays the same row. The first of the catalogue is the main one.

    Without a `key`, or with one that another row has taken, a row is a new one.
    """
    there = {row.key: row.pk for row in application.cooperation.all()}
    rows: list[ApplicationPartner] = []
    for order, given in enumerate(data):
        taken = given.get("key", "") in ("", *(row.key for row in rows))
        key = new_key() if taken else given["key"]
        row = _row(ApplicationPartner, application, order, {**given, "key": key})
        row.pk = there.pop(key, None)
        row.save()
        rows.append(row)
    application.cooperation.filter(pk__in=there.values()).delete()
    application.partner_id = next((row.partner_id for row in rows if row.partner_id), None)


def _read_activities(application) -> list:
    return [_values(row, ACTIVITY) for row in application.activities.all()]


def _write_activities(application, data) -> None:
    _rewrite(application.activities, application, data)


def _read_perspectives(application) -> dict:
    tags = application.tags.select_related("perspective")
    return {tag.perspective.slug: {"how": tag.how, "evidence": tag.evidence} for tag in tags}


def _write_perspectives(application, data) -> None:
    application.tags.all().delete()
    claimed = Perspective.objects.filter(slug__in=data)
    application.tags.bulk_create(
        application.tags.model(item=application, perspective=one, **data[one.slug])
        for one in claimed
    )


def _read_budget(application) -> dict:
    lines = list(application.budget_lines.all())
    costs = [_values(line, COST) for line in lines if line.kind == BudgetLine.Kind.COST]
    incomes = [_values(line, INCOME) for line in lines if line.kind != BudgetLine.Kind.COST]
    return {"costs": costs, "amount": plain(application.amount), "incomes": incomes}


def _write_budget(application, data) -> None:
    """The total is the sum of the costs, as far as they are known."""
    costs = [{"kind": BudgetLine.Kind.COST, **cost} for cost in data["costs"]]
    lines = _rewrite(application.budget_lines, application, costs + list(data["incomes"]))
    application.amount = data["amount"]
    known = [line.amount for line in lines[: len(costs)] if line.amount]
    application.total_cost = sum(known) if known else None
    application.clean_fields(exclude=_all_but(application, ("amount", "total_cost")))


def _read_declarations(application) -> dict:
    aid = [_values(row, AID) for row in application.declared_aid.all()]
    return {"certified": [], "undertaking": "", **application.declarations, "aid": aid}


def _write_declarations(application, data) -> None:
    application.declarations = {
        "certified": sorted(data["certified"]), "undertaking": data["undertaking"],
    }  # fmt: skip
    _rewrite(application.declared_aid, application, data["aid"])


def _read_answers(application) -> dict:
    return application.answers


def _write_answers(application, data) -> None:
    """An answer to a question that is not asked now is kept."""
    application.answers = {**application.answers, **plain(data)}


PARTS = {
    "project": Part(_("The project"), _read_project, _write_project),
    "partners": Part(_("Partners abroad"), _read_partners, _write_partners),
    "activities": Part(_("Activities"), _read_activities, _write_activities),
    "perspectives": Part(_("Perspectives"), _read_perspectives, _write_perspectives),
    "budget": Part(_("Budget"), _read_budget, _write_budget),
    "answers": Part(_("The call's questions"), _read_answers, _write_answers),
    "declarations": Part(_("Declarations"), _read_declarations, _write_declarations),
}
