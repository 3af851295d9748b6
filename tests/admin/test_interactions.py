"""The log of contacts with partners: who notes what, what follows, and that nothing leaks."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from partners.models import Interaction, Partner
from tests.admin.forms import send

ADD = "/admin/partners/interaction/add/"
LIST = "/admin/partners/interaction/"


@pytest.fixture
def contact(partner):
    return partner.contacts.create(name="Rasa Hemlig", email="rasa@example.org", phone="+370 1")


@pytest.fixture
def stranger(db):
    berlin = Partner.objects.create(slug="berlin", name_sv="Berlin", country="DE")
    return berlin.contacts.create(name="Uwe Andersson")


def noted(partner, officer, days=0, **facts):
    given = {"kind": "visit", "about": "Förtroligt besök", "notes": "Hemlig anteckning"}
    return partner.interactions.create(
        **{**given, **facts}, on=timezone.localdate() - timedelta(days=days), noted_by=officer
    )


def typed(partner, **changes):
    today = timezone.localdate().isoformat()
    return {"partner": partner.pk, "kind": "call", "on": today, "about": "Ring", **changes}


def errors(answer):
    assert answer.status_code == 200
    return answer.context["adminform"].form.errors


def test_an_officer_notes_a_contact_and_stands_as_its_writer(
    sign_in, officer, administrator, partner, contact
):
    answer = send(
        sign_in(officer), f"{ADD}?partner={partner.pk}",
        **typed(partner, contacts=[contact.pk], noted_by=administrator.pk),
    )  # fmt: skip
    assert answer.status_code == 302
    interaction = Interaction.objects.get()
    assert (interaction.noted_by, list(interaction.contacts.all())) == (officer, [contact])
    send(sign_in(administrator), f"{LIST}{interaction.pk}/change/", about="Ring igen")
    interaction.refresh_from_db()
    assert (interaction.about, interaction.noted_by) == ("Ring igen", officer)


def test_only_the_partners_own_contact_persons_are_offered_and_accepted(
    sign_in, officer, partner, contact, stranger
):
    client = sign_in(officer)
    page = client.get(f"{ADD}?partner={partner.pk}")
    offered = page.context["adminform"].form.fields["contacts"].queryset
    assert list(offered) == [contact]
    assert list(client.get(ADD).context["adminform"].form.fields["contacts"].queryset) == []
    answer = send(client, ADD, **typed(partner, contacts=[stranger.pk]))
    assert list(errors(answer)) == ["contacts"]
    assert Interaction.objects.count() == 0


def test_a_contact_person_does_not_follow_to_another_partner(
    sign_in, officer, partner, contact, stranger
):
    interaction = noted(partner, officer)
    interaction.contacts.add(contact)
    url = f"{LIST}{interaction.pk}/change/"
    answer = send(sign_in(officer), url, partner=stranger.partner_id)
    assert list(errors(answer)) == ["contacts"]
    answer = send(sign_in(officer), url, partner=stranger.partner_id, contacts=[stranger.pk])
    assert answer.status_code == 302
    assert list(interaction.contacts.all()) == [stranger]


@pytest.mark.parametrize("partner_typed", ["", "x", "9" * 30, "0"])
def test_a_partner_that_is_none_is_refused_with_words(sign_in, officer, partner, partner_typed):
    answer = send(sign_in(officer), ADD, **{**typed(partner), "partner": partner_typed})
    assert list(errors(answer)) == ["partner"]
    assert sign_in(officer).get(f"{ADD}?partner={partner_typed}").status_code == 200


@pytest.mark.parametrize("name", ["follow_up_on", "followed_up_on"])
def test_a_day_to_follow_up_says_what_follows(sign_in, officer, partner, name):
    day = timezone.localdate().isoformat()
    client = sign_in(officer)
    assert list(errors(send(client, ADD, **typed(partner, **{name: day})))) == ["follow_up"]
    with pytest.raises(IntegrityError):
        noted(partner, officer, **{name: timezone.localdate()})


def test_what_is_to_be_followed_up_is_listed_until_it_is(sign_in, officer, partner):
    today = timezone.localdate()
    days = {"late": -1, "today": 0, "coming": 1}
    for about, number in days.items():
        noted(
            partner, officer, about=about, follow_up="Svara",
            follow_up_on=today + timedelta(days=number),
        )  # fmt: skip
    noted(partner, officer, about="none")
    client = sign_in(officer)

    def listed(which):
        rows = client.get(LIST, {"follow_up": which}).context["cl"].result_list
        return {row.about for row in rows}

    def awaiting():
        lines = client.get("/admin/").context["awaiting"]
        return [line.count for line in lines if line.url == f"{LIST}?follow_up=due"]

    assert (listed("due"), listed("coming"), awaiting()) == ({"late", "today"}, {"coming"}, [2])
    late = Interaction.objects.get(about="late")
    send(client, f"{LIST}{late.pk}/change/", followed_up_on=today.isoformat())
    assert (listed("due"), awaiting()) == ({"today"}, [1])


def test_the_list_is_filtered_by_kind_and_partner(sign_in, officer, partner, stranger):
    noted(partner, officer, kind="call", about="one")
    noted(stranger.partner, officer, kind="letter", about="two")
    client = sign_in(officer)
    for asked in (
        {"kind__exact": "call"}, {"partner__id__exact": partner.pk}, {"q": "one"}, {"q": "vilnius"}
    ):  # fmt: skip
        rows = client.get(LIST, asked).context["cl"].result_list
        assert [row.about for row in rows] == ["one"]


def test_the_partners_page_shows_the_latest_and_leads_to_all(sign_in, officer, partner):
    for number in range(7):
        noted(partner, officer, days=number, about=f"contact {number}")
    url = reverse("admin:partners_partner_change", args=[partner.pk])
    page = sign_in(officer).get(url)
    shown = [interaction.about for interaction in page.context["interactions"]]
    assert shown == [f"contact {number}" for number in range(5)]
    assert f'href="{LIST}?partner__id__exact={partner.pk}"' in page.text
    assert f'href="{ADD}?partner={partner.pk}"' in page.text


def test_a_secretary_reads_and_others_do_not(
    client, sign_in, officer, secretary, applicant, member, partner
):
    url = f"{LIST}{noted(partner, officer).pk}/change/"
    page = sign_in(secretary).get(reverse("admin:partners_partner_change", args=[partner.pk]))
    assert ADD not in page.text
    assert sign_in(secretary).get(url).status_code == 200
    assert sign_in(secretary).get(ADD).status_code == 403
    for user in (applicant, member):
        assert [sign_in(user).get(address).status_code for address in (url, LIST)] == [302, 302]


PUBLIC = (
    "home", "map", "partners", "find_partners", "agreements", "networks", "strategy",
    "api:partners-list", "api:partner_points", "api:agreements-list", "api:networks-list",
    "api:schema",
)  # fmt: skip
SECRETS = ("Hemlig", "rasa@", "+370", "Förtroligt", "Nästa hemliga steg", "officer@")


def test_nothing_of_it_stands_on_any_public_page(
    client, sign_in, officer, applicant, partner, contact, agreement, network
):
    network.participations.create(partner=partner)
    noted(partner, officer, follow_up="Nästa hemliga steg").contacts.add(contact)
    addresses = [reverse(name) for name in PUBLIC]
    addresses += [partner.get_absolute_url(), agreement.get_absolute_url()]
    addresses += [network.get_absolute_url(), f"/api/v1/partners/{partner.slug}/"]
    for word in ("hemlig", "rasa", "förtroligt"):
        addresses += [f"/partner/?q={word}", f"/partner/hitta/?q={word}"]
        addresses += [f"/api/v1/partners/?q={word}", f"/api/v1/partners.geojson?q={word}"]
    for reader in (None, applicant):
        if reader:
            sign_in(reader)
        for address in addresses:
            response = client.get(address)
            assert response.status_code == 200, address
            assert [secret for secret in SECRETS if secret in response.text] == [], address
            assert "Rasa" not in response.text, address
    # The control: the staff's page holds it.
    page = sign_in(officer).get(reverse("admin:partners_partner_change", args=[partner.pk]))
    assert [secret for secret in SECRETS[:5] if secret not in page.text] == []


@pytest.mark.parametrize(
    ("address", "said"),
    [("/personuppgifter/", "Vi noterar också när vi har"), ("/en/personal-data/", "We also note")],
)
def test_the_page_on_personal_data_tells_of_the_log(client, db, address, said):
    assert said in client.get(address).text
