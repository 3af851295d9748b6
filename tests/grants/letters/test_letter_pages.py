"""The officer's outbox, and what the applicant sees of it."""

import pytest
from django.urls import reverse

from grants.models import Letter
from grants.views.letters import PORTION
from portal.cases.models import Conflict
from portal.core.models import Mail

LIST = "/arbetsrum/brev/"


def page(name, letter):
    return reverse(name, args=[letter.pk])


def listed(answer):
    return [letter.to.full_name for group in answer.context["groups"] for letter in group.letters]


@pytest.fixture
def desk(sign_in, officer):
    return sign_in(officer)


# --- The list -------------------------------------------------------------------------------------


def test_what_waits_stands_by_meeting_and_by_call(desk, several, delegation_point, officer, now):
    several(2)
    decided = [(group.heading, len(group.letters)) for group in desk.get(LIST).context["groups"]]
    assert [number for _heading, number in decided] == [2]
    assert decided[0][0].startswith("Sammanträdet den ")


def test_a_delegated_decision_stands_under_its_call(
    desk, proposed, delegation_point, officer, call, now
):
    proposed.case.proposals.update(delegation_point=delegation_point)
    proposed.case.proposals.get().decide_by_delegation(
        by=officer, at=now, outcome="rejected", amount=None, reasons="Nej."
    )
    assert [group.heading for group in desk.get(LIST).context["groups"]] == [str(call)]


def test_it_is_filtered_by_state_call_kind_and_words(desk, several, call, officer, now):
    first, second = several(2)
    first.send(by=officer, at=now)
    second.put_aside(by=officer, at=now, why="Ringde.")
    found = {
        query: listed(desk.get(f"{LIST}?{query}"))
        for query in (
            "", "state=sent", "state=not_sent", f"state=sent&call={call.slug}",
            "state=sent&kind=rejected", "state=sent&q=00001", "state=sent&q=00002",
        )
    }  # fmt: skip
    assert list(found.values()) == [
        [], ["Person 0"], ["Person 1"], ["Person 0"], [], ["Person 0"], [],
    ]  # fmt: skip
    assert desk.get(f"{LIST}?state=draft").status_code == 400


def test_pages_of_the_list_follow_each_other(desk, many):
    everybody = [letter.to.full_name for letter in many(60)]
    first = desk.get(LIST)
    second = desk.get(f"{LIST}?cursor={first.context['page'].next}")
    assert (listed(first), listed(second)) == (everybody[:50], everybody[50:])


def test_the_list_asks_as_much_for_one_as_for_many(
    desk, many, django_assert_max_num_queries, django_assert_num_queries
):
    many(60)
    with django_assert_max_num_queries(12) as asked:
        desk.get(LIST)
    Letter.objects.exclude(pk=Letter.objects.last().pk).delete()
    with django_assert_num_queries(len(asked)):
        desk.get(LIST)


def test_the_start_page_counts_what_waits(desk, letter, officer, now):
    def lines():
        return [line.count for line in desk.get("/admin/").context["awaiting"] if line.url == LIST]

    assert lines() == [1]
    letter.send(by=officer, at=now)
    assert lines() == []


@pytest.mark.parametrize("person", ["applicant", "secretary", "administrator", "member"])
def test_nobody_else_comes_in(request, sign_in, letter, person):
    client = sign_in(request.getfixturevalue(person))
    answers = [client.get(page(name, letter)) for name in ("letter", "change_letter", "letter_pdf")]
    answers += [client.get(LIST), client.post(f"{LIST}skicka/", {"letter": letter.pk})]
    assert {answer.status_code for answer in answers} == {403}


def test_the_barred_meet_no_letter(desk, letter, officer, now):
    Conflict.objects.declare(letter.application.case, ground="other", by=officer, at=now)
    assert listed(desk.get(LIST)) == []
    for name in ("letter", "change_letter", "letter_pdf"):
        assert desk.get(page(name, letter)).status_code == 404
    for sent in ({"letter": letter.pk}, {"all": "1"}):
        assert desk.post(f"{LIST}skicka/", sent).url == LIST
    batch = {"left": f"{letter.pk}.1", "sent": 0, "gone": 0, "changed": ""}
    desk.post(f"{LIST}skicka/", batch)
    letter.refresh_from_db()
    assert letter.state == "draft"


# --- One letter -----------------------------------------------------------------------------------


