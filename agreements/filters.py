from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, AgreementParty, AgreementPerspective
from portal.core.filters import CountryFilter, PublicFilterSet, StrictBooleanFilter, YearFilter


def countries_in_use():
    parties = AgreementParty.objects.filter(agreement__publication="published")
    return parties.exclude(partner__kind="own_body").values_list("partner__country", flat=True)


class AgreementFilter(PublicFilterSet):
    """Inside or outside the EU is asked of the day of signing."""

    tags = AgreementPerspective
    search_fields = ("title_sv", "title_en", "partners__name_sv", "partners__name_en")
    orderings = {"signed": "signed_on", "updated": "updated_at"}

    country = CountryFilter(used=countries_in_use, method="by_country")
    eu = StrictBooleanFilter(label=_("In the EU when signed"), method="by_eu")
    year = YearFilter(label=_("Year of signing"), field_name="versions__signed_on")

    class Meta:
        model = Agreement
        fields: list[str] = []

    def by_country(self, queryset, name, value):
        return queryset.with_parties_in(value)

    def by_eu(self, queryset, name, value):
        return queryset if value is None else queryset.by_eu(value)
