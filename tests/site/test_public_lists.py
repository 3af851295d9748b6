"""The lists: the API's filters, clear refusals, pages without counting."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from partners.models import Partner

LISTS = ("partners", "agreements", "calls", "grants", "networks", "positions")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def cast(partner, agreement, call, awarded, network, position, eu):
    """One item in every list."""


def links(html, name):
    """The items a page's results link to, in order."""
    start = html.index('id="results"')
    return re.findall(rf'href="{re.escape(reverse(name))}([^"/?]+)/"', html[start:])


@pytest.mark.parametrize("name", LISTS)
def test_a_perspective_chooses_in_every_list_alike(client, cast, name):
    everything = links(client.get(reverse(name)).content.decode(), name)
    found = {
        slug: links(client.get(reverse(name), {"perspective": slug}).content.decode(), name)
        for slug in ("invanare", "kunskap", "utveckling", "paverkan")
    }
    tagged = {"partners": "invanare", "agreements": "invanare", "grants": "invanare",
              "calls": "kunskap"}.get(name, "paverkan")  # fmt: skip
    expected = ["cpmr"] if name == "networks" else everything
    assert found == {slug: expected if slug == tagged else [] for slug in found}


@pytest.mark.parametrize("name", LISTS)
def test_a_wrong_value_gives_400_names_the_field_and_keeps_what_was_typed(client, cast, name):
    response = client.get(reverse(name), {"perspective": "nonsense", "q": "havet"})
    html = response.content.decode()
    assert response.status_code == 400
    assert 'href="#id_perspective_0">Perspective: Select a valid choice. nonsense' in html
    assert 'value="havet"' in html
    assert links(html, name) == []


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    ("query", "said"),
    [("colour=red", "colour"), ("cursor=abc", "first page"), ("ordering=luck", "Order")],
)
def test_what_the_list_cannot_do_gives_400_and_says_so(client, cast, name, query, said):
    response = client.get(f"{reverse(name)}?{query}")
    assert response.status_code == 400
    summary = response.content.decode().partition('id="error-summary"')[2].partition("</div>")[0]
    assert said in summary


@pytest.mark.parametrize(
    ("name", "query", "field"),
    [
        ("partners", "country=XX", "Country"),
        ("partners", "eu=maybe", "In the EU"),
        ("agreements", "year=20", "Year of signing"),
        ("grants", "year=abcd", "Year of decision"),
        ("calls", "open=perhaps", "Open now"),
        ("networks", "engagement=loves", "Engagement"),
        ("positions", "state=won", "State"),
        ("positions", "level=village", "Level"),
        ("positions", "network=nobody", "Network"),
    ],
)
def test_a_lists_own_filters_refuse_what_is_outside_their_list(client, cast, name, query, field):
    response = client.get(f"{reverse(name)}?{query}")
    assert response.status_code == 400
    assert f">{field}: " in response.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_a_search_without_result_says_what_to_do(client, cast, name):
    html = client.get(reverse(name), {"q": "zzz"}).content.decode()
    assert "Nothing matches the filter" in html
    assert f'<a href="{reverse(name)}">Clear the filter</a>' in html


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_list_leads_on(client, db, name):
    html = client.get(reverse(name)).content.decode()
    assert html.count('<div class="empty">') == 1
    assert re.search(r'<div class="empty">.*?<a href="/en/[a-z-]+/">', html, re.DOTALL)


class TestPages:
    @pytest.fixture
    def many(self, db):
        Partner.objects.bulk_create(
            Partner(
                slug=f"p{n:03}", name_sv=f"P {n:03}", name_en=f"P {n:03}", country="LT",
                publication="published",
            )
            for n in range(120)
        )  # fmt: skip

    def turn(self, client, html, rel):
        found = re.search(rf'<a rel="{rel}" href="([^"]+)"', html)
        if found is None:
            return None
        return client.get(reverse("partners") + found[1].replace("&amp;", "&")).content.decode()

    def test_next_leads_through_the_whole_list_and_previous_back(self, client, many):
        pages = [client.get(reverse("partners")).content.decode()]
        while after := self.turn(client, pages[-1], "next"):
            pages.append(after)
        read = [links(html, "partners") for html in pages]
        assert [len(slugs) for slugs in read] == [50, 50, 20]
        assert [slug for slugs in read for slug in slugs] == [f"p{n:03}" for n in range(120)]
        assert links(self.turn(client, pages[2], "prev"), "partners") == read[1]
        assert self.turn(client, pages[0], "prev") is None

    def test_the_next_page_keeps_the_filter(self, client, many):
        html = client.get(reverse("partners"), {"country": "LT"}).content.decode()
        assert "country=LT" in re.search(r'<a rel="next" href="([^"]+)"', html)[1]

    def test_the_number_is_told_only_when_the_page_is_whole(self, client, many):
        assert 'class="result-count"' not in client.get(reverse("partners")).content.decode()
        few = client.get(reverse("partners"), {"q": "05"}).content.decode()
        assert "<strong>12</strong> partners" in few


def test_the_language_switch_keeps_page_and_query(client, cast):
    html = client.get(f"{reverse('partners')}?perspective=invanare&q=vil").content.decode()
    with translation.override("sv"):
        swedish = reverse("partners")
    assert f'<a href="{swedish}?perspective=invanare&amp;q=vil" lang="sv"' in html


def test_open_calls_stand_first(client, call, now):
    for slug, days in (("coming", 5), ("closed", -90)):
        type(call).objects.create(
            scheme=call.scheme, slug=slug, name_sv=slug, name_en=slug, budget_year=now.year,
            opens_at=now + (call.closes_at - now) * days, state="published",
            closes_at=now + (call.closes_at - now) * (days + 1),
        )  # fmt: skip
    html = client.get(reverse("calls")).content.decode()
    assert links(html, "calls") == [call.slug, "coming", "closed"]


def test_the_list_stands_in_the_order_of_the_reader_s_language(client, perspectives):
    for slug, sv, en in (("a", "Österrike", "Austria"), ("b", "Berlin", "Zz Berlin")):
        partner = Partner.objects.create(
            slug=slug, name_sv=sv, name_en=en, country="AT", publication="published"
        )
        partner.tags.create(perspective=perspectives[0], how_sv="-", how_en="-")
    orders = {}
    for code in ("sv", "en"):
        with translation.override(code):
            page = client.get(reverse("partners")).context["page"]
            orders[code] = [one.slug for one in page.items]
    assert orders == {"sv": ["b", "a"], "en": ["a", "b"]}
