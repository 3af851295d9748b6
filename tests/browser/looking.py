"""What every page is asked: that axe finds no fault with it, and that it fits the screen."""

from axe_playwright_python.sync_playwright import Axe
from django.db import connection

SCREENS = ((390, "dark"), (1280, "light"))
# Reading every style sheet takes time and serves an experimental rule only, which is not asked.
AXE = {"resultTypes": ["violations"], "preload": {"assets": ["media"]}}


def check_with_axe(page):
    """On each (width, colour scheme); the page is left wide. How it looks depends on no database:
    a walk on the second engine does not ask again.
    """
    if connection.vendor != "sqlite":
        return
    for width, scheme in SCREENS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        arrived(page)
        check_now(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def check_now(page):
    results = Axe().run(page, options=AXE)
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def arrived(page):
    """Colours that glide from one scheme to the other are there; asked again and again, as the
    animations' own promises may never be kept.
    """
    for _try in range(40):
        if page.evaluate("document.getAnimations().every(one => one.playState !== 'running')"):
            return
        page.wait_for_timeout(50)
