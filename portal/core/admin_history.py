"""The history of an object and of the rows on its page: who changed what, when, from and to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from modeltranslation.translator import NotRegistered, translator

from portal.core.admin_pages import PortalModelAdmin
from portal.core.workflow import Workflow

LATEST = 200


@dataclass(frozen=True)
class Change:
    field: str
    old: str
    new: str


class HistoryAdmin(PortalModelAdmin):
    """Shows the history that is kept with every save. Nothing is put back from it: states change
    through verbs only, and a text is changed by a person who sees it.
    """

    history_template = "admin/history.html"

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": str(obj),
            "opts": self.opts,
            "object": obj,
            "entries": self.entries_for(request, obj),
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.history_template, context)

    def entries_for(self, request, obj) -> list:
        """As far as this person may read them."""
        return self.entries(obj)

    def entries(self, obj) -> list:
        """The history rows, latest first; each gets what it changed in `changes`."""
        entries = list(_records(obj.history.all()))
        for inline in self.inlines:
            link = _link_to(inline.model, type(obj))
            if link and hasattr(inline.model, "history"):
                entries += _records(inline.model.history.filter(**{link: obj.pk}))
        entries.sort(key=lambda entry: (entry.history_date, entry.history_id), reverse=True)
        for entry, older in _with_older(entries):
            entry.changes = list(compare(older, entry)) if older else []
            entry.what = capfirst(entry.instance_type._meta.verbose_name)
            entry.reason = self._reason(entry)
        return entries

    def _reason(self, entry) -> str:
        """The verb's label, where a verb made the change."""
        workflow = getattr(entry.instance_type, "workflow", Workflow())
        code = entry.history_change_reason or ""
        return str(workflow[code].label) if code in workflow else code


def _link_to(model, parent) -> str | None:
    for field in model._meta.fields:
        if field.remote_field and field.remote_field.model is parent:
            return field.attname
    return None


def _records(history):
    history = history._select_related_history_tracked_objs().select_related("history_user")
    for field in history.model._history_m2m_fields:
        rows = _rows_name(history.model, field)
        history = history.prefetch_related(f"{rows}__{field.m2m_reverse_field_name()}")
    return history[:LATEST]


def _rows_name(history_model, field) -> str:
    """The relation from a history row to what a many-to-many field held then."""
    row_model = getattr(history_model, field.name).model
    return row_model._meta.get_field("history").remote_field.get_accessor_name()


def _with_older(entries) -> Iterator[tuple]:
    """Each entry with the one before it in time of the same object."""
    newer_by_object = {}
    for entry in entries:
        key = (entry.instance_type, entry.id)
        if key in newer_by_object:
            yield newer_by_object[key], entry
        newer_by_object[key] = entry
    for entry in newer_by_object.values():
        yield entry, None


def compare(older, newer) -> Iterator[Change]:
    for field in _told_fields(newer):
        if getattr(older, field.attname) != getattr(newer, field.attname):
            yield from _change(field, _text(older, field), _text(newer, field))
    for field in newer._history_m2m_fields:
        yield from _change(field, _names(older, field), _names(newer, field))


def _change(field, old: str, new: str) -> Iterator[Change]:
    """Nothing, where an empty text has become no text."""
    if old != new:
        yield Change(capfirst(field.verbose_name), old, new)


def _told_fields(record) -> list[models.Field]:
    """The tracked fields without the translated originals, which only repeat a language."""
    try:
        originals = set(translator.get_options_for_model(record.instance_type).all_fields)
    except NotRegistered:
        originals = set()
    return [field for field in record.tracked_fields if field.name not in originals]


def _text(record, field) -> str:
    if field.choices:
        return str(getattr(record, f"get_{field.name}_display")())
    value = getattr(record, field.name)
    if isinstance(value, datetime):
        return date_format(localtime(value), "DATETIME_FORMAT")
    return "" if value is None else str(value)


def _names(record, field) -> str:
    rows = getattr(record, _rows_name(type(record), field)).all()
    return ", ".join(sorted(str(getattr(row, field.m2m_reverse_field_name())) for row in rows))
