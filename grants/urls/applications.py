"""The applicant's own pages (mina sidor)."""

from django.urls import path

from grants.views import applicant

urlpatterns = [
    path("", applicant.MyPages.as_view(), name="my_pages"),
    path("<int:pk>/", applicant.ApplicationDetail.as_view(), name="application"),
]
