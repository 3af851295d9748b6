from django.urls import path
from django.views.generic import RedirectView

urlpatterns = [
    path("<int:pk>/", RedirectView.as_view(pattern_name="meeting_minutes"), name="meeting"),
]
