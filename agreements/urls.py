from django.urls import path

from agreements.views import public

urlpatterns = [
    path("", public.AgreementList.as_view(), name="agreements"),
    path("<slug:slug>/", public.AgreementDetail.as_view(), name="agreement"),
]
