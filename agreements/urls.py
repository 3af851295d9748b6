from django.urls import path
from django.utils.translation import gettext_lazy as _

from agreements.views import links, public, reviews

urlpatterns = [
    path("", public.AgreementList.as_view(), name="agreements"),
    path(_("confirmed/"), links.TermsConfirmed.as_view(), name="terms_confirmed"),
    path(_("confirm/<str:token>/"), links.ConfirmTerms.as_view(), name="confirm_terms"),
    path(_("review/thank-you/"), reviews.ReviewThanks.as_view(), name="review_thanks"),
    path(_("review/<str:token>/"), reviews.WriteReview.as_view(), name="write_review"),
    path("<slug:slug>/", public.AgreementDetail.as_view(), name="agreement"),
    path(_("<slug:slug>/terms/<int:number>.json"), public.terms, name="agreement_terms"),
]
