"""What only a browser can measure: nothing is cut off, covered or moved, at any width."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

pytestmark = [pytest.mark.browser, pytest.mark.one_engine]

LISTS = ("partners", "agreements", "calls", "grants", "networks", "map")
WIDTHS = (320, 360, 390, 480, 600, 640, 700, 768, 900, 991, 992, 1000, 1024, 1100, 1200, 1280, 1600)


@pytest.fixture
def demo(live_server, settings):
    """The demo's texts are as long as real ones."""
    settings.DEMO = True
    call_command("load_demo", verbosity=0)
    return live_server.url


def test_nothing_is_cut_off_covered_or_moved(page, demo):
    """All in one: to load the demo takes longer than to measure."""

    def visit(name, language="sv", query=""):
        with translation.override(language):
            page.goto(demo + reverse(name) + query)
        return page

    every_list_fits_at_every_width(visit)
    another_view_moves_nothing_but_the_map(visit)
    the_whole_map_is_on_a_phone_s_first_screen(visit)
    for language in ("sv", "en"):
        the_chart_s_axis_is_read_in_full_on_a_narrow_screen(visit, language)
        the_header_s_links_keep_apart(visit, language)


def every_list_fits_at_every_width(visit):
    too_wide = []
    for name in LISTS:
        for language in ("sv", "en"):
            page = visit(name, language)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    too_wide.append((name, language, width))
    assert too_wide == []


def the_chart_s_axis_is_read_in_full_on_a_narrow_screen(visit, language):
    page = visit("home", language)
    for width in (320, 390, 600, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        axis = page.locator(".chart-grid text").evaluate_all(
            "all => all.map(one => [one.getBoundingClientRect().left,"
            " parseFloat(getComputedStyle(one).fontSize)])"
        )
        assert len(axis) == 5
        assert min(left for left, _size in axis) >= 0
        assert min(size for _left, size in axis) >= 14


def another_view_moves_nothing_but_the_map(visit):
    page = visit("home")
    page.set_viewport_size({"width": 1280, "height": 900})
    places = {}
    for view in ("home", "europe", "world"):
        visit("home", query=f"?view={view}")
        places[view] = [
            page.locator(part).bounding_box() for part in (".hero h1", ".hero form", "#list")
        ]
    assert places["europe"] == places["home"]
    assert places["world"] == places["home"]


def the_whole_map_is_on_a_phone_s_first_screen(visit):
    page = visit("home")
    page.set_viewport_size({"width": 390, "height": 844})
    visit("home")
    drawing = page.locator(".map-drawing").bounding_box()
    assert drawing["y"] + drawing["height"] <= 844


def the_header_s_links_keep_apart(visit, language):
    page = visit("home", language)
    for width in (1088, 1120, 1180, 1280, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        beside = page.locator("#site-nav .nav-side a").last.bounding_box()
        button = page.locator("#site-nav .ds-button").bounding_box()
        brand = page.locator(".brand").bounding_box()
        first = page.locator(".nav-main a").first.bounding_box()
        assert button["y"] - beside["y"] - beside["height"] >= 8
        assert first["x"] - brand["x"] - brand["width"] >= 16
