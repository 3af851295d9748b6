from django.db import models
from django.db.models import Q

from portal.cases.querysets import OfCases
from portal.core.models import EuMembership


class DelegationPointQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)

    def naming(self, user, day):
        """The points under which this person may decide on a day."""
        return self.in_force(day).filter(delegates=user)


class ProposalQuerySet(OfCases):
    def awaiting_decision(self):
        return self.filter(state="open")

    def visible_to(self, user):
        """Officers see all, secretaries what goes to a meeting; none what they are barred from."""
        if user.has_perm("cases.handle_case"):
            return self.not_barring(user)
        if user.has_perm("cases.prepare_meeting"):
            return self.not_barring(user).filter(delegation_point=None)
        return self.none()

    def decidable_by(self, user, day):
        """What awaits this person's own decision: as a named delegate, or as secretary."""
        points = self.model.delegation_point.field.related_model.objects.naming(user, day)
        mine = Q(delegation_point__in=points.values("pk"))
        if user.has_perm("cases.prepare_meeting"):
            mine |= Q(delegation_point=None)
        return self.awaiting_decision().not_barring(user).filter(mine)


class DecisionQuerySet(OfCases):
    case_path = "proposal__case"

    def public(self):
        """Decisions are public; what secrecy withholds is marked on the case."""
        return self.exclude(proposal__case__registered_at=None)

    def latest_first(self):
        return self.order_by("-decided_on", "-pk")

    def in_eu(self):
        """Annotate whether the country was in the EU on the day of decision."""
        return self.annotate(in_eu=EuMembership.objects.covering("country", "decided_on"))

    def by_eu(self, inside: bool):
        covering = EuMembership.objects.covering("country", "decided_on")
        return self.exclude(country="").filter(covering if inside else ~covering)
