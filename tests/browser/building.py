"""A call built from nothing, as officers and administrators build it in the browser."""

import json

from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from grants.models import Call, Scheme, SchemeBudget
from tests.browser.test_admin import admin_page
from tests.browser.test_applying import ask, press

LANGUAGES = ("sv", "en")


def published_rules(slug):
    """What the region itself has published of a scheme."""
    read = json.loads((settings.BASE_DIR / "reference" / "schemes.json").read_text())
    return next(one for one in read["schemes"] if one["slug"] == slug)


def fill(page, prefix="", **typed):
    """Fields by their names: texts, choices by what they are called, boxes by whether or which."""
    for name, value in typed.items():
        field = page.locator(f"[name={prefix}{name}]")
        if isinstance(value, list):
            for one in value:
                field.and_(page.locator(f"[value='{one}']")).check()
        elif isinstance(value, bool):
            field.set_checked(value)
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
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


def publish(page):
    page.locator(".verbs").get_by_role("button", name="Publicera", exact=True).click()


def rows_of(rules, perspectives):
    """The lists of the scheme's page, as the region fills them."""
    names = {one.slug: str(one) for one in perspectives}
    tags = [
        {"perspective": names[one["slug"]], "how_sv": one["how_sv"], "how_en": one["how_en"]}
        for one in rules["perspectives"]
    ]
    terms = [{f"text_{code}": one[code] for code in LANGUAGES} for one in rules.get("terms", [])]
    attachments = rules.get("attachments", [])
    return {"tags": tags, "criteria": rules["criteria"], "attachments": attachments, "terms": terms}


def build_scheme(page, rules, *, line, goal, perspectives, found):
    """The scheme with its standing rules, published; `found` are chosen in fields that search."""
    page.get_by_role("link", name="Lägg till stödform").click()
    texts = ("title_sv", "title_en", "about_sv", "about_en")
    fill(
        page, **{name: rules[name] for name in texts},
        assessed_by_sv=rules.get("assessed_by_sv", ""), assessed_by_en=rules.get("assessed_by", ""),
        applicants=rules["applicants"], goals=[goal.pk], line=str(line),
        max_award=rules.get("max_award_sek", ""),
        max_share_percent=rules.get("max_share_of_cost_percent", ""),
        report_days_after_end=rules.get("report_days_after_end", ""),
        requires_residence=rules.get("requires_residence_in_region", False),
        requires_non_profit=rules.get("requires_non_profit", False),
        only_own_costs=rules.get("only_own_costs", False),
    )  # fmt: skip
    for name, text in found.items():
        find(page, name, text)
    for name, listed in rows_of(rules, perspectives).items():
        for row in listed:
            add_row(page, name, **row)
    save(page)
    publish(page)
    expect(told(page)).to_contain_text(rules["title_sv"])
    return Scheme.objects.get()


def propose_budget(page, scheme, year, amount):
    """From the scheme's page; an empty amount is no ceiling."""
    _add(page, scheme, "Budgetar")
    fill(page, year=year, amount=amount)
    save(page)
    return SchemeBudget.objects.get()


def confirm_budget(page, scheme, shown):
    """On the start page of the admin, where it waits: read the amount, and confirm it."""
    page.get_by_role("link", name="Budgetar som väntar på bekräftelse").click()
    page.get_by_role("link", name=str(scheme)).click()
    page.locator(".verbs").get_by_role("link", name="Bekräfta", exact=True).click()
    expect(page.locator("dl.facts")).to_contain_text(shown)
    page.locator("[type=submit].default").click()
    told(page)


def build_round(page, scheme, name, opens_at, closes_at):
    """From the scheme's page."""
    _add(page, scheme, "Utlysningar")
    fill(page, name_sv=name[0], name_en=name[1], budget_year=opens_at.year)
    for field, at in (("opens_at", opens_at), ("closes_at", closes_at)):
        at = timezone.localtime(at)
        fill(page, f"{field}_", **{"0": f"{at:%Y-%m-%d}", "1": f"{at:%H:%M}"})
    save(page)
    return Call.objects.get()


def _add(page, scheme, listed):
    """What is added from a scheme's list belongs to the scheme."""
    page.get_by_role("link", name=listed, exact=True).click()
    page.locator(".addlink").click()
    expect(page.locator(".field-scheme .select2-selection")).to_contain_text(str(scheme))


def build_questions(page, section, questions):
    """From the call's page; then they are looked at as an applicant meets them."""
    page.get_by_role("link", name="Utlysningens egna frågor").click()
    press(page, "Börja med ett första avsnitt")
    page.get_by_role("link", name="Lägg till ett avsnitt").click()
    page.get_by_label("Rubrik på svenska").fill(section[0])
    page.get_by_label("Rubrik på engelska").fill(section[1])
    press(page, "Spara")
    for swedish, english, kind in questions:
        ask(page, swedish, english, kind)
    page.get_by_role("link", name="Se det som sökande").click()
    expect(page.get_by_role("heading", name="Förhandsvisning")).to_be_visible()
    for swedish, _english, _kind in questions:
        expect(page.locator("main form").get_by_text(swedish)).to_be_visible()


def change_page(thing):
    return admin_page(type(thing), "change", thing.pk)
