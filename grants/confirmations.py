"""How it stands with the partners' confirmations: who was asked, and whose answer still holds."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.models.partnerconfirmations import (
    MOST_LINKS,
    PartnerConfirmation,
    read_by_partner,
)
from grants.models.rows import ApplicationPartner
from portal.cases.canonical import fingerprint
from portal.cases.models import Invitation
from portal.core.dates import Precision, partial_date


class State(models.TextChoices):
    NOT_ASKED = "not_asked", gettext_lazy("Not asked")
    ASKED = "asked", gettext_lazy("Asked")
    CONFIRMED = "confirmed", gettext_lazy("Confirmed")
    COMMENTED = "commented", gettext_lazy("Commented")
    CHANGED = "changed", gettext_lazy("Has changed since")


KINDS = {State.CONFIRMED: "good", State.COMMENTED: "warn", State.CHANGED: "bad"}


@dataclass(frozen=True)
class Standing:
    """One partner's. `answer` is the one in force, else the latest, which then has fallen."""

    row: ApplicationPartner
    asked_at: list[datetime]
    answer: PartnerConfirmation | None
    is_in_force: bool

    @property
    def was_asked(self) -> bool:
        return bool(self.asked_at)

    @property
    def may_be_asked(self) -> bool:
        return bool(self.row.email) and len(self.asked_at) < MOST_LINKS

    @property
    def state(self) -> State:
        if self.answer is None:
            return State.ASKED if self.was_asked else State.NOT_ASKED
        return State(self.answer.answer) if self.is_in_force else State.CHANGED

    @property
    def kind(self) -> str:
        """How the state is marked on a page."""
        return KINDS.get(self.state, "")

    @property
    def lines(self) -> list[str]:
        """What has happened, in words."""
        told = []
        if self.answer:
            told.append(_said(self.answer))
            if not self.is_in_force:
                told.append(_("What was read has been changed since: the answer no longer holds."))
        if self.was_asked and (not self.answer or self.asked_at[-1] > self.answer.answered_at):
            again = _("Asked again on %(day)s.") if self.answer else _("Asked on %(day)s.")
            told.append(again % {"day": _day(self.asked_at[-1])})
        return told

    @property
    def text(self) -> str:
        """All of it, with what the partner wrote."""
        comment = self.answer.comment if self.answer else ""
        return "\n".join([*self.lines, comment] if comment else self.lines)


def standings(application) -> list[Standing]:
    """Of each partner, in order."""
    return _standings(application, _asked(application))


def _standings(application, asked: dict[int, list[datetime]]) -> list[Standing]:
    rows = application.cooperation.select_related("partner")
    return [
        _standing(row, asked.get(row.pk, []), list(row.confirmations.all()))
        for row in rows.prefetch_related("confirmations__document")
    ]


def standings_of_asked(application) -> list[Standing]:
    """Of the partners that have been asked; most often none, which costs one query."""
    asked = _asked(application)
    found = _standings(application, asked) if asked else []
    return [one for one in found if one.was_asked]


def answered(applications) -> dict[int, list[Standing]]:
    """Of the partners that have answered, by the key of the application; without when they were
    asked. One query, of however many applications.
    """
    answers = PartnerConfirmation.objects.filter(row__application__in=applications)
    by_row: dict[ApplicationPartner, list[PartnerConfirmation]] = {}
    for one in answers.select_related("row__partner", "row__application", "document"):
        by_row.setdefault(one.row, []).append(one)
    found: dict[int, list[Standing]] = {}
    for row in sorted(by_row, key=lambda row: row.pk):
        found.setdefault(row.application_id, []).append(_standing(row, [], by_row[row]))
    return found


def _asked(application) -> dict[int, list[datetime]]:
    """When links were sent, by the key of the partner's row."""
    asked: dict[int, list[datetime]] = {}
    links = application.case.invitations.filter(purpose=Invitation.Purpose.PARTNER)
    for pk, at in links.order_by("issued_at").values_list("reference", "issued_at"):
        asked.setdefault(pk, []).append(at)
    return asked


def _standing(row: ApplicationPartner, asked: list[datetime], answers: list) -> Standing:
    """The answers, latest first."""
    mark = fingerprint(read_by_partner(row))
    in_force = next((one for one in answers if one.fingerprint == mark), None)
    return Standing(row, asked, in_force or next(iter(answers), None), in_force is not None)


def _said(answer: PartnerConfirmation) -> str:
    confirms = answer.answer == PartnerConfirmation.Answer.CONFIRMED
    said = _("Confirmed by %(name)s on %(day)s.")
    if not confirms:
        said = _("Commented by %(name)s on %(day)s.")
    return said % {"name": answer.name, "day": _day(answer.answered_at)}


def _day(at: datetime) -> str:
    return partial_date(timezone.localdate(at), Precision.DAY)
