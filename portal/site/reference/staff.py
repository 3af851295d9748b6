"""What staff have written themselves, by the history that is kept with every save.

The loader writes without a person; whatever a person wrote last is staff's, and stays.
"""

from django.db import models


def written_by_staff(item: models.Model, names) -> set[str]:
    """Of these fields, the ones that a person was the last to change."""
    writers: dict[str, bool] = {}
    previous = None
    for record in _history(type(item)).filter(id=item.pk).order_by("history_id"):
        for name in names:
            column = item._meta.get_field(name).attname  # type: ignore[union-attr]
            if previous is None or getattr(record, column) != getattr(previous, column):
                writers[name] = record.history_user_id is not None
        previous = record
    return {name for name in names if writers.get(name)}


def removed_by_staff(model: type[models.Model], key: dict) -> bool:
    """Whether a row stood under this key, and a person has removed it or called it otherwise."""
    known = _history(model).filter(**key).order_by("-history_id").values_list("id", flat=True)[:1]
    latest = _history(model).filter(id__in=list(known)).order_by("-history_id").first()
    return latest is not None and latest.history_user_id is not None


def unlinked(relation, item: models.Model) -> bool:
    """Whether a many-to-many relation held this before; the loader takes nothing away."""
    owner, name = relation.instance, relation.prefetch_cache_name
    history = _history(type(owner)).model
    if name not in {field.name for field in history._history_m2m_fields}:
        return False
    links = getattr(history, name).model
    held = {relation.target_field_name: item, "history__id": owner.pk}
    return links.objects.filter(**held).exists()


def _history(model) -> models.QuerySet:
    return model.history.all()
