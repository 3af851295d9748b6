"""A party's link: one purpose, one party, once, until its day; guessing is slowed down."""

import time
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.core.exceptions import ValidationError

from agreements.models import Confirmation
from portal.cases.models import Invitation
from portal.core import throttling
from tests.races import all_at_once


def token_of(path):
    return path.rstrip("/").rpartition("/")[2]


def test_each_party_gets_its_own_in_its_own_language(approved, links):
    paths = links(approved)
    assert paths["hugo"].startswith("/avtal/bekrafta/")
    assert paths["rasa"].startswith("/en/agreements/confirm/")
    subjects = {message.to[0]: message.subject for message in mail.outbox}
    assert subjects == {
        "hugo@example.org": "Villkor att bekräfta", "rasa@example.org": "Terms to confirm"
    }  # fmt: skip


def test_it_shows_the_common_terms_and_nothing_else_of_the_other_side(client, approved, links):
    page = client.get(links(approved)["rasa"])
    assert page.status_code == 200
    for told in ("Keičiamės šokėjais.", "Vi byter dansare.", "Invite two dancers",
                 approved.fingerprint):  # fmt: skip
        assert told in page.text
    for hidden in ("Hugo", "hugo@example.org", "Rasa", "KUN 2026"):
        assert hidden not in page.text
    assert page.text.index("Keičiamės") < page.text.index("Vi byter")
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex, nofollow"


def test_it_speaks_its_party_s_language_at_any_address_until_another_is_chosen(
    client, approved, links
):
    path = links(approved)["rasa"]
    for address in (path, f"/avtal/bekrafta/{token_of(path)}/"):
        page = client.get(address)
        assert '<html lang="en"' in page.text
        [swedish] = [one["url"] for one in page.context["languages"] if one["code"] == "sv"]
        assert swedish == f"/avtal/bekrafta/{token_of(path)}/?language=sv"
        assert '<html lang="sv"' in client.get(swedish).text


def test_it_confirms_once_for_its_own_party(client, approved, links, confirm):
    paths = links(approved)
    assert confirm(paths["rasa"]).status_code == 302
    confirmation = Confirmation.objects.get()
    assert confirmation.party.partner.slug == "vilnius"
    assert (confirmation.name, confirmation.role) == ("Rasa Petraitė", "Kulturchef")
    assert confirmation.fingerprint == approved.fingerprint
    assert confirm(paths["rasa"]).status_code == 410
    assert client.get(paths["rasa"]).status_code == 410
    assert Confirmation.objects.count() == 1
    assert [party.partner for party in approved.unconfirmed_parties(approved.fingerprint)] == [None]


@pytest.mark.parametrize(
    ("given", "field"),
    [({"name": ""}, "name"), ({"role": " "}, "role"), ({"agrees": ""}, "agrees")],
)
def test_what_is_missing_is_named_and_the_rest_kept(approved, links, confirm, given, field):
    path = links(approved)["rasa"]
    answer = confirm(path, **{"name": "Rasa P", "role": "Chef", **given})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert ("Rasa P" in answer.text) == (field != "name")
    assert Confirmation.objects.count() == 0
    assert confirm(path).status_code == 302


def test_a_changed_term_closes_it(client, approved, links, confirm):
    path = links(approved)["rasa"]
    approved.texts.filter(language="sv").update(body="Något annat.")
    assert client.get(path).status_code == 410
    assert confirm(path).status_code == 410
    assert Confirmation.objects.count() == 0


def test_it_ends_on_its_day(client, approved, links, confirm, now):
    path = links(approved)["rasa"]
    Invitation.objects.update(issued_at=now - timedelta(days=60), expires_at=now)
    assert client.get(path).status_code == 410
    assert confirm(path).status_code == 410


def test_new_links_end_those_before(client, approved, links, confirm):
    first = links(approved)
    confirm(first["hugo"])
    second = links(approved)
    assert sorted(second) == ["rasa"]
    assert client.get(first["rasa"]).status_code == 410
    assert client.get(second["rasa"]).status_code == 200


def test_nobody_is_invited_without_an_address(approved, officer, now):
    approved.agreement.parties.update(email="")
    with pytest.raises(ValidationError, match="Vilniusregionen"):
        approved.invite_to_confirm(by=officer, at=now)
    assert Invitation.objects.count() == 0


