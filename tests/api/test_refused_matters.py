"""What was refused may be a person's own project: the public reads that, not what it was about."""

import pytest


@pytest.fixture
def rejected(proposed, secretary, now):
    proposal = proposed.case.proposals.get()
    proposal.record_meeting_decision(
        by=secretary, at=now, outcome="rejected", amount=None, reasons="Räcker inte.",
        met_on=now.date(), section=7,
    )  # fmt: skip
    return proposed


def test_the_matter_of_a_rejection_is_not_told(rejected, read):
    (decision,) = read("decisions/")["results"]
    assert (decision["outcome"], decision["matter"]) == ("rejected", None)


def test_nor_can_it_be_searched_out(rejected, read):
    assert read("decisions/?q=havet")["results"] == []
    assert len(read(f"decisions/?q={rejected.case.serial:05d}")["results"]) == 1


def test_what_was_granted_can_be_searched(awarded, read):
    assert [found["matter"] for found in read("decisions/?q=havet")["results"]] == [awarded.title]


def test_a_search_of_very_many_words_is_refused(awarded, refused):
    assert refused("grants/?q=" + "+".join("abcdefghi")) == (400, ["q"])
