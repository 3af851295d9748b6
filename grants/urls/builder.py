"""Where staff build the questions of a call."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from grants.views import builder

urlpatterns = [
    path("<int:pk>/", builder.BuildForm.as_view(), name="build_form"),
    path(_("<int:pk>/<int:version>/publish/"), builder.PublishForm.as_view(), name="publish_form"),
    path(_("<int:pk>/<int:version>/preview/"), builder.PreviewForm.as_view(), name="preview_form"),
    path(
        _("<int:pk>/<int:version>/new-section/"), builder.EditSection.as_view(), name="add_section"
    ),
    path(
        "<int:pk>/<int:version>/<int:section>/", builder.EditSection.as_view(), name="edit_section"
    ),
    path(
        _("<int:pk>/<int:version>/<int:section>/new-question/"),
        builder.EditQuestion.as_view(),
        name="add_question",
    ),
    path(
        "<int:pk>/<int:version>/<int:section>/<int:question>/",
        builder.EditQuestion.as_view(),
        name="edit_question",
    ),
    path(
        "<int:pk>/<int:version>/<slug:kind>/<int:part>/<slug:what>/",
        builder.ChangePart.as_view(),
        name="change_part",
    ),
]
