"""An engagement is proposed, noted or corrected: by whom, in which state, and only once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from networks.models import Engagement
from portal.cases.models import Case
from portal.core.workflow import WrongState
from tests.networks.conftest import begin, decide


def propose(engagement, by, now, **given):
    return engagement.propose(by=by, at=now, **({"reasons": "Vi vill delta."} | given))


def events(engagement):
    return [event.what for event in engagement.case.events.all()]


class TestPropose:
    def test_the_matter_is_registered_and_laid_before_the_committee(self, change, officer, now):
        with translation.override("en"):
            propose(change, officer, now)
        change.case.refresh_from_db()
        proposal = change.case.proposals.get()
        assert (change.state, change.decision) == ("for_decision", None)
        assert change.case.number.endswith("-00001")
        # The register speaks the house's language, whoever proposes.
        assert (change.case.title, change.case.officer) == ("RICC: Aktiv inom", officer)
        assert (proposal.purpose, proposal.outcome, proposal.delegation_point) == (
            "engage", "approved", None,
        )  # fmt: skip
        assert events(change) == ["started", "registered", "propose"]

    def test_under_a_delegation_point(self, change, officer, delegation_point, now):
        propose(change, officer, now, delegation_point=delegation_point)
        assert change.case.proposals.get().delegation_point == delegation_point

    def test_nobody_else_proposes(self, change, secretary, administrator, applicant, now):
        for person in (secretary, administrator, applicant):
            with pytest.raises(PermissionDenied):
                propose(change, person, now)

    def test_only_a_draft_and_only_once(self, change, monitoring, officer, now):
        propose(change, officer, now)
        for engagement in (change, monitoring):
            with pytest.raises(WrongState):
                propose(engagement, officer, now)
        assert change.case.proposals.count() == 1

    @pytest.mark.parametrize("given", [{"start": None}, {"level": "unspecified"}])
    def test_not_before_level_and_day_are_said(self, change, officer, now, given):
        Engagement.objects.filter(pk=change.pk).update(**given)
        with pytest.raises(ValidationError):
            propose(change, officer, now)
        change.case.refresh_from_db()
        assert (change.case.number, change.case.proposals.count()) == (None, 0)

    def test_not_without_a_statement(self, change, officer, now):
        with pytest.raises(ValidationError) as error:
            propose(change, officer, now, reasons="")
        assert list(error.value.message_dict) == ["reasons"]
        assert Engagement.objects.get(pk=change.pk).state == "draft"

    def test_not_under_a_point_that_names_nobody(self, change, officer, delegation_point, now):
        delegation_point.delegates.clear()
        with pytest.raises(ValidationError) as error:
            propose(change, officer, now, delegation_point=delegation_point)
        assert list(error.value.message_dict) == ["delegation_point"]

    def test_not_from_the_day_that_another_begins_or_before(self, change, monitoring, officer, now):
        Engagement.objects.filter(pk=monitoring.pk).update(start=change.start)
        with pytest.raises(ValidationError):
            propose(change, officer, now)


class TestNote:
    def test_a_historic_engagement_holds_by_its_source(self, change, officer, now):
        Engagement.objects.filter(pk=change.pk).update(start=date(2010, 1, 1), end=date(2015, 1, 1))
        change.note(by=officer, at=now, source="Årsredovisningen 2015")
        assert (change.state, change.source, change.decision) == (
            "in_force", "Årsredovisningen 2015", None,
        )  # fmt: skip
        assert (events(change), change.case.number) == (["started", "note"], None)

    @pytest.mark.parametrize("source", ["", "  "])
    def test_a_source_is_named(self, change, officer, now, source):
        with pytest.raises(ValidationError) as error:
            change.note(by=officer, at=now, source=source)
        assert list(error.value.message_dict) == ["source"]

    def test_not_beside_the_one_that_runs(self, change, monitoring, officer, now):
        with pytest.raises(ValidationError):
            change.note(by=officer, at=now, source="Källa")
        Engagement.objects.filter(pk=monitoring.pk).update(end=date(2020, 1, 1))
        assert change.note(by=officer, at=now, source="Källa").state == "in_force"

    def test_by_staff_who_keep_content_and_only_a_draft(
        self, change, monitoring, secretary, applicant, administrator, now
    ):
        for person in (secretary, applicant):
            with pytest.raises(PermissionDenied):
                change.note(by=person, at=now, source="Källa")
        with pytest.raises(WrongState):
            monitoring.note(by=administrator, at=now, source="Källa")


class TestCorrect:
    def test_what_was_noted_is_a_draft_again(self, monitoring, officer, secretary, now):
        with pytest.raises(PermissionDenied):
            monitoring.correct(by=secretary, at=now)
        monitoring.correct(by=officer, at=now)
        assert (monitoring.state, monitoring.source) == ("draft", "Regionens webbplats")
        assert events(monitoring) == ["correct"]
        with pytest.raises(WrongState):
            monitoring.correct(by=officer, at=now)

    def test_not_while_another_change_is_on_its_way(self, change, monitoring, officer, now):
        with pytest.raises(ValidationError):
            monitoring.correct(by=officer, at=now)

    def test_not_what_was_decided(self, proposal, secretary, officer, now):
        decide(proposal, secretary, now)
        decided = Engagement.objects.get(level="active")
        with pytest.raises(PermissionDenied):
            decided.correct(by=officer, at=now)


class TestTheDatabase:
    def test_one_change_is_on_its_way(self, change, officer, now):
        with pytest.raises(IntegrityError), transaction.atomic():
            begin(change.network, officer, now)

    def test_one_runs(self, monitoring):
        case = Case.objects.create(kind="engagement", title="-")
        with pytest.raises(IntegrityError), transaction.atomic():
            monitoring.network.engagements.create(case=case, level="active", source="Källa")

    def test_what_holds_names_a_source_or_a_decision(self, ricc):
        case = Case.objects.create(kind="engagement", title="-")
        with pytest.raises(IntegrityError), transaction.atomic():
            ricc.engagements.create(case=case, level="active")

    def test_it_does_not_end_before_it_begins(self, monitoring, today):
        with pytest.raises(IntegrityError), transaction.atomic():
            Engagement.objects.update(start=today, end=today - timedelta(days=1))
