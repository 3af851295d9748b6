"""The minutes (protokoll) of a meeting in words: one telling for page, PDF, copy and extract.

They are in the committee's own language whoever reads them. Kommunallagen (2017:725) 5:65-69 says
what they hold: who was there, the proposals made, each vote, the decisions and the reservations.
"""

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, field
from itertools import groupby

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from portal.committee.models.agenda import AgendaItem, Statement
from portal.committee.models.decisions import Decision
from portal.committee.models.meetings import Attendance, Meeting, Seat
from portal.committee.workflow import ItemState, MeetingState
from portal.core.money import format_money
from portal.core.pdf import letter
from portal.core.region import committee_name

LANGUAGE = "sv"
NOTHING = "–"


@dataclass(frozen=True)
class Table:
    heads: list[str]
    rows: list[list[str]]

    def labelled(self) -> list[list[tuple[str, str]]]:
        """The rows, each cell with its head."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Part:
    """What is said of a § under one label."""

    label: str
    texts: list[str] = field(default_factory=list)
    table: Table | None = None
    is_decision: bool = False


@dataclass(frozen=True)
class Section:
    item: int
    number: str
    title: str
    parts: list[Part]


@dataclass(frozen=True)
class Told:
    """Minutes, or an extract of them, as they are set."""

    title: str
    issuer: str
    words: dict[str, str]  # the headings of the document
    draft: str  # what is said of minutes that are not adjusted; empty where they are
    note: str
    facts: list[tuple[str, str]]
    present: Table
    sections: list[Section]
    signatures: list[tuple[str, str]]


def pdf(told: Told) -> bytes:
    """As an accessible document."""
    return letter("minutes.typ", asdict(told) | {"lang": LANGUAGE})


def _words() -> dict[str, str]:
    return {
        "present": _("Present"),
        "adjustment": _("Adjustment"),
        "draft": pgettext("minutes", "Draft"),
    }


# --- What is told, and to whom --------------------------------------------------------------------


@override(LANGUAGE)
def minutes_of(
    meeting: Meeting, *, only: Collection[AgendaItem] | None = None, barred: Collection[int] = ()
) -> Told:
    """Everything; without the matters of the cases, by key, that the reader is barred from."""
    return tell(meeting, only, lambda decision: decision.proposal.case.title, barred)


@override(LANGUAGE)
def extract_of(decision: Decision) -> Told:
    """The § of one decision at a meeting, without the other matters decided under it."""
    item: AgendaItem = decision.item  # type: ignore[assignment]

    def matter(other: Decision) -> str | None:
        return decision.proposal.case.title if other == decision else None

    return tell(item.meeting, [item], matter, ())


def tell(
    meeting: Meeting,
    only: Collection[AgendaItem] | None,
    matter: Callable[[Decision], str | None],
    barred: Collection[int],
    note: str = "",
) -> Told:
    attendance = list(meeting.attendance.select_related("user"))
    items = [one for one in _items(meeting) if only is None or one in only]
    serving = {one.pk for one in attendance if one.serves}
    sections = [
        Section(
            item=item.pk, number=f"§ {item.section}", title=item.title,
            parts=_parts(item, serving, matter, set(barred)),
        )
        for item in items
    ]  # fmt: skip
    day = _day(meeting.held_on)
    title = _("Minutes of %(day)s") if only is None else _("Extract of the minutes of %(day)s")
    return Told(
        title=title % {"day": day},
        issuer=committee_name(),
        words=_words(),
        draft="" if _is_adjusted(meeting, only) else _("Draft: the minutes are not adjusted."),
        note=note,
        facts=_facts(meeting, attendance, items),
        present=_present(meeting, attendance),
        sections=sections,
        signatures=_signatures(meeting, attendance, only),
    )


def _items(meeting: Meeting):
    """Those that have their §, with all that is said of them."""
    people = Attendance.objects.select_related("user")
    decisions = Decision.objects.select_related("proposal__case", "delegation_point")
    return meeting.items.exclude(section=None).prefetch_related(
        Prefetch("leaves__attendance", people), Prefetch("leaves__replaced_by", people),
        Prefetch("statements__attendance", people), Prefetch("votes__attendance", people),
        Prefetch("adjustments__attendance", people), Prefetch("present", people),
        Prefetch("decisions", decisions.in_order()),
        Prefetch("reported__decision", decisions), "proposals",
    )  # fmt: skip


def _is_adjusted(meeting, only) -> bool:
    """All of it, or each of the §§ in question at once."""
    if meeting.state == MeetingState.ADJUSTED:
        return True
    return only is not None and all(one.adjustments.count() == 2 for one in only)


def _day(day) -> str:
    return date_format(day, "j F Y")


# --- Before the §§ --------------------------------------------------------------------------------


def _facts(meeting, attendance, items) -> list[tuple[str, str]]:
    begins = timezone.localtime(meeting.begins_at)
    hours = date_format(begins, "H.i")
    if meeting.ended_at:
        hours += f"–{date_format(timezone.localtime(meeting.ended_at), 'H.i')}"
    day = f"{date_format(begins, 'l j F Y')}, {hours}"
    adjusters = [str(one) for one in attendance if one.adjusts]
    return [
        (_("Day and time"), capfirst(day)),
        (_("Place"), meeting.place),
        (_("Sections"), _numbers(items)),
        (_("Secretary"), str(meeting.secretary or NOTHING)),
        (_("Adjusted by"), _two(adjusters)),
    ]


def _two(names: list[str]) -> str:
    if len(names) != 2:
        return ", ".join(names) or NOTHING
    return _("%(one)s and %(other)s") % {"one": names[0], "other": names[1]}


def _numbers(items) -> str:
    numbers = sorted(item.section for item in items)
    if not numbers:
        return NOTHING
    return f"§ {numbers[0]}" if len(numbers) == 1 else f"§§ {numbers[0]}–{numbers[-1]}"


def _present(meeting, attendance) -> Table:
    """Who serves first; then the substitutes who are there without serving."""
    parties = dict(Seat.objects.in_force(meeting.held_on).values_list("user", "party"))
    by_key = {one.pk: one for one in attendance}
    rows = [
        [_with_party(one, parties), _serves_as(one, by_key)]
        for one in sorted(attendance, key=lambda one: not one.serves)
        if one.is_present
    ]
    return Table([_("Name"), _("Takes part as")], rows)


def _with_party(one, parties) -> str:
    party = parties.get(one.user_id)
    return f"{one} ({party})" if party else str(one)


def _serves_as(one, by_key) -> str:
    if one.role != Seat.Role.SUBSTITUTE:
        return one.get_role_display()
    if one.stands_in_for_id is None:
        return _("Substitute, does not serve")
    return _("Serving substitute for %(member)s") % {"member": by_key[one.stands_in_for_id]}


# --- A § ------------------------------------------------------------------------------------------


def _parts(item, serving, matter, barred: set) -> list[Part]:
    if not barred.isdisjoint(proposal.case_id for proposal in item.proposals.all()):
        return [Part(_("Conflict of interest"), [_("You do not take part in this matter.")])]
    parts = [
        Part(_("The matter"), _paragraphs(item.text)),
        Part(_("Conflict of interest"), [_left(leave) for leave in item.leaves.all()]),
        *_said(item, Statement.Kind.PROPOSAL),
        *_voted(item),
        Part(_("Reported"), table=_reported(item, matter, barred)),
        *_decided(item, matter),
        Part(_("Those who decided"), _deciders(item, serving)),
        *_said(item, Statement.Kind.RESERVATION),
        *_said(item, Statement.Kind.NOTE),
        Part(_("Adjusted at once"), _adjusted(item.adjustments.all())),
    ]
    return [part for part in parts if part.texts or part.table]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _left(leave) -> str:
    names = {"name": leave.attendance, "substitute": leave.replaced_by}
    if leave.replaced_by is None:
        return _("%(name)s does not take part and has left the room.") % names
    return _("%(name)s does not take part and has left the room; %(substitute)s serves.") % names


def _said(item, kind) -> list[Part]:
    rows = [one for one in item.statements.all() if one.kind == kind]
    said = [text for one in rows for text in _paragraphs(f"{one.attendance}: {one.text}")]
    return [Part(str(Statement.Kind(kind).label), said)]


def _voted(item) -> list[Part]:
    votes = list(item.votes.all())
    if not votes:
        return []
    rows = [[str(vote.attendance), vote.get_choice_display()] for vote in votes]
    table = Table([_("Name"), _("Vote")], rows)
    return [Part(_("Open vote"), [votes[0].question, *_result(item, votes)], table)]


def _result(item, votes) -> list[str]:
    """How many said what; where it was even, that the chair's vote decided."""
    said = sorted(vote.choice for vote in votes)
    counted = {choice: len(list(group)) for choice, group in groupby(said)}
    yes, no, away = (counted.get(choice, 0) for choice in ("yes", "no", "abstains"))
    told = _("Yes: %(yes)s. No: %(no)s. Abstain: %(away)s.")
    lines = [told % {"yes": yes, "no": no, "away": away}]
    if yes == no:
        lines.append(_("The votes are even: that of the chair decides."))
    return lines


