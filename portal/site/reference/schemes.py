"""schemes.json: the standing rules of each form of support. Rounds and budgets are staff's."""

from agreements.models import Agreement
from grants.models import Criterion, RequiredAttachment, Scheme, Term
from grants.models.schemes import APPLICANT_KINDS
from portal.core.publishing import Publication
from portal.site.reference import strategy
from portal.site.reference.checks import (
    Fields,
    Optional,
    either,
    flag,
    known,
    list_of,
    matching,
    month_day,
    one_of,
    record,
    rows,
    slug,
    text,
    whole,
)
from portal.site.reference.files import File, FileType, Row, published_if_complete

_NAMED: Fields = {"name_sv": text(200), "name_en": text(200)}
_SCHEME: Fields = {
    "slug": slug,
    "title_sv": text(150),
    "title_en": text(150),
    "about_sv": Optional(text(5000)),
    "about_en": Optional(text(5000)),
    "applicants": list_of(one_of(*(code for code, _label in APPLICANT_KINDS))),
    "max_award_sek": Optional(whole(1, 10**9)),
    "max_share_of_cost_percent": Optional(whole(1, 100)),
    "requires_residence_in_region": Optional(flag),
    "requires_non_profit": Optional(flag),
    "only_own_costs": Optional(flag),
    "criteria": list_of(record({**_NAMED, "weight": Optional(whole(1, 100))})),
    "attachments": Optional(list_of(either(text(200), record(_NAMED))), ()),
    "terms": Optional(list_of(record({"sv": text(1000), "en": text(1000)})), ()),
    "assessed_by": Optional(text(150)),
    "assessed_by_sv": Optional(text(150)),
    "report_days_after_end": Optional(whole(1, 3650)),
    "agreements": Optional(list_of(known(Agreement)), ()),
    "perspectives": strategy.claims,
    "goals": strategy.goals,
    "line": strategy.line,
    "tags": Optional(text(40)),
    # Facts that the scheme's text tells, that a round or a yearly budget is made from, or that
    # wait for a person: which point of the delegation order it is that lets somebody decide.
    "budget_sek_per_year": Optional(whole(1, 10**9)),
    "closes": Optional(list_of(month_day), ()),
    "answer_by_month": Optional(list_of(matching("0[1-9]|1[0-2]", "a month (01-12)")), ()),
    "costs": Optional(list_of(text(40)), ()),
    "decision": one_of("delegated", "committee"),
}


def _store_scheme(row: Row) -> None:
    facts = row.given(
        "title_sv", "title_en", "about_sv", "about_en", "requires_non_profit", "only_own_costs",
        "assessed_by_sv", "report_days_after_end", "line",
        max_award="max_award_sek", max_share_percent="max_share_of_cost_percent",
        requires_residence="requires_residence_in_region", assessed_by_en="assessed_by",
    )  # fmt: skip
    scheme = row.put(
        Scheme,
        {"slug": row["slug"]},
        {**facts, "applicants": list(row["applicants"]), **row.source},
        new=lambda: {"publication": Publication.PUBLISHED},
    )
    _store_rules(row, scheme)
    row.join(scheme.goals, row["goals"])
    row.join(scheme.agreements, row["agreements"])
    row.tag(scheme, row["perspectives"])
    published_if_complete(scheme)


def _store_rules(row: Row, scheme: Scheme) -> None:
    for criterion in row["criteria"]:
        values = {name: criterion[name] for name in ("name_en", "weight") if criterion[name]}
        row.belong(Criterion, {"scheme": scheme, "name_sv": criterion["name_sv"]}, values)
    for attachment in row["attachments"]:
        _store_attachment(row, scheme, attachment)
    for term in row["terms"]:
        row.belong(Term, {"scheme": scheme, "text_sv": term["sv"]}, {"text_en": term["en"]})


def _store_attachment(row: Row, scheme: Scheme, attachment) -> None:
    """A plain text is the English name, which serves in Swedish until there is one."""
    if isinstance(attachment, str):
        key = {"scheme": scheme, "name_en": attachment}
        row.belong(RequiredAttachment, key, new=lambda: {"name_sv": attachment})
    else:
        key = {"scheme": scheme, "name_en": attachment["name_en"]}
        row.belong(RequiredAttachment, key, {"name_sv": attachment["name_sv"]})


def _store(file: File) -> None:
    file.each("schemes", _SCHEME, _store_scheme)


SCHEMES = FileType(
    "schemes.json",
    {"schemes": rows},
    _store,
    needs=("strategy.json", "partners.json"),
)
