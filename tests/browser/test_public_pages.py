"""The public pages in a real browser: for everybody, on any screen, with or without script."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import expect

from tests.browser.looking import check_now

pytestmark = [pytest.mark.browser, pytest.mark.one_engine]

KINDS = (
    "home", "home in Europe", "map", "partners", "find_partners", "partner", "agreements",
    "agreement", "calls",
    "call", "grants", "grant", "networks", "network", "positions",
    "positions by level", "position", "perspective", "strategy", "accessibility",
    "open_data", "personal_data", "refused filter", "nothing found", "page not found",
)  # fmt: skip
SCREENS = ((1280, "light", "sv"), (390, "dark", "en"))


@pytest.fixture
def address(live_server, partner, agreement, call, awarded, network, position, perspectives, eu):
    """The address of a kind of page, in a language."""
    items = {
        "partner": partner,
        "agreement": agreement,
        "call": call,
        "grant": awarded,
        "network": network,
        "position": position,
        "perspective": perspectives[0],
    }

    def path(kind):
        match kind:
            case "home in Europe":
                return f"{reverse('home')}?view=europe&perspective=invanare"
            case "positions by level":
                return f"{reverse('positions')}?view=level"
            case "refused filter":
                return f"{reverse('partners')}?country=XX&eu=maybe&perspective=nonsense&q=abc"
            case "nothing found":
                return f"{reverse('grants')}?q=zzz"
            case "page not found":
                return f"{reverse('partners')}nobody/"
        return items[kind].get_absolute_url() if kind in items else reverse(kind)

    def address(kind, language="sv"):
        with translation.override(language):
            return live_server.url + path(kind)

    return address


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_fault_and_nothing_overflows(page, console, address, kind):
    for width, scheme, language in SCREENS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address(kind, language))
        check_now(page)
        assert page.locator("html").get_attribute("lang") == language
    # 1280 px enlarged four times.
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    if kind not in {"refused filter", "page not found"}:  # Chromium notes the status itself
        assert console == []


def shown(page):
    """How many partners the visible markers of the map stand for."""
    numbers = page.locator(".map .marker:visible").evaluate_all(
        "links => links.map(a => Number(a.querySelector('.marker-count')?.textContent || 1))"
    )
    return sum(numbers)


@pytest.fixture
def reference(live_server):
    call_command("load_reference", verbosity=0)
    return live_server.url


@pytest.mark.parametrize("script", [True, False])
def test_all_seven_partners_are_on_the_map(browser, reference, script):
    for width, scheme in ((1280, "light"), (390, "dark")):
        context = browser.new_context(
            java_script_enabled=script,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
        )
        page = context.new_page()
        found = {}
        for view in ("home", "europe", "world"):
            page.goto(f"{reference}{reverse('home')}?view={view}")
            found[view] = (shown(page), page.locator("#list .card").count())
        context.close()
        # Four of the seven lie outside the map of Europe; the list has them all.
        assert found == {"home": (7, 7), "europe": (3, 7), "world": (7, 7)}


def test_a_filter_takes_effect_without_reload_and_keeps_the_focus(page, reference):
    page.goto(reference + reverse("home"))
    page.evaluate("window.kept = true")
    box = page.get_by_role("checkbox", name="Utvecklingsperspektivet")
    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**perspective=utveckling*")
    page.wait_for_function("document.querySelectorAll('#list .card').length === 3")
    assert shown(page) == 3
    assert page.evaluate("[window.kept, document.activeElement.value]") == [True, "utveckling"]
    # It is announced a moment after it is shown.
    expect(page.locator("#live")).to_contain_text("3 ")
    switch = page.locator("#language-switch a[hreflang=en]")
    assert switch.get_attribute("href") == "/en/?perspective=utveckling&view=home"


def test_the_map_works_without_script(browser, reference):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(reference + reverse("home"))
    page.get_by_role("checkbox", name="Utvecklingsperspektivet").check()
    page.locator("input[name=view][value=world]").check(force=True)
    page.locator(".hero form button").click()
    assert page.url.endswith("?perspective=utveckling&view=world")
    assert (shown(page), page.locator(".map--world").count()) == (3, 1)
    context.close()


def test_a_marker_leads_to_its_partner(page, reference):
    page.goto(reference + reverse("home"))
    page.locator(".map-markers--wide a[href$='/vilnius/']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/vilnius/")
    assert page.locator("h1").inner_text() == "Vilniusregionen"


def test_the_language_switch_keeps_the_page(page, reference):
    with translation.override("en"):
        english = reverse("agreement", args=["creative-links"])
    page.goto(f"{reference}{reverse('agreement', args=['creative-links'])}")
    page.locator("#language-switch a[hreflang=en]").click()
    page.wait_for_url(f"**{english}")
    assert "Creative Links" in page.locator("h1").inner_text()


def test_the_home_page_is_light(browser, compressed_server):
    """At most 100 kB and 8 requests with an empty cache, all of them to the site itself."""
    call_command("load_reference", verbosity=0)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    finished = []
    page.on("requestfinished", lambda request: finished.append(request))
    page.goto(compressed_server + reverse("home"), wait_until="networkidle")
    sizes = [request.sizes() for request in finished]
    weight = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    addresses = [request.url for request in finished]
    context.close()
    assert [url for url in addresses if not url.startswith(compressed_server)] == []
    assert len(addresses) <= 8, addresses
    assert weight <= 100_000, list(zip(addresses, sizes, strict=True))
