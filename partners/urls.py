from django.urls import path

from partners import views

urlpatterns = [
    path("", views.PartnerList.as_view(), name="partners"),
    path("<slug:slug>/", views.PartnerDetail.as_view(), name="partner"),
]
