"""An invented renewal of an agreement that has expired: a draft of its own, marked so.

The agreement of the reference data is not touched: in public it stays expired.
"""

from datetime import date

from agreements.models import Agreement, AgreementVersion
from portal.cases.models import Case

SLUG = "creative-links-forlangning-pahittad"
RENEWED = "creative-links"


def make_renewal(day: date) -> bool:
    """Returns whether it was made now."""
    expired = Agreement.objects.filter(slug=RENEWED).first()
    if expired is None or Agreement.objects.filter(slug=SLUG).exists():
        return False
    title = "Creative Links – förlängning (påhittat exempel)"
    mandate = {name: getattr(expired, name) for name in ("mandate_sv", "mandate_en")}
    renewal = Agreement.objects.create(
        slug=SLUG,
        case=Case.objects.create(kind=Case.Kind.AGREEMENT, title=title),
        kind=expired.kind,
        title_sv=title,
        title_en="Creative Links – renewal (invented example)",
        about_sv="Påhittat utkast till en förlängning av det avtal som löpte ut 2021.",
        about_en="An invented draft of a renewal of the agreement that expired in 2021.",
        line=expired.line,
        invented=True,
        **mandate,
    )
    renewal.goals.set(expired.goals.all())
    for tag in expired.tags.all():
        how = {name: getattr(tag, name) for name in ("how_sv", "how_en")}
        renewal.tags.create(perspective=tag.perspective, **how)
    for party in expired.parties.all():
        renewal.parties.create(partner=party.partner, language=party.language)
    renewal.versions.create(
        kind=AgreementVersion.Kind.RENEWAL,
        valid_until=date(day.year + 3, 12, 31),
        note_sv="Påhittad förlängning; har aldrig undertecknats.",
        note_en="An invented renewal; it has never been signed.",
    )
    return True
