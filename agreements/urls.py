from django.urls import path
from django.utils.translation import gettext_lazy as _

from agreements.views import public, reviews

urlpatterns = [
    path("", public.AgreementList.as_view(), name="agreements"),
    path(_("review/thank-you/"), reviews.ReviewThanks.as_view(), name="review_thanks"),
    path(_("review/<str:token>/"), reviews.WriteReview.as_view(), name="write_review"),
    path("<slug:slug>/", public.AgreementDetail.as_view(), name="agreement"),
]
