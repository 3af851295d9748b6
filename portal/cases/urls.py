from django.urls import path

from portal.cases import views

urlpatterns = [path("<int:pk>/", views.DocumentView.as_view(), name="document")]
