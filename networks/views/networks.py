from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks import jsonld
from networks.filters import NetworkFilter
from networks.models import Membership, Network, Position, cost_by_year
from portal.core.views import FilteredListView, PublicDetailView

MOST_MEETINGS = 10


class NetworkList(FilteredListView):
    filterset_class = NetworkFilter
    template_name = "networks/list.html"
    title = _("Networks")

    def get_queryset(self):
        networks = Network.objects.public().with_tags().by_kind()
        return networks.with_engagement(timezone.localdate())

    def get_context_data(self, **context):
        costs = list(Membership.objects.public().cost_by_year())
        return super().get_context_data(costs=costs, **context)


class NetworkDetail(PublicDetailView):
    template_name = "networks/detail.html"
    listed_in = ("networks", _("Networks"))

    def get_queryset(self):
        today = timezone.localdate()
        networks = Network.objects.visible_to(self.request.user).with_tags()
        return networks.with_engagement(today).with_what_is_public(today)

    def get_context_data(self, **context):
        today = timezone.localdate()
        commissions = self.object.commissions.public().by_acronym().with_engagement(today)
        self.commissions = list(commissions)
        fees = list(self.object.memberships.with_fees())
        meetings = list(self.object.meetings.named().latest_first()[:MOST_MEETINGS])
        told = [*self.object.participants, *self.object.spokespeople, *fees, *meetings]
        return super().get_context_data(
            commissions=self.commissions,
            positions=Position.objects.public().pursued_in(self.object).latest_first()[:10],
            memberships=list({row.pk: row for row in fees}.values()),
            costs=cost_by_year(fees),
            meetings=meetings,
            invented=any(row.invented for row in told),
            **context,
        )

    def json_ld(self):
        return jsonld.describe(self.object, self.commissions)
