"""What would have let terms, links or dates slip; each was found by a hostile reading."""

import logging.config
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from agreements.models import Agreement, AgreementVersion
from portal.cases.models import Invitation
from portal.core import outbox
from portal.core.models import Mail
from portal.core.workflow import WrongState
from tests.admin.forms import send

LONG_AGO = date(2010, 1, 1)


def page_of(version):
    return f"/admin/agreements/agreementversion/{version.pk}/change/"


def stored(version):
    return AgreementVersion.objects.get(pk=version.pk)


def rewritten(version, decide, officer, at, body):
    """Taken back, changed, and approved anew."""
    version.reopen(by=officer, at=at)
    version.texts.filter(language="sv").update(body=body)
    version.propose(by=officer, at=at, reasons="Igen.")
    return decide(version)


class TestTheTerms:
    def test_that_are_public_are_the_signed_ones_though_others_were_kept_later(
        self, approved, decide, links, confirm, officer, now
    ):
        first = approved.texts.get(language="sv").body
        rewritten(approved, decide, officer, now, "Något annat.")
        rewritten(approved, decide, officer, now, first)
        for path in links(approved).values():
            confirm(path)
        approved.sign(by=officer, at=now, signed_on=timezone.localdate(now))
        AgreementVersion.objects.update(texts_public=True)
        version = stored(approved)
        assert version.public_terms.fingerprint == version.fingerprint
        assert version.public_terms != version.snapshots.last()

    def test_name_every_party_before_they_are_proposed(
        self, client, negotiated, decide, links, officer, now
    ):
        negotiated.agreement.parties.filter(partner=None).update(name="")
        version = decide(negotiated.propose(by=officer, at=now, reasons="Bra."))
        found = {name: client.get(path).status_code for name, path in links(version).items()}
        assert found == {"hugo": 200, "rasa": 200}

    def test_stand_still_on_the_agreement_s_page_too(self, approved, sign_in, officer):
        Agreement.objects.update(publication="draft")
        before = stored(approved).fingerprint
        address = f"/admin/agreements/agreement/{approved.agreement_id}/change/"
        send(sign_in(officer), address, kind="memorandum", slug="annat")
        assert stored(approved).fingerprint == before

    def test_may_be_confirmed_anew_when_a_perspective_got_another_address(
        self, approved, links, confirm, perspectives
    ):
        approved.commitments.get().perspectives.add(perspectives[0])
        assert confirm(links(approved)["rasa"]).status_code == 302
        type(perspectives[0]).objects.filter(pk=perspectives[0].pk).update(slug="annan")
        assert confirm(links(approved)["rasa"]).status_code == 302
        assert approved.confirmations.live().count() == 1

    def test_become_public_after_the_signing_and_nothing_else_changes(
        self, signed, sign_in, officer
    ):
        before = signed.fingerprint
        answer = send(
            sign_in(officer), page_of(signed), texts_public="on", valid_until="2040-01-01"
        )
        version = stored(signed)
        assert (answer.status_code, version.texts_public) == (302, True)
        assert version.fingerprint == before


