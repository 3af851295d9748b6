"""Writes invented awards with their whole history: one transaction a batch.

Cases, applications and their claims are sent; what follows from them the database copies.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from grants.models import Application, ApplicationPerspective, SchemeBudget
from grants.workflow import ApplicationState
from portal.cases.models import Case
from portal.cases.numbering import format_number, take_numbers
from portal.site.demo.copying import Actors, copy_what_follows
from portal.site.demo.inventing import Invention


@dataclass(frozen=True)
class Batch:
    """The same list of inventions goes through every table; rows meet by their place in it."""

    inventions: list[Invention]
    actors: Actors

    @transaction.atomic
    def write(self) -> None:
        applications = self._applications(self._cases())
        ApplicationPerspective.objects.bulk_create(self._claims(applications))
        mine = Application.objects.filter(applicant=self.actors.applicant)
        copy_what_follows(
            mine.filter(pk__range=(applications[0].pk, applications[-1].pk)), self.actors
        )
        self._commit()

    def _cases(self) -> list[Case]:
        return Case.objects.bulk_create(
            Case(
                kind=Case.Kind.APPLICATION,
                title=one.title,
                number=format_number(year, serial),
                year=year,
                serial=serial,
                created_at=one.submitted_at,
                registered_at=one.submitted_at,
                officer_id=self.actors.officer.pk,
            )
            for one, (year, serial) in zip(self.inventions, self._numbers(), strict=True)
        )

    def _numbers(self) -> list[tuple[int, int]]:
        """Year and number of each, in the order they were handed in, year by year."""
        years = defaultdict(list)
        for place, one in enumerate(self.inventions):
            years[timezone.localtime(one.submitted_at).year].append(place)
        numbers = {}
        for year, places in sorted(years.items()):
            places.sort(key=lambda place: self.inventions[place].submitted_at)
            serials = take_numbers(year, len(places))
            numbers |= {place: (year, n) for place, n in zip(places, serials, strict=True)}
        return [numbers[place] for place in range(len(self.inventions))]

    def _applications(self, cases: list[Case]) -> list[Application]:
        return Application.objects.bulk_create(
            Application(
                call_id=one.call.pk,
                case_id=case.pk,
                applicant_id=self.actors.applicant.pk,
                organisation_id=one.organisation.pk if one.organisation else None,
                state=ApplicationState.DECIDED,
                version=2,
                title=one.title,
                summary=one.summary,
                partner_id=one.partner.pk,
                amount=one.amount,
                total_cost=one.total_cost,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
                created_at=one.submitted_at,
                submitted_at=one.submitted_at,
            )
            for one, case in zip(self.inventions, cases, strict=True)
        )

    def _claims(self, applications: list[Application]) -> Iterable[ApplicationPerspective]:
        for application, one in zip(applications, self.inventions, strict=True):
            for perspective, how in one.claims:
                yield ApplicationPerspective(
                    item_id=application.pk, perspective_id=perspective.pk, how=how
                )

    def _commit(self) -> None:
        """The budgets grow by what was awarded: what was left before is left after."""
        sums: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
        for one in self.inventions:
            sums[one.call.scheme_id, one.call.budget_year] += one.amount
        for (scheme, year), added in sums.items():
            SchemeBudget.objects.filter(scheme=scheme, year=year).update(
                amount=F("amount") + added, committed=F("committed") + added
            )
