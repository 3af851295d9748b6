from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements import jsonld
from agreements.filters import AgreementFilter
from agreements.ledger import Ledger
from agreements.models import Agreement
from portal.core.views import FilteredListView, PublicDetailView


class AgreementList(FilteredListView):
    filterset_class = AgreementFilter
    template_name = "agreements/list.html"
    title = _("Agreements")

    def get_queryset(self):
        return Agreement.objects.public().with_tags().latest_first()


class AgreementDetail(PublicDetailView):
    template_name = "agreements/detail.html"
    listed_in = ("agreements", _("Agreements"))

    def get_queryset(self):
        agreements = Agreement.objects.visible_to(self.request.user).with_tags()
        return agreements.select_related("line", "case").prefetch_related("goals", "versions")

    def get_context_data(self, **context):
        return super().get_context_data(
            schemes=self.object.schemes.public().with_calls_ahead(timezone.now()),
            ledger=Ledger(self.object, timezone.localdate()),
            awards=self.object.awards.public().latest_first().with_tags()[:10],
            **context,
        )

    def json_ld(self):
        return jsonld.describe(self.object)
