"""Both parties of the standing agreement, what they undertake, and a review of a year."""

from datetime import date

import pytest
from django.core import mail

from agreements.models import Commitment, Review


@pytest.fixture
def ours(agreement):
    return agreement.parties.get(partner=None)


@pytest.fixture
def theirs(agreement):
    party = agreement.parties.get(partner__slug="vilnius")
    party.email, party.signatory = "rita@vilnius.example.org", "Rita Kalnina"
    party.save()
    return party


@pytest.fixture
def pledge(agreement, perspectives):
    """Make a commitment of a party in the version in force."""

    def pledge(party, *serves, text="Visa en utställning", **given):
        signed = agreement.versions.signed().last()
        values = {"version": signed, "is_public": True, "text_sv": text, "text_en": f"{text} (en)"}
        commitment = Commitment.objects.create(
            agreement=agreement, party=party, **{**values, **given}
        )
        commitment.perspectives.set(serves or perspectives[:1])
        return commitment

    return pledge


@pytest.fixture
def commitment(pledge, ours):
    return pledge(ours, due_on=date(2025, 6, 1))


@pytest.fixture
def yearly(pledge, theirs):
    return pledge(theirs, due_on=date(2023, 12, 31), rhythm="yearly", text="Ta emot konstnärer")


@pytest.fixture
def draft_version(agreement):
    """An amendment that is being written."""
    return agreement.versions.create(
        number=3, previous=agreement.versions.get(number=2), kind="amendment"
    )


@pytest.fixture
def review(agreement, theirs, officer, now):
    review = Review(agreement=agreement, year=2025, due_on=date(2026, 1, 31))
    review.begin(by=officer, at=now)
    return review


@pytest.fixture
def link(review, officer, now, django_capture_on_commit_callbacks):
    """The address that was mailed to the other side, as it stands in the mail."""
    with django_capture_on_commit_callbacks(execute=True):
        review.invite_to_write(by=officer, at=now)
    return address_in(mail.outbox[-1])


def address_in(message) -> str:
    lines = message.body.splitlines()
    return next(line for line in lines if line.startswith("https://")).removeprefix(
        "https://portal.example.org"
    )


WRITTEN = {
    "went_well": "The residencies went well.",
    "to_improve": "Earlier dates.",
    "programme": "A book fair.",
    "author_name": "Rita Kalnina",
    "author_role": "Head of culture",
}
