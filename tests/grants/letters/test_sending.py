"""A letter is changed, put aside, or sent once: kept as a PDF, mailed, logged, and sealed."""

import hashlib
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from pypdf import PdfReader

from grants.models import Letter
from grants.models.letters import Pick
from portal.cases.models import Conflict
from portal.core.models import Mail
from portal.core.workflow import StaleVersion, WrongState

VERBS = {
    "change": {"subject": "Nytt", "text": "Ny text.", "seen": 1},
    "send": {},
    "put_aside": {"why": "Ringde."},
}


def do(letter, verb, by, now):
    return getattr(letter, verb)(by=by, at=now, **VERBS[verb])


def mails(letter):
    return Mail.objects.filter(to=letter.to.email, subject=letter.subject).count()


def test_sending_keeps_a_pdf_mails_and_logs(letter, officer, applicant, now, settings):
    case = letter.application.case
    letter.send(by=officer, at=now)
    content = letter.document.file.read()
    assert (letter.state, letter.sent_by, letter.sent_at) == ("sent", officer, now)
    assert letter.document.sha256 == hashlib.sha256(content).hexdigest()
    assert (letter.document.case, letter.document.is_public) == (case, False)
    assert letter.document.filename == f"brev-{case.number}-{letter.pk}.pdf".replace(" ", "-")
    mail = Mail.objects.first()
    assert (mail.to, mail.subject, mails(letter)) == (applicant.email, letter.subject, 1)
    assert letter.plain_text in mail.body
    assert "#" not in mail.body
    assert f"https://portal.example.org/mina-sidor/{letter.application_id}/\n" in mail.body
    assert mail.body.strip().endswith(settings.REGION["committee_sv"])
    logged = {event.what: event.details for event in case.events.all()}
    assert logged["letter_sent"] == {"letter": letter.pk, "document": letter.document_id}
    assert logged["document_added"] == {"document": letter.document_id}
    assert logged["notified"]["mail"] == mail.pk


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pdf_is_accessible_and_says_what_the_letter_says(letter, officer, now, language):
    Letter.objects.update(language=language, text="Hej 昆明 😀.\n# Skäl\nRad ett\nRad två")
    letter.refresh_from_db()
    letter.send(by=officer, at=now)
    reader = PdfReader(BytesIO(letter.document.file.read()))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"])) == (language, True)
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    assert reader.metadata.title == letter.subject
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for said in ("Anna Ek", letter.application.case.number, "Skäl", "Rad ett Rad två", "Hej □□ □"):
        assert said in text


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("person", ["applicant", "secretary", "administrator", "member"])
def test_only_officers_handle_letters(request, letter, now, verb, person):
    with pytest.raises(PermissionDenied):
        do(letter, verb, request.getfixturevalue(person), now)
    letter.refresh_from_db()
    assert (letter.state, letter.version, mails(letter)) == ("draft", 1, 0)


@pytest.mark.parametrize("verb", VERBS)
def test_who_is_barred_handles_no_letter_of_the_case(letter, officer, now, verb):
    Conflict.objects.declare(letter.application.case, ground="other", by=officer, at=now)
    with pytest.raises(PermissionDenied):
        do(letter, verb, officer, now)
    assert not Letter.objects.visible_to(officer).exists()
    assert Letter.objects.send_each([Pick(letter.pk, 1)], by=officer, at=now).gone == 1
    assert mails(letter) == 0


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_sent_stays_as_it_was(letter, officer, now, verb):
    letter.send(by=officer, at=now)
    with pytest.raises(WrongState):
        do(letter, verb, officer, now)
    assert (mails(letter), letter.application.case.documents.count()) == (1, 1)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE grants_letter SET text = 'Annat'",
        "UPDATE grants_letter SET state = 'draft', sent_at = NULL, document_id = NULL",
        "DELETE FROM grants_letter",
    ],
)
def test_the_database_refuses_to_change_what_is_sent(letter, officer, now, sql):
    letter.send(by=officer, at=now)
    before = Letter.objects.values().get()
    with connection.cursor() as cursor, pytest.raises(DatabaseError) as error, transaction.atomic():
        cursor.execute(sql)
    assert "grants_letter is sealed" in str(error.value)
    assert Letter.objects.values().get() == before


def test_a_change_is_refused_where_somebody_was_quicker(letter, officer, now):
    letter.change(by=officer, at=now, subject=" Först ", text="Först\n", seen=1)
    with pytest.raises(StaleVersion):
        letter.change(by=officer, at=now, subject="Sedan", text="Sedan", seen=1)
    with pytest.raises(StaleVersion):
        letter.send(by=officer, at=now, seen=1)
    letter.refresh_from_db()
    assert (letter.subject, letter.text, letter.version, letter.changed_by) == (
        "Först", "Först", 2, officer,
    )  # fmt: skip
    assert letter.send(by=officer, at=now, seen=2).state == "sent"


@pytest.mark.parametrize("wrong", [{"subject": " "}, {"text": "\n"}, {"subject": "x" * 201}])
def test_a_letter_says_something(letter, officer, now, wrong):
    given = {"subject": "Ämne", "text": "Text", "seen": 1, **wrong}
    with pytest.raises(ValidationError):
        letter.change(by=officer, at=now, **given)


def test_put_aside_with_a_reason_and_taken_up_again(letter, officer, now):
    with pytest.raises(ValidationError):
        letter.put_aside(by=officer, at=now, why=" ")
    letter.put_aside(by=officer, at=now, why="Ringde.")
    with pytest.raises(WrongState):
        letter.send(by=officer, at=now)
    letter.take_up(by=officer, at=now)
    with pytest.raises(WrongState):
        letter.take_up(by=officer, at=now)
    assert letter.send(by=officer, at=now).not_sent_why == ""
    assert [event.what for event in letter.application.case.events.all()][-5:] == [
        "letter_put_aside", "letter_taken_up", "document_added", "notified", "letter_sent",
    ]  # fmt: skip


def test_a_batch_tells_what_became_of_each(several, officer, now):
    sent, aside, changed, fresh = several(4)
    picks = [Pick(one.pk, 1) for one in (sent, aside, changed, fresh)] + [Pick(9_999_999, 1)]
    sent.send(by=officer, at=now)
    aside.put_aside(by=officer, at=now, why="Ringde.")
    changed.change(by=officer, at=now, subject="Nytt", text="Nytt", seen=1)
    delivery = Letter.objects.send_each(picks, by=officer, at=now)
    assert (delivery.sent, delivery.gone, delivery.changed) == (1, 3, [Pick(changed.pk, 1)])
    again = Letter.objects.send_each(picks, by=officer, at=now)
    assert (again.sent, again.gone, again.changed) == (0, 4, [Pick(changed.pk, 1)])
    assert [mails(one) for one in (sent, aside, changed, fresh)] == [1, 0, 0, 1]
