"""The joint review: begun, sent, written by both sides, closed."""

from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from agreements.models import Review
from portal.cases.invitations import LinkRefused, UnknownLink
from portal.cases.models import Invitation
from portal.core.models import Mail
from portal.core.workflow import WrongState
from tests.agreements.ledger.conftest import WRITTEN

CLOSING = {"summary_sv": "Året gick bra", "summary_en": "The year went well", "achieved": {}}


@pytest.fixture
def invitation(link):
    return Invitation.objects.get()


def write(review, invitation, now, **given):
    values = {**WRITTEN, "done": [], "achieved": {}, **given}
    return review.write(by=None, at=now, invitation=invitation, **values)


def write_own(review, officer, now, **given):
    part = review.own_parts()[0]
    values = {"part": part, **WRITTEN, "done": [], "achieved": {}, **given}
    return review.write_own(by=officer, at=now, **values)


def test_it_is_begun_with_a_part_for_each_party(review, agreement):
    assert sorted(part.party_id for part in review.parts.all()) == [
        party.pk for party in agreement.parties.all()
    ]
    event = agreement.case.events.get()
    assert (event.what, event.details) == ("review_begun", {"review": 2025})


def test_one_review_a_year(review, agreement):
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(agreement=agreement, year=2025, due_on=date(2026, 2, 1))


@pytest.mark.parametrize("year", [2013, 9999])
def test_a_year_before_the_signing_or_to_come_is_not_reviewed(agreement, year):
    with pytest.raises(ValidationError) as error:
        Review(agreement=agreement, year=year, due_on=date(2026, 2, 1)).full_clean()
    assert list(error.value.message_dict) == ["year"]


def test_the_other_side_gets_its_link_in_its_language(link, theirs):
    message = mail.outbox[0]
    assert (message.to, message.subject) == (
        ["rita@vilnius.example.org"],
        "Joint review of 2025: Agreement with Vilnius",
    )
    assert link.startswith("/en/agreements/review/")
    assert "Rita" not in message.subject


def test_our_own_side_gets_no_link(review, ours, officer, now):
    ours.email = "ours@example.org"
    ours.save()
    review.invite_to_write(by=officer, at=now)
    assert list(Mail.objects.values_list("to", flat=True)) == ["rita@vilnius.example.org"]


def test_nobody_is_left_out_silently(review, theirs, officer, now):
    theirs.email = ""
    theirs.save()
    with pytest.raises(ValidationError) as error:
        review.invite_to_write(by=officer, at=now)
    assert "Vilniusregionen" in str(error.value)
    assert (Invitation.objects.count(), Mail.objects.count()) == (0, 0)


def test_a_new_link_ends_the_one_before(invitation, review, officer, now):
    review.invite_to_write(by=officer, at=now)
    invitation.refresh_from_db()
    assert invitation.revoked_at == now
    with pytest.raises(LinkRefused):
        write(review, invitation, now)
    assert review.parts.exclude(written_at=None).count() == 0


def test_the_other_side_writes_once(invitation, review, theirs, commitment, perspectives, now):
    write(review, invitation, now, done=[commitment], achieved={perspectives[0]: "Fler möten"})
    part = review.parts.get(party=theirs)
    assert (part.went_well, part.author_name, part.written_at) == (
        "The residencies went well.", "Rita Kalnina", now,
    )  # fmt: skip
    assert [tick.commitment for tick in part.ticks.all()] == [commitment]
    assert [one.text for one in part.achievements.all()] == ["Fler möten"]
    with pytest.raises(LinkRefused):
        write(review, invitation, now, went_well="Again")
    part.refresh_from_db()
    assert part.went_well == "The residencies went well."


def test_when_all_have_written_nobody_is_asked(invitation, review, officer, now):
    write(review, invitation, now)
    with pytest.raises(ValidationError):
        review.invite_to_write(by=officer, at=now)


def test_the_log_names_no_person(invitation, review, now):
    write(review, invitation, now)
    event = review.agreement.case.events.last()
    assert (event.what, event.by) == ("write", None)
    assert event.details == {"review": 2025, "party": review.parts.last().party_id}


