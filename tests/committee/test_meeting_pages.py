"""The pages of a meeting: kept by the secretary, read by members, closed to everybody else."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from grants.models import Application
from grants.models.partnerconfirmations import read_by_partner
from portal.cases.canonical import fingerprint
from portal.cases.models import Case, Conflict, Document
from portal.committee.models import AgendaItem, Decision, Meeting, Proposal
from tests.committee.conftest import GRANTED, row
from tests.conftest import assess, complete

MOST = 15


def page(meeting, name="meeting", *args):
    return reverse(name, args=[meeting.pk, *args])


@pytest.fixture
def send(client):
    """Post one of a page's forms, by its verb; its fields are named after it."""

    def send(address, do, **typed):
        data = {f"{do}-{name}": value for name, value in typed.items()}
        return client.post(address, {"do": do, **data})

    return send


def sent(answer):
    """The form that came back, and the status."""
    return answer.status_code, answer.context["sent"]


def test_a_secretary_keeps_a_meeting_from_plan_to_close(
    proposal, committee, secretary, sign_in, send, now
):
    client = sign_in(secretary)
    meetings = reverse("meetings")
    status, form = sent(send(meetings, "plan", place="Residenset"))
    assert (status, list(form.errors), form["place"].value()) == (422, ["begins_at"], "Residenset")
    yesterday = {"begins_at_0": "2020-01-01", "begins_at_1": "09:00"}
    status, form = sent(send(meetings, "plan", place="-", **yesterday))
    assert (status, list(form.errors)) == (422, ["begins_at"])
    day = timezone.localdate(now) + timedelta(days=10)
    send(meetings, "plan", place="Residenset", begins_at_0=day.isoformat(), begins_at_1="13:00")
    meeting = Meeting.objects.get()
    here = page(meeting)

    # The agenda: a proposal, another matter, moved up, taken off, put up again.
    assert sent(send(here, "put_up_proposals", title="Packet"))[0] == 422
    send(here, "put_up_proposals", proposals=[proposal.pk], title="Stöd")
    send(here, "put_up", title="Övrigt", text="Fråga")
    first, last = meeting.items.all()
    send(here, "move_item", item=last.pk, way="up")
    assert [item.title for item in meeting.items.all()] == ["Övrigt", "Stöd"]
    send(here, "take_off", item=first.pk)
    assert "Dans över havet" in client.get(here).content.decode()
    send(here, "put_up_proposals", proposals=[proposal.pk])
    item = meeting.items.get(kind="proposals")
    assert item.title == "Dans över havet"
    send(here, "summon")
    assert meeting.attendance.count() == 7

    # Who is there, and the beginning: without a quorum it does not begin.
    def attend(*names, **stands_in):
        there = {f"there_{row(meeting, name).pk}": "on" for name in names}
        instead = {f"for_{row(meeting, a).pk}": row(meeting, b).pk for a, b in stands_in.items()}
        return send(here, "note_attendance", **there, **instead)

    status, form = sent(attend("chair", "stand_in", "other_stand_in",
                               stand_in="second", other_stand_in="second"))  # fmt: skip
    assert (status, len(form.non_field_errors())) == (422, 1)
    attend("chair", "first")
    status, form = sent(send(here, "open", adjuster=row(meeting, "first").pk))
    assert (status, len(form.non_field_errors())) == (422, 1)
    attend("chair", "first", "vice", "stand_in", "other_stand_in", stand_in="second")
    send(here, "open", adjuster=row(meeting, "first").pk)
    meeting.refresh_from_db()
    item.refresh_from_db()
    assert (meeting.state, item.section) == ("open", 2)

    # At the item: a conflict is shown, and nothing is decided before that person has left.
    Conflict.objects.declare(proposal.case, ground="interest", by=committee["vice"], at=now)
    there = page(meeting, "agenda_item", item.pk)
    answer = client.get(there)
    assert [str(one) for one in answer.context["must_leave"]] == ["Vice"]
    assert answer.context["has_quorum"]
    typed = {
        f"{name}_{proposal.pk}": value
        for name, value in {"outcome": "granted", "amount": "", "reasons": "Gott."}.items()
    }
    status, form = sent(send(there, "decide", text="Beslut", **typed))
    assert (status, list(form.errors)) == (422, [f"amount_{proposal.pk}"])
    typed[f"amount_{proposal.pk}"] = "15 000"
    status, form = sent(send(there, "decide", text="Mina ord", **typed))
    assert (status, form["text"].value()) == (422, "Mina ord")
    assert "Vice" in form.non_field_errors()[0]
    vice, stand_in = row(meeting, "vice").pk, row(meeting, "other_stand_in").pk
    send(there, "leave", attendance=vice, replaced_by=stand_in)
    send(there, "come_back", attendance=vice)
    assert not item.leaves.exists()
    send(there, "leave", attendance=vice, replaced_by=stand_in)
    chair = row(meeting, "chair").pk
    send(there, "say", attendance=chair, kind="proposal", text="Bifall.")
    ballots = {f"ballot_{one.pk}": "yes" for one in item.serving()}
    assert sent(send(there, "vote", question="Bifall?"))[0] == 422
    send(there, "vote", question="Bifall?", **ballots)
    assert (item.statements.count(), item.votes.count()) == (1, 4)

    # The text in the words of the outcomes, then the decision; then on to the next.
    data = {f"decide-{name}": value for name, value in typed.items()}
    data |= {f"decide-outcome_{proposal.pk}": "rejected", "do": "decide", "write": "1"}
    written = client.post(there, data).context["forms"]["decide"]["text"].value()
    assert "att avslå ”Dans över havet”" in written
    assert not Decision.objects.exists()
    answer = send(there, "decide", text="Nämnden beviljar.", **typed)
    assert answer.url == here
    decision = Decision.objects.get()
    assert (decision.amount, decision.item, decision.section) == (15_000, item, 2)
    told = client.get(there).content.decode()
    assert "Nämnden beviljar." in told
    assert "Other_Stand_In" in told

    # Too late: refused with the words kept, and the rest is put off.
    status, form = sent(send(there, "say", attendance=chair, kind="note", text="Behåll mig"))
    assert (status, form["text"].value()) == (409, "Behåll mig")
    assert sent(send(here, "close"))[0] == 422
    send(page(meeting, "agenda_item", meeting.items.get(kind="other").pk), "put_off")
    send(here, "close")
    meeting.refresh_from_db()
    assert meeting.state == "closed"
    status, form = sent(send(here, "put_up", title="Sent", text="Behåll mig"))
    assert (status, form["text"].value()) == (409, "Behåll mig")
    assert sent(send(here, "summon"))[0] == 409


