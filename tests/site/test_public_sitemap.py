"""What search engines read: every public page in both languages, under the site's own address."""

import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from django.utils import translation

NAMES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


def sitemap(client, **headers):
    tree = ET.fromstring(client.get("/sitemap.xml", **headers).content)  # noqa: S314 (our own)
    return {
        url.findtext("map:loc", namespaces=NAMES): {
            link.get("hreflang"): link.get("href") for link in url.findall("xhtml:link", NAMES)
        }
        for url in tree.findall("map:url", NAMES)
    }


def addresses(item):
    found = {}
    for language in ("sv", "en"):
        with translation.override(language):
            found[language] = settings.SITE_URL + item.get_absolute_url()
    return found


@pytest.fixture
def items(partner, agreement, call, awarded, network, position, perspectives):
    return [partner, agreement, call, awarded, network, position, *perspectives]


def test_every_item_stands_in_both_languages_with_its_alternates(client, items):
    found = sitemap(client)
    for item in items:
        swedish, english = addresses(item).values()
        alternates = {"sv": swedish, "en": english, "x-default": swedish}
        assert found[swedish] == alternates
        assert found[english] == alternates


def test_every_address_opens(client, items):
    for address in sitemap(client):
        assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200


def test_drafts_are_left_out(client, partner):
    type(partner).objects.filter(pk=partner.pk).update(publication="draft")
    assert addresses(partner)["sv"] not in sitemap(client)


def test_the_host_header_is_not_trusted(client, partner):
    found = sitemap(client, headers={"host": "evil.example"})
    assert {address.startswith(f"{settings.SITE_URL}/") for address in found} == {True}
    page = client.get(partner.get_absolute_url(), headers={"host": "evil.example"})
    assert "evil.example" not in page.content.decode()


def test_robots_are_shown_the_sitemap_and_kept_from_the_admin(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /documents/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
