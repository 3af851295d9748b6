from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners import jsonld
from partners.filters import PartnerFilter
from partners.models import Partner
from portal.core.views import FilteredListView, PublicDetailView


class PartnerList(FilteredListView):
    filterset_class = PartnerFilter
    template_name = "partners/list.html"
    title = _("Partners")

    def get_queryset(self):
        partners = Partner.objects.public().counterparts().in_eu(timezone.localdate())
        return partners.with_tags().alphabetical()

    def answer(self):
        """The region's own bodies stand in a group of their own, under the same filter."""
        return {**super().answer(), "beside": self.own_bodies()}

    def own_bodies(self):
        if self.problems or self.request.GET.get("cursor"):
            return []
        bodies = Partner.objects.public().own_bodies().with_tags().alphabetical()
        return list(self.filterset.filter_queryset(bodies)[: self.page_size])


class PartnerDetail(PublicDetailView):
    template_name = "partners/detail.html"
    listed_in = ("partners", _("Partners"))

    def get_queryset(self):
        partners = Partner.objects.visible_to(self.request.user).in_eu(timezone.localdate())
        return partners.with_tags().prefetch_related(
            "codes", "exchanges", "strengths", "challenges"
        )

    def get_context_data(self, **context):
        agreements = self.object.agreements.public().latest_first()
        awards = self.object.awards.public().latest_first().with_tags()[:10]
        networks = self.object.network_participations.public().not_over(timezone.localdate())
        return super().get_context_data(
            agreements=agreements, awards=awards, networks=networks.by_network(), **context
        )

    def json_ld(self):
        return jsonld.describe(self.object)
