"""Each line of a case log is told as what it was, whichever part of the matter wrote it."""

from collections import Counter

import pytest

from agreements.models import Agreement, Review
from grants.models import Application
from networks.models import Engagement
from portal.cases.admin import OWN_EVENTS, told_events
from portal.committee.models import Proposal


@pytest.mark.parametrize("model", [Agreement, Application, Engagement])
def test_no_word_is_written_by_two_parts_of_a_matter(model):
    own = (getattr(model, "workflow", ()),)
    workflows = [Proposal.workflow, *getattr(model, "logged_workflows", own)]
    verbs = [transition.verb for workflow in workflows for transition in workflow]
    assert [word for word, times in Counter([*verbs, *OWN_EVENTS]).items() if times > 1] == []


@pytest.fixture
def review(agreement, officer, now):
    agreement.parties.filter(partner__isnull=False).update(email="rita@vilnius.example.org")
    review = Review(agreement=agreement, year=2025, due_on=now.date())
    review.begin(by=officer, at=now)
    return review


def test_the_links_of_terms_and_of_reviews_are_told_apart(agreement, review, officer, now):
    review.invite_to_write(by=officer, at=now)
    agreement.parties.update(email="rita@vilnius.example.org")
    version = agreement.versions.create(
        number=3, previous=agreement.versions.get(number=2), kind="amendment", state="approved"
    )
    version.invite_to_confirm(by=officer, at=now)
    told = [str(words) for event, words in told_events(agreement.case) if event.what != "notified"]
    assert told == [
        "En gemensam utvärdering påbörjad",
        "Skicka länkarna för att skriva",
        "Skicka länkarna för att bekräfta",
    ]


def test_lines_written_in_earlier_words_stay_readable(agreement, officer, now):
    for what in ("invite", "drop"):
        agreement.case.log(what, by=officer, at=now)
    told = [str(words) for _event, words in told_events(agreement.case)]
    assert told == ["Länkar skickade", "Stryk"]
