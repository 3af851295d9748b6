import django_filters
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.models import Engagement, Network, NetworkPerspective
from portal.core.filters import OrderingFilter, PublicFilterSet


class NetworkFilter(PublicFilterSet):
    """Engagement, goal and line are those of the engagement that holds today."""

    tags = NetworkPerspective
    search_fields = ("acronym", "name_sv", "name_en", "about_sv", "about_en")

    engagement = django_filters.ChoiceFilter(
        label=_("Engagement"), choices=Engagement.Level.choices, empty_label=_("All")
    )
    ordering = OrderingFilter(
        acronym=("acronym", _("Acronym")), updated=("updated_at", _("Updated"))
    )

    class Meta:
        model = Network
        fields: list[str] = []

    def by_goal(self, queryset, name, value):
        return self.with_engagement(queryset, goals=value)

    def by_line(self, queryset, name, value):
        return self.with_engagement(queryset, line=value)

    def with_engagement(self, queryset, **conditions):
        current = Engagement.objects.current(timezone.localdate())
        return queryset.filter(Exists(current.filter(network=OuterRef("pk"), **conditions)))
