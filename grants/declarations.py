"""What an applicant certifies: the standing rules of the scheme, in the first person."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.core.dates import years_before

#: Years that de minimis aid is counted over, rolling: regulation (EU) 2023/2831, article 3.
ROLLING_YEARS = 3


def certificates_of(scheme) -> dict[str, tuple[str, str]]:
    """By name: the sentence to be certified, and what is told of one who does not."""
    found = {}
    if scheme.requires_residence:
        found["residence"] = (
            _("The applicant lives and works in the region's cultural life."),
            _("The support is for those who live and are active in the region."),
        )
    if scheme.requires_non_profit:
        found["non_profit"] = (
            _("The applicant works without profit motive."),
            _("The support is for those who work without profit motive."),
        )
    if scheme.only_own_costs:
        found["own_costs"] = (
            _("The budget holds the applicant's own costs only."),
            _("The support covers the applicant's own costs, not the partner's."),
        )
    found["truth"] = (
        _("What stands in the application is true, and I may apply for the applicant."),
        _("Certify that what you have written is true."),
    )
    return found


def counted_aid(rows: list[dict], on: date) -> Decimal:
    """Euro of the listed de minimis aid that counts on a day; a row without its day counts too."""
    first = years_before(on, ROLLING_YEARS).isoformat()
    counts = [row for row in rows if not row["granted_on"] or row["granted_on"] > first]
    return sum((Decimal(row["euro"] or 0) for row in counts), Decimal(0))
