"""From partners to what the map draws."""

from collections.abc import Iterable

from partners.models import Partner
from portal.site.worldmap import Place


def places(partners: Iterable[Partner]) -> list[Place]:
    """The partners whose coordinates are known. Tags must be prefetched."""
    return [
        Place(
            name=str(partner),
            url=partner.get_absolute_url(),
            country=partner.country_name,
            lat=float(partner.lat),
            lon=float(partner.lon),
            perspectives=tuple(tag.perspective.order for tag in partner.tags.all()),
        )
        for partner in partners
        if partner.lat is not None and partner.lon is not None
    ]
