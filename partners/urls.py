"""The list; a partner's page gathers several apps and is routed at the top."""

from django.urls import path

from partners import views

urlpatterns = [
    path("", views.PartnerList.as_view(), name="partners"),
]
