"""Readers of the API, and one published item of every kind."""

from decimal import Decimal

import pytest

from partners.models import Partner

OPEN_LISTS = [
    "perspectives", "partners", "agreements", "calls", "grants", "networks", "memberships",
    "decisions", "positions",
]  # fmt: skip


@pytest.fixture
def read(client):
    """Read an address of the API that answers."""

    def read(address, **headers):
        answer = client.get(f"/api/v1/{address}", headers=headers)
        assert answer.status_code == 200, answer.content
        return answer.json()

    return read


@pytest.fixture
def refused(client):
    """Read an address that answers with a problem: its status, and the names it complains of."""

    def refused(address, **headers):
        answer = client.get(f"/api/v1/{address}", headers=headers)
        assert answer["Content-Type"] == "application/problem+json"
        problem = answer.json()
        assert problem["status"] == answer.status_code
        return answer.status_code, [error["name"] for error in problem.get("errors", [])]

    return refused


@pytest.fixture
def everything(awarded, agreement, membership, position, eu):
    """One public item of every kind."""


@pytest.fixture
def membership(network):
    membership = network.memberships.create(source="KUN 2020-00001")
    membership.fees.create(year=2026, amount=Decimal(1000))
    return membership


def make_partner(slug, country="LT", **given):
    return Partner.objects.create(
        slug=slug, country=country, name_sv=given.pop("name_sv", slug), name_en=slug,
        publication=given.pop("publication", "published"), **given,
    )  # fmt: skip


def keys(answer):
    """What names each row of a list: its slug, or its number."""
    return [row.get("slug") or row["id"] for row in answer["results"]]
