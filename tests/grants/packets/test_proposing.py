"""A packet is proposed as a whole, within the budget, and lands under one § in its order."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from grants import packets
from grants.models import BudgetExceeded, Call, PacketRow
from portal.committee.models import Meeting, Proposal
from portal.core.workflow import StaleVersion
from tests.conftest import write_assessment
from tests.grants.packets.conftest import plan, propose


@pytest.fixture
def planned(three, officer, now):
    """Two granted 10 000 each and one rejected; the second stands first."""
    plan(three[0], officer, now, conditions="Redovisa resan.")
    plan(three[1], officer, now)
    plan(three[2], officer, now, outcome="rejected", reasons="Når inte fram.")
    PacketRow.objects.arrange(three[0].call, [three[1].pk, three[0].pk, three[2].pk], by=officer)
    return three


def set_budget(budget, amount):
    budget.amount = amount and Decimal(amount)
    budget.save()


class TestTheWhole:
    def test_becomes_proposals_with_all_that_was_planned(self, planned, call, officer, now):
        assert propose(call, officer, now) == 3
        rows = Proposal.objects.in_order().values_list(
            "case__title", "outcome", "amount", "conditions", "reasons", "proposed_by"
        )
        assert list(rows) == [
            ("Middle", "granted", 10_000, "", "Bra.", officer.pk),
            ("Best", "granted", 10_000, "Redovisa resan.", "Bra.", officer.pk),
            ("Worst", "rejected", None, "", "Når inte fram.", officer.pk),
        ]

    def test_in_the_order_of_the_assessments_where_nobody_has_ranked(
        self, three, call, officer, now
    ):
        for one in reversed(three):
            plan(one, officer, now)
        propose(call, officer, now)
        titles = Proposal.objects.in_order().values_list("case__title", flat=True)
        assert list(titles) == ["Best", "Middle", "Worst"]

    def test_once(self, planned, call, officer, now):
        propose(call, officer, now)
        with pytest.raises(ValidationError):
            propose(call, officer, now)
        assert Proposal.objects.count() == 3

    def test_not_when_it_is_not_what_was_read(self, planned, call, officer, colleague, now):
        with pytest.raises(StaleVersion):
            packets.propose(call, by=officer, at=now, seen="other")
        assert not Proposal.objects.exists()

    @pytest.mark.parametrize("person", ["applicant", "secretary", "administrator"])
    def test_by_officers_only(self, request, planned, call, now, person):
        with pytest.raises(PermissionDenied):
            packets.propose(call, by=request.getfixturevalue(person), at=now, seen="")

    def test_without_what_is_not_planned(self, planned, call, officer, now):
        plan(planned[2], officer, now, outcome="", seen=1)
        assert propose(call, officer, now) == 2

    def test_through_the_page(self, planned, call, officer, open_packet, client):
        seen = open_packet(officer).context["ledger"].seen
        address = reverse("packet", args=[call.pk])
        assert client.post(address, {"seen": "x"}).status_code == 409
        assert client.post(address, {"seen": seen}).status_code == 302
        assert Proposal.objects.count() == 3


class TestIsRefusedAsAWhole:
    def test_naming_each_application_and_why(self, planned, call, officer, colleague, now):
        plan(planned[0], officer, now, reasons="", seen=1)
        write_assessment(planned[2], colleague, now, assigned_by=officer)
        with pytest.raises(ValidationError) as error:
            propose(call, officer, now)
        told = error.value.messages
        assert [text.split(":")[0] for text in told] == [
            f"{planned[0].case.number} Best", f"{planned[2].case.number} Worst",
        ]  # fmt: skip
        assert not Proposal.objects.exists()

    def test_without_an_amount(self, planned, call, officer, now):
        plan(planned[0], officer, now, amount=None, seen=1)
        with pytest.raises(ValidationError):
            propose(call, officer, now)
        assert not Proposal.objects.exists()

    def test_beyond_what_is_left(self, planned, call, officer, budget, now):
        set_budget(budget, 19_999)
        with pytest.raises(BudgetExceeded) as error:
            propose(call, officer, now)
        assert "19\u00a0999\u00a0kr" in error.value.messages[0]
        set_budget(budget, 20_000)
        assert propose(call, officer, now) == 3

    def test_beyond_what_other_calls_have_proposed(
        self, planned, hand_in, call, scheme, officer, budget, now
    ):
        other = Call.objects.create(
            scheme=scheme, slug="annan", name_sv="Annan", name_en="Other", state="published",
            opens_at=call.opens_at, closes_at=call.closes_at, budget_year=call.budget_year,
        )  # fmt: skip
        elsewhere = hand_in("Elsewhere", of_call=other)
        elsewhere.propose(by=officer, at=now, outcome="granted", amount=Decimal(9_000), reasons="-")
        set_budget(budget, 28_000)
        with pytest.raises(BudgetExceeded) as error:
            propose(call, officer, now)
        assert "19\u00a0000\u00a0kr" in error.value.messages[0]

    def test_while_the_budget_is_not_confirmed(self, planned, call, officer, budget, now):
        budget.signed_as_proposal(by=officer, at=now).state = "proposed"
        budget.save()
        with pytest.raises(ValidationError):
            propose(call, officer, now)
        assert not Proposal.objects.exists()

    def test_on_the_page_everything_stays(
        self, planned, call, officer, budget, open_packet, client
    ):
        set_budget(budget, 5_000)
        seen = open_packet(officer).context["ledger"].seen
        answer = client.post(reverse("packet", args=[call.pk]), {"seen": seen})
        assert answer.status_code == 422
        assert "5\u00a0000\u00a0kr" in answer.context["problems"][0]
        assert [row.typed["amount"] for row in answer.context["rows"]][:2] == ["10\u00a0000"] * 2


class TestOneAlone:
    def test_is_refused_beyond_what_is_left(self, planned, officer, budget, now):
        set_budget(budget, 15_000)
        given = {"by": officer, "at": now, "outcome": "granted", "reasons": "-"}
        planned[0].propose(amount=Decimal(10_000), **given)
        with pytest.raises(BudgetExceeded) as error:
            planned[1].propose(amount=Decimal(10_000), **given)
        assert list(error.value.message_dict) == ["amount"]
        assert "5\u00a0000\u00a0kr" in error.value.messages[0]
        planned[1].propose(amount=Decimal(5_000), **given)

    def test_a_rejection_needs_no_money(self, planned, officer, budget, now):
        set_budget(budget, 0) if budget.committed else set_budget(budget, 1)
        planned[2].propose(by=officer, at=now, outcome="rejected", amount=None, reasons="-")

    def test_without_a_ceiling_nothing_is_too_much(self, planned, call, officer, budget, now):
        set_budget(budget, None)
        assert propose(call, officer, now) == 3


class TestWhoIsBarred:
    @pytest.fixture
    def hidden(self, planned, officer, colleague, now):
        """Proposed by a colleague, and kept from the officer."""
        planned[1].propose(
            by=colleague, at=now, outcome="granted", amount=Decimal(12_345), reasons="-"
        )
        planned[1].case.conflicts.declare(planned[1].case, ground="other", by=officer, at=now)
        return planned[1]

    def test_proposes_the_rest_of_the_packet(self, hidden, call, officer, now):
        assert propose(call, officer, now) == 2

    def test_counts_what_is_hidden_and_tells_nothing_of_it(
        self, hidden, call, officer, budget, open_packet, client, now
    ):
        set_budget(budget, 20_000)
        answer = open_packet(officer)
        assert answer.context["ledger"].left == 10_000
        answer = client.post(
            reverse("packet", args=[call.pk]), {"seen": answer.context["ledger"].seen}
        )
        assert answer.status_code == 422
        told = answer.content.decode()
        for secret in ("12\u00a0345", "7\u00a0655", "Middle", hidden.case.number):
            assert secret not in told


class TestTheAgenda:
    def test_takes_all_of_the_call_with_one_press_in_their_order(
        self, planned, call, officer, secretary, sign_in, now
    ):
        propose(call, officer, now)
        meeting = Meeting.objects.create(begins_at=now, place="Residenset")
        address = meeting.get_absolute_url()
        client = sign_in(secretary)
        form = client.get(address).context["forms"]["put_up_packet"]
        [(packet, number)] = form.packets
        assert (str(packet), number) == ("Resestipendium, Öppen", 3)
        sent = {"do": "put_up_packet", "put_up_packet-packet": packet.pk}
        assert client.post(address, sent).status_code == 302
        item = meeting.items.get()
        assert (item.title, item.kind) == ("Resestipendium, Öppen", "proposals")
        shown = client.get(item.get_absolute_url()).context["proposals"]
        assert [one.case.title for one in shown] == ["Middle", "Best", "Worst"]
        papers = client.get(reverse("meeting_papers", args=[meeting.pk])).content.decode()
        assert papers.index("Middle") < papers.index("Best") < papers.index("Worst")

    def test_again_there_is_nothing_to_take(self, planned, call, officer, secretary, sign_in, now):
        propose(call, officer, now)
        meeting = Meeting.objects.create(begins_at=now, place="Residenset")
        client, address = sign_in(secretary), meeting.get_absolute_url()
        sent = {"do": "put_up_packet", "put_up_packet-packet": call.packet.pk}
        client.post(address, sent)
        assert client.post(address, sent).status_code == 422
        assert meeting.items.count() == 1

    def test_one_that_is_proposed_alone_belongs_to_it(self, planned, call, officer, now):
        for one in planned[:2]:
            one.propose(by=officer, at=now, outcome="granted", amount=Decimal(1), reasons="-")
        assert [(str(packet), number) for packet, number in Proposal.objects.packets()] == [
            ("Resestipendium, Öppen", 2)
        ]
