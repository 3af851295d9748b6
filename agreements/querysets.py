from datetime import date, timedelta

from django.db.models import DateField, Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from portal.core.models import EuMembership
from portal.core.publishing import PublishableQuerySet

EXPIRING = timedelta(days=90)


class AgreementQuerySet(PublishableQuerySet):
    def in_force(self, at):
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=at), signed_on__lte=at)

    def expiring(self, at):
        """In force, with an end within ninety days."""
        return self.in_force(at).filter(valid_until__lt=at + EXPIRING)

    def coming(self, at):
        return self.filter(Q(signed_on=None) | Q(signed_on__gt=at))

    def expired(self, at):
        return self.filter(valid_until__lt=at)

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
