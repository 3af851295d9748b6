import pytest

from tests.api.conftest import keys, make_partner

SITE = "https://portal.example.org"


@pytest.fixture
def five_partners(db):
    for name in ["Zagreb", "Åbo", "Älta", "Östersund", "Ale"]:
        make_partner(name.lower().translate(str.maketrans("åäö", "aao")), name_sv=name)


def test_next_and_previous_lead_through_the_whole_list(five_partners, read):
    pages, address = [], "partners/?page_size=2"
    while address:
        page = read(address)
        pages.append(keys(page))
        address = page["next"] and page["next"].removeprefix(f"{SITE}/api/v1/")
    assert pages == [["ale", "zagreb"], ["abo", "alta"], ["ostersund"]]

    back = []
    while page:
        back.insert(0, keys(page))
        address = page["previous"] and page["previous"].removeprefix(f"{SITE}/api/v1/")
        page = address and read(address)
    assert back == pages


def test_the_links_keep_the_filters_and_do_not_trust_the_host(five_partners, client):
    answer = client.get(
        "/api/v1/partners/?country=LT&page_size=1", headers={"host": "evil.example"}
    ).json()
    assert answer["next"].startswith(f"{SITE}/api/v1/partners/?")
    assert answer["results"][0]["url"] == f"{SITE}/api/v1/partners/ale/"
    following = client.get(answer["next"]).json()
    assert (keys(following), "country=LT" in following["next"]) == (["zagreb"], True)


def test_a_cursor_of_another_ordering_is_refused(five_partners, read, refused):
    cursor = read("partners/?page_size=1")["next"].split("cursor=")[1].split("&")[0]
    assert refused(f"partners/?ordering=-name&cursor={cursor}") == (400, ["cursor"])
    assert refused(f"partners/?ordering=updated&cursor={cursor}") == (400, ["cursor"])


def test_a_list_that_fits_has_no_neighbours(five_partners, read):
    whole = read("partners/?page_size=5")
    assert (whole["next"], whole["previous"], len(whole["results"])) == (None, None, 5)
