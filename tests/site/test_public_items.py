"""Every item's page says what is known, in both languages, and names its machine-readable twin."""

import json
import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from networks.models import Network

ITEMS = ("partner", "agreement", "call", "awarded", "network", "position")


@pytest.fixture
def cast(partner, agreement, call, awarded, network, position, perspectives, eu):
    return {
        "partner": partner,
        "agreement": agreement,
        "call": call,
        "awarded": awarded,
        "network": network,
        "position": position,
        "perspective": perspectives[0],
    }


def page(client, item, language="sv"):
    with translation.override(language):
        address = item.get_absolute_url()
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def data_of(html):
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(blocks) == 1
    return json.loads(blocks[0])


@pytest.mark.parametrize("name", [*ITEMS, "perspective"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_json_ld_names_the_item_and_its_own_address(client, cast, name, language):
    item = cast[name]
    data = data_of(page(client, item, language))
    with translation.override(language):
        assert data["url"] == settings.SITE_URL + item.get_absolute_url()
        expected = item.name if name == "network" else str(item)
    # A project's words are as they were handed in: nobody knows in which language.
    told = None if name == "awarded" else language
    assert (data["name"], data.get("inLanguage")) == (expected, told)


@pytest.mark.parametrize("name", [*ITEMS, "perspective"])
def test_the_machine_readable_twin_is_linked_and_answers(client, cast, name):
    html = page(client, cast[name])
    twins = re.findall(r'<link rel="alternate" type="application/json" href="([^"]+)"', html)
    assert len(twins) == 1
    assert client.get(twins[0]).headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("name", [*ITEMS, "perspective"])
def test_both_languages_and_the_canonical_address_stand_in_the_head(client, cast, name):
    item = cast[name]
    html = page(client, item, "en")
    found = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html))
    with translation.override("sv"):
        swedish = settings.SITE_URL + item.get_absolute_url()
    with translation.override("en"):
        english = settings.SITE_URL + item.get_absolute_url()
    assert found == {"sv": swedish, "en": english, "x-default": swedish}
    assert re.findall(r'<link rel="canonical" href="([^"]+)"', html) == [english]


def test_a_text_cannot_end_the_data_block(client, partner):
    partner.about_sv = "</script><script>alert(1)</script>"
    partner.save()
    html = page(client, partner)
    assert "<script>alert" not in html
    assert data_of(html)["description"] == partner.about_sv


@pytest.mark.parametrize("name", ["partner", "agreement", "network", "position"])
def test_a_draft_is_there_for_staff_only(client, sign_in, cast, officer, applicant, name):
    item = cast[name]
    type(item).objects.filter(pk=item.pk).update(publication="draft")
    address = item.get_absolute_url()
    assert client.get(address).status_code == 404
    assert sign_in(applicant).get(address).status_code == 404
    response = sign_in(officer).get(address)
    assert response.status_code == 200
    assert translation.gettext("This is a draft: only staff see it.") in response.content.decode()


def test_a_draft_call_is_there_for_staff_only(client, sign_in, call, officer):
    type(call).objects.filter(pk=call.pk).update(state="draft")
    assert client.get(call.get_absolute_url()).status_code == 404
    assert sign_in(officer).get(call.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("name", ["agreements", "agreement", "grants", "awarded", "home"])
def test_a_partner_that_is_a_draft_is_named_nowhere(client, cast, partner, name):
    """The control: published, the page does name it."""

    def read():
        return page(client, cast[name]) if name in cast else client.get(reverse(name)).text

    assert "Vilniusregionen" in read()
    type(partner).objects.filter(pk=partner.pk).update(publication="draft")
    assert "Vilniusregionen" not in read()


class TestAnAgreement:
    def test_dates_are_as_precise_as_they_are_known(self, client, agreement):
        html = page(client, agreement, "en")
        moments = re.findall(r'<span class="when">(.*?)</span>', html)
        assert moments == ["2014", "7 May 2018", "June 2021"]
        data = data_of(html)
        assert (data["dateCreated"], data["expires"]) == ("2014", "2021-06")

    def test_its_standing_follows_from_its_dates(self, client, agreement):
        assert '<span class="status status--done">Expired</span>' in page(client, agreement, "en")
        agreement.versions.filter(kind="renewal").update(valid_until=None)
        agreement.follow_versions()
        assert '<span class="status status--good">In force</span>' in page(client, agreement, "en")


class TestACall:
    def test_an_open_call_can_be_applied_for(self, client, call):
        html = page(client, call)
        assert f'href="{reverse("apply", args=[call.slug])}"' in html
        assert html.count("(CET)") + html.count("(CEST)") == 2

    def test_a_closed_call_cannot(self, client, call, now):
        type(call).objects.filter(pk=call.pk).update(closes_at=now)
        assert reverse("apply", args=[call.slug]) not in page(client, call)

    def test_the_schemes_rules_are_told(self, client, call, scheme):
        scheme.criteria.create(name_sv="Avsikt", name_en="Intention")
        scheme.attachments.create(name_sv="Intyg", name_en="Certificate")
        scheme.terms.create(text_sv="Synas", text_en="Be visible")
        html = page(client, call, "en")
        for text in ("At most 50 per cent", "Intention", "Certificate", "Be visible", "Individual"):
            assert text in html


class TestAnAward:
    def test_the_name_of_a_private_person_is_not_told(self, client, awarded, applicant):
        html = page(client, awarded)
        assert applicant.full_name not in html
        assert applicant.email not in html
        assert "fundedItem" not in data_of(html)

    def test_an_organisation_is_named(self, client, awarded, organisation):
        type(awarded).objects.filter(pk=awarded.pk).update(organisation=organisation)
        html = page(client, awarded)
        assert organisation.name in html
        assert data_of(html)["fundedItem"]["name"] == organisation.name

    def test_amount_and_decision_are_told(self, client, awarded):
        html = page(client, awarded, "en")
        assert "15\u00a0000\u00a0kr" in html.replace(",", "\u00a0")
        assert "§ 42" in html
        assert awarded.application.case.number in html


def test_what_is_not_known_of_a_network_is_said(client, network):
    html = page(client, network, "en")
    assert '<span class="status status--done">Not yet specified</span>' in html
    assert "Date not known" in html
    assert "Riktlinjerna" in html
    assert 'href="/en/networks/nsc/"' in html


def test_a_partners_contacts_are_never_shown(client, sign_in, partner, officer):
    partner.contacts.create(name="Jonas Petrauskas", email="jonas@example.org", phone="12345")
    for html in (page(client, partner), page(sign_in(officer), partner)):
        assert "Petrauskas" not in html
        assert "jonas@example.org" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_source_is_told_once_and_in_the_page_s_language(client, language):
    call_command("load_reference", verbosity=0)
    sources = {
        "sv": "Medlemstal och beskrivningar enligt regionens riktlinjer",
        "en": "Member figures and descriptions as given in the region",
    }
    html = page(client, Network.objects.get(acronym="NSC"), language)
    told = {code: html.count(words) for code, words in sources.items()}
    assert told == {code: int(code == language) for code in sources}


def test_a_network_s_badge_is_one_word(client, network, now):
    network.engagements.update(level="active")
    html = page(client, network)
    assert '<span class="status status--good">Aktiv</span>' in html