def test_nothing_is_noted_of_an_item_before_the_meeting_is_open(summoned, secretary, sign_in, send):
    sign_in(secretary)
    there = page(summoned, "agenda_item", summoned.items.first().pk)
    status, form = sent(send(there, "put_off", text="Behåll mig"))
    assert (status, form["text"].value()) == (409, "Behåll mig")


def pages_of(meeting):
    item = meeting.items.get(kind="proposals")
    return [page(meeting), page(meeting, "agenda_item", item.pk), page(meeting, "meeting_papers")]


def test_a_member_reads_the_papers_and_the_files_of_the_agenda_only(
    summoned, proposal, submitted, committee, call, other_applicant, sign_in, send, now
):
    document = Document(case=proposal.case, title="Bilaga")
    document.file = ContentFile(b"x", "bilaga.txt")
    document.describe_upload(by=other_applicant, at=now)
    document.save()
    other = Application.objects.start(call=call, by=other_applicant, at=now)
    draft = Document(case=other.case, title="Utkast", added_by=other_applicant, added_at=now)
    draft.file = ContentFile(b"x", "utkast.txt")
    draft.describe_upload(by=other_applicant, at=now)
    draft.save()
    client = sign_in(committee["stand_in"])
    assert [client.get(address).status_code for address in pages_of(summoned)] == [200, 200, 200]
    papers = client.get(page(summoned, "meeting_papers")).content.decode()
    for text in ("Stärker utbytet.", "Tre veckors residens", "Väl genomtänkt.", "Bilaga"):
        assert text in papers
    assert client.get(reverse("document", args=[document.pk])).status_code == 200
    assert client.get(reverse("document", args=[draft.pk])).status_code == 404
    assert client.get(reverse("declare_conflict", args=[proposal.case_id])).status_code == 200
    assert client.get(reverse("declare_conflict", args=[other.case_id])).status_code == 404
    assert list(client.get(reverse("meetings")).context["to_come"]) == [summoned]
    assert client.get(page(summoned)).context["forms"] == {}
    assert send(page(summoned), "put_up", title="Nej").status_code == 403

    # From the declaration on nothing of it is met any more.
    address = reverse("declare_conflict", args=[proposal.case_id])
    assert client.post(address, {"ground": "interest"}).url == reverse("home")
    AgendaItem.objects.filter(kind="proposals").update(title="Hemlig rubrik")
    for address in pages_of(summoned):
        answer = client.get(address)
        assert answer.status_code == 200
        text = answer.content.decode()
        assert "jävig" in text
        assert not any(word in text for word in ("Hemlig", "Stärker", "Bilaga", "Dans över"))
    assert client.get(reverse("document", args=[document.pk])).status_code == 404


