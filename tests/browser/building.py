"""A call built from nothing, as officers and administrators build it in the browser."""

import json
import re

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import expect

from grants.models import Call, Scheme, SchemeBudget
from tests.browser.test_admin import admin_page
from tests.browser.test_applying import press

BOTH = ("sv", "en")


def published_rules(slug):
    """What the region itself has published of a scheme."""
    read = json.loads((settings.BASE_DIR / "reference" / "schemes.json").read_text())
    return next(one for one in read["schemes"] if one["slug"] == slug)


def fill(page, prefix="", **typed):
    for name, value in typed.items():
        field = page.locator(f"[name={prefix}{name}]")
        if isinstance(value, list):
            for one in value:
                page.locator(f"[name={prefix}{name}][value='{one}']").check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        elif field.get_attribute("type") == "checkbox":
            field.set_checked(value)
        else:
            field.fill(str(value))


def add_row(page, rows, **typed):
    """One more in a list of the scheme's page; the lists begin empty."""
    number = page.locator(f"[name={rows}-TOTAL_FORMS]").input_value()
    page.locator(f"#{rows}-group .add-row a").click()
    fill(page, f"{rows}-{number}-", **typed)


def find(page, name, text):
    """Choose in a field that searches."""
    page.locator(f".field-{name} .select2-selection").click()
    page.locator(".select2-search__field:focus").fill(text)
    page.locator(".select2-results__option", has_text=text).click()


def save(page):
    page.locator("[name=_continue]").click()
    told(page)


def told(page, kind="success"):
    """The one thing that is told of what was just done."""
    message = page.locator(f".messagelist .{kind}")
    expect(message).to_have_count(1)
    return message


def do(page, verb):
    page.locator(".verbs").get_by_role("button", name=verb, exact=True).click()


def build_scheme(page, live_server, rules, *, line, goal, rows, find_also):
    """The scheme with its standing rules, published; `rows` by the lists they stand in."""
    page.goto(live_server.url + admin_page(Scheme, "changelist"))
    page.get_by_role("link", name="Lägg till stödform").click()
    for code in BOTH:
        texts = {f"{name}_{code}": rules[f"{name}_{code}"] for name in ("title", "about")}
        fill(page, **texts, **{f"assessed_by_{code}": assessors(rules, code)})
    fill(
        page, applicants=rules["applicants"], goals=[goal.pk], line=str(line),
        max_award=rules.get("max_award_sek", ""),
        max_share_percent=rules.get("max_share_of_cost_percent", ""),
        report_days_after_end=rules.get("report_days_after_end", ""),
        requires_residence=rules.get("requires_residence_in_region", False),
        requires_non_profit=rules.get("requires_non_profit", False),
        only_own_costs=rules.get("only_own_costs", False),
    )  # fmt: skip
    for name, text in find_also.items():
        find(page, name, text)
    for name, listed in rows.items():
        for row in listed:
            add_row(page, name, **row)
    save(page)
    do(page, "Publicera")
    expect(told(page)).to_contain_text(rules["title_sv"])
    return Scheme.objects.get()


def assessors(rules, code):
    return rules.get("assessed_by_sv" if code == "sv" else "assessed_by", "")


def rows_of(rules, perspectives):
    """The lists of the scheme's page, as the region fills them."""
    names = {one.slug: str(one) for one in perspectives}
    named = [
        {"perspective": names[one["slug"]], "how_sv": one["how_sv"], "how_en": one["how_en"]}
        for one in rules["perspectives"]
    ]
    return {
        "tags": named,
        "criteria": rules["criteria"],
        "attachments": rules.get("attachments", []),
        "terms": [{f"text_{code}": one[code] for code in BOTH} for one in rules.get("terms", [])],
    }


def open_scheme(page, live_server, scheme, link):
    """From the scheme's page to what belongs to it, and a new one there."""
    page.goto(live_server.url + admin_page(Scheme, "change", scheme.pk))
    page.get_by_role("link", name=link, exact=True).click()
    page.locator(".addlink").click()
    expect(page.locator(".field-scheme .select2-selection")).to_contain_text(str(scheme))


def propose_budget(page, live_server, scheme, year, amount):
    open_scheme(page, live_server, scheme, "Budgetar")
    fill(page, year=year, amount=amount)
    save(page)
    return SchemeBudget.objects.get()


def confirm_budget(page, live_server, scheme, shown):
    """An administrator finds it waiting, reads the amount, and confirms."""
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name=re.compile("budget", re.IGNORECASE)).first.click()
    page.get_by_role("link", name=str(scheme)).click()
    page.locator(".verbs").get_by_role("link", name="Bekräfta", exact=True).click()
    expect(page.locator("dl.facts")).to_contain_text(shown)
    page.locator("[type=submit].default").click()
    told(page)


def build_round(page, live_server, scheme, name, opens_at, closes_at):
    open_scheme(page, live_server, scheme, "Utlysningar")
    fill(page, name_sv=name[0], name_en=name[1], budget_year=opens_at.year)
    for field, at in (("opens_at", opens_at), ("closes_at", closes_at)):
        day = timezone.localtime(at)
        fill(page, **{f"{field}_0": f"{day:%Y-%m-%d}", f"{field}_1": date_format(day, "H:i")})
    save(page)
    return Call.objects.get()


def begin_questions(page, swedish, english):
    page.get_by_role("link", name="Utlysningens egna frågor").click()
    press(page, "Börja med ett första avsnitt")
    page.get_by_role("link", name="Lägg till ett avsnitt").click()
    page.get_by_label("Rubrik på svenska").fill(swedish)
    page.get_by_label("Rubrik på engelska").fill(english)
    press(page, "Spara")
