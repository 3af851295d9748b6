"""A version's way: who may do what, in which state, and what follows."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from agreements.models import TermsSnapshot
from agreements.workflow import VersionState
from portal.core.workflow import WrongState
from tests.races import all_at_once, kinds_of_failure, succeeded


def today(now):
    return timezone.localdate(now)


class TestNegotiating:
    def test_registers_the_matter_and_names_the_parties(self, coming, officer, now):
        coming.negotiate(by=officer, at=now)
        assert coming.agreement.case.number == f"KUN {now.year}-00001"
        names = coming.agreement.parties.values_list("name", flat=True)
        assert list(names) == ["Kulturnämnden, Västra Götalandsregionen", "Vilniusregionen"]

    def test_is_not_for_others(self, coming, secretary, applicant, now):
        for user in (secretary, applicant):
            with pytest.raises(PermissionDenied):
                coming.negotiate(by=user, at=now)

    def test_nor_for_who_belongs_to_the_other_side(self, coming, officer, now):
        coming.agreement.case.parties.create(role="counterpart", user=officer)
        with pytest.raises(PermissionDenied):
            coming.negotiate(by=officer, at=now)

    def test_once(self, negotiated, officer, now):
        with pytest.raises(WrongState):
            negotiated.negotiate(by=officer, at=now)


class TestProposing:
    @pytest.mark.parametrize("lacking", ["texts", "parties", "end"])
    def test_asks_for_what_the_terms_lack(self, negotiated, officer, now, lacking):
        match lacking:
            case "texts":
                negotiated.texts.all().delete()
            case "parties":
                negotiated.commitments.all().delete()
                negotiated.agreement.parties.last().delete()
            case "end":
                type(negotiated).objects.update(valid_until=None)
        with pytest.raises(ValidationError):
            negotiated.propose(by=officer, at=now, reasons="Bra.")
        assert negotiated.agreement.case.proposals.count() == 0

    def test_keeps_the_terms_and_asks_the_committee(self, negotiated, officer, now):
        negotiated.propose(by=officer, at=now, reasons="Bra.")
        proposal = negotiated.agreement.case.proposals.get()
        assert (proposal.purpose, proposal.outcome, proposal.amount) == ("sign", "approved", None)
        assert negotiated.snapshots.get().fingerprint == negotiated.fingerprint

    def test_not_before_the_negotiation(self, coming, officer, now):
        with pytest.raises(WrongState):
            coming.propose(by=officer, at=now, reasons="Bra.")


class TestTheDecision:
    def test_approves(self, approved):
        assert approved.state == VersionState.APPROVED
        assert approved.decision.section == 12
        assert [one.slug for one in approved.decision.perspectives.all()] == ["invanare"]
        assert approved.decision.country == "LT"

    def test_or_sends_back(self, negotiated, decide, officer, now):
        negotiated.propose(by=officer, at=now, reasons="Bra.")
        assert decide(negotiated, "rejected").state == VersionState.NEGOTIATION
        negotiated.propose(by=officer, at=now, reasons="Bättre.")
        assert decide(negotiated).state == VersionState.APPROVED

    def test_cannot_grant_money(self, negotiated, decide, officer, now):
        negotiated.propose(by=officer, at=now, reasons="Bra.")
        with pytest.raises(ValidationError):
            decide(negotiated, "granted")


class TestReopening:
    def test_voids_confirmations_and_tells_each(
        self, confirmed, officer, now, django_capture_on_commit_callbacks
    ):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            confirmed.reopen(by=officer, at=now)
        assert confirmed.state == VersionState.NEGOTIATION
        assert confirmed.confirmations.live().count() == 0
        told = {message.to[0]: message.subject for message in mail.outbox}
        assert told == {
            "hugo@example.org": "Villkoren ändras",
            "rasa@example.org": "The terms are being changed",
        }

    def test_tells_who_has_a_link_only(
        self, approved, links, officer, now, client, django_capture_on_commit_callbacks
    ):
        paths = links(approved)
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            approved.reopen(by=officer, at=now)
        assert len(mail.outbox) == 2
        assert [client.get(path).status_code for path in paths.values()] == [410, 410]

    def test_the_whole_way_again(self, confirmed, decide, links, confirm, officer, now):
        first = confirmed.fingerprint
        confirmed.reopen(by=officer, at=now)
        confirmed.texts.filter(language="sv").update(body="Vi byter dansare och sångare.")
        decide(confirmed.propose(by=officer, at=now, reasons="Ändrat."))
        assert confirmed.fingerprint != first
        with pytest.raises(ValidationError, match="Vilniusregionen"):
            confirmed.sign(by=officer, at=now, signed_on=today(now))
        for path in links(confirmed).values():
            confirm(path)
        confirmed.sign(by=officer, at=now, signed_on=today(now))
        assert confirmed.agreement.standing(today(now)) == "in_force"
        assert confirmed.confirmations.count() == 4


class TestSigning:
    def test_asks_for_every_party(self, approved, links, confirm, officer, now):
        confirm(links(approved)["rasa"])
        with pytest.raises(ValidationError, match="Kulturnämnden"):
            approved.sign(by=officer, at=now, signed_on=today(now))

    @pytest.mark.parametrize("days", [1, -1, 4000])
    def test_on_a_day_that_can_be(self, confirmed, officer, now, days):
        with pytest.raises(ValidationError):
            confirmed.sign(by=officer, at=now, signed_on=today(now) + timedelta(days=days))

    def test_puts_the_agreement_in_force_once(self, signed, officer, now):
        agreement = signed.agreement
        assert (agreement.signed_on, agreement.valid_until) == (today(now), signed.valid_until)
        with pytest.raises(WrongState):
            signed.sign(by=officer, at=now, signed_on=today(now))

    def test_a_term_changed_behind_its_back_is_not_signed(self, confirmed, officer, now):
        confirmed.texts.filter(language="lt").update(body="Kita.")
        with pytest.raises(ValidationError):
            confirmed.sign(by=officer, at=now, signed_on=today(now))


class TestGoingOn:
    def test_a_renewal_carries_on_texts_and_live_commitments(
        self, signed, decide, links, confirm, officer, now
    ):
        agreement = signed.agreement
        signed.commitments.create(
            agreement=agreement, party=agreement.parties.first(), text_sv="Klart", state="done"
        )
        agreement.begin_renewal(by=officer, at=now)
        renewal = agreement.coming_version
        assert (renewal.number, renewal.kind, renewal.previous) == (2, "renewal", signed)
        assert [text.language for text in renewal.texts.all()] == ["sv", "lt"]
        (commitment,) = renewal.commitments.all()
        assert commitment.continues == signed.commitments.first()
        renewal.valid_until = date(now.year + 6, 12, 31)
        renewal.save()
        renewal.negotiate(by=officer, at=now)
        decide(renewal.propose(by=officer, at=now, reasons="Förläng."))
        for path in links(renewal).values():
            confirm(path)
        renewal.sign(by=officer, at=now, signed_on=today(now))
        assert [one.state for one in signed.commitments.all()] == ["changed", "done"]
        agreement.refresh_from_db()
        assert agreement.valid_until == date(now.year + 6, 12, 31)

    def test_one_at_a_time(self, signed, officer, now):
        signed.agreement.begin_amendment(by=officer, at=now)
        with pytest.raises(ValidationError):
            signed.agreement.begin_renewal(by=officer, at=now)
        with pytest.raises(IntegrityError), transaction.atomic():
            signed.agreement.versions.create(kind="renewal", number=9)

    def test_after_one_was_abandoned(self, signed, officer, now):
        signed.agreement.begin_renewal(by=officer, at=now)
        signed.agreement.coming_version.abandon(by=officer, at=now)
        signed.agreement.begin_renewal(by=officer, at=now)
        assert signed.agreement.coming_version.number == 3

    def test_not_from_a_draft(self, coming, officer, now):
        with pytest.raises(ValidationError):
            coming.agreement.begin_renewal(by=officer, at=now)


class TestTerminating:
    def test_ends_it_on_its_day(self, signed, officer, now):
        last = today(now) + timedelta(days=60)
        signed.terminate(by=officer, at=now, terminated_on=last, termination="Ny inriktning")
        agreement = signed.agreement
        agreement.refresh_from_db()
        assert agreement.standing(last) == "in_force"
        assert agreement.standing(last + timedelta(days=1)) == "terminated"
        objects = type(agreement).objects
        assert [objects.in_force(last).count(), objects.terminated(last).count()] == [1, 0]
        after = last + timedelta(days=1)
        assert [objects.in_force(after).count(), objects.terminated(after).count()] == [0, 1]

    def test_not_before_it_was_signed(self, signed, officer, now):
        with pytest.raises(ValidationError):
            signed.terminate(by=officer, at=now, terminated_on=date(2000, 1, 1), termination="Fel")

    def test_not_by_others(self, signed, secretary, now):
        with pytest.raises(PermissionDenied):
            signed.terminate(by=secretary, at=now, terminated_on=today(now), termination="X")


def test_what_was_signed_long_ago_is_noted_as_precisely_as_known(coming, officer, now):
    coming.note_signed(by=officer, at=now, signed=(date(2009, 1, 1), "year"))
    assert (coming.state, coming.signed_text) == ("signed", "2009")
    assert coming.agreement.signed_on == date(2009, 1, 1)


def test_what_was_kept_stays(signed):
    with pytest.raises(IntegrityError), transaction.atomic():
        TermsSnapshot.objects.update(fingerprint="0" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        TermsSnapshot.objects.all().delete()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_confirming_and_reopening_at_once_leaves_no_live_confirmation(
    approved, links, confirm, officer, now
):
    paths = links(approved)
    reopen = [lambda: approved.reopen(by=officer, at=now)]
    results = all_at_once(*reopen, *(lambda path=path: confirm(path) for path in paths.values()))
    assert kinds_of_failure(results) == set()
    approved.refresh_from_db()
    assert approved.state == VersionState.NEGOTIATION
    assert approved.confirmations.live().count() == 0


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_signing_many_times_at_once_signs_once(confirmed, officer, now):
    copies = [type(confirmed).objects.get(pk=confirmed.pk) for _n in range(20)]
    results = all_at_once(
        *(lambda one=one: one.sign(by=officer, at=now, signed_on=today(now)) for one in copies)
    )
    assert kinds_of_failure(results) == {"WrongState"}
    assert succeeded(results) == 1