def test_the_papers_tell_what_counts_and_what_the_partners_said(
    summoned, proposal, submitted, committee, officer, sign_in, now
):
    partner = submitted.cooperation.get()
    partner.confirmations.create(
        answer="confirmed", name="Rasa Petraitė", comment="Vi längtar.", answered_at=now,
        fingerprint=fingerprint(read_by_partner(partner)),
    )  # fmt: skip
    client = sign_in(committee["first"])
    papers = client.get(page(summoned, "meeting_papers")).text
    for text in ("Bekräftat av Rasa Petraitė", "Vi längtar.", "Väl genomtänkt."):
        assert text in papers
    # Whoever is found to have a conflict had no say.
    Conflict.objects.declare(proposal.case, ground="interest", by=officer, at=now)
    assert "Väl genomtänkt." not in client.get(page(summoned, "meeting_papers")).text


def test_others_are_refused(summoned, sign_in, send, officer, administrator, applicant, member):
    meetings = {officer: 403, administrator: 403, applicant: 403, member: 200}
    for user, status in meetings.items():
        client = sign_in(user)
        assert client.get(reverse("meetings")).status_code == status
        answers = [client.get(address).status_code for address in pages_of(summoned)]
        assert answers == [404, 404, 404]
        assert send(page(summoned), "summon").status_code == 404
        refused = send(reverse("meetings"), "plan", place="-")
        assert refused.status_code == 403


def test_a_secretary_in_conflict_reads_and_records_nothing(
    item, proposal, secretary, sign_in, send, now
):
    Conflict.objects.declare(proposal.case, ground="other", by=secretary, at=now)
    client = sign_in(secretary)
    there = page(item.meeting, "agenda_item", item.pk)
    assert "Dans över havet" not in client.get(there).content.decode()
    assert send(there, "put_off").status_code == 403


def test_the_chair_decides_what_cannot_wait(proposal, committee, sign_in, send, secretary):
    address = reverse("urgent_decision", args=[proposal.pk])
    for user in (committee["vice"], secretary):
        assert sign_in(user).get(address).status_code == 403
    client = sign_in(committee["chair"])
    assert address in client.get(reverse("meetings")).content.decode()
    typed = {**GRANTED, "amount": ""}
    status, form = sent(send(address, "decide_urgently", **typed))
    assert (status, list(form.errors)) == (422, ["amount"])
    send(address, "decide_urgently", **GRANTED)
    decision = Decision.objects.get()
    assert (decision.route, decision.delegate) == ("urgent", committee["chair"])
    status, form = sent(send(address, "decide_urgently", **GRANTED))
    assert (status, form["reasons"].value()) == (409, GRANTED["reasons"])


def test_who_is_barred_is_asked_at_once_for_all(proposal, committee, applicant, organisation, now):
    """The same answer as the one deny rule gives of each person alone."""
    organisation.members.create(user=committee["third"], since=now.date())
    case = proposal.case
    case.parties.create(role="counterpart", organisation=organisation)
    case.parties.create(role="counterpart", email=committee["vice"].email.upper())
    Conflict.objects.declare(case, ground="other", by=committee["first"], at=now)
    cases = Case.objects.filter(pk=case.pk)
    people = [*committee.values(), applicant]
    each = {one.pk for one in people if cases.barring(one).exists()}
    assert cases.barring_among([one.pk for one in people]) == each
    assert len(each) == 4


@pytest.fixture
def crowded(planned, call, applicant, organisation, partner, perspectives, officer, secretary, now):
    """Thirty items of a proposal each, and a packet of ten."""
    proposals = []
    for number in range(40):
        application = Application.objects.start(call=call, by=applicant, at=now)
        content = complete(partner, perspectives[0], title=f"Projekt {number}")
        application.edit(by=applicant, at=now, content=content)
        application.submit(by=applicant, at=now)
        application.begin_assessment(by=officer, at=now)
        assess(application, by=officer, at=now)
        proposals.append(
            Proposal.objects.create(
                case=application.case, purpose="grant", outcome="granted", amount=1000,
                reasons="Bra.", proposed_by=officer, proposed_at=now,
            )
        )  # fmt: skip
    planned.put_up(by=secretary, at=now, title="Paket", proposals=proposals[:10])
    for one in proposals[10:]:
        planned.put_up(by=secretary, at=now, title=one.case.title, proposals=[one])
    planned.summon(by=secretary, at=now)
    people = list(planned.attendance.all())
    planned.note_attendance(by=secretary, at=now, present=people, stands_in={})
    return planned.open(by=secretary, at=now, adjuster=row(planned, "first"))


def test_pages_cost_few_queries(
    crowded, secretary, committee, sign_in, django_assert_max_num_queries
):
    packet = crowded.items.first()
    addresses = [reverse("meetings"), page(crowded), page(crowded, "agenda_item", packet.pk)]
    addresses.append(page(crowded, "meeting_papers"))
    for user in (secretary, committee["first"]):
        client = sign_in(user)
        for address in addresses:
            client.get(address)  # the session and what is cached
            with django_assert_max_num_queries(MOST):
                assert client.get(address).status_code == 200
