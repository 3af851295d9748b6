"""What an application must hold before it can be submitted; a draft may lack all of it."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.answers import is_answered, shown
from grants.balance import balance_of
from grants.declarations import certificates_of, counted_aid
from grants.models.rows import BudgetLine
from grants.parts import content as content_of
from portal.core.money import format_money

#: Regulation (EU) 2023/2831, article 3(2): the most in three years, in euro.
DE_MINIMIS_CEILING = Decimal(300_000)

#: What is lacking in one part: by the name of the field in its form, the reasons.
Lacks = dict[str, list[str]]


def missing(application, content: dict | None = None) -> dict[str, Lacks]:
    """What each step of the application lacks; steps that lack nothing are not there."""
    content = content_of(application) if content is None else content
    found = {
        "project": _project(application, content["project"]),
        "partners": _partners(content["partners"]),
        "activities": _activities(content["activities"], content["project"]),
        "perspectives": _perspectives(content["perspectives"]),
        "budget": _budget(application.call.scheme, content),
        "answers": _unanswered(application),
        "declarations": _declarations(application, content["declarations"]),
        "attachments": _missing_files(application, content["attachments"]),
    }
    return {step: lacks for step, lacks in found.items() if lacks}


def check_complete(application, content: dict) -> None:
    """Raise ValidationError with every lack at once, by field."""
    application.call.scheme.check_applicant(application.applicant_kind)
    lacks = missing(application, content)
    errors = {name: told for step in lacks.values() for name, told in step.items()}
    if errors:
        raise ValidationError(errors)


def _fill_in() -> list[str]:
    return [_("Fill this in before you submit.")]


def _empty(values: dict, names, prefix: str = "") -> Lacks:
    return {f"{prefix}{name}": _fill_in() for name in names if values[name] in (None, "")}


def _project(application, project: dict) -> Lacks:
    return _empty(project, project) or _days(application, project)


def _days(application, project: dict) -> Lacks:
    """Support is not given afterwards; a cooperation that has begun may go on."""
    opened = timezone.localdate(application.call.opens_at)
    if date.fromisoformat(project["ends_on"]) >= opened:
        return {}
    reason = _("The project ends before the call opened, on %(day)s.")
    return {"ends_on": [reason % {"day": opened}]}


def _partners(partners: list) -> Lacks:
    if not partners:
        return {"partners": [_("Name at least one partner abroad.")]}
    lacks: Lacks = {}
    for index, one in enumerate(partners):
        lacks |= _empty(one, ("role", "gives", "gets"), f"partners-{index}-")
        if not one["partner"]:
            lacks |= _empty(one, ("name", "country"), f"partners-{index}-")
    return lacks


def _activities(activities: list, project: dict) -> Lacks:
    if not activities:
        return {"activities": [_("Say what is to take place: at least one activity.")]}
    lacks: Lacks = {}
    for index, one in enumerate(activities):
        prefix = f"activities-{index}-"
        lacks |= _empty(one, ("what", "starts_on", "place", "country"), prefix)
        if _outside(one, project):
            told = _("The activity lies outside the project's first and last day.")
            lacks[f"{prefix}starts_on"] = [told]
    return lacks


def _outside(activity: dict, project: dict) -> bool:
    first, last = activity["starts_on"], activity["ends_on"] or activity["starts_on"]
    begins, ends = project["starts_on"], project["ends_on"]
    return bool(first and begins and ends) and not begins <= first <= last <= ends


def _perspectives(claims: dict) -> Lacks:
    if not claims:
        return {"perspectives": [_("Choose at least one perspective.")]}
    if all(claim["how"].strip() and claim["evidence"].strip() for claim in claims.values()):
        return {}
    told = _("Say of each perspective how the project serves it, and how it will be seen.")
    return {"perspectives": [told]}


def _budget(scheme, content: dict) -> Lacks:
    budget, lacks = content["budget"], _empty(content["budget"], ("amount",))
    for name in ("costs", "incomes"):
        for index, line in enumerate(budget[name]):
            lacks |= _empty(line, ("amount",), f"{name}-{index}-")
            if name == "costs":
                lacks |= _empty(line, ("text",), f"{name}-{index}-")
    if not budget["costs"]:
        lacks["costs"] = [_("Write what the project costs: at least one cost.")]
    return lacks or _rules_of_money(scheme, content)


def _rules_of_money(scheme, content: dict) -> Lacks:
    balance = balance_of(content, only_own_costs=scheme.only_own_costs)
    lacks: Lacks = {}
    try:
        scheme.check_amount(balance.applied, balance.costs)
    except ValidationError as error:
        lacks |= error.message_dict
    if balance.lacking > 0:
        told = _("Costs and funding must be equal: %(amount)s of the costs is not paid by anybody.")
        lacks["incomes"] = [told % {"amount": format_money(balance.lacking)}]
    elif balance.lacking < 0:
        told = _("Costs and funding must be equal: there is %(amount)s more money than costs.")
        lacks["incomes"] = [told % {"amount": format_money(-balance.lacking)}]
    return lacks | (_costs_of_others(content["budget"]["costs"]) if scheme.only_own_costs else {})


def _costs_of_others(costs: list) -> Lacks:
    told = _("The support covers the applicant's own costs only: take away what the partner pays.")
    return {
        f"costs-{index}-bearer": [told]
        for index, cost in enumerate(costs)
        if cost["bearer"] != BudgetLine.Bearer.APPLICANT
    }


def _unanswered(application) -> Lacks:
    """Of the call's own questions; one that is not asked needs no answer."""
    return {
        question.field_name: _fill_in()
        for question in shown(application.questions, application.answers)
        if question.is_required
        and question.kind != "file"
        and not is_answered(question, application.answers)
    }


def _declarations(application, declared: dict) -> Lacks:
    lacks: Lacks = {
        name: [told]
        for name, (_text, told) in certificates_of(application.call.scheme).items()
        if name not in declared["certified"]
    }
    if not declared["undertaking"]:
        lacks["undertaking"] = _fill_in()
    if declared["undertaking"] != "yes":
        return lacks
    for index, aid in enumerate(declared["aid"]):
        lacks |= _empty(aid, ("granted_by", "granted_on", "euro"), f"aid-{index}-")
    certifies_none = "no_aid" in declared["certified"]
    if not declared["aid"] and not certifies_none:
        lacks["no_aid"] = [_("List the aid, or certify that there has been none.")]
    if declared["aid"] and certifies_none:
        lacks["no_aid"] = [_("You list aid and certify that there has been none: change either.")]
    if counted_aid(declared["aid"], timezone.localdate()) >= DE_MINIMIS_CEILING:
        told = _("The aid you list reaches the ceiling of 300,000 euro in three years: no more "
                 "support of this kind may be given.")  # fmt: skip
        lacks["aid"] = [told]
    return lacks


def _missing_files(application, attached: list) -> Lacks:
    there = {one["place"] for one in attached}
    return {
        wanted.name: [_("Attach: %(file)s.") % {"file": wanted.title}]
        for wanted in application.wanted_files
        if wanted.is_required and wanted.name not in there
    }
