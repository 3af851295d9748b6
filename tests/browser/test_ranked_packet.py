"""An officer ranks a call's applications by keyboard, types amounts, and sees what is left."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from grants.models import PacketRow
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
    with page.expect_response(f"**/rangordning/{three[0].pk}/"):
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


def test_what_waits_for_an_answer_is_neither_lost_nor_changed(
    page,
    live_server,
    enter,
    transactional_db,
    three,  # noqa: F811
    officer,
    call,
):
    best, _middle, worst = three
    held = []
    enter(officer)
    address = f"**/rangordning/{worst.pk}/"
    page.route(address, lambda route: held.append(route), times=1)
    page.goto(live_server.url + reverse("packet", args=[call.pk]))
    rows = page.locator(".packet tbody tr")

    to_rank(rows.filter(has_text="Worst"), "1")
    to_rank(rows.filter(has_text="Best"), "3")
    expect(rows.first).to_contain_text("Best")
    until(page, lambda: held)
    held.pop().continue_()
    for place, title in enumerate(["Worst", "Middle", "Best"]):
        expect(rows.nth(place)).to_contain_text(title)
        expect(rows.nth(place).get_by_label("Plats")).to_have_value(str(place + 1))

    # Nor where the page is left while an answer is waited for.
    page.route(address, lambda route: held.append(route), times=1)
    to_rank(rows.filter(has_text="Worst"), "2")
    rows.filter(has_text="Best").get_by_label("Belopp").fill("4 000")
    page.goto(live_server.url + reverse("workroom"))
    until(page, PacketRow.objects.filter(application=best, amount=4_000).exists)


def to_rank(row, rank):
    row.get_by_label("Plats").fill(rank)
    row.get_by_label("Plats").press("Enter")


def until(page, is_so):
    for _again in range(50):
        if is_so():
            return
        page.wait_for_timeout(100)
    pytest.fail("It never came.")
