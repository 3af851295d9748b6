"""A step says where, when and by whom, and no more exactly than it is known."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from networks.models import PositionStep


@pytest.fixture
def step(idea):
    """Make a step and check it as a form would."""

    def step(**given):
        made = PositionStep(
            **{
                "position": idea, "taken_on": date(2025, 6, 17), "level": "eu",
                "channel": "meeting", "text_sv": "Möte", **given,
            }
        )  # fmt: skip
        made.full_clean()
        made.save()
        return made

    return step


def wrong(step, **given):
    with pytest.raises(ValidationError) as error:
        step(**given)
    return list(error.value.message_dict)


def test_a_day_known_to_the_month_or_year_is_kept_as_its_first(step):
    days = [step(precision=precision).taken_on for precision in ("day", "month", "year")]
    assert days == [date(2025, 6, 17), date(2025, 6, 1), date(2025, 1, 1)]


def test_it_is_told_as_precisely_as_it_is_known(step):
    with translation.override("en"):
        told = [step(precision=precision).when for precision in ("day", "month", "year")]
    assert told == ["17 June 2025", "June 2025", "2025"]


def test_a_step_has_been_taken(step):
    today = timezone.localdate()
    assert step(taken_on=today).taken_on == today
    assert wrong(step, taken_on=today + timedelta(days=1)) == ["taken_on"]


@pytest.mark.parametrize("channel", ["network", "group"])
def test_through_a_network_names_it(step, channel):
    assert "network" in wrong(step, channel=channel)


def test_through_a_group_names_a_group_of_that_network(step, network, nsc):
    group = nsc.groups.create(name_sv="Kultur")
    assert wrong(step, channel="group", network=nsc) == ["group"]
    assert wrong(step, channel="group", network=network, group=group) == ["group"]
    assert wrong(step, channel="meeting", group=group) == ["network"]
    assert step(channel="group", network=nsc, group=group).group == group


@pytest.mark.parametrize(
    ("start", "end", "precision", "fits"),
    [
        (date(2025, 6, 17), None, "day", True),
        (date(2025, 6, 18), None, "day", False),
        (date(2025, 6, 18), None, "month", True),
        (date(2025, 7, 1), None, "month", False),
        (date(2025, 12, 31), None, "year", True),
        (date(2020, 1, 1), date(2025, 6, 17), "day", True),
        (date(2020, 1, 1), date(2025, 6, 16), "day", False),
        (date(2020, 1, 1), date(2024, 12, 31), "year", False),
    ],
)
def test_whoever_carried_it_had_a_mandate_then(step, representative, start, end, precision, fits):
    representative.start, representative.end = start, end
    given = {"carried_by": representative, "precision": precision}
    if fits:
        assert step(**given).carried_by == representative
    else:
        assert wrong(step, **given) == ["carried_by"]


def test_on_a_published_position_it_stands_in_both_languages(step, position):
    given = {"position": position}
    assert wrong(step, **given) == ["text_en"]
    assert wrong(step, **given, text_en="Meeting", result_en="Heard") == ["result_sv"]
    assert step(**given, text_en="Meeting").text_en == "Meeting"


def test_the_database_keeps_networks_and_groups_in_place(idea, nsc):
    group = nsc.groups.create(name_sv="Kultur")
    for given in (
        {"channel": "network"}, {"channel": "group", "network": nsc},
        {"channel": "meeting", "group": group},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            idea.steps.create(taken_on=date(2025, 1, 1), level="eu", text_sv="Så", **given)
