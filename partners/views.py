from django.utils import timezone

from partners.filters import PartnerFilter
from partners.models import Partner
from portal.core.views import FilteredListView, PublicDetailView


class PartnerList(FilteredListView):
    filterset_class = PartnerFilter
    template_name = "partners/list.html"

    def get_queryset(self):
        return Partner.objects.public().counterparts().with_tags().alphabetical()


class PartnerDetail(PublicDetailView):
    template_name = "partners/detail.html"

    def get_queryset(self):
        partners = Partner.objects.visible_to(self.request.user)
        return partners.in_eu(timezone.localdate()).with_tags()

    def get_context_data(self, **context):
        agreements = self.object.agreements.public().latest_first()
        awards = self.object.awards.public().latest_first().with_tags()[:10]
        return super().get_context_data(agreements=agreements, awards=awards, **context)
