from django.urls import path
from django.utils.translation import gettext_lazy as _

from grants.views import public

urlpatterns = [
    path("", public.CallList.as_view(), name="calls"),
    path("<slug:slug>/", public.CallDetail.as_view(), name="call"),
    path(_("<slug:slug>/may-i-apply/"), public.EligibilityCheck.as_view(), name="eligibility"),
]
