from django.urls import path

from networks.views import positions

urlpatterns = [
    path("", positions.PositionList.as_view(), name="positions"),
    path("<slug:slug>/", positions.PositionDetail.as_view(), name="position"),
]
