"""The handed-in application as an accessible PDF."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from grants.models import ApplicationAttachment
from tests.cases.uploads import PDF


@pytest.fixture
def address(draft, applicant, now):
    file = SimpleUploadedFile("cv.pdf", PDF)
    ApplicationAttachment.objects.attach(draft, file, by=applicant, at=now, title="Meriter")
    draft.submit(by=applicant, at=now)
    return reverse("application_pdf", args=[draft.pk])


@pytest.fixture
def read(sign_in, applicant):
    def read(address):
        answer = sign_in(applicant).get(address)
        assert answer["Content-Type"] == "application/pdf"
        return answer, PdfReader(BytesIO(answer.content))

    return read


def text_of(reader):
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.split())


def test_it_is_tagged_and_says_its_language_and_title(read, address, draft):
    answer, reader = read(address)
    number = draft.case.number
    assert answer["Content-Disposition"] == f'attachment; filename="{number.replace(" ", "-")}.pdf"'
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "sv"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    assert reader.metadata.title == f"Ansökan {number}"


def test_it_holds_what_was_written_and_attached(read, address, draft, partner):
    text = text_of(read(address)[1])
    document = draft.attachments.get().document
    for said in (
        draft.case.number, "Dans över havet", "Anna Ek", str(partner), "20 000 kr", "60 000 kr",
        "1 mars 2027 – 21 mars 2027", "Skolor möter konstnärer.", "cv.pdf",
    ):  # fmt: skip
        assert said in text.replace("\u00a0", " "), said
    assert document.sha256 in text.replace(" ", "")


def test_it_speaks_english_too(read, address):
    _answer, reader = read(
        address.replace("/mina-sidor/", "/en/my-pages/").replace("ansokan", "application")
    )
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert "1 March 2027" in text_of(reader)


def test_what_somebody_wrote_is_never_read_as_markup(read, draft, applicant, now):
    hostile = '#import "/etc/passwd": * $x$ *fet* <a> @b [c] #read("facts.typ") \\ // slut'
    draft.edit(by=applicant, at=now, content={"project": {"summary": hostile}})
    draft.submit(by=applicant, at=now)
    text = text_of(read(reverse("application_pdf", args=[draft.pk]))[1])
    assert hostile in text


def test_others_and_drafts_have_none(
    sign_in, address, other_applicant, draft, call, applicant, now
):
    assert sign_in(other_applicant).get(address).status_code == 404
    draft.withdraw(by=applicant, at=now)
    other = type(draft).objects.start(call=call, by=applicant, at=now)
    assert sign_in(applicant).get(reverse("application_pdf", args=[other.pk])).status_code == 404
