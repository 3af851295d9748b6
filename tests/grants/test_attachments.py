"""The form takes no files yet: where to send the attachments is said everywhere it matters."""

import pytest
from django.urls import reverse

from portal.core.models import Mail

CONTACT = "kulturnamnden@example.org"


@pytest.fixture
def asks_for_cv(scheme):
    scheme.attachments.create(name_sv="Meritförteckning", name_en="Curriculum vitae")


def test_the_call_says_where_attachments_go(client, asks_for_cv, call):
    html = client.get(call.get_absolute_url()).content.decode()
    assert "Formuläret kan inte ta emot filer än." in html
    assert html.count(f'<a href="mailto:{CONTACT}">{CONTACT}</a>') == 1


def test_the_receipt_and_its_mail_name_the_number_and_the_attachments(
    sign_in, asks_for_cv, submitted, applicant
):
    number = submitted.case.number
    html = sign_in(applicant).get(reverse("receipt", args=[submitted.pk])).content.decode()
    assert f'med e-post till <a href="mailto:{CONTACT}">{CONTACT}</a> och ange ' in html
    assert "<li>Meritförteckning</li>" in html
    body = Mail.objects.get().body
    assert f"bilagor med e-post till {CONTACT} och ange diarienumret {number}:\n- Merit" in body


def test_nothing_is_said_where_nothing_is_asked_for(client, call, submitted):
    assert "ta emot filer" not in client.get(call.get_absolute_url()).content.decode()
    assert CONTACT not in Mail.objects.get().body
