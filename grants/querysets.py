from django.db import models
from django.db.models import Q

from grants.workflow import ApplicationState, CallState
from portal.core.models import EuMembership
from portal.core.publishing import PublishableQuerySet


class SchemeQuerySet(PublishableQuerySet):
    def with_tags(self):
        return self.prefetch_related("tags__perspective", "goals").select_related("line")


class CallQuerySet(models.QuerySet):
    def public(self):
        return self.filter(
            state__in=(CallState.PUBLISHED, CallState.DECIDED),
            scheme__publication="published",
        )

    def visible_to(self, user):
        return self if user.has_perm("grants.view_call") else self.public()

    def open(self, at):
        return self.filter(state=CallState.PUBLISHED, opens_at__lte=at, closes_at__gt=at)

    def not_open(self, at):
        return self.exclude(pk__in=self.open(at).values("pk"))

    def with_scheme(self):
        return self.select_related("scheme__line").prefetch_related(
            "scheme__tags__perspective", "scheme__goals"
        )


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The applicant's own; staff see what has been submitted."""
        if not user.is_authenticated:
            return self.none()
        if user.has_perm("grants.view_application"):
            return self.exclude(state=ApplicationState.DRAFT)
        return self.of(user)

    def of(self, user):
        """Applications made by the person, or by an organisation the person belongs to."""
        return self.filter(
            Q(applicant=user) | Q(organisation__members__user=user)
        ).distinct()

    def awaiting_handling(self):
        return self.filter(
            state__in=(ApplicationState.SUBMITTED, ApplicationState.UNDER_ASSESSMENT)
        )


class AwardQuerySet(models.QuerySet):
    def public(self):
        """Every award is public; that it exists is a public decision."""
        return self.all()

    def latest_first(self):
        return self.order_by("-decided_on", "-pk")

    def with_tags(self):
        return self.select_related("scheme", "partner", "organisation").prefetch_related(
            "tags__perspective"
        )

    def by_eu(self, inside: bool):
        covering = EuMembership.objects.covering("country", "decided_on")
        return self.filter(covering if inside else ~covering)
