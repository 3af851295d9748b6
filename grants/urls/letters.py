"""The workroom's outbox of letters to applicants."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from grants.views import letters

urlpatterns = [
    path("", letters.Letters.as_view(), name="letters"),
    path(_("send/"), letters.SendLetters.as_view(), name="send_letters"),
    path("<int:pk>/", letters.LetterPage.as_view(), name="letter"),
    path(_("<int:pk>/change/"), letters.ChangeLetter.as_view(), name="change_letter"),
    path(_("<int:pk>/letter.pdf"), letters.LetterPdf.as_view(), name="letter_pdf"),
]
