from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import Partner, PartnerPerspective
from portal.core.filters import CountryFilter, PublicFilterSet, StrictBooleanFilter
from portal.core.models import EuMembership


def countries_in_use():
    return Partner.objects.public().counterparts().values_list("country", flat=True).distinct()


class PartnerFilter(PublicFilterSet):
    """Goal and line follow from the partner's public agreements; the EU question is about today."""

    tags = PartnerPerspective
    goal_path = "agreements__goals"
    line_path = "agreements__line"
    search_fields = ("name_sv", "name_en", "organisation", "strengths__name_sv")
    orderings = {"name": "sort_name", "updated": "updated_at"}

    country = CountryFilter(used=countries_in_use)
    eu = StrictBooleanFilter(label=_("In the EU"), method="by_eu")

    class Meta:
        model = Partner
        fields: list[str] = []

    def by_eu(self, queryset, name, value):
        if value is None:
            return queryset
        today = timezone.localdate()
        covering = EuMembership.objects.covering("country", today)
        return queryset.filter(covering if value else ~covering)
