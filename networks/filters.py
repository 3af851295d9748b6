import django_filters
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.models import Engagement, Membership, Network, NetworkPerspective
from networks.workflow import TAKES_PART_CHOICES
from portal.core.filters import OrderingFilter, PublicFilterSet


class NetworkFilter(PublicFilterSet):
    """Engagement, goal and line are those of the engagement that holds today."""

    tags = NetworkPerspective
    search_fields = ("acronym", "name_sv", "name_en", "about_sv", "about_en")

    engagement = django_filters.ChoiceFilter(
        label=_("Engagement"), choices=TAKES_PART_CHOICES, empty_label=_("All")
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


class MembershipFilter(PublicFilterSet):
    """Perspectives are the network's; goal and line those of the engagement that holds today."""

    tags = NetworkPerspective
    tagged = "network"
    search_fields = ("network__acronym", "network__name_sv", "network__name_en")

    ordering = OrderingFilter(
        network=("acronym", _("Network")), updated=("updated_at", _("Updated"))
    )

    class Meta:
        model = Membership
        fields: list[str] = []

    def by_goal(self, queryset, name, value):
        return self.with_engagement(queryset, goals=value)

    def by_line(self, queryset, name, value):
        return self.with_engagement(queryset, line=value)

    def with_engagement(self, queryset, **conditions):
        current = Engagement.objects.current(timezone.localdate())
        return queryset.filter(Exists(current.filter(network=OuterRef("network"), **conditions)))
