from django.utils.translation import gettext_lazy as _

from networks import jsonld
from networks.levels import by_level
from networks.models import Position
from networks.position_filters import PositionPageFilter
from portal.core.views import FilteredListView, PublicDetailView


class PositionList(FilteredListView):
    """What we pursue, where, and what came of it: as a table, or as ways by level."""

    filterset_class = PositionPageFilter
    template_name = "networks/positions/list.html"
    title = _("Influence")
    offered = ("q", "state", "level", "network", "perspective", "goal")

    def get_queryset(self):
        return Position.objects.public().with_tags().with_steps().latest_first()

    def answer(self):
        answer = super().answer()
        view = self.request.GET.get("view") or "table"
        if view == "level":
            answer |= self.ways(answer["page"].items)
        return {**answer, "shown_as": view}

    def ways(self, positions) -> dict:
        """The steps of the page's positions by level, and the positions without any."""
        only = self.request.GET.get("level")
        steps = [step for position in positions for step in position.steps.all()]
        return {
            "ways": by_level(step for step in steps if not only or step.level == only),
            "waiting": [position for position in positions if not position.steps.all()],
        }


class PositionDetail(PublicDetailView):
    template_name = "networks/positions/detail.html"
    listed_in = ("positions", _("Influence"))

    def get_queryset(self):
        positions = Position.objects.visible_to(self.request.user).with_tags().with_steps()
        return positions.select_related("line").prefetch_related("goals")

    def json_ld(self):
        return jsonld.describe_position(self.object)
