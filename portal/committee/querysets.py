from django.db import models
from django.db.models import Q


class DelegationPointQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)

    def naming(self, user, day):
        """The points under which this person may decide on a day."""
        return self.in_force(day).filter(delegates=user)


class ProposalQuerySet(models.QuerySet):
    def awaiting_decision(self):
        return self.filter(state="open")


class DecisionQuerySet(models.QuerySet):
    def public(self):
        """Decisions are public; what secrecy withholds is marked on the case."""
        return self.exclude(proposal__case__registered_at=None)
