from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import DetailView

from portal.cases.models import Document


@method_decorator(login_not_required, name="dispatch")
class DocumentView(DetailView):
    """Hand out a document to those who may see it; everybody else gets 404.

    Always as an attachment: what an applicant uploaded never runs in a reader's browser.
    """

    def get_queryset(self):
        return Document.objects.visible_to(self.request.user).select_related("case")

    def render_to_response(self, context):
        document = self.object
        if not document.is_public:
            document.case.log(
                "document_fetched", by=self.request.user, at=timezone.now(), document=document.pk
            )
        response = FileResponse(
            document.file.open(), as_attachment=True, filename=document.filename
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["Cache-Control"] = "private, no-store"
        return response
