"""From three observations to a briefing in the mail, in a real browser."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from networks.models import Briefing, Subscriber
from tests.browser.looking import check_with_axe
from tests.browser.test_thin_thread import person, press  # noqa: F401

pytestmark = pytest.mark.browser


@pytest.fixture
def language():
    return "sv"


def note(desk, open_, title, relevance):
    """An observation, written in the admin."""
    open_("admin:networks_observation_add")
    desk.locator("[name=kind]").select_option("consultation")
    desk.locator("[name=level]").select_option("eu")
    for code in ("sv", "en"):
        desk.locator(f"[name=title_{code}]").fill(f"{title} {code}")
        desk.locator(f"[name=summary_{code}]").fill("Det som hände.")
    desk.locator("[name=source]").fill("Kommissionen")
    desk.locator("[name=observed_on]").fill("2026-11-02")
    desk.locator("[name=relevance]").select_option(str(relevance))
    desk.get_by_role("checkbox", name="Paverkan").check()
    desk.locator("[name=_save]").click()
    expect(desk.locator(".messagelist .success")).to_have_count(1)


def test_three_observations_become_a_briefing_in_the_mail(
    person,  # noqa: F811
    live_server,
    officer,
    perspectives,
    page,
    client,
):
    # Somebody of the public asks for briefings, and confirms.
    page.goto(f"{live_server.url}/omvarld/")
    press(page, "Få dem med e-post")
    check_with_axe(page)
    page.locator("[name=email]").fill("las@example.org")
    press(page, "Be om omvärldsbrev")
    path = re.search(r"https://portal\.example\.org(\S+/)", mail.outbox[0].body)[1]
    page.goto(live_server.url + path)
    check_with_axe(page)
    press(page, "Ja, skicka omvärldsbrev")
    assert Subscriber.objects.confirmed().count() == 1

    # An editor notes three things, gathers them, writes, publishes and mails.
    desk, open_ = person(officer)
    for title, relevance in (("Samråd", 3), ("Utlysning", 2), ("Lag", 1)):
        note(desk, open_, title, relevance)
    open_("admin:networks_observation_changelist")
    desk.locator("#action-toggle").check()
    desk.locator("select[name=action]").select_option("gather")
    desk.locator("button[name=index]").click()
    expect(desk.locator("#items-group .has_original")).to_have_count(3)
    desk.locator("[name=intro_sv]").fill("Tre saker.")
    desk.locator("[name=intro_en]").fill("Three things.")
    desk.locator("[name=_continue]").click()
    desk.locator(".verbs button", has_text="Publicera").click()
    mail.outbox.clear()
    desk.locator(".verbs button", has_text="Skicka till prenumeranterna").click()
    expect(desk.locator(".messagelist .success").last).to_be_visible()

    # It stands on the page, and has been mailed to both, with the three in order of relevance.
    briefing = Briefing.objects.get()
    page.goto(live_server.url + briefing.get_absolute_url())
    expect(page.locator(".observation h2")).to_have_text(["Samråd sv", "Utlysning sv", "Lag sv"])
    check_with_axe(page)
    assert sorted(message.to[0] for message in mail.outbox) == [
        "las@example.org", "officer@example.org"
    ]  # fmt: skip
    assert mail.outbox[0].body.index("Samråd sv") < mail.outbox[0].body.index("Lag sv")
    page.goto(f"{live_server.url}/en/briefings/")
    check_with_axe(page)
