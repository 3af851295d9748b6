from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.models import (
    Application,
    ApplicationPerspective,
    Award,
    AwardPerspective,
    Call,
    SchemePerspective,
)
from partners.models import Partner
from portal.core.filters import (
    CountryFilter,
    MomentFilter,
    OrderingFilter,
    PublicFilterSet,
    StrictBooleanFilter,
    YearFilter,
)


class CallFilter(PublicFilterSet):
    """A call is tagged as its scheme is, and changes when its scheme does."""

    tags = SchemePerspective
    tagged = "scheme"
    goal_path = "scheme__goals"
    line_path = "scheme__line"
    search_fields = (
        "scheme__title_sv", "scheme__title_en", "name_sv", "name_en", "text_sv", "text_en",
    )  # fmt: skip

    open = StrictBooleanFilter(label=_("Open now"), method="by_open")
    updated_since = MomentFilter(
        label=_("Updated since"), field_name="changed_at", lookup_expr="gte"
    )
    ordering = OrderingFilter(
        closes=("closes_at", _("Closing time")), updated=("changed_at", _("Updated"))
    )

    class Meta:
        model = Call
        fields: list[str] = []

    def by_open(self, queryset, name, value):
        if value is None:
            return queryset
        now = timezone.now()
        return queryset.open(now) if value else queryset.not_open(now)


def award_countries_in_use():
    """Asked of the partners, who are few, so that the register is not read from end to end."""
    awards = Award.objects.public().filter(country=OuterRef("country"))
    return Partner.objects.filter(Exists(awards)).values_list("country", flat=True)


class AwardFilter(PublicFilterSet):
    """Country, year and the EU question are asked of the day of decision."""

    tags = AwardPerspective
    search_fields = ("title", "organisation__name", "partner__name_sv", "partner__name_en")

    country = CountryFilter(used=award_countries_in_use)
    eu = StrictBooleanFilter(label=_("In the EU when decided"), method="by_eu")
    year = YearFilter(label=_("Year of decision"), field_name="decided_on")
    ordering = OrderingFilter(
        decided=("decided_on", _("Date of decision")),
        amount=("amount", _("Amount")),
        updated=("updated_at", _("Updated")),
    )

    class Meta:
        model = Award
        fields: list[str] = []

    def by_eu(self, queryset, name, value):
        return queryset if value is None else queryset.by_eu(value)


class ApplicationFilter(PublicFilterSet):
    """What applicants and staff may sift their applications by."""

    tags = ApplicationPerspective
    goal_path = "call__scheme__goals"
    line_path = "call__scheme__line"
    search_fields = ("title", "summary", "case__number", "organisation__name")

    ordering = OrderingFilter(
        begun=("created_at", _("Begun")), updated=("updated_at", _("Updated"))
    )

    class Meta:
        model = Application
        fields: list[str] = []
