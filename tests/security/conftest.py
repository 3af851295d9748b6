from tests.security.world import (
    asked,
    award,
    engagement,
    matter,
    meeting,
    people,
    second_draft,
    secret_agreement,
    surroundings,
    words,
    world,
)

__all__ = [
    "asked",
    "award",
    "engagement",
    "matter",
    "meeting",
    "people",
    "second_draft",
    "secret_agreement",
    "surroundings",
    "words",
    "world",
]  # fmt: skip
