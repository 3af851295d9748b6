"""A decision in the words of the minutes, to be read over by the secretary.

The minutes are written in the language of the house, whoever keeps them.
"""

from django.conf import settings
from django.template.defaultfilters import truncatechars
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.committee.workflow import Outcome
from portal.core.money import format_money
from portal.core.region import committee_name

# A packet's decision lists many matters, and must be read.
LONGEST_MATTER = 90


def short(matter: str) -> str:
    return truncatechars(matter, LONGEST_MATTER)


def decision_text(item, outcomes) -> str:
    """`outcomes` are (proposal, outcome, amount) of each proposal of the item."""
    with override(settings.LANGUAGE_CODE):
        # In its minutes the committee calls itself by its name alone, without the region's.
        who = {"committee": committee_name().partition(",")[0]}
        if item.kind == item.Kind.REPORT:
            return _("%(committee)s notes the decisions that have been reported.") % who
        said = [_clause(*one) for one in outcomes]
        if not said:
            return _("%(committee)s decides") % who + " "
        if len(said) == 1:
            return _("%(committee)s decides %(what)s.") % {**who, "what": said[0]}
        lines = [f"{number}. {clause}" for number, clause in enumerate(said, 1)]
        return "\n".join([_("%(committee)s decides") % who, *lines])


def _clause(proposal, outcome, amount) -> str:
    case = proposal.case
    told = {
        "matter": short(case.title),
        "number": case.number,
        "amount": format_money(amount),
    }
    return _clauses()[outcome] % told


def _clauses() -> dict:
    return {
        Outcome.GRANTED: _("to grant %(amount)s for “%(matter)s” (%(number)s)"),
        Outcome.APPROVED: _("to approve “%(matter)s” (%(number)s)"),
        Outcome.REJECTED: _("to reject “%(matter)s” (%(number)s)"),
        Outcome.DISMISSED: _("to dismiss “%(matter)s” (%(number)s) without examination"),
    }
