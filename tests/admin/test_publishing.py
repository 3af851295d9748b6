"""Publishing from the admin: an action on the list, a button on the page, the same verb."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from partners.models import Partner
from tests.admin.forms import send
from tests.conftest import make_user

LIST = "/admin/partners/partner/"


@pytest.fixture
def unpublished(partner, officer, now):
    return partner.unpublish(by=officer, at=now)


def act(client, verb, *partners):
    """Run an action of the list; returns the messages it left."""
    chosen = [partner.pk for partner in partners]
    answer = client.post(LIST, {"action": verb, "_selected_action": chosen})
    assert answer.status_code == 302
    return [str(message) for message in get_messages(answer.wsgi_request)]


def press(client, partner, verb):
    return client.post(f"{LIST}{partner.pk}/do/{verb}/")


def states():
    return dict(Partner.objects.values_list("slug", "publication"))


def test_the_action_publishes_what_is_complete_and_names_what_is_not(unpublished, sign_in, officer):
    bare = Partner.objects.create(slug="berlin", name_sv="Berlin", country="DE")
    told = act(sign_in(officer), "publish", unpublished, bare)
    assert states() == {"vilnius": "published", "berlin": "draft"}
    assert [text.partition(":")[0] for text in told] == ["Berlin", "Publicera"]


def test_publishing_twice_changes_nothing_and_says_so(unpublished, sign_in, officer):
    client = sign_in(officer)
    act(client, "publish", unpublished)
    told = act(client, "publish", unpublished)
    # The first message has not been read yet.
    assert [text.partition(":")[0] for text in told] == ["Publicera", "Vilniusregionen"]
    assert states() == {"vilnius": "published"}


def test_the_button_unpublishes_and_the_history_tells_who_and_what(partner, sign_in, officer):
    client = sign_in(officer)
    answer = press(client, partner, "unpublish")
    assert (answer.status_code, answer.url) == (302, f"{LIST}{partner.pk}/change/")
    assert states() == {"vilnius": "draft"}
    entry = client.get(f"{LIST}{partner.pk}/history/").context["entries"][0]
    assert (entry.history_user, entry.history_change_reason) == (officer, "unpublish")
    assert [(change.old, change.new) for change in entry.changes] == [("Publicerad", "Utkast")]


def test_the_page_offers_only_the_verb_that_fits(partner, sign_in, officer):
    answer = sign_in(officer).get(f"{LIST}{partner.pk}/change/")
    assert [transition.verb for transition in answer.context["verbs"]] == ["unpublish"]


def test_a_secretary_is_offered_no_verb_and_may_perform_none(partner, sign_in, secretary):
    client = sign_in(secretary)
    assert client.get(LIST).context["action_form"] is None
    assert client.get(f"{LIST}{partner.pk}/change/").context["verbs"] == []
    assert press(client, partner, "unpublish").status_code == 403
    client.post(LIST, {"action": "unpublish", "_selected_action": [partner.pk]})
    assert states() == {"vilnius": "published"}


def test_somebody_without_a_role_cannot_even_see_that_it_exists(partner, sign_in):
    nobody = make_user("nobody@example.org", staff=True)
    assert press(sign_in(nobody), partner, "unpublish").status_code == 404


def test_a_verb_is_not_performed_by_reading(partner, sign_in, officer):
    answer = sign_in(officer).get(f"{LIST}{partner.pk}/do/unpublish/")
    assert (answer.status_code, states()) == (405, {"vilnius": "published"})


@pytest.mark.parametrize("path", ["1000/do/publish/", "1/do/explode/", "x/do/publish/"])
def test_an_unknown_object_or_verb_is_not_found(partner, sign_in, officer, path):
    assert sign_in(officer).post(LIST + path).status_code == 404


def test_a_chosen_row_that_is_no_number_is_refused(partner, sign_in, officer):
    answer = sign_in(officer).post(LIST, {"action": "publish", "_selected_action": ["1 or 1"]})
    assert answer.status_code == 400


def test_a_state_cannot_be_posted(unpublished, sign_in, officer):
    client = sign_in(officer)
    url = reverse("admin:partners_partner_change", args=[unpublished.pk])
    answer = send(client, url, publication="published", organisation="Ny")
    assert answer.status_code == 302
    unpublished.refresh_from_db()
    assert (unpublished.publication, unpublished.organisation) == ("draft", "Ny")


def test_history_tells_what_changed_in_each_language(unpublished, sign_in, officer):
    client = sign_in(officer)
    url = reverse("admin:partners_partner_change", args=[unpublished.pk])
    send(client, url, name_en="Vilnius County")
    entries = client.get(f"{LIST}{unpublished.pk}/history/").context["entries"]
    changes = [(c.field, c.old, c.new) for c in entries[0].changes]
    assert changes == [("Namn [en]", "Vilnius region", "Vilnius County")]
    assert entries[0].history_user == officer


def test_a_published_item_keeps_both_names_and_a_perspective(partner, sign_in, officer):
    client = sign_in(officer)
    url = reverse("admin:partners_partner_change", args=[partner.pk])
    answer = send(client, url, **{"name_en": "", "tags-0-DELETE": "on"})
    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == ["name_en"]
    assert partner.tags.count() == 1
    partner.refresh_from_db()
    assert partner.name_en == "Vilnius region"


def test_only_a_draft_may_be_removed(partner, sign_in, officer):
    client = sign_in(officer)
    url = f"{LIST}{partner.pk}/delete/"
    assert client.post(url, {"post": "yes"}).status_code == 403
    Partner.objects.update(publication="draft")
    assert client.post(url, {"post": "yes"}).status_code == 302
    assert states() == {}
