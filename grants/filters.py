from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.models import Award, AwardPerspective, Call, SchemePerspective
from portal.core.filters import CountryFilter, PublicFilterSet, StrictBooleanFilter, YearFilter


class CallFilter(PublicFilterSet):
    """A call is tagged as its scheme is."""

    tags = SchemePerspective
    tagged = "scheme"
    goal_path = "scheme__goals"
    line_path = "scheme__line"
    search_fields = ("scheme__title_sv", "scheme__title_en", "name_sv", "name_en", "text_sv")
    orderings = {"closes": "closes_at", "updated": "updated_at"}

    open = StrictBooleanFilter(label=_("Open now"), method="by_open")

    class Meta:
        model = Call
        fields: list[str] = []

    def by_open(self, queryset, name, value):
        if value is None:
            return queryset
        now = timezone.now()
        return queryset.open(now) if value else queryset.not_open(now)


def award_countries_in_use():
    return Award.objects.public().exclude(country="").values_list("country", flat=True).distinct()


class AwardFilter(PublicFilterSet):
    """Country, year and the EU question are asked of the day of decision."""

    tags = AwardPerspective
    search_fields = ("title", "organisation__name", "partner__name_sv", "partner__name_en")
    orderings = {"decided": "decided_on", "amount": "amount", "updated": "updated_at"}

    country = CountryFilter(used=award_countries_in_use)
    eu = StrictBooleanFilter(label=_("In the EU when decided"), method="by_eu")
    year = YearFilter(label=_("Year of decision"), field_name="decided_on")

    class Meta:
        model = Award
        fields: list[str] = []

    def by_eu(self, queryset, name, value):
        return queryset if value is None else queryset.by_eu(value)
