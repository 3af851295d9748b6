"""A question carried through a commission and its network to an outcome, in a real browser."""

import pytest
from playwright.sync_api import expect

from networks.models import Position, Representative
from tests.browser.looking import check_with_axe
from tests.browser.test_thin_thread import person  # noqa: F401

pytestmark = pytest.mark.browser


@pytest.fixture
def language():
    return "sv"


@pytest.fixture
def group(network):
    """A working group of the commission, and somebody the public may know who sits there."""
    nsc = network.commissions.get()
    Representative.objects.create(
        network=nsc, name="Vera Ytterst", kind="elected", start="2023-01-01", is_public=True
    )
    return nsc.groups.create(name_sv="Gruppen för kultur", name_en="Culture group")


def fill(desk, prefix="", **texts):
    for name, text in texts.items():
        desk.locator(f"[name={prefix}{name}]").fill(text)


def choose(desk, prefix="", **labels):
    for name, label in labels.items():
        desk.locator(f"select[name={prefix}{name}]").select_option(label=label)


def save(desk, name="_continue"):
    desk.locator(f"[name={name}]").click()
    expect(desk.locator(".messagelist .success")).to_have_count(1)


def add_row(desk, rows):
    """Opens a new row of the page; gives what its fields' names begin with."""
    number = desk.locator(f"#{rows}-group .dynamic-{rows}").count()
    desk.locator(f"#{rows}-group .add-row a").click()
    return f"{rows}-{number}-"


def press(desk, verb):
    desk.locator(".verbs .button", has_text=verb).first.click()
    desk.wait_for_load_state()


def test_a_question_goes_from_the_commission_through_the_network_to_an_outcome(
    person,  # noqa: F811
    live_server,
    officer,
    group,
    perspectives,
    goal,
    line,
    page,
    console,
):
    # An officer writes the question down, with the perspective it serves.
    desk, open_ = person(officer)
    open_("admin:networks_position_add")
    fill(
        desk, title_sv="Kultur i fonderna", title_en="Culture in the funds", question_sv="Saknas",
        question_en="It is missing", aim_sv="Ska med", aim_en="To be included",
    )  # fmt: skip
    expect(desk.locator("[name=slug]")).to_have_value("kultur-i-fonderna")
    desk.get_by_role("checkbox", name="Utbyte").check()
    choose(desk, line="Stöd")
    tag = add_row(desk, "tags")
    choose(desk, tag, perspective="Paverkan")
    fill(desk, tag, how_sv="Genom nätverken", how_en="Through the networks")
    save(desk)

    # It is pursued first in the commission's group, then in the network itself.
    press(desk, "Notera att den drivs")
    expect(desk.locator(".messagelist .error")).to_have_count(1)
    step = add_row(desk, "steps")
    choose(desk, step, level="EU", channel="Arbetsgrupp", network="NSC", precision="månad")
    choose(desk, step, group="Gruppen för kultur", carried_by="Vera Ytterst")
    fill(desk, step, taken_on="2025-03-12", text_sv="Lades fram", text_en="Presented")
    save(desk)
    press(desk, "Notera att den drivs")
    step = add_row(desk, "steps")
    choose(desk, step, level="EU", channel="Nätverk", network="CPMR")
    fill(
        desk, step, taken_on="2025-10-02", text_sv="Årsmötet", text_en="The assembly",
        result_sv="Ett uttalande", result_en="A statement",
    )  # fmt: skip
    save(desk)

    # What came of it is asked for in both languages; then everybody may read it.
    press(desk, "Fick delvis genomslag")
    fill(desk, outcome_sv="Nämns nu", concluded_on="2026-02-01")
    desk.locator("[type=submit].default").click()
    expect(desk.locator(".field-outcome_en .errorlist")).to_be_visible()
    expect(desk.locator("[name=outcome_sv]")).to_have_value("Nämns nu")
    check_with_axe(desk)
    fill(desk, outcome_en="It is named now")
    desk.locator("[type=submit].default").click()
    press(desk, "Publicera")
    expect(desk.locator(".messagelist .success").last).to_be_visible()
    position = Position.objects.get()
    assert (position.state, position.publication) == ("partly", "published")

    # The public reads it in both languages.
    page.goto(live_server.url + position.get_absolute_url())
    assert page.locator(".outcome").inner_text().startswith("Vad det ledde till")
    assert page.locator(".timeline .when").all_inner_texts() == [
        "mars 2025", "2 oktober 2025", "1 februari 2026",
    ]  # fmt: skip
    expect(page.locator(".timeline")).to_contain_text("NSC inom CPMR, Gruppen för kultur")
    expect(page.locator(".timeline")).to_contain_text("Fört fram av: Vera Ytterst")
    check_with_axe(page)
    page.locator("#language-switch a").first.click()
    page.wait_for_url("**/en/influence/kultur-i-fonderna/")
    expect(page.locator(".outcome")).to_contain_text("It is named now")
    expect(page.locator(".page-head .status")).to_have_text("Partly influenced")

    # The list shows it in a table and by level; a filter chosen keeps the view.
    page.locator(".breadcrumbs a").click()
    expect(page.locator("tbody th")).to_have_text(["Culture in the funds"])
    check_with_axe(page)
    page.get_by_role("link", name="By level").click()
    expect(page.locator(".ways h2")).to_have_text(["EU"])
    expect(page.locator(".ways .when")).to_have_text(["2 October 2025", "March 2025"])
    check_with_axe(page)
    page.locator("[name=network]").select_option("cpmr")
    page.wait_for_url("**network=cpmr*")
    assert "view=level" in page.url
    expect(page.locator(".segments--links [aria-current]")).to_have_text("By level")
    page.goto(f"{live_server.url}/en/networks/nsc/")
    expect(page.locator(".rows h3", has_text="Culture in the funds")).to_be_visible()
    check_with_axe(page)
    assert console == []
