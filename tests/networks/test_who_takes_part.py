"""The region's own bodies and partners in networks: on the network's page, and on their own."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from networks.models import Network
from partners.models import Partner
from portal.cases.models import Case
from tests.admin.forms import send
from tests.admin.test_content import rows


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def taking_part(ricc, own_body, partner):
    return (
        ricc.participations.create(partner=partner),
        ricc.participations.create(partner=own_body, source="Årsredovisningen"),
    )


def html_of(client, item):
    return client.get(item.get_absolute_url()).content.decode()


def test_both_stand_on_the_networks_page_own_bodies_first(
    client, taking_part, ricc, own_body, partner
):
    html = html_of(client, ricc)
    links = [f'<a href="{one.get_absolute_url()}">{one}</a>' for one in (own_body, partner)]
    assert [link in html for link in links] == [True, True]
    assert html.index(links[0]) < html.index(links[1])
    told = client.get("/api/v1/networks/ricc/").json()["participants"]
    assert [(row["partner"]["slug"], row["kind"]) for row in told] == [
        ("kultur-i-vast", "own_body"), ("vilnius", "region"),
    ]  # fmt: skip


def test_each_one_s_page_leads_to_the_network(client, taking_part, ricc, own_body, partner):
    link = f'<a href="{ricc.get_absolute_url()}">RICC</a>'
    for one, heading in ((own_body, "Takes part in"), (partner, "Networks in common")):
        html = html_of(client, one)
        assert (link in html, f"<h2>{heading}</h2>" in html) == (True, True)


def test_drafts_are_named_nowhere(client, taking_part, ricc, own_body, partner):
    Partner.objects.filter(pk=partner.pk).update(publication="draft")
    assert partner.name not in html_of(client, ricc)
    assert len(client.get("/api/v1/networks/ricc/").json()["participants"]) == 1
    Network.objects.update(publication="draft")
    assert "RICC" not in html_of(client, own_body)


def test_what_has_ended_is_not_told(client, taking_part, ricc, partner, today):
    taking_part[0].end = today - timedelta(days=1)
    taking_part[0].save()
    assert partner.name not in html_of(client, ricc)
    assert "Networks in common" not in html_of(client, partner)


def test_a_network_that_is_a_draft_is_not_named_as_what_another_is_part_of(client, network):
    nsc = Network.objects.get(slug="nsc")
    assert "CPMR" in html_of(client, nsc)
    Network.objects.filter(slug="cpmr").update(publication="draft")
    assert "CPMR" not in html_of(client, nsc)
    assert "CPMR" not in client.get(reverse("networks")).content.decode()


def test_a_commission_stands_in_its_network_with_its_own_engagement(client, network):
    assert "Active in" not in html_of(client, network)
    case = Case.objects.create(kind="engagement", title="NSC")
    Network.objects.get(slug="nsc").engagements.create(case=case, level="active", source="-")
    html = html_of(client, network)
    row = html[html.index('href="/en/networks/nsc/"') :].partition("</li>")[0]
    assert "Active</span>" in row


class TestTheDatabase:
    def test_each_takes_part_once_and_once_in_a_group(self, taking_part, ricc, partner):
        group = ricc.groups.create(name_sv="Grupp")
        for given in ({}, {"group": group}):
            if given:
                ricc.participations.create(partner=partner, **given)
            with pytest.raises(IntegrityError), transaction.atomic():
                ricc.participations.create(partner=partner, **given)


class TestStaff:
    def address(self, network):
        return reverse("admin:networks_network_change", args=[network.pk])

    def test_who_takes_part_is_written_on_the_networks_page(self, sign_in, officer, ricc, own_body):
        group = ricc.groups.create(name_sv="Grupp")
        answer = send(
            sign_in(officer), self.address(ricc),
            **rows("participations", {"partner": own_body.pk, "group": group.pk}),
        )  # fmt: skip
        assert answer.status_code == 302
        row = ricc.participations.get()
        assert (row.partner, row.group) == (own_body, group)

    def test_a_group_of_another_network_cannot_be_chosen(
        self, sign_in, officer, ricc, network, own_body
    ):
        group = network.groups.create(name_sv="Grupp")
        answer = send(
            sign_in(officer), self.address(ricc),
            **rows("participations", {"partner": own_body.pk, "group": group.pk}),
        )  # fmt: skip
        assert (answer.status_code, ricc.participations.count()) == (200, 0)

    def test_the_same_twice_is_refused_with_words(self, sign_in, officer, ricc, own_body):
        answer = send(
            sign_in(officer), self.address(ricc),
            **rows("participations", {"partner": own_body.pk}, {"partner": own_body.pk}),
        )  # fmt: skip
        assert (answer.status_code, ricc.participations.count()) == (200, 0)


class TestOwnBodies:
    def beside(self, client, query=""):
        html = client.get(reverse("partners") + query).content.decode()
        return "Kultur i Väst" in html[html.index('id="results"') :]

    def test_they_stand_in_a_group_of_their_own(self, client, own_body, partner):
        html = client.get(reverse("partners")).content.decode()
        assert html.index(">Vilnius region<") < html.index("Our own bodies")
        assert html.index("Our own bodies") < html.index(">Kultur i Väst<")
        assert "<strong>1</strong> partner" in html

    @pytest.mark.parametrize(
        ("query", "is_there"),
        [
            ("?perspective=paverkan", True), ("?perspective=invanare", False),
            ("?q=kultur", True), ("?q=vilnius", False), ("?country=LT", False),
            ("?perspective=nonsense", False),
        ],
    )  # fmt: skip
    def test_the_filter_chooses_among_them_too(self, client, own_body, partner, query, is_there):
        assert self.beside(client, query) is is_there

    def test_a_draft_is_not_there(self, client, own_body, partner):
        Partner.objects.filter(pk=own_body.pk).update(publication="draft")
        assert not self.beside(client)

    def test_they_stand_on_the_first_page_only(self, client, own_body):
        Partner.objects.bulk_create(
            Partner(
                slug=f"p{n:03}", name_sv=f"P {n:03}", name_en=f"P {n:03}", country="LT",
                publication="published",
            )
            for n in range(51)
        )  # fmt: skip
        first = client.get(reverse("partners"))
        assert "Our own bodies" in first.content.decode()
        cursor = first.context["page"].next
        assert not self.beside(client, f"?cursor={cursor}")

    def test_a_perspective_gathers_those_that_claim_it(self, client, own_body, perspectives):
        link = f'<h3><a href="{own_body.get_absolute_url()}">'
        found = [link in html_of(client, perspective) for perspective in perspectives]
        assert found == [False, False, False, True]

    def test_they_are_still_no_partners_abroad(self, client, own_body, partner):
        told = client.get("/api/v1/partners/").json()["results"]
        assert [row["slug"] for row in told] == ["vilnius"]
        assert own_body.get_absolute_url() not in client.get(reverse("map")).content.decode()


class TestTheList:
    @pytest.fixture
    def kinds(self, network):
        Network.objects.create(
            slug="amateo", acronym="AMATEO", kind="professional", publication="published",
            name_sv="Nätverk", name_en="Network",
        )  # fmt: skip

    def headings(self, html):
        found = [html.find(text) for text in ("EU organisations</h2>", "cultural networks</h2>")]
        return [place > 0 for place in found], found[0] < found[1]

    def test_networks_stand_by_kind_under_headings(self, client, kinds):
        html = client.get(reverse("networks")).content.decode()
        assert self.headings(html) == ([True, True], True)
        # AMATEO comes after the EU organisations, though not by the alphabet.
        assert html.index(">NSC</a>") < html.index(">AMATEO</a>")

    def test_another_ordering_has_no_headings(self, client, kinds):
        html = client.get(reverse("networks") + "?ordering=acronym").content.decode()
        assert self.headings(html)[0] == [False, False]
        assert html.index(">AMATEO</a>") < html.index(">NSC</a>")

    def test_pages_go_on_where_the_last_ended(self, client, db):
        for number in range(60):
            kind = "professional" if number % 2 else "eu_organisation"
            Network.objects.create(
                slug=f"n{number}", acronym=f"N{number:02}", kind=kind, publication="published"
            )
        first = client.get(reverse("networks"))
        second = client.get(f"{reverse('networks')}?cursor={first.context['page'].next}")
        names = [[one.acronym for one in page.context["page"].items] for page in (first, second)]
        by_kind = [f"N{n:02}" for n in range(0, 60, 2)] + [f"N{n:02}" for n in range(1, 60, 2)]
        assert names == [by_kind[:50], by_kind[50:]]
        assert self.headings(second.content.decode())[0] == [False, True]
