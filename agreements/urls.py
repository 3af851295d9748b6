from django.urls import path

from agreements import views

urlpatterns = [
    path("", views.AgreementList.as_view(), name="agreements"),
    path("<slug:slug>/", views.AgreementDetail.as_view(), name="agreement"),
]
