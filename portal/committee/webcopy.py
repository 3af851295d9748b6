"""The copy of the minutes that may stand on the web: what is not public goes by its number there,
in every text, whoever wrote it.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.cases.models import Case
from portal.committee.minutes import LANGUAGE, NOTHING, Part, Section, Told, tell
from portal.committee.models.agenda import AgendaItem
from portal.committee.models.decisions import Proposal
from portal.committee.models.meetings import Meeting
from portal.committee.wording import short


@override(LANGUAGE)
def public_copy_of(meeting: Meeting, *, only: Collection[AgendaItem] | None = None) -> Told:
    """What may stand on the web: refused applications by their registration number."""
    note = _(
        "A copy for the web: what applications that were not granted are about is not shown here. "
        "The minutes themselves can be read at the committee."
    )
    told = tell(meeting, only, lambda decision: decision.public_matter or NOTHING, (), note)
    withheld = _withheld(meeting)
    sections = [_without(section, withheld.get(section.item, [])) for section in told.sections]
    return replace(told, sections=sections)


def _withheld(meeting: Meeting) -> dict[int | None, list[Case]]:
    """Under each item, the cases whose matter is not told in public."""
    found: dict[int | None, list[Case]] = {}
    proposals = Proposal.objects.filter(item__meeting=meeting)
    for proposal in proposals.select_related("case", "decision"):
        if proposal.public_matter is None:
            found.setdefault(proposal.item_id, []).append(proposal.case)
    return found


def _without(section: Section, cases: list[Case]) -> Section:
    return replace(
        section,
        title=_numbered(section.title, cases),
        parts=[replace(part, texts=_all_numbered(part, cases)) for part in section.parts],
    )


def _all_numbered(part: Part, cases: list[Case]) -> list[str]:
    return [_numbered(text, cases) for text in part.texts]


def _numbered(text: str, cases: Iterable[Case]) -> str:
    """With the number where the matter stands; once, where the number follows it."""
    for case in cases:
        number = str(case.number)
        for matter in (case.title, short(case.title)):
            named = rf"[”“\"]?(?<!\w){re.escape(matter)}(?!\w)[”“\"]?"
            text = re.sub(rf"{named}(\s*\({re.escape(number)}\))?", number, text)
    return text
