import re

import pytest
from django.core import mail as sent
from django.core.management import call_command
from django.db import transaction

from portal.core import outbox
from portal.core.models import Mail
from tests.races import all_at_once, kinds_of_failure

TEMPLATE = "grants/mail/receipt.txt"


@pytest.fixture
def posted(submitted):
    return Mail.objects.get()


def test_a_mail_waits_in_the_outbox_until_it_is_sent(posted):
    assert (posted.sent_at, sent.outbox) == (None, [])
    assert outbox.send_pending() == 1
    posted.refresh_from_db()
    assert posted.sent_at is not None
    message = sent.outbox[0]
    assert (message.to, message.subject, message.body) == ([posted.to], posted.subject, posted.body)
    assert message.message()["Message-ID"] == posted.message_id
    assert message.message()["Auto-Submitted"] == "auto-generated"


def test_it_is_sent_once(posted):
    assert (outbox.send_pending(), outbox.send_pending()) == (1, 0)
    assert len(sent.outbox) == 1


def test_after_a_crash_it_is_sent_again_with_the_same_message_id(posted):
    outbox.send_pending()
    Mail.objects.update(sent_at=None)
    outbox.send_pending()
    assert {message.extra_headers["Message-ID"] for message in sent.outbox} == {posted.message_id}
    assert len(sent.outbox) == 2


def test_a_mail_that_is_refused_holds_up_no_other_and_is_tried_again(
    posted, applicant, submitted, settings
):
    other = outbox.post(to=applicant, template=TEMPLATE, context={"application": submitted})
    settings.EMAIL_BACKEND = "tests.core.mailserver.RefusesFirst"
    assert outbox.send_pending() == 1
    posted.refresh_from_db()
    other.refresh_from_db()
    assert (posted.sent_at, other.sent_at is not None) == (None, True)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert outbox.send_pending() == 1


def test_what_is_rolled_back_sends_nothing(draft, applicant, now, db):
    with transaction.atomic():
        draft.submit(by=applicant, at=now)
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


def test_the_demo_sends_on_commit(draft, applicant, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        draft.submit(by=applicant, at=now)
        assert sent.outbox == []
    assert len(sent.outbox) == 1


def test_elsewhere_the_worker_sends(
    draft, applicant, now, settings, django_capture_on_commit_callbacks, capsys
):
    settings.OUTBOX_SEND_ON_COMMIT = False
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        draft.submit(by=applicant, at=now)
    assert (callbacks, sent.outbox) == ([], [])
    call_command("send_outbox")
    assert len(sent.outbox) == 1
    assert capsys.readouterr().out == "1 mails sent\n"


def test_message_ids_are_made_on_our_own_domain(posted):
    assert re.fullmatch(r"<[0-9a-f-]{36}@portal\.example\.org>", posted.message_id)


def test_in_the_demo_a_mail_becomes_a_file(posted, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    outbox.send_pending()
    (file,) = tmp_path.iterdir()
    assert posted.message_id in file.read_text()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_each_mail_once(submitted, applicant, now):
    with transaction.atomic():
        for _ in range(20):
            outbox.post(to=applicant, template=TEMPLATE, context={"application": submitted})
        Mail.objects.update(sent_at=None)
        sent.outbox.clear()
        waiting = Mail.objects.count()
    results = all_at_once(*[outbox.send_pending] * 8)
    assert not kinds_of_failure(results)
    ids = [message.extra_headers["Message-ID"] for message in sent.outbox]
    assert sorted(ids) == sorted(set(ids))
    assert len(ids) == waiting
