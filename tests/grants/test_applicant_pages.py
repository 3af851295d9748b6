"""My pages, choosing as whom to apply, the application's own page, withdrawing and deleting."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from grants.models import Application, Call
from portal.core.models import Organisation
from tests.conftest import complete, make_user


def get(client, name, *args, status=200):
    response = client.get(reverse(name, args=args))
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize(
    ("name", "has_pk"),
    [("my_pages", False), ("application", True), ("write_budget", True), ("receipt", True)],
)
def test_anonymous_people_sign_in_first_and_come_back(client, submitted, name, has_pk):
    address = reverse(name, args=[submitted.pk] if has_pk else [])
    response = client.get(address)
    assert response.url == f"{reverse('account_login')}?next={address}"


def test_signing_in_leads_on_to_the_page_asked_for(client, applicant):
    address = reverse("account_login") + "?next=/mina-sidor/"
    credentials = {"login": "Anna@Example.org", "password": "a long password for tests"}
    assert client.post(address, credentials).url == "/mina-sidor/"


def test_signing_in_leads_nowhere_else(client, applicant):
    credentials = {
        "login": "anna@example.org",
        "password": "a long password for tests",
        "next": "https://evil.example/",
    }
    assert client.post(reverse("account_login"), credentials).url == reverse("my_pages")


def test_known_and_unknown_accounts_get_the_same_answer(client, applicant):
    def answer(email):
        response = client.post(reverse("account_login"), {"login": email, "password": "wrong"})
        return response.status_code, response.context["form"].errors

    inactive = make_user("gone@example.org")
    inactive.is_active = False
    inactive.save()
    known, unknown = answer("anna@example.org"), answer("nobody@example.org")
    assert known == unknown == answer("gone@example.org")
    assert known[1].keys() == {"__all__"}


def test_a_nul_in_the_address_is_an_error_in_its_field(client, db):
    response = client.post(reverse("account_login"), {"login": "a\x00@b.se", "password": "x"})
    assert response.context["form"].errors.keys() == {"login"}


class TestMyPages:
    def test_drafts_are_what_to_do_next_and_applications_have_number_and_state(
        self, sign_in, submitted, applicant, call, now
    ):
        draft = Application.objects.start(call=call, by=applicant, at=now)
        response = sign_in(applicant).get(reverse("my_pages"))
        assert response.context["drafts"] == [(draft, True)]
        assert response.context["page"].items == [submitted]
        text = response.content.decode()
        assert submitted.case.number in text
        assert reverse("write_application", args=[draft.pk]) in text

    def test_they_show_nothing_of_others(self, sign_in, submitted, draft, other_applicant):
        response = sign_in(other_applicant).get(reverse("my_pages"))
        assert (response.context["drafts"], response.context["page"].items) == ([], [])

    def test_a_member_sees_what_the_organisation_applies_for(
        self, sign_in, call, applicant, other_applicant, organisation, now
    ):
        organisation.members.create(user=other_applicant, since=now.date())
        draft = Application.objects.start(
            call=call, by=applicant, at=now, organisation=organisation
        )
        response = sign_in(other_applicant).get(reverse("my_pages"))
        assert response.context["drafts"] == [(draft, True)]

    def test_a_false_cursor_is_refused(self, sign_in, applicant):
        assert sign_in(applicant).get(reverse("my_pages") + "?cursor=x").status_code == 400

    def test_as_many_queries_for_many_as_for_one(
        self, sign_in, submitted, applicant, django_assert_num_queries, call, now, partner,
        perspectives,
    ):  # fmt: skip
        client = sign_in(applicant)
        client.get(reverse("my_pages"))
        with django_assert_num_queries(7):
            client.get(reverse("my_pages"))
        for _ in range(10):
            other = Application.objects.start(call=call, by=applicant, at=now)
            other.edit(by=applicant, at=now, content=complete(partner, perspectives[0]))
            other.submit(by=applicant, at=now)
        with django_assert_num_queries(7):
            client.get(reverse("my_pages"))


class TestApplying:
    def test_as_oneself(self, sign_in, applicant, call):
        client = sign_in(applicant)
        response = client.post(reverse("apply", args=[call.slug]), {"applicant": "individual"})
        draft = Application.objects.get()
        assert (draft.applicant, draft.organisation) == (applicant, None)
        assert response.url == reverse("write_application", args=[draft.pk])

    def test_for_one_s_organisation(self, sign_in, applicant, organisation, call):
        client = sign_in(applicant)
        client.post(reverse("apply", args=[call.slug]), {"applicant": str(organisation.pk)})
        assert Application.objects.get().organisation == organisation

    def test_again_opens_the_same_draft(self, sign_in, applicant, draft):
        address = reverse("apply", args=[draft.call.slug])
        client = sign_in(applicant)
        assert reverse("write_application", args=[draft.pk]) in client.get(address).content.decode()
        response = client.post(address, {"applicant": "individual"})
        assert response.url == reverse("write_application", args=[draft.pk])
        assert Application.objects.count() == 1

    @pytest.mark.parametrize("choice", ["", "99999", "company", "\x00"])
    def test_not_as_anybody_else(self, sign_in, other_applicant, organisation, call, choice):
        client = sign_in(other_applicant)
        for value in (choice, str(organisation.pk)):
            response = client.post(reverse("apply", args=[call.slug]), {"applicant": value})
            assert response.status_code == 422
            assert response.context["form"].errors.keys() == {"applicant"}
        assert not Application.objects.exists()

    def test_only_as_what_the_call_allows(self, sign_in, applicant, organisation, scheme, call):
        scheme.applicants = ["company"]
        scheme.save()
        response = sign_in(applicant).get(reverse("apply", args=[call.slug]))
        assert response.context["form"].fields["applicant"].choices == []
        page = response.content.decode()
        assert "Begin the application" not in page
        # Who has an organisation is told of that one, and who may apply.
        assert "Föreningen Norr och Söder (Ideell förening) får inte söka det här stödet" in page
        assert "De som får söka är: Företag." in page

    def test_an_organisation_that_the_call_does_not_take_is_named(
        self, sign_in, applicant, organisation, call
    ):
        told = "Scen &amp; Ljus AB (Företag) får inte söka det här stödet."
        client, address = sign_in(applicant), reverse("apply", args=[call.slug])
        assert "får inte söka" not in client.get(address).content.decode()
        company = Organisation.objects.create(name="Scen & Ljus AB", kind="company")
        company.members.create(user=applicant, role="manager", since=date(2024, 1, 1))
        response = client.get(address)
        assert f"{told} De som får söka är: Privatperson," in response.content.decode()
        values = [value for value, _label in response.context["form"].fields["applicant"].choices]
        assert values == ["individual", str(organisation.pk)]
        refused = client.post(address, {"applicant": str(company.pk)})
        assert refused.context["form"].errors.keys() == {"applicant"}

    def test_not_in_a_closed_call(self, sign_in, applicant, call, now):
        Call.objects.filter(pk=call.pk).update(closes_at=now - timedelta(hours=1))
        client = sign_in(applicant)
        response = client.post(reverse("apply", args=[call.slug]), {"applicant": "individual"})
        assert response.status_code == 422
        assert response.context["form"].errors.keys() == {"__all__"}
        assert not Application.objects.exists()

    def test_a_call_that_is_not_public_is_not_found(self, sign_in, applicant, call):
        Call.objects.filter(pk=call.pk).update(state="draft")
        get(sign_in(applicant), "apply", call.slug, status=404)


class TestTheApplicationsPage:
    def test_other_people_s_applications_are_not_found(
        self, sign_in, draft, other_applicant, officer
    ):
        for person in (other_applicant, officer):
            client = sign_in(person)
            for name in ("application", "write_application", "write_budget", "review_application",
                         "attachments", "withdraw_application", "delete_draft",
                         "receipt"):  # fmt: skip
                get(client, name, draft.pk, status=404)
                address = reverse(name, args=[draft.pk])
                assert client.post(address, {"title": "Kapad"}).status_code in (404, 405)

    def test_it_tells_what_has_happened_and_no_more(self, sign_in, proposed, applicant):
        response = sign_in(applicant).get(proposed.get_absolute_url())
        told = [str(what) for what, _at in response.context["object"].history()]
        assert len(told) == 4
        text = response.content.decode()
        assert proposed.case.number in text
        assert "Väl genomtänkt." not in text

    def test_a_granted_one_shows_amount_reasons_and_the_public_award(
        self, sign_in, awarded, applicant
    ):
        text = get(sign_in(applicant), "application", awarded.application.pk)
        assert "15\u00a0000\u00a0kr" in text
        assert "Stärker utbytet." in text
        assert awarded.get_absolute_url() in text

    def test_the_form_leads_to_the_page_once_it_is_submitted(self, sign_in, submitted, applicant):
        response = sign_in(applicant).get(reverse("write_application", args=[submitted.pk]))
        assert response.url == submitted.get_absolute_url()

    def test_a_draft_has_no_receipt(self, sign_in, draft, applicant):
        get(sign_in(applicant), "receipt", draft.pk, status=404)

    def test_in_english_too(self, sign_in, submitted, applicant):
        swedish = submitted.get_absolute_url()
        with translation.override("en"):
            address = reverse("application", args=[submitted.pk])
        text = sign_in(applicant).get(address).content.decode()
        assert address.startswith("/en/my-pages/")
        assert "Travel grant" in text
        assert f'href="{swedish}"' in text

    def test_the_answers_stay_in_the_person_s_own_browser(self, sign_in, submitted, applicant):
        response = sign_in(applicant).get(submitted.get_absolute_url())
        assert response["Cache-Control"] == "private, no-cache"


class TestWithdrawing:
    def test_it_asks_and_then_withdraws(self, sign_in, submitted, applicant):
        client = sign_in(applicant)
        address = reverse("withdraw_application", args=[submitted.pk])
        assert client.get(address).status_code == 200
        submitted.refresh_from_db()
        assert submitted.state == "submitted"
        assert client.post(address).url == submitted.get_absolute_url()
        submitted.refresh_from_db()
        assert submitted.state == "withdrawn"

    def test_the_second_time_is_a_conflict(self, sign_in, submitted, applicant):
        client = sign_in(applicant)
        address = reverse("withdraw_application", args=[submitted.pk])
        client.post(address)
        assert client.post(address).status_code == 409
        assert client.get(address).url == submitted.get_absolute_url()


class TestDeletingADraft:
    def test_it_asks_and_then_deletes(self, sign_in, draft, applicant):
        client = sign_in(applicant)
        address = reverse("delete_draft", args=[draft.pk])
        assert client.get(address).status_code == 200
        assert client.post(address).url == reverse("my_pages")
        assert not Application.objects.exists()

    def test_what_has_been_submitted_is_not_found_there(self, sign_in, submitted, applicant):
        client = sign_in(applicant)
        assert client.post(reverse("delete_draft", args=[submitted.pk])).status_code == 404
        assert Application.objects.exists()
