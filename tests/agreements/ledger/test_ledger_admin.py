"""Commitments and exchanges in the admin: terms only while they are open, states by verbs only."""

from datetime import date

import pytest
from django.urls import reverse

from agreements.models import Commitment, Exchange
from portal.cases.models import Case, Document
from tests.admin.forms import form_data, send

LIST = "/en/admin/agreements/commitment/"
TERMS = {
    "text_sv": "Visa dans", "text_en": "Show dance", "exchange": "artists",
    "due_on": "2027-05-01", "rhythm": "yearly", "is_public": "on",
}  # fmt: skip


def page_of(commitment, name="change", *more):
    return reverse(f"admin:agreements_commitment_{name}", args=[commitment.pk, *more])


def errors(answer):
    return list(answer.context["adminform"].form.errors)


@pytest.fixture
def open_one(pledge, ours, draft_version):
    return pledge(ours, version=draft_version, text="Utkast")


def test_a_new_one_is_written_into_the_open_version(
    sign_in, officer, agreement, theirs, draft_version, perspectives
):
    client = sign_in(officer)
    choice = client.get(f"{LIST}add/")
    assert list(choice.context["agreements"]) == [agreement]
    assert f'href="?agreement={agreement.pk}"' in choice.content.decode()
    address = f"{LIST}add/?agreement={agreement.pk}"
    answer = send(client, address, **TERMS, party=theirs.pk, perspectives=[perspectives[1].pk])
    assert answer.status_code == 302
    made = Commitment.objects.get()
    assert (made.agreement, made.version, made.party) == (agreement, draft_version, theirs)
    assert (made.text_sv, made.due_on, made.rhythm, made.state) == (
        "Visa dans", date(2027, 5, 1), "yearly", "promised",
    )  # fmt: skip
    assert list(made.perspectives.all()) == [perspectives[1]]


def test_without_open_terms_there_is_nothing_to_choose(sign_in, officer, agreement):
    client = sign_in(officer)
    assert list(client.get(f"{LIST}add/").context["agreements"]) == []
    for number in (agreement.pk, 999, "nonsense", "9" * 30):
        page = client.get(f"{LIST}add/?agreement={number}")
        assert (page.status_code, list(page.context["agreements"])) == (200, [])


def test_terms_that_went_to_the_committee_meanwhile_are_not_written(
    sign_in, officer, agreement, theirs, draft_version, perspectives
):
    client = sign_in(officer)
    address = f"{LIST}add/?agreement={agreement.pk}"
    data = form_data(client.get(address)) | TERMS | {"party": theirs.pk}
    type(draft_version).objects.filter(pk=draft_version.pk).update(state="for_decision")
    answer = client.post(address, {**data, "perspectives": [perspectives[0].pk]})
    assert answer.status_code == 200
    assert Commitment.objects.count() == 0


def test_open_terms_are_mended_and_thrown_away(sign_in, officer, open_one):
    client = sign_in(officer)
    answer = send(client, page_of(open_one), text_sv="Bättre ord")
    open_one.refresh_from_db()
    assert (answer.status_code, open_one.text_sv) == (302, "Bättre ord")
    assert client.post(page_of(open_one, "delete"), {"post": "yes"}).status_code == 302
    assert Commitment.objects.count() == 0


def test_signed_terms_stand_but_may_be_made_public(sign_in, officer, commitment, perspectives):
    client = sign_in(officer)
    page = client.get(page_of(commitment))
    assert list(page.context["adminform"].form.fields) == ["is_public"]
    data = form_data(page) | {**TERMS, "text_sv": "Andra ord", "perspectives": [perspectives[3].pk]}
    del data["is_public"]
    assert client.post(page_of(commitment), data).status_code == 302
    commitment.refresh_from_db()
    assert (commitment.text_sv, commitment.due_on, commitment.is_public) == (
        "Visa en utställning", date(2025, 6, 1), False,
    )  # fmt: skip
    assert list(commitment.perspectives.all()) == perspectives[:1]
    assert client.post(page_of(commitment, "delete"), {"post": "yes"}).status_code == 403


def test_wordings_are_terms_too(sign_in, officer, open_one, commitment):
    client = sign_in(officer)
    new = {
        "wordings-TOTAL_FORMS": 1,
        "wordings-0-language": "lt",
        "wordings-0-text": "Parodyti šokį",
    }
    assert send(client, page_of(open_one), **new).status_code == 302
    assert [(one.language, one.text) for one in open_one.wordings.all()] == [
        ("lt", "Parodyti šokį")
    ]
    send(client, page_of(commitment), **new)
    assert commitment.wordings.count() == 0
    for language in ("sv", "xx"):
        page = send(client, page_of(open_one), **{**new, "wordings-TOTAL_FORMS": 2,
                    "wordings-1-language": language, "wordings-1-text": "Text"})  # fmt: skip
        assert page.status_code == 200


@pytest.mark.parametrize("who", ["secretary", "administrator"])
def test_others_read_but_do_not_write(request, sign_in, open_one, who):
    client = sign_in(request.getfixturevalue(who))
    page = client.get(page_of(open_one))
    assert page.status_code == 200
    assert "do/begin" not in page.content.decode()
    assert client.post(page_of(open_one), TERMS).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(page_of(open_one, "delete"), {"post": "yes"}).status_code == 403


def test_an_officer_who_is_a_party_of_the_case_neither(sign_in, officer, open_one, agreement):
    agreement.case.parties.create(role="counterpart", user=officer)
    client = sign_in(officer)
    assert client.post(page_of(open_one), TERMS).status_code == 404
    page = client.get(f"{LIST}add/?agreement={agreement.pk}")
    assert agreement.title_sv not in page.content.decode()


