"""Finding partners in a real browser: by keyboard, with and without script, on any screen."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import expect

from tests.browser.looking import check_now

pytestmark = [pytest.mark.browser, pytest.mark.one_engine]

SCREENS = ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"))
ASKED = {
    "empty": "",
    "found": "?challenge=dans&challenge=kulturarv&seek=artists&perspective=kunskap&q=residens",
    "bad": "?challenge=nothing&km=far&weight_distance=9",
}


@pytest.fixture
def address(live_server):
    call_command("load_reference", verbosity=0)
    with translation.override("en"):
        return live_server.url + reverse("find_partners")


def names(page):
    return page.locator(".match h3").all_inner_texts()


@pytest.mark.parametrize("asked", ASKED)
def test_axe_finds_no_fault_and_nothing_overflows(page, address, asked):
    for width, scheme in SCREENS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address + ASKED[asked])
        for fold in page.locator("main details:not([open]) > summary").all():
            if fold.is_visible():
                fold.click()
        check_now(page)
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_by_keyboard_alone(page, console, address):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address)
    assert page.get_by_text("Choose at least one challenge").is_visible()
    page.get_by_label("Words", exact=True).focus()
    page.keyboard.press("Tab")  # the heading of the challenges, which stands open
    for _step in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "kulturarv"
    page.keyboard.press("Space")
    page.locator("summary", has_text="Exchange you seek").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_label("Nearness").fill("1")
    page.keyboard.press("Enter")
    page.wait_for_url("**challenge=kulturarv&seek=artists**weight_distance=1**")
    assert sorted(names(page)[:2]) == ["North East England", "Vilnius region"]
    page.get_by_role("link", name="Vilnius region").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/vilnius/")
    assert page.get_by_role("heading", name="Partners like this one").is_visible()
    assert console == []


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_the_answer_comes_first_and_the_choices_are_kept(browser, address, script):
    context = browser.new_context(
        java_script_enabled=script, viewport={"width": 390, "height": 900}
    )
    page = context.new_page()
    page.goto(address)
    page.locator("input[name=challenge][value=dans]").check()
    page.get_by_role("button", name="Find partners").click()
    page.wait_for_url("**challenge=dans**")
    assert names(page) == ["North East England"]
    assert page.locator(".match").first.bounding_box()["y"] < 900
    page.get_by_text("Change your choices").click()
    assert page.locator("input[name=challenge][value=dans]").is_checked()
    context.close()


def test_what_is_wrong_is_led_to(page, address):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{address}?km=far&strength=dans")
    page.locator("#error-summary a").click()
    expect(page.locator("[value=far]")).to_be_focused()
    assert page.locator("input[name=strength][value=dans]").is_checked()