def _decided(item, matter) -> list[Part]:
    rows = [
        [decision.proposal.case.number, told, *_outcome(decision)]
        for decision in item.decisions.all()
        if (told := matter(decision)) is not None
    ]
    heads = [_("Registration number"), capfirst(_("matter")), _("Outcome"), _("Amount")]
    label = _("Put off") if item.state == ItemState.PUT_OFF else _("Decision")
    table = Table(heads, rows) if rows else None
    return [
        Part(label, _paragraphs(item.decision_text), table, is_decision=True),
        Part(_("Conditions"), _conditions(item, matter), is_decision=True),
    ]


def _conditions(item, matter) -> list[str]:
    """Of each that was granted on any, in the order of the table."""
    return [
        text
        for decision in item.decisions.all()
        if decision.conditions and matter(decision) is not None
        for text in _paragraphs(f"{decision.proposal.case.number}: {decision.conditions}")
    ]


def _outcome(decision) -> list[str]:
    return [decision.get_outcome_display(), format_money(decision.amount) or NOTHING]


def _reported(item, matter, barred) -> Table | None:
    rows = [
        [
            one.decision.proposal.case.number, matter(one.decision) or NOTHING,
            _by_whom(one.decision), *_outcome(one.decision),
        ]
        for one in item.reported.all()
        if one.decision.proposal.case_id not in barred
    ]  # fmt: skip
    heads = [
        _("Registration number"), capfirst(_("matter")), _("Decided by"), _("Outcome"), _("Amount"),
    ]  # fmt: skip
    return Table(heads, rows) if rows else None


