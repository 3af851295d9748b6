"""From partners to what the map draws: rows and no models, as there may be thousands."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import FloatField, QuerySet
from django.db.models.functions import Cast

from partners.models import PartnerPerspective
from partners.querysets import PartnerQuerySet
from portal.core.addresses import addresses
from portal.core.countries import country_name
from portal.core.querysets import in_readers_language
from portal.site.worldmap import Place


class Listed(NamedTuple):
    """A partner as far as the map and a list of names tell of it."""

    pk: int
    name: str
    url: str
    country: str
    lat: float | None
    lon: float | None


def listed(partners: PartnerQuerySet) -> list[Listed]:
    """All of the partners in their own order, in one query."""
    name = in_readers_language("name", "slug")
    columns = ("pk", "slug", name, "country", _degrees("lat"), _degrees("lon"))
    # Not rewritten: a translated model's queryset would look at each row for its language.
    rows = list(partners.rewrite(False).values_list(*columns))  # type: ignore[attr-defined]
    countries = {code: country_name(code) for code in {row[3] for row in rows}}
    address = addresses("partner")
    return [
        Listed(pk, name, address(slug), countries[code], lat, lon)
        for pk, slug, name, code, lat, lon in rows
    ]


def places(partners: Iterable[Listed]) -> list[Place]:
    """The partners whose coordinates are known, with the perspectives that they serve."""
    perspectives = _perspectives()
    return [
        Place(one.name, one.url, one.country, one.lat, one.lon, tuple(perspectives[one.pk]))
        for one in partners
        if one.lat is not None and one.lon is not None
    ]


def _degrees(column: str) -> Cast:
    return Cast(column, FloatField())


def _perspectives() -> dict[int, list[int]]:
    """The perspectives' order by the key of the partner. Of all partners: to ask for those of a
    selection would be to make the selection twice."""
    served = defaultdict(list)
    tags = QuerySet(PartnerPerspective).order_by("perspective__order")
    for pk, order in tags.values_list("item", "perspective__order"):
        served[pk].append(order)
    return served