class TestLinks:
    def test_go_to_an_address_that_is_mended_after_the_decision(
        self, approved, links, sign_in, officer
    ):
        address = f"/admin/agreements/agreement/{approved.agreement_id}/change/"
        changes = {"parties-1-email": "ny@example.org", "parties-1-name": "Annat"}
        before = stored(approved).fingerprint
        assert send(sign_in(officer), address, **changes).status_code == 302
        assert stored(approved).fingerprint == before
        assert sorted(links(approved)) == ["hugo", "ny"]

    def test_are_not_sent_when_all_have_confirmed(self, confirmed, officer, now):
        with pytest.raises(ValidationError):
            confirmed.invite_to_confirm(by=officer, at=now)

    def test_that_ended_unused_are_told_of_when_the_terms_are_taken_back(
        self, approved, links, officer, now
    ):
        links(approved)
        before = Mail.objects.count()
        approved.reopen(by=officer, at=now + timedelta(days=40))
        assert Mail.objects.count() == before + 2

    def test_of_a_party_that_is_gone_are_answered_calmly(self, client, approved, links):
        path = links(approved)["rasa"]
        approved.commitments.all().delete()
        approved.agreement.parties.exclude(partner=None).delete()
        assert client.get(path).status_code == 410

    def test_speak_the_party_s_language_at_any_address(self, client, approved, links):
        path = links(approved)["rasa"].replace("/en/agreements/confirm/", "/avtal/bekrafta/")
        answer = client.get(path, headers={"accept-language": "sv"})
        assert '<html lang="en"' in answer.text
        assert answer.headers["Content-Language"] == "en"
        Invitation.objects.update(revoked_at=timezone.now())
        assert '<html lang="en"' in client.get(path).text

    @pytest.mark.parametrize("form", ["console", "json"])
    def test_stand_in_no_log_line(self, client, approved, links, capfd, settings, form):
        handlers = {"stderr": {"class": "logging.StreamHandler", "formatter": form}}
        logging.config.dictConfig({**settings.LOGGING, "handlers": handlers})
        path = links(approved)["rasa"]
        Invitation.objects.update(revoked_at=timezone.now())
        assert client.get(path).status_code == 410
        line = capfd.readouterr().err
        assert "/en/agreements/confirm/…/" in line
        assert path not in line

    def test_are_read_by_nobody_in_the_outbox(self, approved, sign_in, administrator, officer, now,
                                              settings):  # fmt: skip
        settings.OUTBOX_SEND_ON_COMMIT = False
        approved.invite_to_confirm(by=officer, at=now)
        mail = Mail.objects.get(to="rasa@example.org")
        path = mail.body.partition("https://portal.example.org")[2].split()[0]
        page = sign_in(administrator).get(f"/admin/core/mail/{mail.pk}/change/")
        assert path not in page.text
        outbox.send_pending()
        mail.refresh_from_db()
        assert path not in mail.body


class TestDays:
    def noted(self, version, officer, at, day, precision="year"):
        version.note_signed(by=officer, at=at, signed=(day, precision))

    def test_what_was_noted_is_corrected(self, agreement, sign_in, officer):
        first = agreement.versions.first()
        address = f"/admin/agreements/agreementversion/{first.pk}/do/correct_noted/"
        client = sign_in(officer)
        assert client.get(address).context["adminform"].form.initial == {"signed": "2014"}
        assert client.post(address, {"signed": "2014-11"}).status_code == 302
        agreement.refresh_from_db()
        assert agreement.signed_on == date(2014, 11, 1)
        refused = client.post(address, {"signed": "2019"})
        assert list(refused.context["errors"]) == ["signed"]

    def test_what_was_confirmed_here_is_never_corrected(self, signed, officer, now):
        with pytest.raises(PermissionDenied):
            signed.correct_noted(by=officer, at=now, signed=(LONG_AGO, "year"))

    def test_a_renewal_is_not_older_than_what_it_renews(self, coming, officer, now):
        self.noted(coming, officer, now, date(2018, 1, 1))
        coming.agreement.begin_renewal(by=officer, at=now)
        renewal = coming.agreement.versions.last()
        with pytest.raises(ValidationError):
            self.noted(renewal, officer, now, LONG_AGO)
        self.noted(renewal, officer, now, date(2018, 1, 1))

    def test_notice_is_given_of_the_version_that_holds(self, agreement, officer, now):
        with pytest.raises(WrongState):
            agreement.versions.first().terminate(
                by=officer, at=now, terminated_on=date(2019, 1, 1), termination="Slut."
            )

    @pytest.mark.parametrize(("days", "why"), [(1, "Slut."), (0, "  ")])
    def test_it_ends_at_the_latest_by_itself_and_for_a_reason(
        self, signed, officer, now, days, why
    ):
        last = signed.valid_until + timedelta(days=days)
        with pytest.raises(ValidationError):
            signed.terminate(by=officer, at=now, terminated_on=last, termination=why)

    def test_a_point_that_has_ended_decides_nothing(
        self, negotiated, delegation_point, officer, now
    ):
        type(delegation_point).objects.update(valid_until=date(2021, 1, 1))
        delegation_point.refresh_from_db()
        with pytest.raises(ValidationError):
            negotiated.propose(
                by=officer, at=now, reasons="Bra.", delegation_point=delegation_point
            )

    def test_a_reopened_version_rests_on_no_decision(self, approved, officer, now):
        approved.reopen(by=officer, at=now)
        assert approved.decision is None

    def test_a_signing_is_one_line_in_the_history(self, confirmed, officer, now):
        before = confirmed.history.count()
        confirmed.sign(by=officer, at=now, signed_on=timezone.localdate(now))
        assert confirmed.history.count() == before + 1
