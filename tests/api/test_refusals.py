"""What cannot be answered is refused by name, and nothing is guessed."""

from io import BytesIO

import pytest
from rest_framework.exceptions import ParseError

from portal.core.parsers import MOST_DEPTH, ShallowJSONParser
from tests.api.conftest import OPEN_LISTS

LISTS = [*(f"{name}/" for name in OPEN_LISTS), "partners.geojson"]
LONG = "a" * 3000


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("colour=red", ["colour"]),
        ("colour=", ["colour"]),
        ("format=json", ["format"]),
        ("perspective=nope", ["perspective"]),
        ("perspective=invanare&perspective=nope", ["perspective"]),
        ("perspective=%F0%9F%98%80", ["perspective"]),
        ("goal=nope", ["goal"]),
        (f"line={LONG}", ["line"]),
        ("goal=utbyte&goal=utbyte", ["goal"]),
        (f"q={LONG}", ["q"]),
        ("q=a%00b", ["q"]),
        ("a%00b=1", ["a\x00b"]),
        ("q=%ED%A0%80", ["q"]),
        ("ordering=secret", ["ordering"]),
        ("ordering=--updated", ["ordering"]),
        ("updated_since=yesterday", ["updated_since"]),
        ("updated_since=2026-02-30", ["updated_since"]),
        ("updated_since=0001-01-01T00:00:00%2B14:00", ["updated_since"]),
        ("updated_since=9999-12-31T23:59:59-14:00", ["updated_since"]),
        ("updated_since=２０２６-01-01T00:00:00Z", ["updated_since"]),
        ("colour=red&goal=nope", ["goal", "colour"]),
    ],
)
def test_every_list_refuses_alike(refused, perspectives, goal, query, named):
    answers = {address: refused(f"{address}?{query}") for address in LISTS}
    assert answers == dict.fromkeys(LISTS, (400, named))


@pytest.mark.parametrize(
    "query",
    [
        "page_size=0", "page_size=201", "page_size=-1", "page_size=1e2", "page_size=%2B5",
        "page_size=１００", "page_size=007", "page_size=", "page_size=99999999999999999999",
        "page_size=10&page_size=20",
    ],
)  # fmt: skip
def test_page_sizes(refused, perspectives, query):
    answers = {name: refused(f"{name}/?{query}") for name in OPEN_LISTS}
    assert answers == dict.fromkeys(OPEN_LISTS, (400, ["page_size"]))


@pytest.mark.parametrize("cursor", ["x", "WzBd", "é", LONG, "bnVsbA", "W10"])
def test_cursors(refused, perspectives, cursor):
    answers = {name: refused(f"{name}/?cursor={cursor}") for name in OPEN_LISTS}
    assert answers == dict.fromkeys(OPEN_LISTS, (400, ["cursor"]))


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("partners/?country=se", "country"), ("partners/?country=EU", "country"),
        ("partners/?country=ZZ", "country"), ("partners/?country=SE&country=LT", "country"),
        ("partners/?eu=yes", "eu"), ("partners/?eu=True", "eu"), ("partners/?year=2026", "year"),
        ("agreements/?year=26", "year"), ("agreements/?year=２０２６", "year"),
        ("agreements/?eu=1", "eu"), ("agreements/?open=true", "open"),
        ("calls/?open=maybe", "open"), ("calls/?country=SE", "country"),
        ("grants/?year=0000", "year"), ("grants/?year=2026-01", "year"),
        ("grants/?year=99999", "year"), ("grants/?engagement=active", "engagement"),
        ("networks/?engagement=loose", "engagement"), ("networks/?eu=true", "eu"),
        ("decisions/?country=%00", "country"), ("decisions/?eu=false&eu=false", "eu"),
        ("perspectives/?year=2026", "year"), ("positions/?state=won", "state"),
        ("positions/?level=village", "level"), ("positions/?network=nobody", "network"),
        ("positions/?view=table", "view"), ("positions/?state=idea&state=pursued", "state"),
    ],
)  # fmt: skip
def test_filters_of_their_own(refused, db, address, named):
    assert refused(address) == (400, [named])


@pytest.mark.parametrize("address", ["perspectives/kunskap/", "", "schema/"])
def test_addresses_without_parameters(refused, perspectives, address):
    assert refused(f"{address}?q=1") == (400, ["q"])


def test_too_many_parameters(client, db):
    query = "&".join(f"a{number}=1" for number in range(2000))
    assert client.get(f"/api/v1/partners/?{query}").status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "nonsense/", "nonsense", "partners/nobody/", "grants/0/", "grants/abc/",
        "grants/999999999999999999/", "grants/99999999999999999999999/", "decisions/-1/",
        "partners.geojson/", "partners/a/b/", "calls/.../",
    ],
)  # fmt: skip
def test_unknown_addresses(refused, db, address):
    assert refused(address) == (404, [])


def test_a_lost_slash_is_put_back(client, db):
    answer = client.get("/api/v1/partners?country=SE")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/partners/?country=SE")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize(
    ("address", "status"),
    [("partners/", 405), ("partners/vilnius/", 405), ("schema/", 405), ("nonsense/", 404)],
)
def test_nothing_can_be_written(client, db, method, address, status):
    answer = getattr(client, method)(f"/api/v1/{address}")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_a_format_that_is_not_spoken(refused, db):
    assert refused("partners/", accept="text/csv") == (406, [])


def test_problems_speak_the_readers_language(client, db):
    def detail(language):
        headers = {"accept-language": language} if language else {}
        return client.get("/api/v1/grants/?year=x", headers=headers).json()["detail"]

    assert detail("en-GB,sv;q=0.5") == "year: Write the year with four digits."
    assert detail("sv") == detail(None) == detail("de") == "year: Skriv året med fyra siffror."


def test_the_whole_of_a_problem(client, db):
    answer = client.get("/api/v1/grants/?year=x", headers={"accept-language": "en"})
    assert answer.json() == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "year: Write the year with four digits.",
        "errors": [{"name": "year", "reason": "Write the year with four digits."}],
    }


@pytest.mark.parametrize(
    "body", ["[" * 2000, "[" * 100_000 + "]" * 100_000, '{"a":' * 2000, "[" * 21 + "]" * 21]
)
@pytest.mark.parametrize("address", ["applications/", "cases/"])
def test_deep_json_is_refused(sign_in, applicant, body, address):
    client = sign_in(applicant)
    client.handler.enforce_csrf_checks = True
    client.cookies["csrftoken"] = "a" * 32  # so that the body is looked through for its twin
    answer = client.post(f"/api/v1/{address}", body, "application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_json_as_deep_as_anybody_needs_is_read(db):
    def depth(brackets):
        return ShallowJSONParser().parse(BytesIO(brackets))

    assert depth(b'{"a": [{"b": 1}]}') == {"a": [{"b": 1}]}
    assert depth(b"[" * MOST_DEPTH + b"]" * MOST_DEPTH)
    with pytest.raises(ParseError):
        depth(b"[" * (MOST_DEPTH + 1) + b"]" * (MOST_DEPTH + 1))
