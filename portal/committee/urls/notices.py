from django.urls import path
from django.utils.translation import gettext_lazy as _

from portal.committee.views import public

urlpatterns = [
    path("", public.NoticeBoard.as_view(), name="notices"),
    path("<int:pk>/", public.NoticeDetail.as_view(), name="notice"),
    path(_("<int:pk>/minutes/"), public.NoticeMinutes.as_view(), name="notice_minutes"),
]
