"""Where officers find what there is to handle."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from grants.views import queues

urlpatterns = [
    path("", queues.Calls.as_view(), name="call_queues"),
    path(_("<int:pk>/applications/"), queues.Queue.as_view(), name="call_queue"),
]
