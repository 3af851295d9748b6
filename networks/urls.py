from django.urls import path

from networks.views import networks

urlpatterns = [
    path("", networks.NetworkList.as_view(), name="networks"),
    path("<slug:slug>/", networks.NetworkDetail.as_view(), name="network"),
]
