"""Pages that gather what several apps know."""

from django.views.generic import DetailView, TemplateView

from portal.core.models import Perspective
from portal.core.views import PublicMixin


class Home(PublicMixin, TemplateView):
    template_name = "site/home.html"


class WorldMapPage(PublicMixin, TemplateView):
    template_name = "site/map.html"


class PerspectivePage(PublicMixin, DetailView):
    template_name = "site/perspective.html"

    def get_queryset(self):
        return Perspective.objects.all()
