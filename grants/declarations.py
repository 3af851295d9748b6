"""What an applicant certifies: the standing rules of the scheme, in the first person."""

from django.utils.translation import gettext as _


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
