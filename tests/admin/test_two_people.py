"""Two people on the same page: what the first has saved is never written over unseen."""

from functools import partial
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.test import Client

from partners.models import Partner, Theme
from portal.core.admin_forms import KeepsOthersWork
from portal.core.admin_pages import PortalModelAdmin
from portal.core.roles import Role
from tests.admin.forms import form_data, send
from tests.conftest import BACKEND, make_user
from tests.races import all_at_once


@pytest.fixture
def url(partner):
    return f"/admin/partners/partner/{partner.pk}/change/"


@pytest.fixture
def colleague(db):
    client = Client()
    person = make_user("colleague@example.org", Role.OFFICER, staff=True)
    client.force_login(person, BACKEND)
    return client


def post(client, url, data):
    return client.post(url, urlencode(data, doseq=True), "application/x-www-form-urlencoded")


def stored(name="organisation"):
    return Partner.objects.values_list(name, flat=True).get(slug="vilnius")


def test_the_second_is_told_and_keeps_what_was_typed(sign_in, officer, colleague, url, partner):
    client = sign_in(officer)
    opened = form_data(client.get(url))
    assert send(colleague, url, organisation="Kollegans ord").status_code == 302

    answer = post(client, url, opened | {"name_sv": "Mitt namn"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Mitt namn"' in page
    assert f"/admin/partners/partner/{partner.pk}/history/" in page
    errors = answer.context["adminform"].form.non_field_errors()
    assert [text.split(":")[1] for text in errors] == [" Namn [sv], Organisation."]
    assert (stored("name_sv"), stored()) == ("Vilniusregionen", "Kollegans ord")

    again = form_data(answer)
    assert post(client, url, again).status_code == 302
    assert (stored("name_sv"), stored()) == ("Mitt namn", "")


def test_the_same_person_saves_twice_from_pages_opened_each_time(sign_in, officer, url):
    client = sign_in(officer)
    answers = [send(client, url, organisation=text) for text in ("Första", "Andra")]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert stored() == "Andra"


def test_a_page_left_open_by_oneself_is_old_too(sign_in, officer, url):
    client = sign_in(officer)
    opened = form_data(client.get(url))
    assert post(client, url, opened | {"organisation": "Första"}).status_code == 302
    assert post(client, url, opened | {"organisation": "Andra"}).status_code == 409
    assert stored() == "Första"


def test_a_double_click_is_one_change(sign_in, officer, url):
    client = sign_in(officer)
    typed = form_data(client.get(url)) | {"organisation": "En gång"}
    assert [post(client, url, typed).status_code for _click in range(2)] == [302, 302]
    assert stored() == "En gång"


def test_a_form_without_its_digest_is_not_trusted(sign_in, officer, url):
    client = sign_in(officer)
    typed = form_data(client.get(url)) | {"organisation": "Utan"}
    del typed["_seen"]
    assert post(client, url, typed).status_code == 409
    assert stored() == ""


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda partner: partner.contacts.create(name="Ny"),
        lambda partner: partner.contacts.update(email="ny@example.org"),
        lambda partner: partner.contacts.all().delete(),
        lambda partner: partner.tags.update(how_sv="Något annat"),
        lambda partner: partner.strengths.add(Theme.objects.create(slug="dans", name_sv="Dans")),
    ],
    ids=["added", "changed", "removed", "tagged", "chosen"],
)
def test_rows_and_choices_count_too(sign_in, officer, url, partner, meanwhile):
    partner.contacts.create(name="Ona")
    client = sign_in(officer)
    opened = form_data(client.get(url))
    meanwhile(partner)
    answer = post(client, url, opened | {"contacts-0-phone": "123"})
    assert answer.status_code == 409
    assert not partner.contacts.filter(phone="123").exists()
    assert 'value="123"' in answer.content.decode()


def test_a_row_added_twice_from_the_same_page_is_one(sign_in, officer, url, partner):
    client = sign_in(officer)
    typed = form_data(client.get(url)) | {"contacts-TOTAL_FORMS": 1, "contacts-0-name": "Ona"}
    assert [post(client, url, typed).status_code for _click in range(2)] == [302, 409]
    assert partner.contacts.count() == 1


def test_a_row_that_somebody_removed_is_kept_as_a_new_one(sign_in, officer, url, partner):
    ona, rut = (partner.contacts.create(name=name) for name in ("Ona", "Rut"))
    client = sign_in(officer)
    opened = form_data(client.get(url))
    ona.delete()
    typed = opened | {"contacts-0-phone": "1", "contacts-1-phone": "2"}
    assert post(client, url, form_data(post(client, url, typed))).status_code == 302
    assert sorted(partner.contacts.values_list("name", "phone")) == [("Ona", "1"), ("Rut", "2")]
    assert partner.contacts.get(phone="2") == rut


def test_a_new_object_has_nobody_before_it(sign_in, administrator):
    client = sign_in(administrator)
    page = client.get("/admin/core/municipality/add/")
    typed = form_data(page) | {"code": "1480", "name": "Göteborg"}
    assert "_seen" not in typed
    assert post(client, "/admin/core/municipality/add/", typed).status_code == 302


def test_what_the_page_only_shows_does_not_count(sign_in, officer, call):
    client, url = sign_in(officer), f"/admin/grants/call/{call.pk}/change/"
    opened = form_data(client.get(url))
    type(call).objects.update(state="decided")
    assert post(client, url, opened | {"text_sv": "Välkomna."}).status_code == 302
    type(call).objects.update(name_sv="Hösten")
    assert post(client, url, opened | {"text_sv": "Välkommen."}).status_code == 409


def test_a_verb_meanwhile_that_opens_other_fields_is_told_and_not_undone(
    sign_in, officer, colleague, url
):
    client = sign_in(officer)
    opened = form_data(client.get(url))
    colleague.post(url.replace("/change/", "/do/unpublish/"))
    assert post(client, url, opened | {"organisation": "Text"}).status_code == 409
    assert (stored("publication"), stored()) == ("draft", "")


def test_an_account_that_signs_in_meanwhile_is_not_changed(sign_in, administrator, applicant, now):
    client, url = sign_in(administrator), f"/admin/core/user/{applicant.pk}/change/"
    opened = form_data(client.get(url))
    type(applicant).objects.filter(pk=applicant.pk).update(last_login=now)
    assert post(client, url, opened | {"full_name": "Anna Ny"}).status_code == 302
    assert post(client, url, opened | {"full_name": "Anna Igen"}).status_code == 409


def test_every_page_of_the_admin_asks():
    unguarded = [
        model.__name__
        for model, page in admin.site._registry.items()
        if isinstance(page, PortalModelAdmin) and not issubclass(page.form, KeepsOthersWork)
    ]
    assert unguarded == []


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_who_save_at_once_one_does(officer, url):
    clients = [Client() for _person in range(10)]
    for client in clients:
        client.force_login(officer, BACKEND)
    opened = form_data(clients[0].get(url))
    answers = all_at_once(
        *(
            partial(post, client, url, opened | {"organisation": f"Nummer {number}"})
            for number, client in enumerate(clients)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [302] + [409] * 9
