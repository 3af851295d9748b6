"""An officer asks for what is missing; only that opens, until a day, and is handed in anew."""

from datetime import timedelta
from functools import partial
from operator import itemgetter

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from grants import parts
from grants.completion import FILES
from grants.models import ApplicationAttachment
from grants.models.submissions import Submission
from portal.cases.models import Document
from portal.core.models import Mail
from portal.core.workflow import WrongState
from tests.cases.uploads import PDF
from tests.grants.conftest import BUDGET, JSON, PROJECT, rows

TEXT = "Budgeten går inte ihop med texten."


@pytest.fixture
def due(now):
    return timezone.localdate(now) + timedelta(days=7)


@pytest.fixture
def ask(submitted, officer, now, due):
    def ask(*fields, by=officer, at=now, due_on=due, text=TEXT):
        return submitted.request_completion(
            by=by, at=at, fields=list(fields), text=text, due_on=due_on
        )

    return ask


@pytest.fixture
def asked(ask):
    """Open for its description and its budget."""
    return ask("summary", "budget")


def money(cost="50000.00", own="30000.00"):
    return {
        "amount": "20000.00",
        "costs": [{"text": "Resor", "amount": cost}],
        "incomes": [{"kind": "own", "amount": own}],
    }


# --- Asking ---------------------------------------------------------------------------------------


def test_it_is_asked_for_by_name_and_told_without_saying_what(asked, applicant, officer, due):
    request = asked.completion
    assert (asked.state, request.fields, request.text) == (
        "completion",
        ["budget", "summary"],
        TEXT,
    )
    event = asked.case.events.get(what="request_completion")
    assert event.details == {
        "request": request.pk, "due_on": due.isoformat(), "fields": request.fields,
    }  # fmt: skip
    mail = Mail.objects.first()
    assert (mail.to, asked.case.number in mail.subject) == (applicant.email, True)
    assert reverse("application", args=[asked.pk]) in mail.body
    assert TEXT not in mail.body


def test_the_officer_asks_in_the_admin(submitted, sign_in, officer, due):
    address = f"/admin/grants/application/{submitted.pk}/do/request_completion/"
    client = sign_in(officer)
    assert 'value="partners"' in client.get(address).content.decode()
    wrong = client.post(address, {"fields": ["state"], "text": TEXT, "due_on": due})
    assert list(wrong.context["errors"]) == ["fields"]
    sent = {"fields": ["title", "partners"], "text": TEXT, "due_on": due}
    assert client.post(address, sent).status_code == 302
    submitted.refresh_from_db()
    assert submitted.completion.fields == ["partners", "title"]
    page = client.get(f"/admin/grants/application/{submitted.pk}/change/").content.decode()
    assert TEXT in page


@pytest.mark.parametrize(
    ("fields", "days", "wrong"),
    [([], 7, "fields"), (["state"], 7, "fields"), (["title", "q_0"], 7, "fields"),
     (["title"], 0, "due_on"), (["title"], -1, "due_on")],
)  # fmt: skip
def test_only_what_there_is_and_until_a_day_to_come(ask, submitted, now, fields, days, wrong):
    with pytest.raises(ValidationError) as error:
        ask(*fields, due_on=timezone.localdate(now) + timedelta(days=days))
    assert list(error.value.message_dict) == [wrong]
    submitted.refresh_from_db()
    assert (submitted.state, submitted.completions.count()) == ("submitted", 0)


@pytest.mark.parametrize("person", ["applicant", "secretary", "administrator", "member"])
def test_only_an_officer_asks_and_waits_no_longer(request, ask, submitted, now, person):
    user = request.getfixturevalue(person)
    with pytest.raises(PermissionDenied):
        ask("title", by=user)
    ask("title")
    with pytest.raises(PermissionDenied):
        submitted.go_on_without(by=user, at=now)


