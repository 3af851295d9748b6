import django_filters
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from portal.cases.models import Case, CaseEvent
from portal.core.filters import MomentFilter, OrderingFilter, StrictFilterSet, YearFilter


class CaseFilter(StrictFilterSet):
    """A case was updated when something was last written in its log."""

    search_fields = ("number", "title")
    updated_since = MomentFilter(label=_("Updated since"), method="by_log")

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Case.Kind.choices)
    year = YearFilter(label=_("Year of registration"), field_name="registered_at")
    ordering = OrderingFilter(begun=("created_at", _("Begun")))

    class Meta:
        model = Case
        fields: list[str] = []

    def by_log(self, queryset, name, value):
        logged = CaseEvent.objects.filter(case=OuterRef("pk"), at__gte=value)
        return queryset.filter(Exists(logged))
