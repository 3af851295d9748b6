import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from networks.levels import Level
from networks.models import Network, Position, PositionPerspective
from networks.workflow import PositionState
from portal.core.filters import OrderingFilter, PublicFilterSet


class PositionFilter(PublicFilterSet):
    """Level and network are those of any of the position's steps."""

    tags = PositionPerspective
    search_fields = (
        "title_sv", "title_en", "question_sv", "question_en", "aim_sv", "aim_en",
        "outcome_sv", "outcome_en",
    )  # fmt: skip

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=PositionState.choices, empty_label=_("All")
    )
    level = django_filters.ChoiceFilter(
        label=_("Level"), choices=Level.choices, method="by_level", empty_label=_("All")
    )
    network = django_filters.ModelChoiceFilter(
        label=_("Network"),
        queryset=lambda request: Network.objects.public().by_acronym(),
        to_field_name="slug",
        method="by_network",
        empty_label=_("All"),
    )
    ordering = OrderingFilter(noted=("pk", _("Noted")), updated=("updated_at", _("Updated")))

    class Meta:
        model = Position
        fields: list[str] = []

    def by_level(self, queryset, name, value):
        return queryset.reached(value)

    def by_network(self, queryset, name, value):
        return queryset.pursued_in(value)


class PositionPageFilter(PositionFilter):
    """The page can also show the ways by level of government; the API has no views."""

    view = django_filters.ChoiceFilter(
        label=_("View"),
        choices=[("table", _("Table")), ("level", _("By level"))],
        method="steer",
        widget=forms.HiddenInput,
    )

    def steer(self, queryset, name, value):
        return queryset
