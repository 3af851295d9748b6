from django.db import models
from django.db.models import Exists, OuterRef, Q


class EuMembershipQuerySet(models.QuerySet):
    def at(self, day):
        """The memberships in force on a day; `day` may be a date or a reference to one."""
        return self.filter(Q(end=None) | Q(end__gte=day), start__lte=day)

    def covering(self, country: str, day) -> Exists:
        """Expression: the country in this column was a member on a day.

        `day` is a date, or the name of a date column.
        """
        when = OuterRef(day) if isinstance(day, str) else day
        return Exists(self.at(when).filter(country=OuterRef(country)))

    def includes(self, country: str, day) -> bool:
        return self.at(day).filter(country=country).exists()


class MailQuerySet(models.QuerySet):
    def claimable(self):
        """Unsent rows that no other worker holds."""
        return self.filter(sent_at=None).order_by("pk").select_for_update(skip_locked=True)


class OrganisationQuerySet(models.QuerySet):
    def of(self, user):
        """The organisations a person may act for."""
        return self.filter(members__user=user)
