"""How the committee's documents are handed out."""

from django.http import FileResponse, HttpResponse


def pdf_answer(content, name: str) -> HttpResponse:
    """Bytes or an open file, as a document to keep."""
    if isinstance(content, bytes):
        answer = HttpResponse(content, content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        answer = FileResponse(content, as_attachment=True, filename=name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
