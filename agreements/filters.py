import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from agreements.models import (
    Agreement,
    AgreementParty,
    AgreementPerspective,
    AgreementVersion,
    Commitment,
)
from portal.core.filters import (
    CountryFilter,
    OrderingFilter,
    PublicFilterSet,
    StrictBooleanFilter,
    StrictFilterSet,
    YearFilter,
)
from portal.core.models import Perspective


def countries_in_use():
    parties = AgreementParty.objects.filter(agreement__publication="published")
    abroad = parties.exclude(partner=None).exclude(partner__kind="own_body")
    return abroad.order_by().values_list("partner__country", flat=True).distinct()


class AgreementFilter(PublicFilterSet):
    """Inside or outside the EU is asked of the day of signing."""

    tags = AgreementPerspective
    search_fields = ("title_sv", "title_en")

    country = CountryFilter(used=countries_in_use, method="by_country")
    eu = StrictBooleanFilter(label=_("In the EU when signed"), method="by_eu")
    year = YearFilter(label=_("Year of signing"), method="by_year")
    ordering = OrderingFilter(
        signed=("signing", _("Date of signing")), updated=("updated_at", _("Updated"))
    )

    class Meta:
        model = Agreement
        fields: list[str] = []

    def holds(self, word):
        named = Q(partner__name_sv__icontains=word) | Q(partner__name_en__icontains=word)
        parties = AgreementParty.objects.filter(named, partner__publication="published")
        return super().holds(word) | Q(pk__in=parties.order_by().values("agreement"))

    def by_country(self, queryset, name, value):
        return queryset.with_parties_in(value)

    def by_eu(self, queryset, name, value):
        return queryset if value is None else queryset.by_eu(value)

    def by_year(self, queryset, name, value):
        """The year of the first signing or of a renewal."""
        signed = AgreementVersion.objects.filter(agreement=OuterRef("pk"), signed_on__year=value)
        return queryset.filter(Exists(signed))


class LedgerFilter(StrictFilterSet):
    """Commitments of all agreements, for the staff's overview."""

    search_fields = ("text_sv", "text_en")
    updated_since = None  # type: ignore[assignment]

    perspective = django_filters.ModelMultipleChoiceFilter(
        label=_("Perspective"),
        queryset=lambda request: Perspective.objects.all(),
        to_field_name="slug",
        method="by_perspective",
        widget=forms.CheckboxSelectMultiple,
    )
    year = YearFilter(label=_("Year when due or done"), method="by_year")
    agreement = django_filters.ModelChoiceFilter(
        label=_("Agreement"),
        queryset=lambda request: Agreement.objects.not_barring(request.user),
        to_field_name="slug",
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Commitment
        fields: list[str] = []

    def holds(self, word):
        """In what is undertaken or in the agreement's title, read once for each agreement."""
        titled = Q(title_sv__icontains=word) | Q(title_en__icontains=word)
        agreements = Agreement.objects.filter(titled).order_by()
        return Q(agreement__in=agreements.values("pk")) | super().holds(word)

    def by_perspective(self, queryset, name, value):
        return queryset.serving(value) if value else queryset

    def by_year(self, queryset, name, value):
        return queryset.of_year(value)
