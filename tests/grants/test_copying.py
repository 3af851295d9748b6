"""An earlier application is a beginning for the next."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from grants import parts
from grants.models import Application, Call
from portal.core.workflow import WrongState


@pytest.fixture
def next_call(call, now):
    return Call.objects.create(
        scheme=call.scheme, slug="nasta", name_sv="Nästa", name_en="Next", state="published",
        opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=30), budget_year=now.year,
    )  # fmt: skip


def test_what_was_written_is_there_to_be_changed(sign_in, applicant, submitted, next_call):
    client = sign_in(applicant)
    address = reverse("apply", args=[next_call.slug])
    assert "Dans över havet" in client.get(address).content.decode()
    client.post(address, {"applicant": "individual", "earlier": submitted.pk})
    draft = Application.objects.get(call=next_call)
    written, before = parts.content(draft), parts.content(submitted)
    # What was certified is certified anew, and files are attached anew.
    assert written.pop("declarations") == {"certified": [], "undertaking": "", "aid": []}
    assert written.pop("attachments") == []
    assert written == {step: before[step] for step in written}
    assert (draft.state, draft.submitted_at, draft.case.number) == ("draft", None, None)
    assert [event.what for event in draft.case.events.all()] == ["started", "taken_over"]


def test_a_draft_that_holds_something_is_opened_as_it_is(
    sign_in, applicant, submitted, next_call, now
):
    draft = Application.objects.start(call=next_call, by=applicant, at=now)
    draft.edit(by=applicant, at=now, content={"project": {"title": "Annat"}})
    data = {"applicant": "individual", "earlier": submitted.pk}
    answer = sign_in(applicant).post(reverse("apply", args=[next_call.slug]), data, follow=True)
    assert "Utkastet innehåller redan något." in answer.content.decode()
    draft.refresh_from_db()
    assert draft.title == "Annat"
    with pytest.raises(WrongState):
        draft.take_over_from(submitted, by=applicant, at=now)


def test_nobody_copies_what_others_wrote(sign_in, other_applicant, submitted, next_call, now):
    client = sign_in(other_applicant)
    address = reverse("apply", args=[next_call.slug])
    assert "earlier" not in client.get(address).context["form"].fields
    client.post(address, {"applicant": "individual", "earlier": submitted.pk})
    draft = Application.objects.get(call=next_call)
    assert draft.title == ""
    with pytest.raises(PermissionDenied):
        draft.take_over_from(submitted, by=other_applicant, at=now)


def test_a_partner_that_is_no_longer_public_is_named_instead(submitted, applicant, next_call, now):
    partner = submitted.partner
    partner.publication = "draft"
    partner.save()
    draft = Application.objects.start(call=next_call, by=applicant, at=now)
    draft.take_over_from(Application.objects.get(pk=submitted.pk), by=applicant, at=now)
    draft.refresh_from_db()
    assert (draft.partner, draft.title) == (None, "Dans över havet")
    row = draft.cooperation.get()
    assert (row.partner, row.name, row.country, row.role) == (None, str(partner), "LT", "Värd")


def test_an_answer_follows_where_the_same_question_is_asked(
    call, applicant, officer, submitted, next_call, now
):
    form = next_call.begin_form(by=officer)
    section = form.sections.create(order=1, title_sv="A", title_en="A")
    section.questions.create(order=1, kind="short", text_sv="Vart?", text_en="Where?", key="samma")
    form.publish(by=officer, at=now)
    Application.objects.filter(pk=submitted.pk).update(answers={"samma": "Vilnius", "annan": "x"})
    draft = Application.objects.start(call=next_call, by=applicant, at=now)
    draft.take_over_from(Application.objects.get(pk=submitted.pk), by=applicant, at=now)
    draft.refresh_from_db()
    assert draft.answers == {"samma": "Vilnius"}
