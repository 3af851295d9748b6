"""Lists ask the database as often for 500 rows as for 10."""

from tests.api.conftest import OPEN_LISTS
from tests.site.test_public_query_counts import grow, queries  # noqa: F401 (fixture)

MOST = 10
LISTS = [*(f"/api/v1/{name}/?page_size=200" for name in OPEN_LISTS), "/api/v1/partners.geojson"]
FILTERED = "perspective=kunskap&perspective=invanare&q=e&goal=utbyte"


def counts(client):
    addresses = [
        address + ("&" if "?" in address else "?") + more
        for address in LISTS
        for more in ("", FILTERED)
    ]
    return {address: queries(client, address.rstrip("?&")) for address in addresses}


def test_the_number_of_rows_does_not_matter(client, grow):  # noqa: F811
    grow(10)
    few = counts(client)
    grow(490)
    assert counts(client) == few
    assert {address: number for address, number in few.items() if number > MOST} == {}


def test_signed_in_lists_too(sign_in, officer, grow):  # noqa: F811
    client = sign_in(officer)
    lists = ["/api/v1/applications/?page_size=200", "/api/v1/cases/?page_size=200"]
    grow(10)
    few = [queries(client, address) for address in lists]
    grow(490)
    assert [queries(client, address) for address in lists] == few
    assert max(few) <= MOST
