import django_filters
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from grants.models import (
    Application,
    ApplicationPerspective,
    Award,
    AwardPerspective,
    Call,
    Letter,
    SchemePerspective,
)
from grants.workflow import LetterState
from partners.models import Partner
from portal.core.filters import (
    CountryFilter,
    MomentFilter,
    OrderingFilter,
    PublicFilterSet,
    StrictBooleanFilter,
    StrictFilterSet,
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


def calls_with_letters(request):
    """Those that the reader may meet a letter of; all of them few."""
    letters = Letter.objects.visible_to(request.user)
    written = letters.filter(application__call=OuterRef("pk"))
    return Call.objects.filter(Exists(written)).select_related("scheme").order_by("-closes_at")


class LetterFilter(StrictFilterSet):
    """What waits, unless something else is asked for."""

    search_fields = ("application__case__number", "application__title", "to__full_name", "subject")
    updated_since = None  # type: ignore[assignment]

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=LetterState.choices[1:], empty_label=LetterState.DRAFT.label
    )
    call = django_filters.ModelChoiceFilter(
        label=_("Call"), queryset=calls_with_letters, field_name="application__call",
        to_field_name="slug", empty_label=_("All"),
    )  # fmt: skip
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Letter.Kind.choices, empty_label=_("All")
    )

    class Meta:
        model = Letter
        fields: list[str] = []

    @property
    def asks_for_what_waits(self) -> bool:
        return not self.form.cleaned_data.get("state")

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        return found.waiting().by_meeting() if self.asks_for_what_waits else found.latest_first()