def test_it_is_asked_once_at_a_time_and_while_it_is_handled_only(ask, submitted, officer, now):
    ask("title")
    with pytest.raises(WrongState):
        ask("summary")
    submitted.go_on_without(by=officer, at=now)
    with pytest.raises(WrongState):
        submitted.go_on_without(by=officer, at=now)
    submitted.begin_assessment(by=officer, at=now)
    ask("summary")
    assert [request.fields for request in submitted.completions.all()] == [["summary"], ["title"]]
    submitted.withdraw(by=submitted.applicant, at=now)
    with pytest.raises(WrongState):
        ask("title")


# --- What opens -----------------------------------------------------------------------------------


def test_only_what_was_asked_for_changes_by_the_verb(asked, applicant, other_applicant, now):
    asked.edit(
        by=applicant, at=now,
        content={"project": {"title": "Ny", "summary": "Mer.", "starts_on": None, "ends_on": None},
                 "budget": money()},
    )  # fmt: skip
    assert (asked.title, asked.summary, asked.total_cost) == ("Dans över havet", "Mer.", 50_000)
    assert str(asked.starts_on) == "2027-03-01"
    for step in ("partners", "activities", "perspectives", "declarations"):
        before = parts.PARTS[step].read(asked)
        with pytest.raises(WrongState):
            asked.edit(by=applicant, at=now, content={step: before})
    asked.edit(by=applicant, at=now, content={"answers": {"annan": "x"}})
    assert asked.answers == {}
    with pytest.raises(PermissionDenied):
        asked.edit(by=other_applicant, at=now, content={"budget": money()})


def test_only_what_was_asked_for_opens_on_the_pages(asked, mine, send, open_step):
    page = mine.get(asked.get_absolute_url()).content.decode()
    assert reverse("write_application", args=[asked.pk]) in page
    assert TEXT in open_step("project", asked).content.decode()
    steps = open_step("project", asked).context["steps"]
    assert [step.key for step in steps] == ["project", "budget", "review"]
    form = open_step("project", asked).context["form"]
    assert {name for name, field in form.fields.items() if field.disabled} == {
        "title", "starts_on", "ends_on",
    }  # fmt: skip
    assert send("project", PROJECT, application=asked).status_code == 302
    assert send("budget", BUDGET, application=asked).status_code == 302
    asked.refresh_from_db()
    assert (asked.title, asked.summary) == ("Dans över havet", "Vi sjunger.\nDe sjunger.")
    assert (asked.amount, str(asked.ends_on)) == (10_000, "2027-03-21")
    for step in ("partners", "declarations"):
        assert open_step(step, asked).url == asked.get_absolute_url()
    seen = parts.seen(parts.PARTS["partners"].read(asked))
    assert send("partners", rows("partners"), seen=seen, application=asked).status_code == 409
    assert asked.cooperation.count() == 1


def test_files_open_by_name_and_what_was_handed_in_stays_in_the_case(
    draft, scheme, applicant, officer, now, due, mine
):
    wanted = scheme.attachments.create(name_sv="Meriter", name_en="Curriculum vitae")
    later = now + timedelta(hours=1)

    def attach(at, name="cv.pdf", **how):
        file = SimpleUploadedFile(name, PDF)
        return ApplicationAttachment.objects.attach(draft, file, by=applicant, at=at, **how)

    first = attach(now, required=wanted).document
    draft.submit(by=applicant, at=now)
    opened = {"fields": [f"file-{wanted.pk}"], "text": TEXT, "due_on": due}
    draft.request_completion(by=officer, at=now, **opened)
    with pytest.raises(ValidationError):
        attach(later, title="Annat")
    second = attach(later, "nytt.pdf", required=wanted)
    assert second.document != first
    assert set(Document.objects.filter(letter=None)) == {first, second.document}
    assert mine.get(reverse("attachments", args=[draft.pk])).status_code == 200
    # What is taken away before it has been handed in is gone.
    second.remove(by=applicant, at=later)
    assert list(Document.objects.filter(letter=None)) == [first]


# --- Until the day --------------------------------------------------------------------------------


