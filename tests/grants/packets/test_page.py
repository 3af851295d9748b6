"""The page of the ranked packet: who opens it, what it shows, and what a row keeps."""

from decimal import Decimal

import pytest
from django.urls import reverse

from grants.models import PacketRow
from portal.core.roles import Role
from tests.conftest import assign, make_user
from tests.grants.packets.conftest import JSON, plan, propose
from tests.grants.test_races import decide as grant


def titles(answer):
    return [str(row.application) for row in answer.context["rows"]]


@pytest.mark.parametrize("person", ["applicant", "secretary", "administrator", "member"])
def test_for_officers_only(request, open_packet, save, three, person):
    person = request.getfixturevalue(person)
    assert open_packet(person).status_code == 403
    assert save(three[0], by=person, amount="1 000").status_code == 403
    assert not PacketRow.objects.exists()


def test_not_for_external_assessors(open_packet, three, db):
    assert open_packet(make_user("expert@example.org", Role.ASSESSOR)).status_code == 403


def test_the_best_assessed_stands_first(open_packet, officer, three):
    answer = open_packet(officer)
    assert titles(answer) == ["Best", "Middle", "Worst"]
    assert [row.standing.figures.mean for row in answer.context["rows"]] == [5, 4, 2]


def test_what_the_officer_is_barred_from_is_not_there(open_packet, save, officer, three, now):
    three[0].case.conflicts.declare(three[0].case, ground="other", by=officer, at=now)
    assert titles(open_packet(officer)) == ["Middle", "Worst"]
    assert save(three[0], amount="1 000").status_code == 404


def test_an_assessor_who_has_not_sent_does_not_read_the_others(
    open_packet, three, colleague, officer, now
):
    """And one who has not declared does not meet the application at all."""
    [assignment] = assign(three[0], colleague, by=officer, at=now)
    assert titles(open_packet(colleague)) == ["Middle", "Worst"]
    assignment.clear(by=colleague, at=now)
    rows = {str(row.application): row for row in open_packet(colleague).context["rows"]}
    assert rows["Best"].standing.figures.mean is None
    assert rows["Middle"].standing.figures.mean == 4


def test_what_is_proposed_already_is_shown_and_fixed(open_packet, save, officer, three, now):
    plan(three[0], officer, now)
    assert propose(three[0].call, officer, now) == 1
    answer = open_packet(officer)
    assert [row.is_open for row in answer.context["rows"]] == [False, True, True]
    assert answer.context["rows"][0].amount == 10_000
    assert save(three[0], amount="5 000").status_code == 409


class TestARow:
    def test_is_kept_and_answers_with_what_is_left(self, save, three, officer):
        answer = save(three[0], headers=JSON, outcome="granted", amount="12 500", reasons="Ja.")
        row = PacketRow.objects.get()
        assert (row.outcome, row.amount, row.reasons) == ("granted", 12_500, "Ja.")
        assert (row.changed_by, answer.json()["version"]) == (officer, 1)
        assert "187\u00a0500\u00a0kr" in answer.json()["ledger"]

    def test_by_its_button_it_leads_back_to_the_row(self, save, three, call):
        answer = save(three[0], outcome="rejected")
        assert answer.url == f"{reverse('packet', args=[call.pk])}#row-{three[0].pk}"

    @pytest.mark.parametrize("amount", ["1.000", "1,000", "-5", "20 000,01", "tusen"])
    def test_an_amount_that_cannot_be_is_refused_and_stays_typed(self, save, three, amount):
        answer = save(three[1], outcome="granted", amount=amount, reasons="Ja.")
        assert answer.status_code == 422
        typed = answer.context["rows"][1].typed
        assert (typed["amount"], typed["reasons"]) == (amount, "Ja.")
        assert save(three[1], headers=JSON, amount=amount).status_code == 422
        assert not PacketRow.objects.exists()

    def test_conditions_of_a_rejection_are_refused(self, save, three):
        answer = save(three[0], headers=JSON, outcome="rejected", conditions="Om.")
        assert answer.status_code == 422

    def test_the_same_again_changes_nothing(self, save, three):
        for _again in range(2):
            save(three[0], version=0, outcome="granted", amount="1 000")
        assert PacketRow.objects.get().version == 1

    def test_somebody_else_s_change_is_told_and_both_are_kept(self, save, three, colleague, now):
        plan(three[0], colleague, now, amount=7_000)
        answer = save(three[0], headers=JSON, version=0, outcome="granted", amount="9 000")
        assert answer.status_code == 409
        assert "7\u00a0000\u00a0kr" in answer.json()["told"]
        assert PacketRow.objects.get().amount == 7_000
        on_page = save(three[0], version=0, outcome="granted", amount="9 000")
        assert on_page.status_code == 409
        assert on_page.context["rows"][0].typed["amount"] == "9 000"
        again = save(three[0], version=on_page.context["rows"][0].typed["version"], amount="9 000")
        assert (again.status_code, PacketRow.objects.get().amount) == (302, 9_000)

    def test_what_was_typed_survives_the_end_of_the_session(
        self, save, client, three, call, officer
    ):
        client.logout()
        address = reverse("plan_row", args=[call.pk, three[0].pk])
        typed = {"version": 0, "place": 1, "outcome": "granted", "amount": "8 000"}
        assert client.post(address, typed).status_code == 302
        session = dict(client.session)
        client.force_login(officer)
        assert session["typed"]["path"] == address
        assert client.get(address).context["rows"][0].typed["amount"] == "8 000"

    def test_of_another_call_is_not_found(self, sign_in, officer, three):
        address = reverse("plan_row", args=[three[0].call_id + 1, three[0].pk])
        assert sign_in(officer).post(address, {}).status_code == 404


