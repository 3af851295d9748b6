"""municipalities.json and eu_membership.json."""

from portal.core.models import EuMembership, Municipality
from portal.site.reference.checks import (
    Fields,
    Optional,
    country,
    day,
    matching,
    rows,
    text,
)
from portal.site.reference.files import File, FileType, Row

_MUNICIPALITY: Fields = {"code": matching(r"\d{4}", "a code of four digits"), "name": text(60)}
_MEMBERSHIP: Fields = {"country": country, "from": day, "to": Optional(day)}


def _store_municipality(row: Row) -> None:
    row.put(Municipality, {"code": row["code"]}, row.given("name"))


def _store_membership(row: Row) -> None:
    row.in_order("from", "to")
    row.put(EuMembership, {"country": row["country"], "start": row["from"]}, {"end": row["to"]})


def _store_municipalities(file: File) -> None:
    file.each("municipalities", _MUNICIPALITY, _store_municipality, key=("code",))


def _store_memberships(file: File) -> None:
    file.each("memberships", _MEMBERSHIP, _store_membership, key=("country", "from"))


MUNICIPALITIES = FileType("municipalities.json", {"municipalities": rows}, _store_municipalities)
EU_MEMBERSHIP = FileType("eu_membership.json", {"memberships": rows}, _store_memberships)