def test_a_link_opens_its_own_review_only(invitation, agreement, officer, now):
    other = Review(agreement=agreement, year=2024, due_on=date(2025, 1, 31))
    other.begin(by=officer, at=now)
    with pytest.raises(UnknownLink):
        write(other, invitation, now)
    invitation.refresh_from_db()
    assert invitation.used_at is None
    assert other.parts.exclude(written_at=None).count() == 0


def test_a_link_for_something_else_opens_no_review(review, agreement, theirs, officer, now):
    Invitation.objects.issue(
        case=agreement.case, purpose="confirm", reference=review.parts.last().pk, by=officer, at=now
    )
    with pytest.raises(LinkRefused):
        write(review, Invitation.objects.get(), now)


def test_what_is_not_asked_about_is_not_ticked(
    invitation, review, pledge, ours, draft_version, now
):
    for other in (
        pledge(ours, version=draft_version),
        pledge(ours, state="dropped", dropped_because="Lokalen"),
    ):
        with pytest.raises(ValidationError):
            write(review, invitation, now, done=[other])
    invitation.refresh_from_db()
    assert invitation.used_at is None


def test_a_part_says_who_answers_for_it(invitation, review, now):
    with pytest.raises(ValidationError) as error:
        write(review, invitation, now, author_name=" ")
    assert list(error.value.message_dict) == ["author_name"]


def test_officers_write_our_part_and_may_write_it_again(review, officer, ours, now):
    write_own(review, officer, now)
    write_own(review, officer, now, went_well="Bättre ord")
    assert review.parts.get(party=ours).went_well == "Bättre ord"


def test_officers_never_write_the_other_side_s(review, officer, theirs, now):
    with pytest.raises(ValidationError):
        write_own(review, officer, now, part=review.parts.get(party=theirs))
    assert review.parts.exclude(written_at=None).count() == 0


@pytest.mark.parametrize("who", ["applicant", "secretary", "administrator"])
def test_others_neither_send_write_nor_close(request, review, now, who):
    user = request.getfixturevalue(who)
    for act in (
        lambda: review.invite_to_write(by=user, at=now),
        lambda: write_own(review, user, now),
        lambda: review.close(by=user, at=now, **CLOSING),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert (review.state, Invitation.objects.count()) == ("open", 0)


def test_closing_gives_the_agreement_its_summary_and_what_was_achieved(
    review, agreement, perspectives, officer, now
):
    tag = agreement.tags.get()
    review.close(
        by=officer, at=now, summary_sv="Året gick bra", summary_en="The year went well",
        achieved={
            perspectives[0]: {"achieved_sv": "Fler möten", "achieved_en": "More encounters"},
            perspectives[3]: {"achieved_sv": "Inget", "achieved_en": "Nothing"},
        },
    )  # fmt: skip
    tag.refresh_from_db()
    assert (review.state, review.closed_at) == ("closed", now)
    assert (review.summary_sv, review.summary_en) == ("Året gick bra", "The year went well")
    assert (tag.achieved_sv, tag.achieved_en) == ("Fler möten", "More encounters")
    assert (tag.how_sv, agreement.tags.count()) == ("Möten", 1)
    last = tag.history.first()
    assert (last.history_user, last.history_change_reason) == (officer, "close")


def test_no_review_is_closed_without_a_summary_in_both_languages(review, officer, now):
    with pytest.raises(ValidationError) as error:
        review.close(by=officer, at=now, **{**CLOSING, "summary_en": " "})
    assert list(error.value.message_dict) == ["summary_en"]
    review.refresh_from_db()
    assert (review.state, review.summary_sv) == ("open", None)


def test_a_closed_review_stands(invitation, review, officer, now):
    review.close(by=officer, at=now, **CLOSING)
    for act in (
        lambda: review.invite_to_write(by=officer, at=now),
        lambda: write(review, invitation, now),
        lambda: write_own(review, officer, now),
        lambda: review.close(by=officer, at=now, **CLOSING),
    ):
        with pytest.raises(WrongState):
            act()
    assert review.parts.exclude(written_at=None).count() == 0
