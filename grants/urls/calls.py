from django.urls import path

from grants.views import public

urlpatterns = [
    path("", public.CallList.as_view(), name="calls"),
    path("<slug:slug>/", public.CallDetail.as_view(), name="call"),
]
