"""From an idea to what came of it: who may, from which state, once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from networks.models import Position
from networks.workflow import POSITION, PositionState
from portal.core.workflow import WrongState

SAID = {"outcome_sv": "Det blev så", "outcome_en": "So it was", "concluded_on": date(2026, 1, 7)}
CONCLUDING = {
    "note_influenced": "influenced",
    "note_partly_influenced": "partly",
    "note_not_influenced": "not_influenced",
}
TARGETS = {"prepare": "prepared", "pursue": "pursued", "lay_down": "laid_down", **CONCLUDING}


@pytest.fixture
def perform(officer, now):
    """Perform a verb as the officer, with words where it asks for them."""

    def perform(position, verb, by=officer, **given):
        given = {**SAID, **given} if verb in CONCLUDING else given
        return getattr(position, verb)(by=by, at=now, **given)

    return perform


@pytest.fixture
def pursued(stepped, perform):
    return perform(stepped, "pursue")


def refusal(perform, *args, **given):
    with pytest.raises(ValidationError) as error:
        perform(*args, **given)
    return error.value


class TestTheWay:
    def test_an_idea_is_prepared_and_pursued(self, stepped, perform):
        states = [perform(stepped, verb).state for verb in ("prepare", "pursue")]
        assert states == ["prepared", "pursued"]

    def test_an_idea_may_be_pursued_at_once(self, stepped, perform):
        assert perform(stepped, "pursue").state == "pursued"

    def test_nothing_is_pursued_before_a_step_is_noted(self, idea, perform):
        refusal(perform, idea, "pursue")
        idea.refresh_from_db()
        assert idea.state == "idea"

    @pytest.mark.parametrize(("verb", "state"), CONCLUDING.items())
    def test_each_outcome_is_told_in_both_languages_on_its_day(self, pursued, perform, verb, state):
        done = perform(pursued, verb)
        assert (done.state, done.is_concluded) == (state, True)
        assert {name: getattr(done, name) for name in SAID} == SAID

    def test_the_history_tells_who_and_what(self, pursued, perform, officer):
        perform(pursued, "note_influenced")
        latest = pursued.history.first()
        assert (latest.history_user, latest.history_change_reason) == (officer, "note_influenced")
        assert (latest.state, latest.outcome_en) == ("influenced", "So it was")

    def test_what_was_concluded_is_taken_up_without_its_outcome(self, pursued, perform):
        perform(pursued, "note_not_influenced")
        again = perform(pursued, "take_up")
        assert (again.state, again.outcome_sv, again.outcome_en) == ("pursued", "", "")
        assert again.concluded_on is None

    def test_what_was_laid_down_is_taken_up(self, pursued, perform):
        perform(pursued, "lay_down")
        assert perform(pursued, "take_up").state == "pursued"

    def test_an_idea_laid_down_without_a_step_is_prepared_and_not_pursued(self, idea, perform):
        perform(idea, "lay_down")
        refusal(perform, idea, "take_up")
        assert perform(idea, "prepare").state == "prepared"


class TestWhatIsSaidAtTheEnd:
    @pytest.mark.parametrize("name", ["outcome_sv", "outcome_en"])
    @pytest.mark.parametrize("text", ["", "  \n"])
    def test_each_language_is_asked_for(self, pursued, perform, name, text):
        error = refusal(perform, pursued, "note_influenced", **{name: text})
        assert list(error.message_dict) == [name]
        pursued.refresh_from_db()
        assert (pursued.state, pursued.outcome_sv) == ("pursued", None)

    def test_the_day_is_not_in_the_future(self, pursued, perform, now):
        today = timezone.localdate(now)
        for_later = {"concluded_on": today + timedelta(days=1)}
        error = refusal(perform, pursued, "note_influenced", **for_later)
        assert list(error.message_dict) == ["concluded_on"]
        assert perform(pursued, "note_influenced", concluded_on=today).concluded_on == today

    def test_the_day_is_not_before_the_first_step(self, pursued, perform):
        early = {"concluded_on": date(2025, 2, 2)}
        error = refusal(perform, pursued, "note_influenced", **early)
        assert list(error.message_dict) == ["concluded_on"]
        same_day = date(2025, 2, 3)
        assert perform(pursued, "note_influenced", concluded_on=same_day).is_concluded


def bring_to(position, state, perform):
    """By verbs, as everybody would."""
    ways = {
        "idea": [], "prepared": ["prepare"], "pursued": ["pursue"], "laid_down": ["lay_down"],
        **{state: ["pursue", verb] for verb, state in CONCLUDING.items()},
    }  # fmt: skip
    for verb in ways[state]:
        perform(position, verb)


@pytest.mark.parametrize("state", PositionState.values)
def test_no_verb_starts_from_a_state_that_is_not_its_own(stepped, perform, state):
    bring_to(stepped, state, perform)
    wrong = [t.verb for t in POSITION if t.field == "state" and state not in t.sources]
    assert wrong
    for verb in wrong:
        with pytest.raises(WrongState):
            perform(stepped, verb)
    stepped.refresh_from_db()
    assert stepped.state == state


@pytest.mark.parametrize("verb", TARGETS)
def test_a_repetition_changes_nothing(stepped, perform, verb):
    if verb in CONCLUDING:
        perform(stepped, "pursue")
    perform(stepped, verb)
    before = stepped.history.count()
    with pytest.raises(WrongState):
        perform(stepped, verb, **({"outcome_sv": "Annat"} if verb in CONCLUDING else {}))
    stepped.refresh_from_db()
    assert (stepped.state, stepped.history.count()) == (TARGETS[verb], before)


@pytest.mark.parametrize("who", ["secretary", "member", "applicant"])
def test_only_those_who_keep_content_may(stepped, perform, request, who):
    person = request.getfixturevalue(who)
    for transition in POSITION:
        with pytest.raises(PermissionDenied):
            perform(stepped, transition.verb, by=person)
    stepped.refresh_from_db()
    assert (stepped.state, stepped.publication) == ("idea", "draft")


def test_an_administrator_may_as_well(stepped, perform, administrator):
    assert perform(stepped, "prepare", by=administrator).state == "prepared"


@pytest.mark.parametrize(
    "given", [{"state": "influenced"}, {"state": "pursued", "concluded_on": date(2026, 1, 1)}]
)
def test_the_database_keeps_state_and_day_together(idea, given):
    with pytest.raises(IntegrityError), transaction.atomic():
        Position.objects.filter(pk=idea.pk).update(**given)
