from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements import jsonld
from agreements.filters import AgreementFilter
from agreements.ledger import Ledger
from agreements.models import Agreement, AgreementVersion
from portal.core.views import FilteredListView, PublicDetailView


class AgreementList(FilteredListView):
    filterset_class = AgreementFilter
    template_name = "agreements/list.html"
    title = _("Agreements")

    def get_queryset(self):
        return Agreement.objects.public().with_tags().latest_first()


@login_not_required
def terms(request, slug, number):
    """The canonical terms that were signed: the SHA-256 of these bytes is the fingerprint."""
    versions = AgreementVersion.objects.filter(agreement__in=Agreement.objects.public())
    version = get_object_or_404(versions, agreement__slug=slug, number=number)
    if version.public_terms is None:
        raise Http404
    return HttpResponse(version.public_terms.terms.encode(), content_type="application/json")


class AgreementDetail(PublicDetailView):
    template_name = "agreements/detail.html"
    listed_in = ("agreements", _("Agreements"))

    def get_queryset(self):
        agreements = Agreement.objects.visible_to(self.request.user).with_tags()
        versions = AgreementVersion.objects.with_all_that_is_told()
        return agreements.select_related("line", "case").prefetch_related(
            "goals", Prefetch("versions", versions)
        )

    def get_context_data(self, **context):
        return super().get_context_data(
            schemes=self.object.schemes.public().with_calls_ahead(timezone.now()),
            ledger=Ledger(self.object, timezone.localdate()),
            awards=self.object.awards.public().latest_first().with_tags()[:10],
            terms=self.object.public_terms,
            documents=self.object.case.documents.filter(is_public=True),
            **context,
        )

    def json_ld(self):
        return jsonld.describe(self.object)
