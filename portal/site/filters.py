import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.filters import PartnerFilter

VIEWS = [
    ("home", _("From here")),
    ("europe", pgettext_lazy("map", "Europe")),
    ("world", pgettext_lazy("map", "The world")),
]


class MapFilter(PartnerFilter):
    """The partners' own filters, and which part of the world the map shows."""

    view = django_filters.ChoiceFilter(label=_("Map"), choices=VIEWS, method="steer")

    def steer(self, queryset, name, value):
        return queryset
