"""An officer ranks a call's applications by keyboard, types amounts, and sees what is left."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from portal.committee.models import Proposal
from tests.browser.looking import check_with_axe
from tests.grants.packets.conftest import hand_in, three  # noqa: F401

pytestmark = pytest.mark.browser


def test_amounts_and_order_are_kept_and_proposed(
    page,
    console,
    live_server,
    enter,
    transactional_db,
    three,  # noqa: F811
    officer,
    call,
):
    enter(officer)
    page.goto(live_server.url + reverse("packet", args=[call.pk]))
    check_with_axe(page)
    left = page.locator("#left-now")
    expect(left).to_have_text(f"200\u00a0000\u00a0kr är kvar av budgeten för {call.budget_year}.")

    best = page.get_by_role("form", name="Best")
    best.get_by_label("Utfall").select_option("Beviljad")
    best.get_by_label("Belopp").fill("12 500")
    expect(left).to_contain_text("187\u00a0500\u00a0kr")
    best.get_by_text("Villkor och skäl").click()
    best.get_by_label("Skäl för beslutet").fill("Stärker utbytet.")
    expect(best.locator("[data-told]")).to_contain_text("Sparat")
    best.get_by_label("Belopp").fill("1.000")
    expect(best.get_by_role("alert")).to_contain_text("Belopp")
    best.get_by_label("Belopp").fill("12 500")

    page.get_by_role("button", name="Flytta ner: Best").press("Enter")
    expect(page.locator(".packet tbody tr").first).to_contain_text("Middle")
    expect(page.get_by_role("button", name="Flytta ner: Best")).to_be_focused()
    worst = page.locator(".packet tr", has_text="Worst")
    worst.get_by_label("Plats").fill("1")
    worst.get_by_label("Plats").press("Enter")
    expect(page.locator(".packet tbody tr").first).to_contain_text("Worst")
    page.locator(".packet tr", has_text="Best").locator("[data-drag]").drag_to(
        page.locator(".packet tr", has_text="Middle").locator("th"),
        target_position={"x": 5, "y": 3},
    )
    expect(page.locator(".packet tbody tr").nth(1)).to_contain_text("Best")
    check_with_axe(page)

    page.reload()
    expect(page.locator(".packet tbody tr").nth(1)).to_contain_text("Best")
    expect(best.get_by_label("Belopp")).to_have_value("12\u00a0500")
    # What was typed just now is saved before the packet is proposed.
    best.get_by_label("Belopp").fill("13 000")
    page.get_by_role("button", name="Föreslå paketet: 1 ansökan").click()
    expect(page.get_by_text("1 ansökan har fått ett förslag.")).to_be_visible()
    assert Proposal.objects.get().amount == 13_000
    # Of the amount that was refused.
    assert [text for text in console if "422" not in text] == []
