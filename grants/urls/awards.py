from django.urls import path

from grants.views import public

urlpatterns = [
    path("", public.AwardList.as_view(), name="grants"),
    path("<int:pk>/", public.AwardDetail.as_view(), name="grant"),
]