def test_after_the_last_day_it_is_closed(asked, applicant, now, due, mine, send, open_step):
    last = now + timedelta(days=7)
    asked.edit(by=applicant, at=last, content={"budget": money()})
    for late in (
        lambda: asked.edit(by=applicant, at=last + timedelta(days=1), content={"budget": money()}),
        lambda: asked.complete(by=applicant, at=last + timedelta(days=1)),
    ):
        with pytest.raises(ValidationError) as error:
            late()
        assert error.value.code == "closed"
    seen = parts.seen(parts.PARTS["budget"].read(asked))
    asked.completions.update(due_on=timezone.localdate(now) - timedelta(days=1))
    for name in ("write_budget", "review_application"):
        assert mine.get(reverse(name, args=[asked.pk])).url == asked.get_absolute_url()
    page = mine.get(asked.get_absolute_url()).content.decode()
    assert reverse("write_application", args=[asked.pk]) not in page
    assert send("budget", BUDGET, seen=seen, application=asked).status_code == 422
    answer = send("budget", BUDGET, "autosave", seen, asked, JSON)
    assert (answer.status_code, list(answer.json())) == (422, ["told"])
    answer = mine.post(reverse("review_application", args=[asked.pk]))
    assert (answer.status_code, len(answer.context["refused"])) == (422, 1)
    asked.refresh_from_db()
    assert (asked.state, asked.total_cost) == ("completion", 50_000)


# --- Handing in anew ------------------------------------------------------------------------------


def test_what_is_completed_is_a_version_of_its_own(
    asked, applicant, officer, now, mine, send, sign_in
):
    first = asked.submissions.get()
    later = now + timedelta(hours=1)
    asked.edit(by=applicant, at=now, content={"budget": money()})
    answer = mine.post(reverse("review_application", args=[asked.pk]))
    assert answer.url == asked.get_absolute_url()
    asked.refresh_from_db()
    one, two = asked.submissions.all()
    assert (one.content, two.number) == (first.content, 2)
    assert [v.content["budget"]["costs"][0]["amount"] for v in (one, two)] == [
        "60000.00", "50000.00",
    ]  # fmt: skip
    assert two.submitted_at > one.submitted_at == asked.submitted_at
    assert (asked.state, asked.completion) == ("submitted", None)
    mail = Mail.objects.first()
    assert (mail.to, asked.case.number in mail.subject) == (officer.email, True)
    page = sign_in(officer).get(f"/admin/grants/application/{asked.pk}/change/")
    cost, *sums = page.context["completed"]
    assert (cost.before, cost.after) == ("60\u00a0000\u00a0kr", "50\u00a0000\u00a0kr")
    assert len(sums) == 3  # the total, the share, and what one pays oneself
    # It is frozen again, and handled from there.
    for again in (
        lambda: asked.complete(by=applicant, at=later),
        lambda: asked.edit(by=applicant, at=later, content={"budget": money()}),
    ):
        with pytest.raises(WrongState):
            again()
    assert asked.begin_assessment(by=officer, at=later).state == "under_assessment"


def test_while_it_is_completed_staff_read_what_was_handed_in(
    asked, applicant, officer, now, sign_in
):
    asked.edit(by=applicant, at=now, content={"project": {**PROJECT, "summary": "Halvfärdigt"}})
    page = sign_in(officer).get(f"/admin/grants/application/{asked.pk}/change/")
    assert "Halvfärdigt" not in page.content.decode()
    assert "Tre veckors residens" in page.content.decode()


def test_it_must_be_whole_and_by_the_right_person(
    asked, applicant, other_applicant, officer, now, mine
):
    for person in (other_applicant, officer):
        with pytest.raises(PermissionDenied):
            asked.complete(by=person, at=now)
    asked.edit(by=applicant, at=now, content={"budget": money(own="29999.99")})
    with pytest.raises(ValidationError) as error:
        asked.complete(by=applicant, at=now)
    assert list(error.value.message_dict) == ["incomes"]
    answer = mine.post(reverse("review_application", args=[asked.pk]))
    assert [step.key for step in answer.context["steps"].lacking] == ["budget"]
    asked.refresh_from_db()
    assert (asked.state, asked.submissions.count()) == ("completion", 1)


