"""The applicant's own pages (mina sidor)."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from grants.views import applicant, attachments, together, writing

STEPS = {
    "project": _("<int:pk>/write/project/"),
    "partners": _("<int:pk>/write/partners/"),
    "activities": _("<int:pk>/write/activities/"),
    "perspectives": _("<int:pk>/write/perspectives/"),
    "budget": _("<int:pk>/write/budget/"),
    "answers": _("<int:pk>/write/questions/"),
    "declarations": _("<int:pk>/write/declarations/"),
}

# What a page asks for beside that the person takes part in the application.
WRITES = {"permission": "grants.edit_application"}
SUBMITS = {"permission": "grants.submit_application"}
DISCARDS = {"permission": "grants.discard_application"}

urlpatterns = [
    path("", applicant.MyPages.as_view(), name="my_pages"),
    path(_("apply/<slug:slug>/"), applicant.Apply.as_view(), name="apply"),
    path("<int:pk>/", applicant.ApplicationDetail.as_view(), name="application"),
    path(_("<int:pk>/write/"), writing.WriteFirst.as_view(), name="write_application"),
    *(
        path(address, writing.WriteStep.as_view(), {"step": step}, name=f"write_{step}")
        for step, address in STEPS.items()
    ),
    path(_("<int:pk>/write/<slug:step>/take-over/"), writing.TakePen.as_view(), name="take_pen"),
    path(_("<int:pk>/review/"), writing.ReviewApplication.as_view(), name="review_application"),
    path(_("<int:pk>/new-questions/"), writing.AnswerNewest.as_view(), name="answer_newest"),
    path(_("<int:pk>/attachments/"), attachments.Attachments.as_view(), name="attachments"),
    path(
        _("<int:pk>/attachments/<int:attachment>/remove/"),
        attachments.RemoveAttachment.as_view(**WRITES),
        name="remove_attachment",
    ),
    path(_("<int:pk>/application.pdf"), applicant.ApplicationPdf.as_view(), name="application_pdf"),
    path(_("<int:pk>/receipt/"), applicant.Receipt.as_view(), name="receipt"),
    path(
        _("<int:pk>/withdraw/"),
        applicant.Withdraw.as_view(**SUBMITS),
        {"verb": "withdraw"},
        name="withdraw_application",
    ),
    path(_("<int:pk>/delete/"), applicant.DeleteDraft.as_view(**DISCARDS), name="delete_draft"),
    path(_("<int:pk>/together/"), together.Together.as_view(), name="coapplicants"),
    path(
        _("<int:pk>/together/<int:coapplicant>/role/"),
        together.GiveRole.as_view(),
        name="give_coapplicant_role",
    ),
    path(
        _("<int:pk>/together/<int:coapplicant>/remove/"),
        together.Remove.as_view(),
        name="remove_coapplicant",
    ),
    path(
        _("<int:pk>/together/<int:coapplicant>/withdraw/"),
        together.WithdrawInvitation.as_view(),
        name="withdraw_coapplicant",
    ),
    path(_("together/<str:token>/"), together.Accept.as_view(), name="accept_coapplicant"),
]
