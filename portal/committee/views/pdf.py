"""How the committee's documents are handed out."""

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase


def pdf_answer(content, name: str) -> HttpResponseBase:
    """Bytes or an open file, as a document to keep."""
    if isinstance(content, bytes):
        answer: HttpResponseBase = HttpResponse(content, content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        answer = FileResponse(content, as_attachment=True, filename=name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
