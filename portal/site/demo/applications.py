"""The invented applications: played through the portal's own verbs, with dates in the past."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify

from grants.declarations import certificates_of
from grants.models import (
    Application,
    ApplicationAttachment,
    Assessment,
    Assignment,
    Call,
    CallAssessor,
)
from grants.models.assessments import Given, criteria_of
from grants.scoring import HIGHEST, LOWEST
from partners.models import Partner
from portal.committee.workflow import Outcome
from portal.core.models import Mail, User
from portal.core.money import CENT
from portal.core.region import home_country
from portal.site.demo.people import Cast

ATTACHED = "Påhittad bilaga. Invented attachment.\n"
REASON = "påhittad bedömning enligt stödformens kriterier."
GOOD = 3  # of the scale
LAST_DECIDED = -3  # of the rounds, counted from the one that is open
PROJECTS = Path(__file__).with_name("projects.json")

_HANDLED = ("begin_assessment", "assign", "assess")
_PROPOSED = (*_HANDLED, "propose")
#: What happens after the draft has been submitted, by the state the application is to reach.
STEPS = {
    "submitted": (),
    "withdrawn": ("withdraw",),
    "under_assessment": (*_HANDLED[:2], "begin_to_assess"),
    "proposed": _PROPOSED,
    "granted": (*_PROPOSED, "decide"),
    "rejected": (*_PROPOSED, "decide"),
    "dismissed": (*_PROPOSED, "decide"),
}
#: Days after the round's closing, and hours before now that a step must at least lie.
WHEN = {
    "withdraw": (-3, 5),
    "begin_assessment": (4, 4),
    "assign": (6, 4),
    "assess": (12, 3),
    "begin_to_assess": (12, 3),
    "propose": (30, 2),
    "decide": (45, 1),
}


def make_applications(cast: Cast, rounds: dict[str, list[Call]], at: datetime) -> int:
    """Play the projects that are not there yet; returns how many. Nobody gets mail about them."""
    written_before = Mail.objects.order_by("pk").last()
    projects = json.loads(PROJECTS.read_text(encoding="utf-8"))
    plays = [_Play(project, cast, rounds, at) for project in projects]
    # In the order they were handed in, so that registration numbers follow the calendar.
    made = sum(play.perform() for play in sorted(plays, key=_Play.begun_at))
    new_mail = Mail.objects.filter(pk__gt=written_before.pk if written_before else 0)
    new_mail.filter(sent_at=None).update(sent_at=at)
    return made


class _Play:
    """One project's way from draft to the state it is to reach."""

    def __init__(self, project: dict, cast: Cast, rounds: dict[str, list[Call]], at: datetime):
        self.project, self.now = project, at
        self.users = cast.users
        self.applicant = cast.users[project["applicant"]]
        self.organisation = cast.organisations.get(project["organisation"])
        self.call = _nth_round(rounds[project["scheme"]], project["round"], at)

    def perform(self) -> bool:
        title = self.project["title"]
        if Application.objects.filter(title=title, applicant=self.applicant).exists():
            return False
        application = self._draft()
        if self.project["reaches"] != "draft":
            application.submit(by=self.applicant, at=self.begun_at() + timedelta(days=3))
            for step in STEPS[self.project["reaches"]]:
                days, hours = WHEN[step]
                moment = self.call.closes_at + timedelta(days=days)
                at = min(moment, self.now - timedelta(hours=hours))
                getattr(self, f"_{step}")(application, at)
        return True

    def begun_at(self) -> datetime:
        """Well before the closing, and at least four days ago."""
        return min(self.call.closes_at - timedelta(days=9), self.now - timedelta(days=4))

    def _draft(self) -> Application:
        at = self.begun_at()
        application = Application.objects.start(
            call=self.call, by=self.applicant, at=at, organisation=self.organisation
        )
        starts_on = timezone.localdate(self.call.closes_at) + timedelta(days=90)
        content = self._content(starts_on)
        application.edit(by=self.applicant, at=at, content=content)
        self._attach(application, at)
        return application

    def _content(self, starts_on: date) -> dict:
        project = self.project
        ends_on = starts_on + timedelta(days=project["days"])
        partner = Partner.objects.get(slug=project["partner"])
        amount, cost = Decimal(project["amount"]), Decimal(project["total_cost"])
        return {
            "project": {
                "title": project["title"],
                "summary": (
                    f"{project['summary_sv']} Påhittat exempel.\n\n"
                    f"{project['summary_en']} Invented example."
                ),
                "starts_on": starts_on,
                "ends_on": ends_on,
            },
            "partners": [
                {"partner": partner.pk, "role": "Värd och medarrangör (påhittat)",
                 "gives": "Lokal, värdskap och publik.", "gets": "Nya konstnärer och metoder."}
            ],
            "activities": [
                {"what": "Förberedande möten", "starts_on": starts_on, "place": "Göteborg",
                 "country": home_country()},
                {"what": "Gemensamt arbete hos partnern", "starts_on": starts_on,
                 "ends_on": ends_on, "place": str(partner), "country": partner.country},
            ],
            "perspectives": {
                slug: {"how": how, "evidence": "Påhittat: deltagarnas egna ord efteråt."}
                for slug, how in project["perspectives"].items()
            },
            "budget": {
                "amount": amount,
                "costs": [
                    {"text": "Resor och boende", "amount": (cost / 2).quantize(CENT)},
                    {"text": "Arvoden", "amount": cost - (cost / 2).quantize(CENT)},
                ],
                "incomes": [{"kind": "own", "text": "Egen insats", "amount": cost - amount}],
            },
            "declarations": {
                "certified": sorted(certificates_of(self.call.scheme)), "undertaking": "no",
                "aid": [],
            },
        }  # fmt: skip

    def _attach(self, application, at):
        """What the scheme asks for, as invented texts."""
        for required in self.call.scheme.attachments.all():
            file = ContentFile(f"{required}. {ATTACHED}".encode(), f"{slugify(required)}.txt")
            ApplicationAttachment.objects.attach(
                application, file, by=self.applicant, at=at, required=required
            )

    def _withdraw(self, application, at):
        application.withdraw(by=self.applicant, at=at)

    def _begin_assessment(self, application, at):
        application.begin_assessment(by=self.users["handlaggare"], at=at)

    def _assign(self, application, at):
        by, call = self.users["handlaggare"], application.call
        for assessor in self.assessors:
            CallAssessor.objects.add(call, assessor, by=by, at=at)
        pairs = {(application.pk, assessor.pk) for assessor in self.assessors}
        Assignment.objects.arrange(call, add=pairs, remove=(), by=by, at=at)

    def _assess(self, application, at):
        """Each in turn; they do not agree about everything."""
        for place, assessor in enumerate(self.assessors):
            self._write(application, assessor, place, at).send(by=assessor, at=at)

    def _begin_to_assess(self, application, at):
        """The officer has sent, the expert has a draft of one and has not declared on another."""
        officer, expert = self.assessors
        self._write(application, officer, 0, at).send(by=officer, at=at)
        if self.project["score"] > GOOD:
            self._write(application, expert, 1, at)

    def _write(self, application, assessor, place: int, at) -> Assessment:
        application.assignments.get(assessor=assessor).clear(by=assessor, at=at)
        assessment = application.assessments.get(assessor=assessor)
        given = {
            criterion and criterion.pk: Given(self._score(number, place), f"{criterion}: {REASON}")
            for number, criterion in enumerate(criteria_of(self.call.scheme))
        }
        assessment.write(given, by=assessor, at=at)
        return assessment

    def _score(self, number: int, place: int) -> int:
        away = (0, 0, 1, 0, -1)[(number * 2 + place * 3) % 5]
        return min(max(self.project["score"] + away, LOWEST), HIGHEST)

    @property
    def assessors(self) -> list[User]:
        return [self.users["handlaggare"], self.users["sakkunnig"]]

    def _propose(self, application, at):
        application.propose(by=self.users["handlaggare"], at=at, **self._outcome())

    def _decide(self, application, at):
        proposal = application.case.proposals.get()
        if proposal.delegation_point_id:
            by = self.users["handlaggare2"]
            proposal.decide_by_delegation(by=by, at=at, **self._outcome())
        else:
            proposal.record_meeting_decision(
                by=self.users["sekreterare"],
                at=at,
                met_on=timezone.localdate(at),
                section=20 + self.call.pk,
                **self._outcome(),
            )
        self._tell(application, at)

    def _tell(self, application, at):
        """Their letters went the same day; those about what was decided last still wait."""
        if self.project["round"] < LAST_DECIDED:
            for letter in application.letters.waiting():
                letter.send(by=self.users["handlaggare"], at=at)

    def _outcome(self) -> dict:
        granted = self.project["granted"]
        reaches = self.project["reaches"]
        return {
            "outcome": reaches if reaches in Outcome.values else Outcome.GRANTED,
            "amount": None if granted is None else Decimal(granted),
            "conditions": self.project.get("conditions", ""),
            "reasons": self.project["reasons"],
        }


def _nth_round(rounds: list[Call], number: int, at: datetime) -> Call:
    """0 is the round that has been open longest, -1 the latest closed, and so on back."""
    first_open = next(index for index, call in enumerate(rounds) if call.closes_at > at)
    return rounds[first_open + number]
