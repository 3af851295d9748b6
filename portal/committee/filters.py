from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from portal.cases.models import Case
from portal.committee.models import Decision
from portal.committee.workflow import Outcome
from portal.core.filters import (
    CountryFilter,
    MomentFilter,
    OrderingFilter,
    PublicFilterSet,
    StrictBooleanFilter,
    YearFilter,
)


def countries_in_use():
    decisions = Decision.objects.public().exclude(country="")
    return decisions.order_by().values_list("country", flat=True).distinct()


class DecisionFilter(PublicFilterSet):
    """Country, year and the EU question are asked of the day of decision.

    A decision never changes: it was updated when it was recorded.
    """

    search_fields = ("proposal__case__number",)

    country = CountryFilter(used=countries_in_use)
    eu = StrictBooleanFilter(label=_("In the EU when decided"), method="by_eu")
    year = YearFilter(label=_("Year of decision"), field_name="decided_on")
    updated_since = MomentFilter(
        label=_("Updated since"), field_name="recorded_at", lookup_expr="gte"
    )
    ordering = OrderingFilter(
        decided=("decided_on", _("Date of decision")), updated=("recorded_at", _("Updated"))
    )

    class Meta:
        model = Decision
        fields: list[str] = []

    def by_perspective(self, queryset, name, value):
        """Any of the chosen perspectives."""
        if not value:
            return queryset
        claimed = Decision.perspectives.through.objects.filter(
            decision=OuterRef("pk"), perspective__in=list(value)
        )
        return queryset.filter(Exists(claimed))

    def holds(self, word):
        """An application's matter is public, and can be searched, only where it was granted; what
        is secret nowhere.
        """
        told = Q(outcome=Outcome.GRANTED) | ~Q(proposal__case__kind=Case.Kind.APPLICATION)
        public = Q(told, proposal__case__secrecy=None)
        return super().holds(word) | Q(public, proposal__case__title__icontains=word)

    def by_eu(self, queryset, name, value):
        return queryset if value is None else queryset.by_eu(value)
