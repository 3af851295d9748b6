from django.db.models import Exists, OuterRef, Q

from portal.core.models import EuMembership
from portal.core.publishing import PublishableQuerySet


class AgreementQuerySet(PublishableQuerySet):
    def in_force(self, at):
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=at), signed_on__lte=at)

    def expired(self, at):
        return self.filter(valid_until__lt=at)

    def latest_first(self):
        return self.order_by("-signed_on", "-pk")

    def with_tags(self):
        return self.prefetch_related("tags__perspective", "parties__partner")

    def with_parties_in(self, country):
        return self.filter(parties__partner__country=country).distinct()

    def by_eu(self, inside: bool):
        """Agreements with at least one party abroad that was (or: none that was) in the EU
        on the day of signing. The region's own bodies do not count.
        """
        parties = self.model.parties.rel.related_model.objects
        in_eu = parties.filter(
            EuMembership.objects.covering("partner__country", "agreement__signed_on"),
            agreement=OuterRef("pk"),
        ).exclude(partner__kind="own_body")
        return self.filter(Exists(in_eu) if inside else ~Exists(in_eu))