def test_it_is_read_as_it_will_look(desk, letter, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        answer = desk.get(page("letter", letter)).content.decode()
    assert "Därför &amp; &lt;så&gt;." in answer
    pdf = desk.get(page("letter_pdf", letter))
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    letter.refresh_from_db()
    assert (letter.state, letter.document) == ("draft", None)


def change(client, letter, seen=1, **typed):
    data = {"do": "change", "change-seen": seen, "change-subject": "Nytt", "change-text": "Ny text"}
    return client.post(
        page("change_letter", letter),
        data | {f"change-{name}": text for name, text in typed.items()},
    )


def test_it_is_changed_and_what_somebody_else_wrote_is_kept(desk, letter):
    assert change(desk, letter, text="Rad\r\n\r\n# Rubrik\r\nMer").url == page("letter", letter)
    letter.refresh_from_db()
    assert (letter.subject, letter.text) == ("Nytt", "Rad\n\n# Rubrik\nMer")
    answer = change(desk, letter, text="Min text")
    assert (answer.status_code, answer.context["stale"]) == (409, True)
    told = answer.content.decode()
    assert ("Min text" in told, "<h3>Rubrik</h3>" in told) == (True, True)
    again = answer.context["forms"]["change"]["seen"].value()
    assert change(desk, letter, seen=again, text="Min text").status_code == 302
    letter.refresh_from_db()
    assert (letter.text, letter.version) == ("Min text", 3)


def test_an_empty_text_is_refused_by_the_form(desk, letter):
    answer = change(desk, letter, text=" ")
    assert (answer.status_code, list(answer.context["sent"].errors)) == (422, ["text"])


def send(client, letter, seen=1):
    return client.post(page("letter", letter), {"do": "send", "send-seen": seen})


def test_it_is_sent_once_and_only_as_it_was_read(desk, letter, officer, now):
    letter.change(by=officer, at=now, subject="Nytt", text="Ny text", seen=1)
    stale = send(desk, letter)
    assert (stale.status_code, stale.context["stale"]) == (409, True)
    assert "Ny text" in stale.content.decode()
    assert send(desk, letter, seen=2).status_code == 302
    again = send(desk, letter, seen=2)
    assert (again.status_code, "Stämmer det?" in again.content.decode()) == (409, False)
    assert Mail.objects.filter(subject="Nytt").count() == 1
    letter.refresh_from_db()
    assert desk.get(page("letter_pdf", letter)).url == reverse(
        "document", args=[letter.document_id]
    )


def test_it_is_put_aside_and_taken_up_on_its_page(desk, letter):
    address = page("letter", letter)
    assert desk.post(address, {"do": "put_aside"}).status_code == 422
    assert desk.post(address, {"do": "put_aside", "put_aside-why": "Ringde."}).status_code == 302
    assert "Ringde." in desk.get(address).content.decode()
    assert desk.post(address, {"do": "take_up"}).status_code == 302
    letter.refresh_from_db()
    assert letter.state == "draft"


# --- A batch --------------------------------------------------------------------------------------


def confirmed(answer):
    """What the confirmation's form sends."""
    form = answer.context["form"]
    return {field.name: field.value() for field in form}


def test_the_ticked_ones_go_after_it_is_said_how_many_and_to_whom(desk, several):
    first, second, third = several(3)
    asked = desk.post(f"{LIST}skicka/", {"letter": [first.pk, third.pk]})
    told = asked.content.decode()
    assert ("Skicka 2 brev?" in told, "Person 1" in told, "Person 2" in told) == (True, False, True)
    assert not Letter.objects.sent().exists()
    assert desk.get(f"{LIST}skicka/").url == LIST
    batch = confirmed(asked)
    assert "2 brev är skickade." in desk.post(f"{LIST}skicka/", batch, follow=True).content.decode()
    again = desk.post(f"{LIST}skicka/", batch, follow=True).content.decode()
    assert "2 brev var redan skickade" in again
    assert list(Letter.objects.waiting()) == [second]
    assert Mail.objects.filter(subject__startswith="Beslut").count() == 2


def test_all_that_the_filter_finds_go_and_nothing_else(desk, several, call):
    several(2)
    none = desk.post(f"{LIST}skicka/?kind=rejected", {"all": "1"})
    assert none.url == LIST
    asked = desk.post(f"{LIST}skicka/?kind=granted&call={call.slug}", {"all": "1"})
    assert len(asked.context["chosen"]) == 2
    desk.post(f"{LIST}skicka/", confirmed(asked))
    assert Letter.objects.sent().count() == 2


def test_a_large_batch_goes_in_portions_and_tells_how_far_it_has_come(desk, many, officer, now):
    first, *_others = many(50)
    batch = confirmed(desk.post(f"{LIST}skicka/", {"all": "1"}))
    first.change(by=officer, at=now, subject="Nytt", text="Nytt", seen=1)
    told = []
    while (answer := desk.post(f"{LIST}skicka/", batch)).status_code == 200:
        told.append((answer.context["done"], answer.context["total"]))
        batch = confirmed(answer)
    assert told == [(PORTION, 50), (2 * PORTION, 50)]
    last = desk.get(answer.url).content.decode()
    assert ("49 brev är skickade." in last, "1 brev ändrades" in last) == (True, True)
    assert list(Letter.objects.waiting()) == [first]


@pytest.mark.parametrize(
    "sent",
    [{}, {"letter": "x"}, {"left": "x", "sent": 0, "gone": 0}, {"left": "1.1", "sent": "x"}],
)
def test_what_names_no_letter_sends_none(desk, letter, sent):
    answer = desk.post(f"{LIST}skicka/", sent, follow=True)
    assert "Kryssa för de brev" in answer.content.decode()
    assert not Letter.objects.sent().exists()


# --- The applicant --------------------------------------------------------------------------------


def test_the_applicant_finds_what_is_sent_and_others_do_not(
    client, sign_in, letter, applicant, other_applicant, officer, now
):
    own = reverse("application", args=[letter.application_id])
    assert "Brev från oss" not in sign_in(applicant).get(own).content.decode()
    letter.send(by=officer, at=now)
    document = reverse("document", args=[letter.document_id])
    assert document in client.get(own).content.decode()
    answer = client.get(document)
    assert b"".join(answer)[:5] == b"%PDF-"
    assert "attachment" in answer["Content-Disposition"]
    assert [one["subject"] for one in client.get(reverse("my_data")).json()["letters"]] == [
        letter.subject
    ]
    stranger = sign_in(other_applicant)
    assert {stranger.get(address).status_code for address in (own, document)} == {404}


def test_a_colleague_at_the_organisation_reads_the_applicant_s(
    sign_in, letter, organisation, other_applicant, officer, now
):
    application = letter.application
    application.organisation = organisation
    application.save()
    application.case.parties.create(role="applicant", organisation=organisation)
    organisation.members.create(user=other_applicant, since=now.date())
    letter.send(by=officer, at=now)
    answer = sign_in(other_applicant).get(application.get_absolute_url())
    assert answer.context["letters"] == [letter]