def offered(client, commitment):
    text = client.get(page_of(commitment)).content.decode()
    return [verb for verb in Commitment.workflow if f"/do/{verb.verb}/" in text]


def test_verbs_are_offered_where_they_fit(sign_in, officer, commitment, yearly, open_one):
    client = sign_in(officer)
    found = {one: [verb.verb for verb in offered(client, one)] for one in Commitment.objects.all()}
    assert found == {
        commitment: ["begin", "fulfil", "drop"],
        yearly: ["begin", "fulfil", "fulfil_once", "drop"],
        open_one: [],
    }


def test_it_is_done_with_a_document_of_its_case(sign_in, officer, commitment, now):
    client = sign_in(officer)
    other = Case.objects.create(kind="other", title="Annat")
    documents = [
        Document.objects.create(
            case=case, title="Katalog", file="k.pdf", filename="k.pdf", size=1, sha256="-",
            added_at=now, added_by=officer,
        )
        for case in (other, commitment.agreement.case)
    ]  # fmt: skip
    address = page_of(commitment, "verb", "fulfil")
    data = {"done_on": "2025-05-20", "evidence": "Katalogen", "document": documents[0].pk}
    page = client.post(address, data)
    assert (page.status_code, errors(page)) == (200, ["document"])
    assert page.context["adminform"].form["evidence"].value() == "Katalogen"
    page = client.post(address, {**data, "document": documents[1].pk, "done_on": "2018-01-01"})
    assert (page.status_code, errors(page)) == (200, ["done_on"])
    assert client.post(address, {**data, "document": documents[1].pk}).status_code == 302
    assert commitment.fulfilments.get().document == documents[1]
    assert client.post(address, data).status_code == 200  # the foreign document, before the state
    page = client.post(address, {**data, "document": documents[1].pk})
    assert page.status_code == 409
    shown = client.get(page_of(commitment)).content.decode()
    assert "Katalogen" in shown


def test_it_is_dropped_with_words(sign_in, officer, commitment):
    client = sign_in(officer)
    address = page_of(commitment, "verb", "drop")
    page = client.post(address, {"because": "  "})
    assert (page.status_code, errors(page)) == (200, ["because"])
    assert client.post(address, {"because": "Lokalen såldes"}).status_code == 302
    commitment.refresh_from_db()
    assert (commitment.state, commitment.dropped_because) == ("dropped", "Lokalen såldes")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["yearly", "commitment", "open_one"]),
        ("side=ours", ["commitment", "open_one"]),
        ("side=theirs", ["yearly"]),
        ("late=yes", ["yearly", "commitment"]),
        ("side=nonsense&late=nonsense", ["yearly", "commitment", "open_one"]),
        ("agreement=nonsense", []),
        ("state__exact=promised&is_public__exact=1", ["yearly", "commitment", "open_one"]),
        ("q=konstn", ["yearly"]),
        ("q=Samarbetsavtal", ["yearly", "commitment", "open_one"]),
    ],
)
def test_the_list_is_filtered(
    request, sign_in, officer, query, found, yearly, commitment, open_one
):
    page = sign_in(officer).get(f"{LIST}?{query}")
    assert list(page.context["cl"].result_list) == [request.getfixturevalue(n) for n in found]


def test_the_list_is_filtered_by_agreement_and_perspective(
    sign_in, officer, commitment, yearly, perspectives, agreement
):
    yearly.perspectives.set(perspectives[2:3])
    client = sign_in(officer)
    for query, found in (
        (f"agreement={agreement.pk}", [yearly, commitment]),
        ("agreement=999", []),
        (f"perspectives__id__exact={perspectives[2].pk}", [yearly]),
    ):
        assert list(client.get(f"{LIST}?{query}").context["cl"].result_list) == found


EXCHANGE = {
    "form": "artists", "title_sv": "Residens", "title_en": "Residency", "starts_on": "2025-05-01",
    "ends_on": "2025-05-20", "place": "Vilnius", "country": "LT", "participants_ours": 3,
    "participants_theirs": 4, "audience": "", "source": "", "is_public": "on",
}  # fmt: skip


def test_an_exchange_that_took_place_is_noted(
    sign_in, officer, agreement, commitment, perspectives
):
    client = sign_in(officer)
    add = "/en/admin/agreements/exchange/add/"
    data = {**EXCHANGE, "agreement": agreement.pk, "perspectives": [perspectives[0].pk]}
    case = Case.objects.create(kind="agreement", title="Annat")
    other = type(agreement).objects.create(slug="annat", case=case, kind="memorandum")
    for wrong, field in (
        ({"starts_on": "2999-01-01", "ends_on": ""}, "starts_on"),
        ({"ends_on": "2025-04-01"}, "__all__"),
        ({"country": "XX"}, "country"),
        ({"participants_ours": "-1"}, "participants_ours"),
        ({"agreement": other.pk, "commitment": commitment.pk}, "commitment"),
    ):
        page = client.post(add, {**data, **wrong})
        assert (page.status_code, errors(page)) == (200, [field])
    assert Exchange.objects.count() == 0
    assert client.post(add, {**data, "commitment": commitment.pk}).status_code == 302
    made = Exchange.objects.get()
    assert (made.participants, made.commitment, list(made.perspectives.all())) == (
        7, commitment, perspectives[:1],
    )  # fmt: skip
