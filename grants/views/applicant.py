"""The applicant's own pages: drafts, applications, receipts."""

from django.views.generic import DetailView, ListView

from grants.models import Application


class MyPages(ListView):
    template_name = "grants/my_pages.html"

    def get_queryset(self):
        return Application.objects.of(self.request.user).select_related("call__scheme", "case")


class ApplicationDetail(DetailView):
    template_name = "grants/application.html"

    def get_queryset(self):
        return Application.objects.of(self.request.user).select_related("call__scheme", "case")
