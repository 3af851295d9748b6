from datetime import date

import pytest

from networks.models import Position, Representative


@pytest.fixture
def nsc(network):
    return network.commissions.get()


@pytest.fixture
def idea(perspectives, goal, line):
    """A draft that has all that a public page needs, and no step yet."""
    idea = Position.objects.create(
        slug="ide", title_sv="Idén", title_en="The idea", question_sv="Fråga",
        question_en="Question", aim_sv="Mål", aim_en="Aim", line=line,
    )  # fmt: skip
    idea.goals.add(goal)
    idea.tags.create(perspective=perspectives[0], how_sv="Så", how_en="So")
    return idea


@pytest.fixture
def stepped(idea):
    """The idea, with a first step noted."""
    idea.steps.create(
        taken_on=date(2025, 2, 3), level="national", channel="letter", text_sv="Brev",
        text_en="Letter",
    )  # fmt: skip
    return idea


@pytest.fixture
def representative(nsc):
    """Elected to the commission for the years around the steps; not shown in public."""
    return Representative.objects.create(
        network=nsc, name="Vera Ytterst", kind="elected", start=date(2023, 1, 1)
    )
