"""Agreements by noun: the agreement and its parties, its versions, what was promised, reviews."""

from agreements.models.agreements import Agreement, AgreementParty, AgreementPerspective
from agreements.models.commitments import Commitment, CommitmentWording, Exchange, Fulfilment
from agreements.models.confirmations import Confirmation, TermsSnapshot
from agreements.models.reviews import Review, ReviewAchievement, ReviewPart, ReviewTick
from agreements.models.versions import AgreementVersion, VersionText

__all__ = [
    "Agreement",
    "AgreementParty",
    "AgreementPerspective",
    "AgreementVersion",
    "Commitment",
    "CommitmentWording",
    "Confirmation",
    "Exchange",
    "Fulfilment",
    "Review",
    "ReviewAchievement",
    "ReviewPart",
    "ReviewTick",
    "TermsSnapshot",
    "VersionText",
]
