"""A commitment's way: begun, done once or for good, dropped with a reason; by officers only."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from agreements.models import Commitment
from portal.cases.models import Case, Document
from portal.core.workflow import WrongState

DONE = {"done_on": date(2025, 5, 20), "evidence": "Katalogen"}
GIVEN = {"begin": {}, "fulfil": DONE, "fulfil_once": DONE, "drop": {"because": "Lokalen såldes"}}


def perform(commitment, verb, user, now, **given):
    return getattr(commitment, verb)(by=user, at=now, **{**GIVEN[verb], **given})


def logged(commitment):
    return [event.what for event in commitment.agreement.case.events.all()]


def test_it_is_begun_and_done_with_day_and_evidence(commitment, officer, now):
    perform(commitment, "begin", officer, now)
    assert commitment.state == "under_way"
    perform(commitment, "fulfil", officer, now)
    fulfilment = commitment.fulfilments.get()
    assert commitment.state == "done"
    assert (fulfilment.done_on, fulfilment.due_on, fulfilment.evidence, fulfilment.noted_by) == (
        date(2025, 5, 20), date(2025, 6, 1), "Katalogen", officer,
    )  # fmt: skip
    assert logged(commitment) == ["begin", "fulfil"]
    assert commitment.agreement.case.events.last().details == {
        "commitment": commitment.pk,
        "fulfilment": fulfilment.pk,
    }


def test_it_is_dropped_with_a_reason(commitment, officer, now):
    perform(commitment, "drop", officer, now)
    assert (commitment.state, commitment.dropped_because) == ("dropped", "Lokalen såldes")


@pytest.mark.parametrize("because", ["", "  "])
def test_nothing_is_dropped_without_a_reason(commitment, officer, now, because):
    with pytest.raises(ValidationError):
        perform(commitment, "drop", officer, now, because=because)
    commitment.refresh_from_db()
    assert commitment.state == "promised"


def test_the_database_wants_the_reason_too(commitment):
    for values in ({"state": "dropped"}, {"state": "done", "dropped_because": "Varför?"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Commitment.objects.filter(pk=commitment.pk).update(**values)


@pytest.mark.parametrize("verb", GIVEN)
@pytest.mark.parametrize("who", ["applicant", "secretary", "administrator"])
def test_only_officers_keep_the_ledger(request, yearly, now, verb, who):
    with pytest.raises(PermissionDenied):
        perform(yearly, verb, request.getfixturevalue(who), now)
    assert (yearly.state, yearly.fulfilments.count()) == ("promised", 0)


def test_an_officer_who_is_a_party_of_the_case_does_not(commitment, officer, now):
    commitment.agreement.case.parties.create(role="counterpart", user=officer)
    with pytest.raises(PermissionDenied):
        perform(commitment, "begin", officer, now)


@pytest.mark.parametrize("verb", GIVEN)
@pytest.mark.parametrize("state", ["done", "changed"])
def test_what_is_done_or_replaced_stays(yearly, officer, now, verb, state):
    Commitment.objects.update(state=state)
    with pytest.raises(WrongState):
        perform(yearly, verb, officer, now)
    yearly.refresh_from_db()
    assert (yearly.state, yearly.fulfilments.count()) == (state, 0)


@pytest.mark.parametrize("verb", ["begin", "fulfil", "drop"])
def test_the_repetition_is_refused(commitment, officer, now, verb):
    perform(commitment, verb, officer, now)
    with pytest.raises(WrongState):
        perform(commitment, verb, officer, now)
    assert commitment.fulfilments.count() == (verb == "fulfil")


@pytest.mark.parametrize("verb", GIVEN)
def test_a_draft_promises_nothing_yet(pledge, ours, draft_version, officer, now, verb):
    commitment = pledge(ours, version=draft_version, rhythm="yearly")
    with pytest.raises(WrongState):
        perform(commitment, verb, officer, now)
    assert (commitment.state, commitment.fulfilments.count()) == ("promised", 0)


def test_what_is_to_be_done_once_is_not_done_for_this_time_only(commitment, officer, now):
    with pytest.raises(ValidationError):
        perform(commitment, "fulfil_once", officer, now)
    assert commitment.fulfilments.count() == 0


def test_a_rhythm_goes_on_with_the_next_day(yearly, officer, now):
    assert yearly.is_late(date(2024, 1, 1))
    perform(yearly, "fulfil_once", officer, now, done_on=date(2023, 11, 1))
    assert (yearly.state, yearly.awaited_on) == ("under_way", date(2024, 12, 31))
    assert (yearly.is_late(date(2024, 12, 31)), yearly.is_late(date(2025, 1, 1))) == (False, True)
    perform(yearly, "fulfil_once", officer, now, done_on=date(2024, 12, 1))
    assert yearly.awaited_on == date(2025, 12, 31)
    assert [one.due_on for one in yearly.fulfilments.all()] == [
        date(2023, 12, 31),
        date(2024, 12, 31),
    ]


def test_the_terms_are_not_touched_by_what_is_done(yearly, officer, now):
    before = yearly.version.fingerprint
    perform(yearly, "fulfil_once", officer, now, done_on=date(2023, 11, 1))
    assert yearly.version.fingerprint == before


def test_times_that_were_missed_are_not_asked_for_again(yearly, officer, now):
    perform(yearly, "fulfil_once", officer, now, done_on=date(2025, 7, 1))
    assert yearly.awaited_on == date(2025, 12, 31)


def test_twice_a_year_keeps_to_the_last_day_of_short_months(pledge, ours, officer, now):
    commitment = pledge(ours, due_on=date(2023, 8, 31), rhythm="half_yearly")
    awaited = []
    for done_on in (date(2023, 8, 1), date(2024, 2, 1), date(2024, 8, 1)):
        perform(commitment, "fulfil_once", officer, now, done_on=done_on)
        awaited.append(commitment.awaited_on)
    assert awaited == [date(2024, 2, 29), date(2024, 8, 31), date(2025, 2, 28)]


def test_a_new_version_carries_on_with_the_time_that_comes_next(
    yearly, draft_version, officer, now
):
    yearly.fulfil_once(by=officer, at=now, done_on=date(2023, 11, 1), evidence="Syns")
    Commitment.objects.filter(pk=yearly.pk).carry_on(draft_version)
    copy = yearly.carried_on_by.get()
    assert (copy.due_on, copy.next_on) == (date(2024, 12, 31), None)
    # It is done once more before the new version is signed.
    yearly.fulfil_once(by=officer, at=now, done_on=date(2024, 11, 1), evidence="Syns")
    yearly.be_changed(by=officer, at=now)
    copy.refresh_from_db()
    assert (copy.due_on, copy.awaited_on) == (date(2024, 12, 31), date(2025, 12, 31))


def test_a_rhythm_can_be_done_for_good(yearly, officer, now):
    perform(yearly, "fulfil_once", officer, now)
    perform(yearly, "fulfil", officer, now)
    assert (yearly.state, yearly.fulfilments.count()) == ("done", 2)


def test_the_day_has_come_and_lies_after_the_signing(commitment, officer, now):
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    for day in (tomorrow, date(2018, 5, 6)):
        with pytest.raises(ValidationError) as error:
            perform(commitment, "fulfil", officer, now, done_on=day)
        assert list(error.value.message_dict) == ["done_on"]
    perform(commitment, "fulfil", officer, now, done_on=date(2018, 5, 7))


def test_it_wants_evidence(commitment, officer, now):
    with pytest.raises(ValidationError) as error:
        perform(commitment, "fulfil", officer, now, evidence=" ")
    assert list(error.value.message_dict) == ["evidence"]


def test_the_document_is_one_of_the_agreement_s_case(commitment, officer, now):
    other = Case.objects.create(kind="other", title="Annat")
    documents = [
        Document.objects.create(
            case=case, title="Katalog", file="k.pdf", filename="k.pdf", size=1, sha256="-",
            added_at=now, added_by=officer,
        )
        for case in (other, commitment.agreement.case)
    ]  # fmt: skip
    with pytest.raises(ValidationError) as error:
        perform(commitment, "fulfil", officer, now, document=documents[0])
    assert list(error.value.message_dict) == ["document"]
    perform(commitment, "fulfil", officer, now, document=documents[1])
    assert commitment.fulfilments.get().document == documents[1]


def test_version_and_party_are_of_the_same_agreement(commitment, agreement, partner, ours):
    case = Case.objects.create(kind="agreement", title="Annat")
    other = type(agreement).objects.create(slug="annat", case=case, kind="memorandum")
    party = other.parties.create(partner=partner)
    commitment.party = party
    with pytest.raises(ValidationError) as error:
        commitment.full_clean()
    assert list(error.value.message_dict) == ["party"]
    commitment.party, commitment.version = ours, other.versions.create(kind="original")
    with pytest.raises(ValidationError) as error:
        commitment.full_clean()
    assert list(error.value.message_dict) == ["version"]


def test_the_log_tells_it_in_words(commitment, sign_in, administrator, officer, now):
    perform(commitment, "begin", officer, now)
    case = commitment.agreement.case
    case.register(by=officer, at=now, title="Avtal")
    page = sign_in(administrator).get(f"/en/admin/cases/case/{case.pk}/history/")
    assert [str(told) for _event, told in page.context["events"]] == ["Begin", "Registered"]
