from django.utils import timezone

from networks.filters import NetworkFilter
from networks.models import Network
from portal.core.views import FilteredListView, PublicDetailView


class NetworkList(FilteredListView):
    filterset_class = NetworkFilter
    template_name = "networks/list.html"

    def get_queryset(self):
        networks = Network.objects.public().with_tags().by_acronym()
        return networks.with_engagement(timezone.localdate())


class NetworkDetail(PublicDetailView):
    template_name = "networks/detail.html"

    def get_queryset(self):
        networks = Network.objects.visible_to(self.request.user).with_tags()
        return networks.prefetch_related(
            "groups", "member_counts", "engagements__goals", "engagements__line"
        )

    def get_context_data(self, **context):
        commissions = self.object.commissions.public().by_acronym()
        return super().get_context_data(commissions=commissions, **context)
