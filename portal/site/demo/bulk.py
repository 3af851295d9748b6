"""Writes invented awards with their whole history, table by table, in one transaction a batch."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from grants.models import Application, ApplicationPerspective, Award, SchemeBudget
from grants.workflow import ApplicationState
from portal.cases.models import Case
from portal.cases.numbering import format_number, take_numbers
from portal.committee.models import Decision, Proposal
from portal.committee.workflow import Outcome, ProposalState, Purpose, Route
from portal.core.models import User
from portal.site.demo.copying import copy_what_follows
from portal.site.demo.inventing import Invention, SchemeFacts

REASONS = "Påhittat beslut: projektet bidrar till de perspektiv som det anger."


@dataclass(frozen=True)
class Actors:
    """Who does what in the invented histories."""

    applicant: User
    officer: User
    delegate: User
    secretary: User


class Batch:
    """The same list of inventions goes through every table; rows meet by their place in it."""

    def __init__(self, inventions: list[Invention], facts: list[SchemeFacts], actors: Actors):
        self.inventions, self.actors = inventions, actors
        self.facts = {one.scheme.pk: one for one in facts}

    @transaction.atomic
    def write(self) -> None:
        self.cases = self._cases()
        self.applications = self._applications()
        self._claims()
        self.proposals = self._proposals()
        self.decisions = self._decisions()
        self.awards = self._awards()
        written = Application.objects.filter(pk__in=[one.pk for one in self.applications])
        copy_what_follows(written, self.actors.officer)
        self._commit()

    # --- The case ---------------------------------------------------------------------------------

    def _cases(self) -> list[Case]:
        """Numbered in the order the applications were handed in, year by year."""
        years = defaultdict(list)
        for place, one in enumerate(self.inventions):
            years[timezone.localtime(one.submitted_at).year].append(place)
        numbers = {}
        for year, places in sorted(years.items()):
            places.sort(key=lambda place: self.inventions[place].submitted_at)
            serials = take_numbers(year, len(places))
            numbers |= {place: (year, n) for place, n in zip(places, serials, strict=True)}
        return Case.objects.bulk_create(
            Case(
                kind=Case.Kind.APPLICATION,
                title=one.title,
                number=format_number(*numbers[place]),
                year=numbers[place][0],
                serial=numbers[place][1],
                created_at=one.submitted_at,
                registered_at=one.submitted_at,
                officer_id=self.actors.officer.pk,
            )
            for place, one in enumerate(self.inventions)
        )

    # --- The application and its award ------------------------------------------------------------

    def _applications(self) -> list[Application]:
        return Application.objects.bulk_create(
            Application(
                call_id=one.call.pk,
                case_id=case.pk,
                applicant_id=self.actors.applicant.pk,
                organisation_id=_pk(one.organisation),
                state=ApplicationState.DECIDED,
                version=2,
                title=one.title,
                summary=one.summary,
                partner_id=one.partner.pk,
                amount=one.applied,
                total_cost=one.total_cost,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
                created_at=one.submitted_at,
                submitted_at=one.submitted_at,
            )
            for one, case in zip(self.inventions, self.cases, strict=True)
        )

    def _awards(self) -> list[Award]:
        budgets = self._budgets()
        return Award.objects.bulk_create(
            Award(
                application_id=application.pk,
                decision_id=decision.pk,
                scheme_id=one.call.scheme_id,
                budget_id=budgets[one.call.scheme_id, one.call.budget_year],
                title=one.title,
                summary=one.summary,
                organisation_id=_pk(one.organisation),
                partner_id=one.partner.pk,
                agreement_id=_pk(one.agreement),
                amount=one.granted,
                country=one.partner.country,
                decided_on=decision.decided_on,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
                line_id=decision.line_id,
            )
            for one, application, decision in zip(
                self.inventions, self.applications, self.decisions, strict=True
            )
        )

    def _claims(self) -> None:
        ApplicationPerspective.objects.bulk_create(
            ApplicationPerspective(item_id=item.pk, perspective_id=perspective.pk, how=how)
            for item, one in zip(self.applications, self.inventions, strict=True)
            for perspective, how in one.claims
        )

    # --- The decision -----------------------------------------------------------------------------

    def _proposals(self) -> list[Proposal]:
        return Proposal.objects.bulk_create(
            Proposal(
                case_id=case.pk,
                purpose=Purpose.GRANT,
                state=ProposalState.DECIDED,
                outcome=Outcome.GRANTED,
                amount=one.granted,
                reasons=REASONS,
                delegation_point_id=self.facts[one.call.scheme_id].scheme.delegation_point_id,
                proposed_by_id=self.actors.officer.pk,
                proposed_at=one.call.closes_at + timedelta(days=20),
            )
            for case, one in zip(self.cases, self.inventions, strict=True)
        )

    def _decisions(self) -> list[Decision]:
        return Decision.objects.bulk_create(
            Decision(
                proposal_id=proposal.pk,
                outcome=Outcome.GRANTED,
                amount=one.granted,
                reasons=REASONS,
                decided_on=timezone.localdate(one.decided_at),
                recorded_at=one.decided_at,
                line_id=self.facts[one.call.scheme_id].scheme.line_id,
                country=one.partner.country,
                **self._route(proposal),
            )
            for proposal, one in zip(self.proposals, self.inventions, strict=True)
        )

    def _route(self, proposal: Proposal) -> dict:
        if proposal.delegation_point_id is None:
            by = self.actors.secretary.pk
            return {"route": Route.MEETING, "section": 1 + proposal.pk % 300, "recorded_by_id": by}
        by = self.actors.delegate.pk
        return {
            "route": Route.DELEGATED,
            "delegate_id": by,
            "delegation_point_id": proposal.delegation_point_id,
            "recorded_by_id": by,
        }

    # --- The money --------------------------------------------------------------------------------

    def _budgets(self) -> dict[tuple[int, int], int]:
        budgets = SchemeBudget.objects.filter(scheme__in=list(self.facts)).order_by("pk")
        return {(b.scheme_id, b.year): b.pk for b in budgets.select_for_update()}

    def _commit(self) -> None:
        """The budgets grow by what was awarded: what was left before is left after."""
        sums = defaultdict(Decimal)
        for award in self.awards:
            sums[award.budget_id] += award.amount
        for pk, added in sums.items():
            SchemeBudget.objects.filter(pk=pk).update(
                amount=F("amount") + added, committed=F("committed") + added
            )


def _pk(item) -> int | None:
    return item.pk if item else None
