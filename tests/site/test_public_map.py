"""The home page and the map page: three views, one list with the same facts."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override

from partners.models import Partner

PAGES = ("home", "map")


@pytest.fixture
def detroit(partner, perspectives):
    detroit = Partner.objects.create(
        slug="detroit", name_sv="Detroit", name_en="Detroit", country="US",
        lat=Decimal("42.33"), lon=Decimal("-83.05"), publication="published",
    )  # fmt: skip
    detroit.tags.create(perspective=perspectives[1])
    return detroit


def parts(html):
    drawn, _found, listed = html.partition('id="list"')
    # The way to find partners stands beside them, and is none.
    address = rf'href="{reverse("partners")}(?!hitta/)([a-z]+)/"'
    return set(re.findall(address, drawn)), set(
        re.findall(address, listed.partition("</footer>")[0])
    )


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("view", ["home", "world"])
def test_the_map_and_the_list_hold_the_same_partners(client, detroit, name, view):
    html = client.get(reverse(name), {"view": view}).content.decode()
    assert parts(html) == ({"vilnius", "detroit"}, {"vilnius", "detroit"})
    assert f'class="map map--{view}"' in html
    assert re.search(rf'value="{view}" checked', html)


@pytest.mark.parametrize("name", PAGES)
def test_europe_leaves_america_to_the_list(client, detroit, name):
    html = client.get(reverse(name), {"view": "europe"}).content.decode()
    assert parts(html) == ({"vilnius"}, {"vilnius", "detroit"})


@pytest.mark.parametrize("name", PAGES)
def test_a_perspective_chooses_in_map_and_list(client, detroit, name):
    html = client.get(reverse(name), {"perspective": "kunskap"}).content.decode()
    assert parts(html) == ({"detroit"}, {"detroit"})


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("query", ["view=mars", "perspective=nonsense", "colour=red"])
def test_a_wrong_choice_gives_400_and_an_empty_map(client, detroit, name, query):
    response = client.get(f"{reverse(name)}?{query}")
    assert response.status_code == 400
    assert parts(response.content.decode()) == (set(), set())
    assert 'id="error-summary"' in response.content.decode()


def test_a_partner_without_coordinates_stands_in_the_list(client, detroit):
    Partner.objects.filter(pk=detroit.pk).update(lat=None, lon=None)
    assert parts(client.get(reverse("home")).content.decode()) == (
        {"vilnius"},
        {"vilnius", "detroit"},
    )


@pytest.mark.parametrize("name", PAGES)
def test_drafts_and_own_bodies_are_left_out(client, detroit, name):
    Partner.objects.filter(slug="detroit").update(publication="draft")
    Partner.objects.filter(slug="vilnius").update(kind="own_body")
    assert parts(client.get(reverse(name)).content.decode()) == (set(), set())


@pytest.fixture
def three_hundred(partner):
    """With Vilnius; in Swedish order by their numbers."""
    Partner.objects.bulk_create(
        Partner(
            slug=f"r{n}", name_sv=f"Region {n}", name_en=f"Region {n}", name=f"Region {n}",
            country="LT", lat=Decimal("54"), lon=Decimal("25"), publication="published",
        )
        for n in range(100, 399)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "cards", "rows", "names"), [("home", 12, 0, 120), ("map", 0, 200, 0)]
)
def test_the_list_stops_and_leads_on_with_the_same_filter(
    client, three_hundred, name, cards, rows, names
):
    answer = client.get(reverse(name), {"q": "i", "view": "world"})
    html = answer.text.partition('id="list"')[2].partition("</section>")[0]
    assert html.count('<li class="card">') == cards
    assert html.count('<th scope="row">') == rows
    assert html.count('<li><a href="/partner/r') == names
    shown = [f"r{n}" for n in range(100, 100 + cards + rows + names)]
    assert re.findall(r'href="/partner/(r\d+)/"', html) == shown
    left = 300 - len(shown)
    assert f'<a href="{reverse("partners")}?q=i">och {left} samarbetspartner till</a>' in html
    assert " 300 " in answer.text.partition('id="map-summary">')[2].partition("</p>")[0]


@pytest.mark.parametrize("name", PAGES)
def test_a_list_that_shows_all_leads_nowhere(client, detroit, name):
    assert 'class="more"' not in client.get(reverse(name)).text


@pytest.mark.parametrize(
    ("language", "shown"), [("sv", "Region 150 norr"), ("en", "Region 150 north")]
)
def test_the_names_speak_the_reader_s_language(client, three_hundred, language, shown):
    Partner.objects.filter(slug="r150").update(
        name_sv="Region 150 norr", name_en="Region 150 north"
    )
    with override(language):
        address = reverse("home")
    names = client.get(address).text.partition('<ul class="name-list">')[2].partition("</ul>")[0]
    assert f'/r150/">{shown}</a>' in names


def test_the_home_page_shows_open_calls_latest_awards_and_money(client, call, awarded):
    html = client.get(reverse("home")).content.decode()
    assert f'href="{call.get_absolute_url()}"' in html
    assert f'href="{awarded.get_absolute_url()}"' in html
    table = html.partition('<table class="table">')[2].partition("</table>")[0]
    row = re.search(rf'<th scope="row">{awarded.decided_on.year}</th>(.*?)</tr>', table)[1]
    assert re.findall(r"<td[^>]*>(.*?)\s*kr</td>", row.replace("\u00a0", " ")) == [
        "15 000", "0", "0", "0", "15 000",
    ]  # fmt: skip


def test_a_grant_for_two_perspectives_is_shared_between_them(client, awarded, perspectives):
    awarded.tags.create(perspective=perspectives[3], how="Påverkar")
    html = client.get(reverse("home")).content.decode().replace("\u00a0", " ")
    table = html.partition('<table class="table">')[2].partition("</table>")[0]
    assert re.findall(r"<td[^>]*>(.*?)\s*kr</td>", table) == [
        "7 500", "0", "0", "7 500", "15 000",
    ]  # fmt: skip


def test_the_home_page_of_an_empty_portal_opens(client, db):
    html = client.get(reverse("home")).content.decode()
    assert 'class="chart"' not in html
    assert 'class="map map--home"' in html


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_map_leads_back_to_the_whole(client, detroit, name):
    html = client.get(reverse(name), {"perspective": "paverkan"}).content.decode()
    summary = re.search(r'<p class="lead" id="map-summary">(.*?)</p>', html, re.DOTALL)[1]
    assert summary.endswith(f'<a href="{reverse(name)}">Rensa filtret</a>')
