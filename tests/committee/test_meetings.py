"""A meeting from its agenda to its close: who may, quorum, substitutes, conflicts, votes, §§."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from portal.cases.models import Conflict
from portal.committee.models import AgendaItem, Decision, Meeting, SectionSeries, Vote
from portal.core.models import Mail
from portal.core.workflow import WrongState
from tests.committee.conftest import GRANTED, row


def decide(item, proposal, by, at, **given):
    return item.decide(by=by, at=at, text="Nämnden beviljar.", outcomes={proposal: GRANTED | given})


def test_a_decision_is_recorded_under_its_section_with_those_who_were_there(
    item, proposal, secretary, now
):
    decide(item, proposal, secretary, now)
    decision = Decision.objects.get()
    assert (decision.item, decision.section, decision.route) == (item, item.section, "meeting")
    assert (item.section, item.year, item.state) == (1, item.meeting.held_on.year, "decided")
    assert item.present.count() == 5
    assert proposal.case.application.award.amount == 15_000
    with pytest.raises(WrongState):
        decide(item, proposal, secretary, now)


@pytest.mark.parametrize("who", ["officer", "administrator", "applicant", "member"])
def test_only_a_secretary_keeps_the_meeting(request, item, proposal, now, who):
    with pytest.raises(PermissionDenied):
        decide(item, proposal, request.getfixturevalue(who), now)


class TestTheAgenda:
    def test_takes_a_proposal_once(self, summoned, planned, proposal, secretary, now):
        other = Meeting.objects.create(begins_at=now, place="-")
        with pytest.raises(ValidationError):
            other.put_up(by=secretary, at=now, title="Igen", proposals=[proposal])
        assert other.items.count() == 0

    def test_takes_none_that_a_delegate_decides(
        self, planned, proposal, delegation_point, secretary, now
    ):
        proposal.delegation_point = delegation_point
        proposal.save()
        with pytest.raises(ValidationError):
            planned.put_up(by=secretary, at=now, title="Nej", proposals=[proposal])

    def test_is_ordered_by_steps_until_the_meeting_begins(self, summoned, secretary, now):
        first, last = summoned.items.all()
        summoned.move_item(by=secretary, at=now, item=last, up=True)
        assert list(summoned.items.all()) == [last, first]

    def test_gives_back_what_is_taken_off(self, summoned, item, proposal, secretary, now):
        with pytest.raises(WrongState):
            summoned.take_off(by=secretary, at=now, item=item)

    def test_a_matter_that_comes_up_in_session_gets_the_next_section(
        self, in_session, secretary, now
    ):
        in_session.put_up(by=secretary, at=now, title="Väckt vid mötet")
        assert [item.section for item in in_session.items.all()] == [1, 2, 3]

    def test_needs_something_on_it_to_summon(self, planned, secretary, now):
        with pytest.raises(ValidationError):
            planned.summon(by=secretary, at=now)

    def test_everybody_with_a_seat_is_summoned_by_one_mail(self, summoned, committee):
        mails = Mail.objects.filter(subject__contains="Kallelse")
        assert sorted(mail.to for mail in mails) == sorted(one.email for one in committee.values())
        assert (summoned.seats, summoned.attendance.count()) == (5, 7)


class TestQuorum:
    def note(self, meeting, secretary, now, *names, **stands_in):
        meeting.note_attendance(
            by=secretary, at=now, present=[row(meeting, name) for name in names],
            stands_in={row(meeting, a): row(meeting, b) for a, b in stands_in.items()},
        )  # fmt: skip

    def test_is_more_than_half_of_the_members(self, summoned, secretary, now):
        self.note(summoned, secretary, now, "chair", "first", "stand_in", "other_stand_in")
        with pytest.raises(ValidationError, match="2 av 5"):
            summoned.open(by=secretary, at=now, adjuster=row(summoned, "first"))

    def test_counts_substitutes_who_stand_in(self, summoned, secretary, now):
        self.note(summoned, secretary, now, "chair", "first", "stand_in", stand_in="second")
        summoned.open(by=secretary, at=now, adjuster=row(summoned, "stand_in"))
        assert summoned.state == "open"

    @pytest.mark.parametrize(
        ("present", "stands_in"),
        [
            (["chair", "first"], {"stand_in": "second"}),  # is not there
            (["chair", "first"], {"first": "second"}),  # is no substitute
            (["chair", "first", "stand_in"], {"stand_in": "first"}),  # is there
        ],
    )
    def test_a_substitute_who_is_there_stands_in_for_a_member_who_is_not(
        self, summoned, secretary, now, present, stands_in
    ):
        with pytest.raises(ValidationError):
            self.note(summoned, secretary, now, *present, **stands_in)

    def test_is_asked_for_again_at_each_decision(self, item, proposal, secretary, now):
        self.note(item.meeting, secretary, now, "chair", "first")
        with pytest.raises(ValidationError):
            decide(item, proposal, secretary, now)
        assert not Decision.objects.exists()

    def test_without_chair_and_vice_chair_nobody_leads(self, summoned, secretary, now):
        self.note(summoned, secretary, now, "first", "second", "third")
        with pytest.raises(ValidationError):
            summoned.open(by=secretary, at=now, adjuster=row(summoned, "first"))

    def test_the_chair_does_not_adjust_twice(self, summoned, secretary, now):
        self.note(summoned, secretary, now, "chair", "first", "second")
        with pytest.raises(ValidationError):
            summoned.open(by=secretary, at=now, adjuster=row(summoned, "chair"))


class TestConflict:
    def test_who_is_barred_must_leave_and_a_substitute_steps_in(
        self, item, proposal, committee, secretary, now
    ):
        Conflict.objects.declare(proposal.case, ground="interest", by=committee["second"], at=now)
        with pytest.raises(ValidationError, match="Second"):
            decide(item, proposal, secretary, now)
        meeting = item.meeting
        item.leave(
            by=secretary, at=now, attendance=row(meeting, "second"),
            replaced_by=row(meeting, "stand_in"),
        )  # fmt: skip
        decide(item, proposal, secretary, now)
        names = sorted(str(one) for one in item.present.all())
        assert names == ["Chair", "First", "Stand_In", "Third", "Vice"]

    def test_a_substitute_in_conflict_does_not_step_in(
        self, item, proposal, committee, secretary, now
    ):
        meeting = item.meeting
        Conflict.objects.declare(proposal.case, ground="agent", by=committee["stand_in"], at=now)
        item.leave(
            by=secretary, at=now, attendance=row(meeting, "third"),
            replaced_by=row(meeting, "stand_in"),
        )  # fmt: skip
        with pytest.raises(ValidationError, match="Stand_In"):
            decide(item, proposal, secretary, now)

    def test_a_secretary_in_conflict_does_not_record_it(self, item, proposal, secretary, now):
        Conflict.objects.declare(proposal.case, ground="other", by=secretary, at=now)
        with pytest.raises(PermissionDenied):
            decide(item, proposal, secretary, now)

    def test_who_serves_already_does_not_step_in(self, item, secretary, now):
        meeting = item.meeting
        with pytest.raises(ValidationError):
            item.leave(
                by=secretary, at=now, attendance=row(meeting, "third"),
                replaced_by=row(meeting, "first"),
            )  # fmt: skip


class TestVoting:
    def ballots(self, item, yes):
        return {one: "yes" if str(one) in yes else "no" for one in item.serving()}

    def test_more_votes_win(self, item, secretary, now):
        ballots = self.ballots(item, {"Chair", "First"})
        item.vote(by=secretary, at=now, question="Bifall?", ballots=ballots)
        assert item.vote_result() == "no"

    def test_the_chair_decides_a_tie(self, item, secretary, now):
        item.leave(by=secretary, at=now, attendance=row(item.meeting, "third"))
        ballots = self.ballots(item, {"Chair", "First"})
        item.vote(by=secretary, at=now, question="Bifall?", ballots=ballots)
        assert item.vote_result() == "yes"

    def test_each_who_serves_votes_and_nobody_else(self, item, secretary, now):
        with pytest.raises(ValidationError):
            item.vote(
                by=secretary, at=now, question="?",
                ballots={row(item.meeting, "stand_in"): "yes"},
            )  # fmt: skip

    def test_the_database_takes_one_vote_an_item(self, item, secretary, now):
        item.vote(by=secretary, at=now, question="?", ballots=self.ballots(item, {"Chair"}))
        with pytest.raises(IntegrityError), transaction.atomic():
            Vote.objects.create(item=item, attendance=row(item.meeting, "chair"), choice="no")


def test_what_is_put_off_can_stand_on_a_later_agenda(item, proposal, secretary, now):
    item.put_off(by=secretary, at=now)
    later = Meeting.objects.create(begins_at=now, place="-")
    later.put_up(by=secretary, at=now, title="Åter", proposals=[proposal])
    assert item.state == "put_off"
    assert not Decision.objects.exists()


def test_a_meeting_closes_when_every_item_is_handled(in_session, item, proposal, secretary, now):
    with pytest.raises(ValidationError):
        in_session.close(by=secretary, at=now)
    decide(item, proposal, secretary, now)
    in_session.items.get(kind="other").decide(by=secretary, at=now, text="Noterat.")
    in_session.close(by=secretary, at=now)
    assert in_session.state == "closed"
    with pytest.raises(WrongState):
        in_session.close(by=secretary, at=now)


def test_each_proposal_of_a_packet_is_decided(item, proposal, secretary, now):
    with pytest.raises(ValidationError):
        item.decide(by=secretary, at=now, text="Beslut", outcomes={})
    with pytest.raises(ValidationError):
        decide(item, proposal, secretary, now, amount=None)
    item.refresh_from_db()
    assert item.state == "open"


def test_from_the_first_meeting_decisions_are_recorded_at_their_item(
    planned, proposal, secretary, now
):
    with pytest.raises(ValidationError):
        proposal.record_meeting_decision(
            by=secretary, at=now, met_on=planned.held_on, section=1, **GRANTED
        )


class TestDelegatedDecisions:
    @pytest.fixture
    def delegated(self, proposal, delegation_point, officer, now):
        proposal.delegation_point = delegation_point
        proposal.save()
        proposal.decide_by_delegation(by=officer, at=now, **GRANTED)
        return Decision.objects.get()

    def test_are_listed_on_the_next_agenda_once(self, planned, delegated, secretary, now):
        planned.summon(by=secretary, at=now)
        report = planned.items.get()
        assert [one.decision for one in report.reported.all()] == [delegated]
        later = Meeting.objects.create(begins_at=now, place="-")
        later.put_up(by=secretary, at=now, title="Övrigt")
        later.summon(by=secretary, at=now)
        assert AgendaItem.objects.filter(kind="report").count() == 1

    def test_the_chair_decides_what_cannot_wait(self, proposal, committee, planned, secretary, now):
        with pytest.raises(PermissionDenied):
            proposal.decide_urgently(by=committee["vice"], at=now, **GRANTED)
        proposal.decide_urgently(by=committee["chair"], at=now, **GRANTED)
        decision = Decision.objects.get()
        assert (decision.route, decision.delegate) == ("urgent", committee["chair"])
        planned.summon(by=secretary, at=now)
        assert planned.items.get().reported.get().decision == decision


def test_a_section_that_was_rolled_back_is_given_to_the_next(in_session, now):
    with transaction.atomic():
        assert list(SectionSeries.take(now.year, 2)) == [3, 4]
        transaction.set_rollback(True)
    assert list(SectionSeries.take(now.year, 1)) == [3]
