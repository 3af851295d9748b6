"""The applicant's own pages (mina sidor)."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from grants.views import applicant, attachments

urlpatterns = [
    path("", applicant.MyPages.as_view(), name="my_pages"),
    path(_("apply/<slug:slug>/"), applicant.Apply.as_view(), name="apply"),
    path("<int:pk>/", applicant.ApplicationDetail.as_view(), name="application"),
    path(_("<int:pk>/write/"), applicant.WriteApplication.as_view(), name="write_application"),
    path(_("<int:pk>/new-questions/"), applicant.AnswerNewest.as_view(), name="answer_newest"),
    path(_("<int:pk>/attachments/"), attachments.Attachments.as_view(), name="attachments"),
    path(
        _("<int:pk>/attachments/<int:attachment>/remove/"),
        attachments.RemoveAttachment.as_view(),
        name="remove_attachment",
    ),
    path(_("<int:pk>/application.pdf"), applicant.ApplicationPdf.as_view(), name="application_pdf"),
    path(_("<int:pk>/receipt/"), applicant.Receipt.as_view(), name="receipt"),
    path(
        _("<int:pk>/withdraw/"),
        applicant.Withdraw.as_view(),
        {"verb": "withdraw"},
        name="withdraw_application",
    ),
    path(_("<int:pk>/delete/"), applicant.DeleteDraft.as_view(), name="delete_draft"),
]
