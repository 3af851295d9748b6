from django.urls import path
from django.utils.translation import gettext_lazy as _

from portal.committee.views import minutes, public

urlpatterns = [
    path("", public.DecisionList.as_view(), name="decisions"),
    path("<int:pk>/", public.DecisionDetail.as_view(), name="decision"),
    path(_("<int:pk>/extract/"), minutes.DecisionExtract.as_view(), name="decision_extract"),
]
