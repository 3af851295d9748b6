"""Which fields of an application an officer can open for completion, and what then may change."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grants.answers import shown
from grants.parts import PARTS
from portal.core.workflow import WrongState

#: Parts that open field by field; the others open as a whole.
BY_FIELD = ("project", "answers")
FILES = "files"


def choices(application) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be asked for, in groups: (group, [(name, label)])."""
    project = [
        ("title", _("Name of the project")),
        ("summary", _("Description")),
        ("starts_on", _("First day")),
        ("ends_on", _("Last day")),
    ]
    whole = [(step, str(part.title)) for step, part in PARTS.items() if step not in BY_FIELD]
    asked = shown(application.written_questions, application.answers)
    files = [(wanted.name, wanted.title) for wanted in application.wanted_files]
    groups = [
        (_("The project"), project),
        (_("Whole parts"), whole),
        (_("The call's questions"), [(one.field_name, str(one)) for one in asked]),
        (_("Attachments"), [*files, (FILES, pgettext("attachments", "Other files"))]),
    ]
    return [(name, group) for name, group in groups if group]


def labels(application, names) -> list[str]:
    known = {name: label for _group, pairs in choices(application) for name, label in pairs}
    return [known[name] for name in names if name in known]


def may_open(application, names) -> bool:
    known = {name for _group, pairs in choices(application) for name, _label in pairs}
    return set(names) <= known


def step_is_open(step: str, names) -> bool:
    """Whether any field of a step is among those that were opened."""
    if step == "answers":
        return any(name.startswith("q_") for name in names)
    if step == "attachments":
        return any(name == FILES or name.startswith("file-") for name in names)
    if step == "project":
        return any(name in ("title", "summary", "starts_on", "ends_on") for name in names)
    return step in names


def allowed(names, step: str, stored, data):
    """Of what is to be written to a part, that which was asked for; the rest as it stands."""
    if step == "answers":
        return {key: value for key, value in data.items() if f"q_{key}" in names}
    if step == "project":
        return {name: data[name] if name in names else stored[name] for name in stored}
    if step not in names:
        raise WrongState(_("Only what was asked for can be changed."))
    return data