@pytest.fixture
def clock(monkeypatch):
    """The cache's clock, to be put forward."""
    started, passed = time.time(), 0

    class Clock:
        def forward(self, *, seconds):
            nonlocal passed
            passed += seconds

    monkeypatch.setattr("time.time", lambda: started + passed)
    return Clock()


class TestAForgedLink:
    def test_with_another_number_opens_nothing(self, client, approved, links):
        paths = links(approved)
        secret = signing.loads(token_of(paths["rasa"]), salt="portal.cases.invitations.confirm")[1]
        other = Invitation.objects.get(reference=approved.agreement.parties.first().pk)
        forged = signing.dumps([other.pk, secret], salt="portal.cases.invitations.confirm")
        assert client.get(f"/avtal/bekrafta/{forged}/").status_code == 404

    def test_for_another_purpose_opens_nothing(self, client, approved, links):
        token = token_of(links(approved)["rasa"])
        contents = signing.loads(token, salt="portal.cases.invitations.confirm")
        other = signing.dumps(contents, salt="portal.cases.invitations.review")
        assert client.get(f"/avtal/bekrafta/{other}/").status_code == 404

    @pytest.mark.parametrize("token", ["x", "WzEsMl0:1:a", "%00", "ö" * 50])
    def test_made_up_opens_nothing(self, client, db, token):
        assert client.get(f"/avtal/bekrafta/{token}/").status_code in {400, 404}

    def test_guessing_is_stopped_until_an_hour_from_the_first_has_passed(
        self, client, approved, links, clock
    ):
        path = links(approved)["rasa"]
        for _try in range(throttling.MOST):
            assert client.get("/avtal/bekrafta/gissning/").status_code == 404
            clock.forward(seconds=60)
        stopped = client.get(path)
        assert (stopped.status_code, stopped["Retry-After"]) == (429, "2400")
        assert "Wait 40 minutes." in stopped.text
        assert client.get(path, REMOTE_ADDR="10.0.0.9").status_code == 200
        clock.forward(seconds=2399)
        stopped = client.get(path)
        assert (stopped.status_code, stopped["Retry-After"]) == (429, "1")
        assert "Wait a minute." in stopped.text
        clock.forward(seconds=2)
        assert client.get(path).status_code == 200

    def test_an_ipv6_network_is_counted_as_one(self, client, db):
        def guess(source):
            return client.get("/avtal/bekrafta/x/", REMOTE_ADDR=source).status_code

        for number in range(throttling.MOST):
            assert guess(f"2001:db8:0:7:{number:x}::{number:x}") == 404
        assert guess("2001:db8:0:7::ffff") == 429
        assert guess("2001:db8:0:8::1") == 404

    def test_ipv4_written_as_ipv6_is_counted_by_its_address(self, client, db):
        for _try in range(throttling.MOST):
            client.get("/avtal/bekrafta/x/", REMOTE_ADDR="::ffff:10.0.0.7")
        seen = [
            client.get("/avtal/bekrafta/x/", REMOTE_ADDR=source).status_code
            for source in ("10.0.0.7", "::ffff:10.0.0.8", "not-an-address")
        ]
        assert seen == [429, 404, 404]

    def test_a_made_up_header_hides_nobody(self, client, db, settings):
        for number in range(throttling.MOST):
            client.get("/avtal/bekrafta/x/", headers={"X-Forwarded-For": f"10.1.1.{number}"})
        assert client.get("/avtal/bekrafta/x/").status_code == 429
        settings.PROXIES = 1
        seen = {"X-Forwarded-For": "1.2.3.4, 10.2.2.2"}
        assert client.get("/avtal/bekrafta/x/", headers=seen).status_code == 404


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    MANY = 20

    def test_one_link_confirms_once(self, approved, links, confirm):
        path = links(approved)["rasa"]
        results = all_at_once(*[lambda: confirm(path).status_code] * self.MANY)
        assert sorted(results) == [302] + [410] * (self.MANY - 1)
        assert Confirmation.objects.count() == 1

    def test_control_without_spending_it_the_link_confirms_many_times(self, approved, links, now):
        """The same reading and writing, with no lock and no spending between them."""
        links(approved)
        party = approved.agreement.parties.last()
        invitation = Invitation.objects.get(reference=party.pk)

        def confirm():
            invitation.check_live(now)
            Confirmation.objects.create(
                version=approved, party=party, fingerprint=invitation.fingerprint, name="-",
                role="-", confirmed_at=now, voided_at=now,
            )  # fmt: skip

        all_at_once(*[confirm] * self.MANY)
        assert Confirmation.objects.count() == self.MANY
