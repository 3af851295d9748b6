import django_filters
from django.utils.translation import gettext_lazy as _

from networks.models import Engagement, Network, NetworkPerspective
from portal.core.filters import PublicFilterSet


class NetworkFilter(PublicFilterSet):
    """The engagement asked for is the one that holds today."""

    tags = NetworkPerspective
    goal_path = "engagements__goals"
    line_path = "engagements__line"
    search_fields = ("acronym", "name_sv", "name_en", "about_sv", "about_en")
    orderings = {"acronym": "acronym", "updated": "updated_at"}

    engagement = django_filters.ChoiceFilter(
        label=_("Engagement"), choices=Engagement.Level.choices, empty_label=_("All")
    )

    class Meta:
        model = Network
        fields: list[str] = []
