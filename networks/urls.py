from django.urls import path

from networks import views

urlpatterns = [
    path("", views.NetworkList.as_view(), name="networks"),
    path("<slug:slug>/", views.NetworkDetail.as_view(), name="network"),
]
