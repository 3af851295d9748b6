"""An application from whether one may apply to handed in, as an applicant meets it."""

import re

from playwright.sync_api import expect

from grants.models import Application
from tests.browser.building import fill
from tests.browser.test_applying import go_to, press
from tests.cases.uploads import PDF


def ask_whether(page, answers):
    """May I apply? Each question by some words of it."""
    for question, answer in answers.items():
        group = page.get_by_role("group", name=re.compile(question))
        group.get_by_label(answer, exact=True).check()
    press(page, "Visa svaret")
    return page.locator("#answer")


def begin(page, applicant):
    page.get_by_role("link", name="Ansök nu").click()
    page.get_by_label(applicant).check()
    press(page, "Påbörja ansökan")
    page.locator("[name=title]").wait_for()


def go_on(page, field):
    """Save, and go on to the step that holds the field."""
    press(page, "Spara och fortsätt")
    page.locator(field).first.wait_for()
    page.wait_for_load_state()  # the script is there


def write_until_budget(page, title, activity, **partner):
    """What every application tells: the project, a partner abroad, what is done, and why."""
    fill(page, title=title, summary=f"{title}, tre veckor.", starts_on="2027-03-01",
         ends_on="2027-03-21")  # fmt: skip
    go_on(page, "[name=partners-0-role]")
    fill(page, "partners-0-", role="Värd", gives="Lokaler.", gets="Nya verk.", **partner)
    go_on(page, "[name=activities-0-what]")
    fill(page, "activities-0-", what=activity, starts_on="2027-03-02", place="Vilnius",
         country="Litauen")  # fmt: skip
    go_on(page, "[name=perspectives_kunskap]")
    fill(page, perspectives_kunskap=True)
    fill(page, "perspectives_kunskap_", how="Ny kunskap hem.", evidence="Fler kan mer.")
    go_on(page, "[name=costs-0-text]")


def certify(page, *names):
    """And the applicant is no undertaking."""
    fill(page, undertaking=["no"], **dict.fromkeys(names, True))
    go_on(page, "[data-upload]")


def attach(page, path, title):
    path.write_bytes(PDF)
    part = page.get_by_role("region", name=title)
    part.get_by_label("Fil", exact=True).set_input_files(path)
    part.get_by_role("button", name="Bifoga filen").click()
    expect(part.get_by_text("bifogad", exact=True)).to_be_visible()


def refused(page, *reasons):
    """It is not handed in, and that is why; gives the place where the reasons stand."""
    go_to(page, "Look over and submit")
    press(page, "Skicka in ansökan")
    summary = page.locator("[aria-labelledby=left]")
    expect(summary).to_be_focused()
    expect(summary.locator("li")).to_have_text(reasons)
    draft = Application.objects.get()
    assert (draft.state, draft.case.number) == ("draft", None)
    return summary


def mend(page, summary, step, lack):
    """From the reasons to the step, and from what lacks there to its field."""
    summary.get_by_role("link", name=step).click()
    page.get_by_role("link", name=lack).click()
    page.wait_for_load_state()


def hand_in(page, year):
    go_to(page, "Look over and submit")
    press(page, "Skicka in ansökan")
    expect(page.locator(".receipt-number")).to_have_text(f"KUN {year}-00001")
    application = Application.objects.get()
    assert (application.state, application.case.number) == ("submitted", f"KUN {year}-00001")
    return application


def kept_answers(application):
    """In the order of the questions."""
    return [application.answers[one.key] for one in application.form.all_questions()]
