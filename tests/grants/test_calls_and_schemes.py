from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import translation

from grants.models import Award, Call, SchemeBudget
from portal.core.workflow import WrongState


@pytest.fixture
def draft_call(call):
    Call.objects.filter(pk=call.pk).update(state="draft")
    call.refresh_from_db()
    return call


class TestPublishingACall:
    def test_with_a_public_scheme_and_its_budget(self, draft_call, officer, now):
        assert draft_call.publish(by=officer, at=now).state == "published"

    def test_not_without_the_budget_of_its_year(self, draft_call, budget, officer, now):
        budget.delete()
        with pytest.raises(ValidationError):
            draft_call.publish(by=officer, at=now)

    def test_not_before_the_scheme(self, draft_call, scheme, officer, now):
        assert scheme.unpublish(by=officer, at=now).publication == "draft"
        with pytest.raises(ValidationError):
            draft_call.publish(by=officer, at=now)

    def test_not_by_the_wrong_person(self, draft_call, applicant, now):
        with pytest.raises(PermissionDenied):
            draft_call.publish(by=applicant, at=now)

    def test_once(self, call, officer, now):
        with pytest.raises(WrongState):
            call.publish(by=officer, at=now)


class TestTakingItBack:
    def test_while_nobody_has_applied(self, call, officer, now):
        assert call.unpublish(by=officer, at=now).state == "draft"

    def test_not_once_an_application_is_begun(self, draft, officer, now):
        with pytest.raises(ValidationError):
            draft.call.unpublish(by=officer, at=now)

    def test_not_by_the_wrong_person(self, call, secretary, now):
        with pytest.raises(PermissionDenied):
            call.unpublish(by=secretary, at=now)

    def test_nor_the_scheme_while_the_public_reads_a_round_of_it(self, call, scheme, officer, now):
        with pytest.raises(ValidationError):
            scheme.unpublish(by=officer, at=now)
        scheme.refresh_from_db()
        assert scheme.publication == "published"


class TestClosing:
    def test_decided_then_archived(self, call, officer, now):
        after = call.closes_at
        call.mark_decided(by=officer, at=after)
        assert call.archive(by=officer, at=after).state == "archived"

    def test_not_decided_while_open(self, call, officer, now):
        with pytest.raises(ValidationError):
            call.mark_decided(by=officer, at=now)

    @pytest.mark.parametrize("stage", ["submitted", "proposed"])
    def test_not_decided_while_applications_await_their_decision(
        self, request, call, officer, stage
    ):
        request.getfixturevalue(stage)
        with pytest.raises(ValidationError):
            call.mark_decided(by=officer, at=call.closes_at)

    def test_not_archived_before_it_is_decided(self, call, officer, now):
        with pytest.raises(WrongState):
            call.archive(by=officer, at=now)

    def test_not_by_the_wrong_person(self, call, applicant):
        with pytest.raises(PermissionDenied):
            call.mark_decided(by=applicant, at=call.closes_at)


@pytest.mark.parametrize(
    ("days", "standing", "is_open"),
    [(-11, "Coming", False), (-10, "Open", True), (0, "Open", True), (20, "Closed", False)],
)
def test_that_a_call_is_open_follows_from_its_instants(call, now, days, standing, is_open):
    at = now + timedelta(days=days)
    with translation.override("en"):
        assert (call.standing(at), call.is_open(at)) == (standing, is_open)
    assert Call.objects.open(at).exists() is is_open


class TestABudget:
    def test_takes_what_fits_and_tells_what_is_left(self, budget):
        budget.commit(Decimal(150_000))
        budget.refresh_from_db()
        assert budget.left == Decimal(50_000)
        with pytest.raises(ValidationError) as error:
            budget.commit(Decimal("50000.01"))
        assert "50\u00a0000\u00a0kr" in error.value.message_dict["amount"][0]
        budget.refresh_from_db()
        assert budget.committed == Decimal(150_000)

    @pytest.mark.parametrize("committed", [Decimal(-1), Decimal("200000.01")])
    def test_the_database_holds_it_between_nothing_and_the_whole(self, budget, committed):
        with pytest.raises(IntegrityError):
            SchemeBudget.objects.filter(pk=budget.pk).update(committed=committed)

    def test_once_a_year_and_scheme(self, budget, scheme):
        with pytest.raises(IntegrityError):
            SchemeBudget.objects.create(scheme=scheme, year=budget.year)


def test_the_recipient_s_name_is_public_for_organisations_only(awarded, organisation):
    with translation.override("en"):
        assert awarded.recipient == "Individual artist"
    assert Award(organisation=organisation).recipient == organisation.name


def test_an_unknown_kind_of_applicant_is_refused(scheme):
    scheme.applicants = ["association", "aliens"]
    with pytest.raises(ValidationError) as error:
        scheme.full_clean()
    assert "aliens" in str(error.value.message_dict["applicants"])
