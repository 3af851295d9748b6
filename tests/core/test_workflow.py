"""The one door: locking, state, rule, log and the whole or nothing, tried on a public verb."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from grants.models import Scheme
from partners.models import Partner
from portal.core.workflow import Transition, Workflow, WrongState, lock


@pytest.fixture
def unpublished(partner, officer, now):
    return partner.unpublish(by=officer, at=now)


def test_a_verb_changes_the_state_and_records_who_when_and_what(unpublished, officer, now):
    last = unpublished.history.first()
    assert unpublished.publication == "draft"
    assert (last.history_user, last.history_date, last.history_change_reason) == (
        officer, now, "unpublish",
    )  # fmt: skip


def test_it_works_on_the_row_as_it_is_now_not_as_the_caller_read_it(partner, officer, now):
    stale = Partner.objects.get(pk=partner.pk)
    Partner.objects.filter(pk=partner.pk).update(organisation="Regionens råd")
    stale.unpublish(by=officer, at=now)
    assert stale.organisation == "Regionens råd"
    assert Partner.objects.get(pk=partner.pk).organisation == "Regionens råd"


def test_what_the_caller_changed_without_saving_is_not_written(partner, officer, now):
    partner.organisation = "Osparat"
    partner.unpublish(by=officer, at=now)
    assert (partner.organisation, Partner.objects.get().organisation) == ("", "")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_active_language_moves_no_text(partner, officer, now, language):
    with translation.override(language):
        partner.unpublish(by=officer, at=now)
        partner.publish(by=officer, at=now)
    row = Partner.objects.values("name_sv", "name_en").get()
    assert row == {"name_sv": "Vilniusregionen", "name_en": "Vilnius region"}


def test_it_moves_the_time_of_the_last_change(partner, officer, now):
    before = partner.updated_at
    assert partner.unpublish(by=officer, at=now).updated_at > before


def test_the_wrong_person_is_refused_before_the_state_is_told(unpublished, applicant, now):
    with pytest.raises(PermissionDenied):
        unpublished.unpublish(by=applicant, at=now)


def test_the_repetition_is_refused_in_the_reader_s_language(unpublished, officer, now):
    with translation.override("en"), pytest.raises(WrongState) as error:
        unpublished.unpublish(by=officer, at=now)
    assert str(error.value) == "“Unpublish” is not possible: it is already “Draft”."


def test_what_a_verb_refuses_leaves_no_trace(unpublished, officer, now):
    unpublished.tags.all().delete()
    before = unpublished.history.count()
    with pytest.raises(ValidationError):
        unpublished.publish(by=officer, at=now)
    unpublished.refresh_from_db()
    assert (unpublished.publication, unpublished.history.count()) == ("draft", before)


def test_what_has_been_removed_is_told_so(unpublished, officer, now):
    same = Partner.objects.get(pk=unpublished.pk)
    unpublished.delete()
    with pytest.raises(WrongState):
        same.publish(by=officer, at=now)


def test_what_belongs_to_a_case_is_locked_case_first(draft, django_assert_num_queries):
    with django_assert_num_queries(2) as queries:
        locked = lock(draft)
    tables = [query["sql"].split(' FROM "')[1].split('"')[0] for query in queries]
    assert tables == ["cases_case", "grants_application"]
    assert locked.case == draft.case


def test_buttons_follow_state_and_rule(partner, scheme, officer, applicant):
    def offered(obj, user):
        return [transition.verb for transition in obj.workflow.available(obj, user)]

    assert offered(partner, officer) == ["unpublish"]
    assert offered(partner, applicant) == []
    assert offered(Scheme(publication="draft"), officer) == ["publish"]


def test_a_verb_that_another_drives_is_offered_to_nobody(proposed, officer):
    names = {transition.verb for transition in proposed.workflow.available(proposed, officer)}
    assert names == set()


def test_a_workflow_is_asked_by_verb():
    step = Transition("open", ("shut",), "open", "Open", "app.open_door")
    flow = Workflow(step)
    assert flow["open"] is step
    assert ("open" in flow, "close" in flow) == (True, False)
