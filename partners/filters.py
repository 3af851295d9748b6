from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import Partner, PartnerPerspective, Theme
from portal.core.filters import CountryFilter, OrderingFilter, PublicFilterSet, StrictBooleanFilter
from portal.core.models import EuMembership


def countries_in_use():
    partners = Partner.objects.public().counterparts().order_by("country")
    return partners.values_list("country", flat=True).distinct()


class PartnerFilter(PublicFilterSet):
    """Goal and line follow from the partner's public agreements; the EU question is about today."""

    tags = PartnerPerspective
    search_fields = ("name_sv", "name_en", "organisation")

    country = CountryFilter(used=countries_in_use)
    eu = StrictBooleanFilter(label=_("In the EU"), method="by_eu")
    ordering = OrderingFilter(name=("sort_name", _("Name")), updated=("updated_at", _("Updated")))

    class Meta:
        model = Partner
        fields: list[str] = []

    def holds(self, word):
        named = Q(name_sv__icontains=word) | Q(name_en__icontains=word)
        themes = Theme.objects.filter(named)
        strong = Partner.strengths.through.objects.filter(theme__in=themes)
        return super().holds(word) | Q(pk__in=strong.values("partner"))

    def by_goal(self, queryset, name, value):
        return self.with_agreement(queryset, goals=value)

    def by_line(self, queryset, name, value):
        return self.with_agreement(queryset, line=value)

    def with_agreement(self, queryset, **conditions):
        agreements = Partner.agreements.rel.related_model.objects.public()
        return queryset.filter(Exists(agreements.filter(partners=OuterRef("pk"), **conditions)))

    def by_eu(self, queryset, name, value):
        if value is None:
            return queryset
        covering = EuMembership.objects.covering("country", timezone.localdate())
        return queryset.filter(covering if value else ~covering)
