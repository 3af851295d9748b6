from datetime import date, timedelta

from django.db import models
from django.db.models import DateField, Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from agreements.workflow import COMING, LIVE_COMMITMENT, ReviewState, VersionState
from portal.core.models import EuMembership
from portal.core.publishing import PublishableQuerySet

EXPIRING = timedelta(days=90)


class AgreementQuerySet(PublishableQuerySet):
    def in_force(self, at):
        running = self.filter(Q(valid_until=None) | Q(valid_until__gte=at), signed_on__lte=at)
        return running.filter(Q(terminated_on=None) | Q(terminated_on__gte=at))

    def expiring(self, at):
        """In force, with an end within ninety days."""
        return self.in_force(at).filter(valid_until__lt=at + EXPIRING)

    def coming(self, at):
        return self.filter(Q(signed_on=None) | Q(signed_on__gt=at))

    def expired(self, at):
        """Past its end, without having been terminated before it."""
        return self.filter(valid_until__lt=at).exclude(pk__in=self.terminated(at).values("pk"))

    def ended(self, at):
        """Once in force and no more, whether expired or terminated."""
        over = Q(valid_until__lt=at) | Q(terminated_on__lt=at)
        return self.filter(over, signed_on__lte=at)

    def terminated(self, at):
        return self.filter(terminated_on__lt=at)

    def latest_first(self):
        """By signing; what is not signed yet comes last."""
        signing = Coalesce("signed_on", Value(date.min), output_field=DateField())
        return self.annotate(signing=signing).order_by("-signing", "-pk")

    def with_parties(self):
        return self.prefetch_related("parties__partner")

    def with_tags(self):
        return self.with_parties().prefetch_related("tags__perspective")

    def with_parties_in(self, country):
        parties = self._parties_abroad().filter(partner__country=country)
        return self.filter(Exists(parties))

    def in_eu(self):
        """Annotate whether a party abroad was in the EU on the day of signing."""
        return self.annotate(in_eu=Exists(self._parties_in_eu()))

    def by_eu(self, inside: bool):
        """Signed agreements with a party abroad that was in the EU that day, or with none."""
        in_eu = Exists(self._parties_in_eu())
        return self.exclude(signed_on=None).filter(in_eu if inside else ~in_eu)

    def _parties_abroad(self):
        """The agreement's published counterparts; the region's own bodies do not count."""
        parties = self.model.parties.rel.related_model.objects
        published = parties.filter(agreement=OuterRef("pk"), partner__publication="published")
        return published.exclude(partner__kind="own_body").order_by()

    def _parties_in_eu(self):
        covering = EuMembership.objects.covering("partner__country", "agreement__signed_on")
        return self._parties_abroad().filter(covering)


class VersionQuerySet(models.QuerySet):
    def signed(self):
        """What has been in force, in order of signing; terminated versions too."""
        return self.filter(state__in=(VersionState.SIGNED, VersionState.TERMINATED))

    def coming(self):
        """What is being written, negotiated, decided or confirmed."""
        return self.filter(state__in=COMING)


class ConfirmationQuerySet(models.QuerySet):
    def live(self):
        return self.filter(voided_at=None)


class CommitmentQuerySet(models.QuerySet):
    def live(self):
        return self.filter(state__in=LIVE_COMMITMENT)

    def for_terms(self):
        """In the order in which the terms list them."""
        return self.order_by("pk").prefetch_related("wordings", "perspectives")

    def public(self):
        """What is marked, in versions that have been signed, of agreements the public reads."""
        signed = (VersionState.SIGNED, VersionState.TERMINATED)
        return self.filter(
            is_public=True, version__state__in=signed, agreement__publication="published"
        )

    def ours(self):
        return self.filter(_OURS)

    def theirs(self):
        return self.exclude(_OURS)

    def late(self, at):
        """Live, with a day that has passed."""
        return self.live().filter(due_on__lt=at)

    def be_replaced(self, *, by, at) -> None:
        """A newly signed version has replaced these."""
        for commitment in self.live():
            commitment.be_changed(by=by, at=at)


_OURS = Q(party__partner=None) | Q(party__partner__kind="own_body")


class ExchangeQuerySet(models.QuerySet):
    def public(self):
        return self.filter(is_public=True, agreement__publication="published")


class ReviewQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=ReviewState.OPEN)

    def closed(self):
        return self.filter(state=ReviewState.CLOSED)
