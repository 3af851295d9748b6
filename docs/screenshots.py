"""Takes the README's pictures from a running demo: `make screenshots`."""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
PASSWORD = "demo-portal-2026"  # noqa: S105 (the demo's, known to all)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def second_step() -> str:
    """The digits that the demo's staff sign in with just now."""
    command = [sys.executable, "manage.py", "demo_code"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return ran.stdout.strip()


def sign_in(page: Page, site: str, email: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{site}/konto/logga-in/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form.form [type=submit]").click()
    page.wait_for_load_state()
    if page.locator("[name=code]").count():
        page.locator("[name=code]").fill(second_step())
        page.locator("main form.form [type=submit]").first.click()
        page.wait_for_load_state()


def take(page: Page, name: str, *, full: bool = False) -> None:
    page.screenshot(path=HERE / f"{name}.png", full_page=full)


def main(site: str, chromium: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="sv-SE")
        page.goto(site)
        take(page, "home")
        page.goto(f"{site}/partner/vilnius/")
        take(page, "partner")
        page.goto(f"{site}/beviljade-stod/")
        take(page, "grants")
        sign_in(page, site, "sokande2@example.org")
        page.goto(f"{site}/mina-sidor/")
        page.locator("a[href$='/skriv/']").first.click()
        page.wait_for_load_state()
        take(page, "application")
        sign_in(page, site, "handlaggare@example.org")
        page.goto(f"{site}/admin/")
        take(page, "admin")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:3])
