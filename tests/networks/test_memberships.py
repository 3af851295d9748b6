"""Memberships and their fees: what the database holds, what staff see, what the public reads."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from networks.models import Membership, MembershipFee, Network
from tests.admin.forms import send
from tests.admin.test_content import rows

LIST = "/admin/networks/membership/"


@pytest.fixture
def memberships(ricc, network, own_body):
    """The committee in two networks, and an own body in one of them; two years of fees."""
    fees = {
        ricc.memberships.create(source="KUN 2020-00001", start=date(2024, 1, 1)): (100, 110),
        ricc.memberships.create(source="Avtal", body=own_body): (7, 8),
        network.memberships.create(source="KUN 2020-00002"): (1000, None),
    }
    for membership, amounts in fees.items():
        for year, amount in zip((2025, 2026), amounts, strict=True):
            if amount:
                membership.fees.create(year=year, amount=Decimal(amount))
    return list(fees)


def table(html, heading):
    """The rows of the first table after a heading, as their texts."""
    after = html[html.index(heading) :]
    body = after[after.index("<tbody>") : after.index("</tbody>")]
    found = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in found]
    return [[re.sub(r"\s+", " ", cell.replace("\u00a0", " ")) for cell in row] for row in cells]


class TestTheDatabase:
    def test_one_runs_for_the_committee_and_one_for_each_body(self, memberships, ricc, own_body):
        for body in (None, own_body):
            with pytest.raises(IntegrityError), transaction.atomic():
                ricc.memberships.create(source="-", body=body)
        ricc.memberships.create(source="-", end=date(2020, 1, 1))

    @pytest.mark.parametrize(
        "fee",
        [{"year": 2026, "amount": -1}, {"year": 26, "amount": 1}, {"year": 2025, "amount": 1}],
    )
    def test_a_fee_is_of_a_year_once_and_not_negative(self, memberships, fee):
        with pytest.raises(IntegrityError), transaction.atomic():
            memberships[0].fees.create(**fee)


class TestCosts:
    def test_they_add_up_year_by_year(self, memberships):
        costs = [
            (cost["year"], cost["kronor"], cost["memberships"])
            for cost in Membership.objects.public().cost_by_year()
        ]
        assert costs == [(2026, Decimal(118), 2), (2025, Decimal(1107), 3)]
        total = sum(fee.amount for fee in MembershipFee.objects.all())
        assert sum(kronor for _year, kronor, _number in costs) == total

    def test_the_list_of_networks_tells_them(self, client, memberships):
        html = client.get(reverse("networks")).content.decode()
        assert table(html, 'id="costs"') == [["2026", "2", "118 kr"], ["2025", "3", "1 107 kr"]]

    def test_a_network_that_is_a_draft_is_left_out(self, client, memberships, network):
        Network.objects.filter(pk=network.pk).update(publication="draft")
        html = client.get(reverse("networks")).content.decode()
        assert table(html, 'id="costs"') == [["2026", "2", "118 kr"], ["2025", "2", "107 kr"]]
        assert client.get("/api/v1/memberships/?q=CPMR").json()["results"] == []

    def test_without_fees_there_is_no_table(self, client, ricc):
        ricc.memberships.create(source="-")
        assert 'id="costs"' not in client.get(reverse("networks")).content.decode()

    def test_the_networks_page_tells_its_own(self, client, memberships, ricc, own_body):
        with translation.override("en"):
            html = client.get(ricc.get_absolute_url()).content.decode()
        found = table(html, "Membership and cost")
        assert [(row[0], row[2]) for row in found] == [("2026", "118 kr"), ("2025", "107 kr")]
        assert found[0][1].endswith("110 kr, Kultur i Väst 8 kr")
        with translation.override("en"):
            assert f'<a href="{own_body.get_absolute_url()}">Kultur i Väst</a>' in html
        assert "From 1 January 2024" in html

    def test_a_body_that_is_a_draft_pays_without_being_named(
        self, client, memberships, ricc, own_body
    ):
        type(own_body).objects.filter(pk=own_body.pk).update(publication="draft")
        html = client.get(ricc.get_absolute_url()).content.decode()
        told = client.get("/api/v1/memberships/").content.decode()
        assert "Kultur i Väst" not in html + told
        assert "118" in html


class TestTheApi:
    def test_a_membership(self, client, memberships):
        first = memberships[0]
        first.refresh_from_db()
        told = client.get(f"/api/v1/memberships/{first.pk}/").json()
        site = "https://portal.example.org"
        assert told.pop("updated")
        assert told == {
            "id": first.pk,
            "url": f"{site}/api/v1/memberships/{first.pk}/",
            "network": {
                "slug": "ricc",
                "name": {"sv": "Initiativ för kultur", "en": "Initiative for culture"},
                "url": f"{site}/api/v1/networks/ricc/",
                "page": f"{site}/natverk/ricc/",
            },
            "held_by_committee": True,
            "held_by": None,
            "start": "2024-01-01",
            "end": None,
            "fees": [
                {"year": 2026, "amount": "110.00", "currency": "SEK"},
                {"year": 2025, "amount": "100.00", "currency": "SEK"},
            ],
            "source": "KUN 2020-00001",
            "invented": False,
        }

    def test_an_own_bodys(self, client, memberships):
        told = client.get(f"/api/v1/memberships/{memberships[1].pk}/").json()
        assert (told["held_by_committee"], told["held_by"]["slug"]) == (False, "kultur-i-vast")

    def test_it_says_no_day_of_notice(self, client, memberships):
        Membership.objects.update(notice_on=date(2031, 2, 3))
        assert "2031-02-03" not in client.get("/api/v1/memberships/").content.decode()

    @pytest.mark.parametrize(
        ("question", "found"),
        [("q=RICC", 2), ("q=maritima", 1), ("perspective=paverkan", 3), ("perspective=kunskap", 0),
         ("goal=utbyte", 0)],
    )  # fmt: skip
    def test_it_is_asked_of_the_network(self, client, memberships, goal, question, found):
        assert len(client.get(f"/api/v1/memberships/?{question}").json()["results"]) == found

    def test_goal_and_line_are_asked_of_the_engagement_that_holds(
        self, client, memberships, monitoring, change, goal, line
    ):
        def asked():
            names = ("goal=utbyte", "line=stod")
            answers = [client.get(f"/api/v1/memberships/?{name}").json() for name in names]
            return [len(answer["results"]) for answer in answers]

        assert asked() == [0, 0]  # the change is a draft
        monitoring.goals.add(goal)
        monitoring.line = line
        monitoring.save()
        assert asked() == [2, 2]


class TestStaff:
    def test_the_list_tells_what_each_costs_this_year(self, sign_in, officer, memberships, today):
        memberships[0].fees.update_or_create(year=today.year, defaults={"amount": Decimal(9500)})
        html = sign_in(officer).get(LIST).content.decode()
        assert "9\u00a0500\u00a0kr" in html

    def test_a_membership_is_written_with_its_fees_and_tells_its_network(
        self, sign_in, officer, ricc, now
    ):
        Network.objects.update(updated_at=now - timedelta(days=9))
        answer = send(
            sign_in(officer), f"{LIST}add/", network=ricc.pk, start="2025-01-01", source="Beslut",
            **rows("fees", {"year": 2025, "amount": "1 000,50"}, {"year": 2026, "amount": "2000"}),
        )  # fmt: skip
        assert answer.status_code == 302
        amounts = MembershipFee.objects.order_by("year").values_list("amount", flat=True)
        assert list(amounts) == [Decimal("1000.50"), Decimal(2000)]
        ricc.refresh_from_db()
        assert ricc.updated_at >= now

    @pytest.mark.parametrize(
        ("fee", "field"),
        [({"year": 2019, "amount": "1"}, "year"), ({"year": 26, "amount": "1"}, "year"),
         ({"year": 2026, "amount": "1,000"}, "amount"), ({"year": 2026, "amount": "-1"}, "amount")],
    )  # fmt: skip
    def test_a_wrong_fee_is_refused_by_field(self, sign_in, officer, ricc, fee, field):
        answer = send(
            sign_in(officer), f"{LIST}add/", network=ricc.pk, start="2025-01-01", source="Beslut",
            **rows("fees", fee),
        )  # fmt: skip
        [fees] = [inline.formset for inline in answer.context["inline_admin_formsets"]]
        assert [list(errors) for errors in fees.errors] == [[field]]
        assert Membership.objects.count() == 0

    def test_a_second_running_one_is_refused_with_words(self, sign_in, officer, memberships, ricc):
        answer = send(sign_in(officer), f"{LIST}add/", network=ricc.pk, source="Beslut")
        assert "redan medlem" in answer.content.decode()
        assert Membership.objects.count() == 3

    @pytest.mark.parametrize(
        ("time", "found"), [("running", 3), ("over", 0), ("notice", 1), ("nonsense", 3)]
    )
    def test_the_list_by_time(self, sign_in, officer, memberships, today, time, found):
        days = {memberships[0]: 30, memberships[1]: 200, memberships[2]: -1}
        for membership, number in days.items():
            Membership.objects.filter(pk=membership.pk).update(
                notice_on=today + timedelta(days=number)
            )
        answer = sign_in(officer).get(f"{LIST}?time={time}")
        assert answer.context["cl"].result_count == found
