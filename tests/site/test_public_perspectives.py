"""A perspective's page gathers what serves it from every app, with how."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from portal.site.gathering import MOST


@pytest.fixture
def everything(partner, agreement, call, scheme, awarded, network, position, perspectives):
    """One item of each kind, all serving the first perspective."""
    scheme.tags.create(perspective=perspectives[0], how_sv="Stödet lär", how_en="Support teaches")
    network.tags.create(perspective=perspectives[0], how_sv="Nätverket når", how_en="Reaches out")
    position.tags.create(perspective=perspectives[0], how_sv="Fler reser", how_en="More travel")
    return [partner, agreement, call, awarded, network, position]


def test_every_kind_is_gathered_with_how_it_serves(client, everything, perspectives):
    with translation.override("en"):
        html = client.get(perspectives[0].get_absolute_url()).content.decode()
        addresses = [item.get_absolute_url() for item in everything]
    found = re.findall(r'<h3><a href="([^"]+)">', html)
    assert found == addresses
    rows = re.findall(r'<li class="row">(.*?)</li>', html, re.DOTALL)
    hows = ["Encounters", "Encounters", "Support teaches", "Skolor möter", "Reaches out"]
    hows += ["More travel"]
    assert [how in row for how, row in zip(hows, rows, strict=True)] == [True] * 6


def test_what_serves_another_perspective_is_not_there(client, everything, perspectives):
    html = client.get(perspectives[2].get_absolute_url()).content.decode()
    assert re.findall(r'<h3><a href="([^"]+)">', html) == []


def test_drafts_are_not_gathered(client, everything, partner, perspectives):
    type(partner).objects.filter(pk=partner.pk).update(publication="draft")
    html = client.get(perspectives[0].get_absolute_url()).content.decode()
    assert f'<h3><a href="{partner.get_absolute_url()}">' not in html


def test_a_long_list_is_cut_and_leads_to_the_whole(client, perspectives, partner):
    for n in range(MOST):
        other = type(partner).objects.create(
            slug=f"p{n}", name_sv=f"P{n}", name_en=f"P{n}", country="LT", publication="published"
        )
        other.tags.create(perspective=perspectives[0])
    html = client.get(perspectives[0].get_absolute_url()).content.decode()
    assert len(re.findall(r"<h3><a ", html)) == MOST
    assert f'href="{reverse("partners")}?perspective=invanare"' in html


def test_an_unknown_perspective_is_not_found(client, db):
    assert client.get(reverse("perspective", args=["nonsense"])).status_code == 404


def test_the_strategy_page_has_goals_lines_and_perspectives(client, goal, line, perspectives):
    html = client.get(reverse("strategy")).content.decode()
    for item in (goal, line, *perspectives):
        assert item.name in html
