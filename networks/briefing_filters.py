from django.utils.translation import gettext_lazy as _

from networks.models import Briefing
from portal.core.filters import OrderingFilter, PublicFilterSet, YearFilter


class BriefingFilter(PublicFilterSet):
    """A briefing concerns what its observations do; it names no goal and no line of work."""

    search_fields = ("title_sv", "title_en", "intro_sv", "intro_en")

    goal = None
    line = None
    year = YearFilter(field_name="published_at", label=_("Year"))
    ordering = OrderingFilter(
        published=("appeared", _("Published")), updated=("updated_at", _("Updated"))
    )

    class Meta:
        model = Briefing
        fields: list[str] = []

    def by_perspective(self, queryset, name, value):
        return queryset.concerning(list(value)) if value else queryset
