from django.urls import path
from django.utils.translation import gettext_lazy as _

from grants.views import partners, public

urlpatterns = [
    path("", public.CallList.as_view(), name="calls"),
    path("<slug:slug>/", public.CallDetail.as_view(), name="call"),
    path(_("<slug:slug>/may-i-apply/"), public.EligibilityCheck.as_view(), name="eligibility"),
    path(_("partner/thank-you/"), partners.PartAnswered.as_view(), name="part_answered"),
    path(_("partner/<str:token>/"), partners.ConfirmPart.as_view(), name="confirm_part"),
]