def _by_whom(decision) -> str:
    """On what ground, and when; the delegate's name stands in the decision itself."""
    point = decision.delegation_point
    ground = _("point %(point)s") % {"point": point.code} if point else _("the chair, urgently")
    return f"{capfirst(ground)}, {_day(decision.decided_on)}"


def _deciders(item, serving) -> list[str]:
    """Named where they are not those who serve at the whole meeting."""
    decided = list(item.present.all())
    if not decided or {one.pk for one in decided} == serving:
        return []
    return [", ".join(str(one) for one in decided)]


def _adjusted(adjustments) -> list[str]:
    return [f"{one.attendance}, {_day(timezone.localdate(one.adjusted_at))}" for one in adjustments]


# --- After them -----------------------------------------------------------------------------------


def _signatures(meeting, attendance, only) -> list[tuple[str, str]]:
    """Who adjusted, and when; what was adjusted at once says that day, the earlier one."""
    rows = meeting.adjustments.filter(Q(item=None) | Q(item__in=only or []))
    days = {one.attendance_id: timezone.localdate(one.adjusted_at) for one in reversed(rows)}
    by_then = _("Not adjusted yet, to be adjusted by %(day)s") % {"day": _day(meeting.adjust_by)}
    return [
        (
            f"{one}, {one.get_role_display().lower()}",
            _("Adjusted %(day)s") % {"day": _day(days[one.pk])} if one.pk in days else by_then,
        )
        for one in attendance
        if one.adjusts
    ]
