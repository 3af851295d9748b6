"""An application's content told in words: on its pages, in its PDF, and version beside version.

What is told is plain data (`grants.parts`), so that what was handed in is read as it was, in the
reader's language. Content may hold some parts only; those are told.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain

from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grants.answers import as_text, shown
from grants.balance import balance_of
from grants.confirmations import standings_of_asked
from grants.declarations import certificates_of
from grants.models.rows import BudgetLine
from grants.parts import PARTS
from partners.models import Partner
from portal.core.countries import country_name
from portal.core.dates import Precision, partial_date
from portal.core.models import Perspective
from portal.core.money import format_money, format_number


@dataclass(frozen=True)
class Fact:
    """`key` names the same thing in every version; `perspective` is its order, for the mark."""

    key: str
    label: str
    text: str
    perspective: int = 0


@dataclass(frozen=True)
class Told:
    step: str
    title: str
    facts: list[Fact]


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Known:
    """What contents refer to, read once for all that are to be told."""

    partners: dict[int, Partner]
    perspectives: list[Perspective]

    @classmethod
    def of(cls, *contents: dict, there: Partner | None = None) -> "Known":
        """`there` is a partner that has been read already: most often there is no other."""
        rows = chain.from_iterable(content.get("partners", ()) for content in contents)
        partners = {there.pk: there} if there else {}
        others = {row["partner"] for row in rows if row["partner"]} - partners.keys()
        partners |= Partner.objects.in_bulk(others) if others else {}
        claims = any("perspectives" in content for content in contents)
        return cls(partners, list(Perspective.objects.all()) if claims else [])


def told(application, content: dict, form=None, known: Known | None = None) -> list[Told]:
    """The parts of the content in order, the call's questions section by section.

    `form` is the version of the questions that was answered; the application's own, if not given.
    """
    known = known or Known.of(content, there=application.partner)
    found = []
    for step in (*PARTS, "attachments"):
        if step not in content:
            continue
        if step == "answers":
            found += _answers(form or application.form, content[step])
        else:
            title = PARTS[step].title if step in PARTS else _("Attachments")
            found.append(Told(step, str(title), list(_TELLERS[step](application, content, known))))
    return found


def confirmations(application) -> list[Told]:
    """What the partners abroad have answered about their parts, or been asked; else nothing."""
    asked = standings_of_asked(application)
    facts = [Fact(f"answer-{one.row.key}", str(one.row), one.text) for one in asked]
    return [Told("confirmations", _("Partner confirmations"), facts)] if facts else []


def differences(before: list[Told], after: list[Told]) -> list[Difference]:
    """In the order of the later one; what stands in one of them only has an empty side."""
    old, new = _by_key(before), _by_key(after)
    keys = [*new, *(key for key in old if key not in new)]
    return [
        Difference(
            (new.get(key) or old[key]).label,
            old[key].text if key in old else "",
            new[key].text if key in new else "",
        )
        for key in keys
        if key not in old or key not in new or old[key].text != new[key].text
    ]


def _by_key(parts: list[Told]) -> dict[str, Fact]:
    return {fact.key: fact for part in parts for fact in part.facts}


def _project(application, content, known) -> Iterator[Fact]:
    project = content["project"]
    yield Fact("title", _("Name of the project"), project["title"])
    yield Fact("summary", _("Description"), project["summary"])
    yield Fact("days", _("Period"), _period(project))


def _partners(application, content, known) -> Iterator[Fact]:
    rows = content["partners"]
    for number, row in enumerate(rows, 1):
        partner = known.partners.get(row["partner"])
        country = country_name(partner.country if partner else row["country"])
        name = str(partner) if partner else row["name"]
        label = _("Partner %(number)s") % {"number": number}
        key = f"partner-{row['key']}"
        yield Fact(key, label, ", ".join(one for one in (name, country) if one))
        for field, what in _of_partner():
            if row[field]:
                yield Fact(f"{key}-{field}", f"{label}: {what}", row[field])
        if row["own_funding"]:
            what = pgettext("partner", "own funding")
            yield Fact(f"{key}-funding", f"{label}: {what}", _kr(row["own_funding"]))


def _of_partner() -> list[tuple[str, str]]:
    return [
        ("role", pgettext("partner", "role")),
        ("gives", pgettext("partner", "gives")),
        ("gets", pgettext("partner", "gets")),
    ]


def _activities(application, content, known) -> Iterator[Fact]:
    for number, row in enumerate(content["activities"], 1):
        where = [row["place"], country_name(row["country"]) if row["country"] else ""]
        lines = [row["what"], _period(row), ", ".join(one for one in where if one)]
        label = _("Activity %(number)s") % {"number": number}
        yield Fact(f"activity-{number}", label, "\n".join(line for line in lines if line))


def _perspectives(application, content, known) -> Iterator[Fact]:
    claims = content["perspectives"]
    for one in (one for one in known.perspectives if one.slug in claims):
        claim = claims[one.slug]
        said = [claim["how"]]
        if claim["evidence"]:
            said.append(_("It will be seen by: %(evidence)s") % {"evidence": claim["evidence"]})
        yield Fact(one.slug, one.name, "\n".join(line for line in said if line), one.order)


def _budget(application, content, known) -> Iterator[Fact]:
    budget = content["budget"]
    kinds, bearers = dict(BudgetLine.Kind.choices), dict(BudgetLine.Bearer.choices)
    for number, line in enumerate(budget["costs"], 1):
        bearer = "" if line["bearer"] == "applicant" else f" ({bearers[line['bearer']]})"
        label = f"{kinds['cost']}: {line['text']}"
        yield Fact(f"cost-{number}", label, f"{_kr(line['amount'])}{bearer}")
    balance = balance_of(
        {"partners": [], **content}, only_own_costs=application.call.scheme.only_own_costs
    )
    yield Fact("costs", _("Total cost of the project"), format_money(balance.costs))
    share = balance.share(balance.applied)
    applied = format_money(balance.applied)
    if share is not None:
        applied += " " + _("(%(share)s %% of the costs)") % {"share": number_format(share)}
    yield Fact("amount", _("Applied for"), applied)
    for number, line in enumerate(budget["incomes"], 1):
        label = ": ".join(one for one in (str(kinds[line["kind"]]), line["text"]) if one)
        yield Fact(f"income-{number}", label, _kr(line["amount"]))
    if balance.partners:
        yield Fact("partners", _("The partners' own funding"), format_money(balance.partners))


def _declarations(application, content, known) -> Iterator[Fact]:
    declared = content["declarations"]
    for name, (sentence, _told) in certificates_of(application.call.scheme).items():
        if name in declared["certified"]:
            yield Fact(name, sentence, _("Certified"))
    undertaking = {"yes": _("Yes"), "no": _("No")}.get(declared["undertaking"], "")
    yield Fact("undertaking", _("Is the applicant an undertaking?"), undertaking)
    if "no_aid" in declared["certified"]:
        yield Fact("no_aid", _("No de minimis aid in the last three years"), _("Certified"))
    for number, aid in enumerate(declared["aid"], 1):
        euro = _("%(amount)s euro") % {"amount": format_number(Decimal(aid["euro"] or 0))}
        said = [aid["granted_by"], _day(aid["granted_on"]), euro]
        label = _("De minimis aid %(number)s") % {"number": number}
        yield Fact(f"aid-{number}", label, ", ".join(one for one in said if one))


def _attachments(application, content, known) -> Iterator[Fact]:
    for number, one in enumerate(content["attachments"], 1):
        size = filesizeformat(one["size"])
        said = f"{one['filename']}, {size}\nSHA-256 {one['sha256']}"
        yield Fact(f"file-{number}", one["title"], said)


_TELLERS = {
    "project": _project,
    "partners": _partners,
    "activities": _activities,
    "perspectives": _perspectives,
    "budget": _budget,
    "declarations": _declarations,
    "attachments": _attachments,
}


def _answers(form, answers: dict) -> list[Told]:
    """Of the questions that are asked, as the answers stand."""
    if form is None:
        return []
    asked = {question.pk for question in shown(form.all_questions(), answers)}
    return [
        Told(
            "answers",
            str(section),
            [
                Fact(question.field_name, str(question), as_text(question, answers))
                for question in questions
                if question.pk in asked and question.kind != question.Kind.FILE
            ],
        )
        for section, questions in form.asked_sections
    ]


def _kr(amount: str | None) -> str:
    return format_money(Decimal(amount)) if amount else ""


def _day(day: str | None) -> str:
    return partial_date(date.fromisoformat(day), Precision.DAY) if day else ""


def _period(row: dict) -> str:
    days: Iterable[str] = dict.fromkeys(
        _day(row[name]) for name in ("starts_on", "ends_on") if row[name]
    )
    return " – ".join(days)
