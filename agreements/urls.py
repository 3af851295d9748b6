from django.urls import path
from django.utils.translation import gettext_lazy as _

from agreements.views import links, public

urlpatterns = [
    path("", public.AgreementList.as_view(), name="agreements"),
    path(_("confirmed/"), links.TermsConfirmed.as_view(), name="terms_confirmed"),
    path(_("confirm/<str:token>/"), links.ConfirmTerms.as_view(), name="confirm_terms"),
    path("<slug:slug>/", public.AgreementDetail.as_view(), name="agreement"),
    path(_("<slug:slug>/terms/<int:number>.json"), public.terms, name="agreement_terms"),
]
