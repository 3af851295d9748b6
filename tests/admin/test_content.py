"""What staff write in the admin: agreements, schemes, budgets, organisations, files."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.models import Agreement
from grants.models import Call, Scheme
from partners.models import Partner
from portal.cases.models import Case, Document
from portal.core.models import Organisation
from tests.admin.forms import send
from tests.cases.uploads import PDF


def rows(prefix, *values, initial=0):
    """New rows of an inline, after those that are there."""
    data = {f"{prefix}-TOTAL_FORMS": initial + len(values), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(values, initial):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def test_a_new_agreement_gets_its_case_its_own_party_and_a_draft(sign_in, officer, partner):
    answer = send(
        sign_in(officer), "/admin/agreements/agreement/add/",
        title_sv="Avtal", title_en="Agreement", slug="avtal", kind="cooperation_agreement",
        **rows("parties", {"partner": partner.pk, "language": "lt"}),
    )  # fmt: skip
    assert answer.status_code == 302
    agreement = Agreement.objects.get()
    assert (agreement.case.kind, agreement.case.title) == ("agreement", "Avtal")
    assert [event.what for event in agreement.case.events.all()] == ["started"]
    assert {party.partner for party in agreement.parties.all()} == {None, partner}
    version = agreement.versions.get()
    assert (version.kind, version.state, version.number) == ("original", "draft", 1)
    assert agreement.publication == "draft"


def test_texts_are_written_until_the_decision_and_stand_from_then(sign_in, officer, agreement, now):
    agreement.begin_renewal(by=officer, at=now)
    version = agreement.coming_version
    address = f"/admin/agreements/agreementversion/{version.pk}/change/"
    text = {"language": "sv", "title": "Förlängning", "body": "Tre år till."}
    client = sign_in(officer)
    given = {"valid_until": "2029-12-31", **rows("texts", text)}
    assert send(client, address, **given).status_code == 302
    assert version.texts.get().body == "Tre år till."
    version.negotiate(by=officer, at=now)
    version.propose(by=officer, at=now, reasons="Bra.")
    changed = {"valid_until": "2039-12-31", "texts-0-body": "Tio år till."}
    assert send(client, address, note_sv="Väntar", **changed).status_code == 302
    version.refresh_from_db()
    assert version.note_sv == "Väntar"
    assert (version.valid_until, version.texts.get().body) == (date(2029, 12, 31), "Tre år till.")
    assert client.get(address).status_code == 200


def test_the_parties_stand_while_a_decision_rests_on_them(sign_in, officer, agreement, now):
    agreement.begin_renewal(by=officer, at=now)
    version = agreement.coming_version
    version.texts.create(language="sv", title="-", body="-")
    type(version).objects.filter(pk=version.pk).update(valid_until=date(2030, 1, 1))
    version.negotiate(by=officer, at=now)
    page = f"/admin/agreements/agreement/{agreement.pk}/change/"
    client = sign_in(officer)
    assert 'name="parties-0-name"' in client.get(page).text
    version.propose(by=officer, at=now, reasons="Bra.")
    assert 'name="parties-0-name"' not in client.get(page).text


def test_who_may_apply_is_ticked(sign_in, officer, scheme):
    url = f"/admin/grants/scheme/{scheme.pk}/change/"
    client = sign_in(officer)
    assert send(client, url, applicants=["foundation", "group"]).status_code == 302
    scheme.refresh_from_db()
    assert scheme.applicants == ["foundation", "group"]
    assert send(client, url, applicants=["dragon"]).status_code == 200


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1 000,50", "1000.50"), ("50000", "50000.00"), ("1,000.50", None), ("1_000", None),
     ("１００", None), ("-5", None)],
)  # fmt: skip
def test_a_scheme_ceiling_is_read_strictly(sign_in, officer, scheme, typed, kept):
    answer = send(sign_in(officer), f"/admin/grants/scheme/{scheme.pk}/change/", max_award=typed)
    scheme.refresh_from_db()
    assert scheme.max_award == (Decimal(kept) if kept else None)
    if not kept:
        assert list(answer.context["adminform"].form.errors) == ["max_award"]
        assert f'value="{typed}"' in answer.content.decode()


def test_a_member_is_named_by_address(sign_in, officer, organisation, other_applicant):
    url = f"/admin/core/organisation/{organisation.pk}/change/"
    client = sign_in(officer)

    def add(email):
        row, there = (
            {"user": email, "role": "member", "since": "2026-01-01"},
            organisation.members.count(),
        )
        return send(client, url, **rows("members", row, initial=there))

    assert add("bo@example.org").status_code == 302
    assert organisation.members.filter(user=other_applicant).count() == 1
    assert add("nobody@example.org").status_code == 200


def test_an_unopened_call_is_published_from_its_page(call, sign_in, officer):
    client = sign_in(officer)
    client.post(f"/admin/grants/call/{call.pk}/do/unpublish/")
    assert Call.objects.get().state == "draft"
    client.post(f"/admin/grants/call/{call.pk}/do/publish/")
    assert Call.objects.get().state == "published"


def test_a_call_of_an_unpublished_scheme_is_not_published(call, sign_in, officer):
    Call.objects.update(state="draft")
    Scheme.objects.update(publication="draft")
    client = sign_in(officer)
    client.post(f"/admin/grants/call/{call.pk}/do/publish/")
    assert Call.objects.get().state == "draft"


def upload(client, case, name="plan.pdf", content=PDF):
    url = f"/admin/cases/case/{case.pk}/change/"
    page = client.get(url)
    data = {"officer": "", "_seen": page.context["seen"]}
    for formset in page.context["inline_admin_formsets"]:
        form = formset.formset.management_form
        data |= {field.html_name: field.value() for field in form}
    prefix = page.context["inline_admin_formsets"][-1].formset.prefix
    data |= {f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-0-title": "Plan"}
    data[f"{prefix}-0-file"] = SimpleUploadedFile(name, content)
    return client.post(url, data)


def test_an_officer_adds_a_document_that_only_the_file_s_readers_fetch(
    submitted, sign_in, officer, secretary, applicant
):
    client = sign_in(officer)
    assert upload(client, submitted.case).status_code == 302
    document = Document.objects.get()
    assert (document.filename, document.size, document.added_by) == ("plan.pdf", len(PDF), officer)
    address = f"/documents/{document.pk}/"
    assert (
        address in client.get(f"/admin/grants/application/{submitted.pk}/change/").content.decode()
    )
    answers = {
        user.email: sign_in(user).get(address).status_code
        for user in (officer, applicant, secretary)
    }
    assert answers == {officer.email: 200, applicant.email: 200, secretary.email: 404}


def test_a_file_of_another_kind_is_refused(submitted, sign_in, officer):
    assert upload(sign_in(officer), submitted.case, "run.exe").status_code == 200
    assert Document.objects.count() == 0


def test_search_finds_swedish_letters_in_any_case(sign_in, officer):
    Organisation.objects.create(name="Örebro teater", kind="foundation")
    Partner.objects.create(slug="orebro", name_sv="ÖREBRO", country="SE")
    client = sign_in(officer)
    found = {
        path: client.get(f"/admin/{path}/?q=öre").context["cl"].result_count
        for path in ("core/organisation", "partners/partner")
    }
    assert found == {"core/organisation": 1, "partners/partner": 1}


def test_lists_stand_in_swedish_order(sign_in, officer):
    for number, name in enumerate(["Öland", "Åbo", "Zürich", "Ängelholm", "Arvika"]):
        Partner.objects.create(slug=f"p{number}", name_sv=name, country="SE")
    listed = sign_in(officer).get("/admin/partners/partner/").context["cl"].result_list
    assert [partner.name for partner in listed] == ["Arvika", "Zürich", "Åbo", "Ängelholm", "Öland"]


def test_agreements_are_found_by_where_they_stand(sign_in, officer, now):
    ends = {"soon": 30, "later": 300, "past": -30}
    for slug, days in ends.items():
        case = Case.objects.begin("agreement", slug, by=officer, at=now)
        agreement = Agreement.objects.create(
            slug=slug, case=case, kind="memorandum", title_sv=slug, title_en=slug
        )
        agreement.versions.create(
            kind="original", state="signed", signed_on=date(2020, 1, 1),
            valid_until=now.date() + timedelta(days=days),
        )  # fmt: skip
        agreement.follow_versions()
    client = sign_in(officer)

    def listed(standing):
        answer = client.get(f"/admin/agreements/agreement/?standing={standing}")
        return sorted(agreement.slug for agreement in answer.context["cl"].queryset)

    assert {name: listed(name) for name in ("in_force", "expired", "expiring", "delete")} == {
        "in_force": ["later", "soon"],
        "expired": ["past"],
        "expiring": ["soon"],
        "delete": ["later", "past", "soon"],
    }
