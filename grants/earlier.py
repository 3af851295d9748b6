"""What the same applicant has applied for and been granted before."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from grants.models import Application

#: More than these are found in the list of applications.
MOST_SHOWN = 10


@dataclass(frozen=True)
class Earlier:
    """The latest first; awards and their amount are of those shown."""

    applications: list[Application]
    more: bool

    @property
    def awards(self) -> list:
        return [one.award for one in self.applications if hasattr(one, "award")]

    @property
    def amount(self) -> Decimal:
        return sum((award.amount for award in self.awards), Decimal(0))


def earlier(application: Application, user) -> Earlier:
    """Handed in by the same organisation, or the same person where there is none; without those
    that this reader is barred from.
    """
    found = list(_of_the_same(application, user)[: MOST_SHOWN + 1])
    return Earlier(found[:MOST_SHOWN], len(found) > MOST_SHOWN)


def _of_the_same(application: Application, user) -> QuerySet[Application]:
    others = Application.objects.visible_to(user).handed_in().exclude(pk=application.pk)
    if application.organisation_id:
        others = others.filter(organisation=application.organisation_id)
    else:
        others = others.filter(organisation=None, applicant=application.applicant_id)
    return others.select_related("case", "call__scheme", "award").order_by("-submitted_at", "-pk")