def test_a_draft_is_not_completed_and_what_was_submitted_needs_asking(
    submitted, call, applicant, now
):
    with pytest.raises(WrongState):
        submitted.complete(by=applicant, at=now)
    draft = type(submitted).objects.start(call=call, by=applicant, at=now)
    with pytest.raises(WrongState):
        draft.complete(by=applicant, at=now)


def test_going_on_without_restores_what_was_handed_in(submitted, ask, applicant, officer, now):
    asked = ask("summary", "budget", "partners", "perspectives", "declarations")
    before = asked.submissions.get().content
    asked.edit(
        by=applicant, at=now,
        content={
            "project": {**before["project"], "summary": "Halvfärdigt"},
            "budget": money(), "partners": [], "perspectives": {},
            "declarations": {"certified": [], "undertaking": "yes", "aid": [{"euro": "1.00"}]},
        },
    )  # fmt: skip
    assert parts.content(asked) != before
    asked.go_on_without(by=officer, at=now)
    assert (asked.state, asked.completion, asked.submissions.count()) == ("submitted", None, 1)
    assert parts.content(asked) == before
    assert (asked.total_cost, asked.partner_id) == (60_000, before["partners"][0]["partner"])


def test_going_on_without_restores_the_files_too(draft, scheme, applicant, officer, now, due):
    wanted = scheme.attachments.create(name_sv="Intyg", name_en="Certificate")
    attach = partial(ApplicationAttachment.objects.attach, draft, by=applicant)
    attach(SimpleUploadedFile("intyg.pdf", PDF), at=now, required=wanted)
    gone = attach(SimpleUploadedFile("bild.pdf", PDF), at=now, title="Bild")
    draft.submit(by=applicant, at=now)
    before = parts.content(draft)
    fields = [f"file-{wanted.pk}", FILES]
    draft.request_completion(by=officer, at=now, fields=fields, text=TEXT, due_on=due)
    minutes_later = now + timedelta(minutes=5)
    attach(SimpleUploadedFile("annat.pdf", PDF), at=minutes_later, required=wanted)
    gone.remove(by=applicant, at=minutes_later)
    attach(SimpleUploadedFile("ny.pdf", PDF), at=minutes_later, title="Ny")
    assert parts.content(draft) != before
    draft.go_on_without(by=officer, at=minutes_later)
    restored = parts.content(draft)
    by_document = itemgetter("document")
    assert sorted(restored["attachments"], key=by_document) == before["attachments"]
    assert draft.case.documents.filter(letter=None).count() == 2
    draft.attachments.put_back(draft, before["attachments"], by=officer, at=minutes_later)
    assert draft.attachments.count() == 2


def test_what_was_handed_in_before_versions_were_kept_is_restored_too(
    draft, applicant, officer, now, due
):
    draft.case.register(by=applicant, at=now, title=draft.title)
    type(draft).objects.update(state="submitted", submitted_at=now)
    before = parts.content(draft)
    draft.request_completion(by=officer, at=now, fields=["budget"], text=TEXT, due_on=due)
    draft.edit(by=applicant, at=now, content={"budget": money()})
    draft.go_on_without(by=officer, at=now)
    kept = draft.submissions.get()
    assert (kept.content, kept.submitted_by, kept.submitted_at) == (before, applicant, now)
    assert parts.content(draft) == before


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE grants_submission SET number = 9",
        "UPDATE grants_submission SET content = '{}'",
        "DELETE FROM grants_submission",
    ],
)
def test_the_database_keeps_what_was_handed_in(submitted, sql):
    before = list(Submission.objects.values())
    with connection.cursor() as cursor, pytest.raises(DatabaseError) as error, transaction.atomic():
        cursor.execute(sql)
    assert "grants_submission is append-only" in str(error.value)
    assert list(Submission.objects.values()) == before
