"""The steps in which an application is written, and how far each has come."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from grants.completion import step_is_open
from grants.parts import PARTS

ATTACHMENTS, REVIEW = "attachments", "review"


@dataclass(frozen=True)
class Step:
    """`lacking`: by the name of a field in its form, what it still lacks."""

    key: str
    title: str
    url: str
    lacking: dict[str, list[str]]

    @property
    def is_done(self) -> bool:
        return not self.lacking

    @property
    def reasons(self) -> list[str]:
        """Each once, however many fields lack the same."""
        return list(dict.fromkeys(text for told in self.lacking.values() for text in told))


@dataclass(frozen=True)
class Steps:
    steps: list[Step]
    current: Step

    @classmethod
    def of(cls, application, lacks: dict, current: str) -> "Steps":
        """In order; of one that is being completed only the steps that were opened."""
        request = application.completion
        titles = {step: str(part.title) for step, part in PARTS.items()}
        titles |= {ATTACHMENTS: _("Attachments"), REVIEW: _("Look over and submit")}
        if not application.questions:
            del titles["answers"]
        steps = [
            Step(key, title, _url(application, key), lacks.get(key, {}))
            for key, title in titles.items()
            if request is None or key == REVIEW or step_is_open(key, request.fields)
        ]
        # A part that is not open now has no place in the list; its page says so.
        found = [step for step in steps if step.key == current]
        return cls(steps, found[0] if found else steps[-1])

    def __iter__(self):
        return iter(self.steps)

    @property
    def following(self) -> Step:
        place = self.steps.index(self.current)
        return self.steps[min(place + 1, len(self.steps) - 1)]

    @property
    def first_open(self) -> Step:
        """The first that lacks something, else the last one."""
        return next((step for step in self.steps if not step.is_done), self.steps[-1])

    @property
    def lacking(self) -> list[Step]:
        return [step for step in self.steps if not step.is_done]

    @property
    def number(self) -> int:
        return self.steps.index(self.current) + 1


def _url(application, key: str) -> str:
    if key in PARTS:
        return reverse(f"write_{key}", args=[application.pk])
    return reverse({ATTACHMENTS: "attachments", REVIEW: "review_application"}[key],
                   args=[application.pk])  # fmt: skip
