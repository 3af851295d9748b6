from django.utils import timezone

from agreements.filters import AgreementFilter
from agreements.models import Agreement
from portal.core.views import FilteredListView, PublicDetailView


class AgreementList(FilteredListView):
    filterset_class = AgreementFilter
    template_name = "agreements/list.html"

    def get_queryset(self):
        return Agreement.objects.public().with_tags().latest_first()


class AgreementDetail(PublicDetailView):
    template_name = "agreements/detail.html"

    def get_queryset(self):
        agreements = Agreement.objects.visible_to(self.request.user).with_tags()
        return agreements.select_related("line").prefetch_related("goals", "versions")

    def get_context_data(self, **context):
        schemes = self.object.schemes.public()
        awards = self.object.awards.public().latest_first().with_tags()[:10]
        standing = self.object.standing(timezone.localdate())
        return super().get_context_data(
            schemes=schemes, awards=awards, standing=standing, **context
        )
