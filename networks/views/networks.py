from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks import jsonld
from networks.filters import NetworkFilter
from networks.models import Network, Position
from portal.core.views import FilteredListView, PublicDetailView


class NetworkList(FilteredListView):
    filterset_class = NetworkFilter
    template_name = "networks/list.html"
    title = _("Networks")

    def get_queryset(self):
        networks = Network.objects.public().with_tags().by_acronym()
        return networks.with_engagement(timezone.localdate())


class NetworkDetail(PublicDetailView):
    template_name = "networks/detail.html"
    listed_in = ("networks", _("Networks"))

    def get_queryset(self):
        networks = Network.objects.visible_to(self.request.user).with_tags()
        return networks.with_engagement(timezone.localdate()).prefetch_related(
            "groups", "member_counts", "engagements__goals", "engagements__line"
        )

    def get_context_data(self, **context):
        self.commissions = list(self.object.commissions.public().by_acronym())
        positions = Position.objects.public().pursued_in(self.object).latest_first()
        return super().get_context_data(
            commissions=self.commissions, positions=positions[:10], **context
        )

    def json_ld(self):
        return jsonld.describe(self.object, self.commissions)