class TestTheOrder:
    def test_follows_the_buttons_and_the_typed_rank(self, save, open_packet, officer, three):
        assert save(three[0], place=1, move="down", headers=JSON).json()["order"] == [
            three[1].pk, three[0].pk, three[2].pk,
        ]  # fmt: skip
        assert save(three[2], place=3, rank=1).status_code == 302
        assert titles(open_packet(officer)) == ["Worst", "Middle", "Best"]

    def test_at_the_ends_it_stays(self, save, open_packet, officer, three):
        save(three[0], place=1, move="up")
        save(three[2], place=3, rank=99)
        assert titles(open_packet(officer)) == ["Best", "Middle", "Worst"]

    def test_that_somebody_else_has_changed_is_noticed(
        self, save, open_packet, officer, colleague, three
    ):
        save(three[2], by=colleague, place=3, rank=1)
        assert save(three[0], place=1, move="down", headers=JSON).status_code == 409
        assert titles(open_packet(officer)) == ["Worst", "Best", "Middle"]

    def test_keeps_the_place_of_what_somebody_does_not_meet(
        self, save, open_packet, officer, colleague, three, now
    ):
        three[1].case.conflicts.declare(three[1].case, ground="other", by=colleague, at=now)
        assert save(three[2], by=colleague, place=2, move="up").status_code == 302
        assert titles(open_packet(colleague)) == ["Worst", "Best"]
        assert titles(open_packet(officer)) == ["Worst", "Middle", "Best"]

    def test_can_be_that_of_the_assessments_again(
        self, save, open_packet, sign_in, officer, three, call
    ):
        save(three[2], place=3, rank=1)
        assert sign_in(officer).post(reverse("order_packet", args=[call.pk])).status_code == 302
        assert titles(open_packet(officer)) == ["Best", "Middle", "Worst"]


class TestTheMoney:
    def test_counts_what_is_granted_proposed_and_planned(
        self, open_packet, hand_in, officer, secretary, three, now
    ):
        granted = hand_in("Granted")
        granted.propose(by=officer, at=now, outcome="granted", amount=Decimal(10_000), reasons="-")
        grant(granted.case.proposals.get(), secretary, now)  # grants as much as was proposed
        three[0].propose(by=officer, at=now, outcome="granted", amount=Decimal(5_000), reasons="-")
        plan(three[1], officer, now, amount=3_000)
        plan(three[2], officer, now, amount=9_000, outcome="rejected")
        ledger = open_packet(officer).context["ledger"]
        sums = ledger.sums
        assert (sums.committed, sums.elsewhere, sums.proposed, sums.planned, ledger.left) == (
            10_000, 0, 5_000, 3_000, 182_000,
        )  # fmt: skip
        assert [(line.committed, line.proposed, line.planned) for line in ledger.perspectives] == [
            (10_000, 5_000, 3_000), (0, 0, 0), (0, 0, 0), (0, 0, 0),
        ]  # fmt: skip
        assert [(line.label, line.together) for line in ledger.countries] == [("Litauen", 18_000)]

    def test_what_is_passed_is_told_in_words(self, open_packet, officer, budget, three, now):
        budget.amount = Decimal(8_000)
        budget.save()
        plan(three[0], officer, now, amount=10_000)
        assert "2\u00a0000\u00a0kr" in open_packet(officer).context["ledger"].told
        assert open_packet(officer).context["ledger"].over == 2_000

    def test_no_ceiling_is_told(self, open_packet, officer, budget, three):
        budget.amount = None
        budget.save()
        assert open_packet(officer).context["ledger"].left is None

    @pytest.mark.parametrize("state", ["unconfirmed", "missing"])
    def test_without_a_confirmed_budget_it_says_what_to_do(
        self, open_packet, officer, budget, three, now, state
    ):
        if state == "missing":
            budget.delete()
        else:
            budget.signed_as_proposal(by=officer, at=now).state = "proposed"
            budget.save()
        assert open_packet(officer).context["ledger"].problem


def test_it_is_found_where_one_looks_for_it(three, call, sign_in, officer, secretary):
    client, address = sign_in(officer), reverse("packet", args=[call.pk])
    pages = [
        reverse("call_queues"),
        reverse("call_queue", args=[call.pk]),
        reverse("call_assessors", args=[call.pk]),
        reverse("admin:grants_call_change", args=[call.pk]),
        reverse("admin:grants_application_change", args=[three[0].pk]),
    ]
    assert [page for page in pages if address not in client.get(page).content.decode()] == []
    assert sign_in(secretary).get(address).status_code == 403
