"""The pages of the steps: saving, refusals by field, rows without script, stale forms, review."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail as post
from django.urls import reverse
from django.utils import translation

from grants.models import Call
from portal.core.models import Mail
from tests.grants.conftest import BUDGET, COST, OWN, PROJECT, rows

CLAIM = {
    "perspectives_invanare": "1",
    "perspectives_invanare_how": "Publiken sjunger med.",
    "perspectives_invanare_evidence": "Fler sjunger.",
}
PARTNER = {
    "key": "0000000a", "partner": "", "name": "Kören", "country": "LT", "role": "Värd",
    "gives": "Scenen.\r\nLjuset.", "gets": "Publiken.", "own_funding": "", "email": "",
    "language": "en",
}  # fmt: skip
ACTIVITY = {
    "what": "Konsert", "starts_on": "2027-05-02", "ends_on": "", "place": "Kaunas", "country": "LT",
}  # fmt: skip


def address(name, application):
    return reverse(name, args=[application.pk])


@pytest.fixture
def review(mine, begun):
    """Hand in, by the button of the last step."""
    return lambda: mine.post(address("review_application", begun))


@pytest.fixture
def fill(send, partner, perspectives):
    """Each step as it is typed, one after the other, on the way through."""

    def fill():
        typed = {
            "project": PROJECT,
            "partners": rows("partners", PARTNER | {"partner": str(partner.pk)}),
            "activities": rows("activities", ACTIVITY),
            "perspectives": CLAIM,
            "budget": BUDGET,
            "declarations": {"truth": "on", "undertaking": "no", **rows("aid")},
        }
        return [send(step, data, "next") for step, data in typed.items()]

    return fill


def test_from_step_to_step_to_a_receipt_with_the_number_on_the_page_and_by_mail(
    fill, review, mine, begun, partner, applicant, django_capture_on_commit_callbacks
):
    assert mine.get(address("write_application", begun)).url == address("write_project", begun)
    following = ("partners", "activities", "perspectives", "budget", "declarations")
    assert [answer.url for answer in fill()] == [
        *(address(f"write_{step}", begun) for step in following), address("attachments", begun),
    ]  # fmt: skip
    begun.refresh_from_db()
    assert (begun.title, begun.summary) == ("Kör i två städer", "Vi sjunger.\nDe sjunger.")
    assert (begun.amount, begun.total_cost) == (Decimal(10_000), Decimal("25000.50"))
    row = begun.cooperation.get()
    assert (row.partner, row.key, row.gives) == (partner, "0000000a", "Scenen.\nLjuset.")
    page = mine.get(address("write_application", begun), follow=True)
    assert page.context["steps"].lacking == []
    assert "Fler sjunger." in page.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        response = review()
    begun.refresh_from_db()
    assert response.url == address("receipt", begun)
    assert begun.case.number in mine.get(response.url).content.decode()
    assert [message.to for message in post.outbox] == [[applicant.email]]
    assert begun.case.number in post.outbox[0].subject


def test_the_second_sending_is_a_conflict_with_the_number(fill, review, send, open_step, begun):
    fill()
    seen = open_step("project").context["form"]["seen"].value()
    review()
    begun.refresh_from_db()
    answers = [review(), *(send("project", PROJECT, how, seen) for how in ("save", "take"))]
    for response in answers:
        assert response.status_code == 409
        assert begun.case.number in response.content.decode()
    assert Mail.objects.count() == 1


def test_what_lacks_is_told_step_by_step_and_where_to_mend_it(send, review, begun, mine):
    send("project", PROJECT | {"summary": ""})
    send("partners", rows("partners", PARTNER | {"role": ""}))
    response = review()
    steps = response.context["steps"]
    assert response.status_code == 422
    assert [(step.key, list(step.lacking)) for step in steps.lacking][:2] == [
        ("project", ["summary"]), ("partners", ["partners-0-role"]),
    ]  # fmt: skip
    assert [step.key for step in steps.lacking][2:] == [
        "activities", "perspectives", "budget", "declarations",
    ]  # fmt: skip
    begun.refresh_from_db()
    assert begun.state == "draft"
    page = mine.get(steps.lacking[1].url + "?missing")
    (lack,) = page.context["lacking"]
    assert f'id="{lack.focus_id}"' in page.content.decode()


def test_what_is_told_of_a_sentence_or_a_question_follows_its_own_end(mine, begun):
    truth = "Det som står i ansökan är sant, och jag får söka för sökandens räkning."
    page = mine.get(address("write_declarations", begun) + "?missing")
    assert [lack.label + lack.text for lack in page.context["lacking"]] == [
        f"{truth} Intyga att det du har skrivit är sant.",
        "Är sökanden ett företag i EU-rättens mening? Fyll i det här innan du skickar in.",
    ]
    page = mine.get(address("write_project", begun) + "?missing")
    assert page.context["lacking"][0].label == "Projektets namn: "


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_shown_can_be_sent_back_unchanged(send, mine, begun, language):
    send("budget", BUDGET)
    with translation.override(language):
        form = mine.get(address("write_budget", begun)).context["form"]
        shown = {"amount": form["amount"].value()}
        for row in (form.rows["costs"].forms[0], form.rows["incomes"].forms[0]):
            shown |= {field.html_name: field.value() for field in row}
    comma = "." if language == "en" else ","
    assert shown["costs-0-amount"] == f"25\u00a0000{comma}50"
    assert shown["incomes-0-kind"] == "own"
    assert send("budget", BUDGET | shown).status_code == 302
    begun.refresh_from_db()
    assert (begun.amount, begun.total_cost) == (Decimal(10_000), Decimal("25000.50"))


@pytest.mark.parametrize(
    ("step", "typed"),
    [
        ("project", dict.fromkeys(PROJECT, "")),
        ("partners", rows("partners", {"key": "0000000a", "language": "en"})),
        ("activities", rows("activities", {})),
        ("perspectives", {}),
        ("budget", {"amount": "", **rows("costs", {"bearer": "partner"}), **rows("incomes")}),
        ("declarations", {**rows("aid")}),
    ],
)
def test_an_empty_step_is_saved_and_an_empty_row_is_none(send, draft, step, typed):
    assert send(step, typed).status_code == 302
    draft.refresh_from_db()
    assert draft.version == 3
    assert (draft.title == "", draft.cooperation.exists(), draft.activities.exists()) == (
        step == "project", step != "partners", step != "activities",
    )  # fmt: skip


def test_line_breaks_count_once(send):
    assert send("project", PROJECT | {"summary": "x" * 1998 + "\r\n" + "x"}).status_code == 302


# --- Refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize("amount", ["1,000.50", "1_000", "１００", "-5", "0", "1,000", "\x00", "x"])
@pytest.mark.parametrize("field", ["amount", "costs-0-amount", "incomes-0-amount"])
def test_a_refused_amount_is_kept_as_typed_and_nothing_saved(send, begun, field, amount):
    response = send("budget", BUDGET | {field: amount})
    form = response.context["form"]
    assert response.status_code == 422
    assert [fault.focus_id for fault in form.faults] == [f"id_{field}"]
    shown = {bound.html_name: bound.value() for bound in form}
    for rowset in form.rows.values():
        shown |= {bound.html_name: bound.value() for bound in rowset.forms[0]}
    assert {name: shown[name] for name in BUDGET if name in shown} == {
        name: value for name, value in (BUDGET | {field: amount}).items() if name in shown
    }
    begun.refresh_from_db()
    assert (begun.amount, begun.version) == (None, 1)


def partners(**changes):
    return rows("partners", PARTNER | changes)


def activities(**changes):
    return rows("activities", ACTIVITY | changes)


@pytest.mark.parametrize(
    ("step", "typed", "field"),
    [
        ("project", PROJECT | {"title": "Nul\x00"}, "title"),
        ("project", PROJECT | {"title": "x" * 121}, "title"),
        ("project", PROJECT | {"summary": "x" * 2001}, "summary"),
        ("project", PROJECT | {"starts_on": "1/5 2027"}, "starts_on"),
        ("project", PROJECT | {"starts_on": "2027-02-30"}, "starts_on"),
        ("project", PROJECT | {"starts_on": "0001-01-01"}, "starts_on"),
        ("project", PROJECT | {"starts_on": "1027-05-01"}, "starts_on"),
        ("project", PROJECT | {"ends_on": "9999-12-31"}, "ends_on"),
        ("project", PROJECT | {"ends_on": "２０２７-05-09"}, "ends_on"),
        ("project", PROJECT | {"ends_on": "2027-04-30"}, "ends_on"),
        ("project", PROJECT | {"seen": ""}, "seen"),
        ("project", PROJECT | {"seen": "9" * 400}, "seen"),
        ("partners", partners(partner="99999"), "partners-0-partner"),
        ("partners", partners(partner="\x00"), "partners-0-partner"),
        ("partners", partners(country="XX"), "partners-0-country"),
        ("partners", partners(gives="x" * 1001), "partners-0-gives"),
        ("partners", partners(own_funding="1_0"), "partners-0-own_funding"),
        ("partners", partners(email="ingen"), "partners-0-email"),
        ("partners", partners(language="fi"), "partners-0-language"),
        ("activities", activities(starts_on="2027-02-30"), "activities-0-starts_on"),
        ("activities", activities(ends_on="2027-05-01"), "activities-0-ends_on"),
        ("budget", BUDGET | {"costs-0-bearer": "king"}, "costs-0-bearer"),
        ("budget", BUDGET | {"incomes-0-kind": "cost"}, "incomes-0-kind"),
        ("declarations", {"undertaking": "maybe", **rows("aid")}, "undertaking"),
        ("declarations", rows("aid", {"euro": "1_0"}), "aid-0-euro"),
        ("perspectives", {"perspectives_kunskap_how": "Utan kryss"}, "perspectives"),
        ("perspectives", CLAIM | {"perspectives_invanare_how": "Nul\x00"}, "perspectives"),
        ("perspectives", CLAIM | {"perspectives_invanare_evidence": "x" * 1001}, "perspectives"),
    ],
)  # fmt: skip
def test_what_is_malformed_is_an_error_in_its_field_and_nothing_is_saved(
    send, begun, perspectives, step, typed, field
):
    response = send(step, typed)
    form = response.context["form"]
    bad = {bound.html_name for bound in form if bound.errors}
    for rowset in form.rows.values():
        bad |= {bound.html_name for row in rowset.forms for bound in row if bound.errors}
    assert (response.status_code, bad) == (422, {field})
    begun.refresh_from_db()
    assert begun.version == 1


@pytest.mark.parametrize("rest", [{}, {"costs-TOTAL_FORMS": "x"}, {"costs-TOTAL_FORMS": "4000"}])
@pytest.mark.parametrize("by", ["send", "autosave"])
def test_lists_that_were_not_sent_whole_write_nothing(request, draft, by, rest):
    response = request.getfixturevalue(by)("budget", {"amount": "10 000", **rest})
    assert response.status_code in (400, 422)
    assert draft.budget_lines.count() == 2


def test_after_the_deadline_nothing_is_taken_and_the_draft_and_the_text_are_kept(
    send, open_step, review, mine, draft, now
):
    seen = open_step("project").context["form"]["seen"].value()
    Call.objects.update(closes_at=now - timedelta(minutes=1))
    for action in ("save", "next", "take"):
        response = send("project", PROJECT | {"title": "Ny titel"}, action, seen)
        assert response.status_code == 422
        assert response.context["form"].errors.keys() == {"__all__"}
        assert response.context["form"]["title"].value() == "Ny titel"
    response = review()
    assert (response.status_code, len(response.context["refused"])) == (422, 1)
    draft.refresh_from_db()
    assert (draft.state, draft.title) == ("draft", "Dans över havet")
    for name in ("write_application", "write_project", "review_application", "attachments"):
        assert mine.get(address(name, draft)).url == draft.get_absolute_url()
    assert mine.get(draft.get_absolute_url()).status_code == 200


# --- Rows without script --------------------------------------------------------------------------


def test_a_row_is_added_and_nothing_typed_is_lost_or_saved(send, begun):
    typed = BUDGET | {"amount": "1_0", "costs-0-amount": "2_0"}
    form = send("budget", typed, "add:costs").context["form"]
    costs = form.rows["costs"].forms
    assert [[row[name].value() for name in ("text", "amount")] for row in costs] == [
        ["Resor", "2_0"], [None, None],
    ]  # fmt: skip
    assert form["amount"].value() == "1_0"
    assert len(form.rows["incomes"].forms) == 1
    begun.refresh_from_db()
    assert begun.version == 1


def test_no_more_rows_are_added_than_are_taken(send):
    full = {"costs-TOTAL_FORMS": "40"}
    form = send("budget", BUDGET | full, "add:costs").context["form"]
    assert len(form.rows["costs"].forms) == 40
    assert send("budget", BUDGET, "add:unknown").status_code == 200


def test_a_row_is_taken_away_and_the_others_stay(send, begun):
    costs = rows("costs", COST, COST | {"text": "Mat"}, *[COST] * 8, COST | {"text": "Sist"})
    assert send("budget", BUDGET | costs, "remove:costs-1").status_code == 302
    texts = [row.text for row in begun.budget_lines.filter(kind="cost")]
    assert texts == ["Resor"] * 9 + ["Sist"]
    # Where something else cannot be read, the row is gone from the page and the rest is kept.
    wrong = BUDGET | costs | {"amount": "1_0"}
    response = send("budget", wrong, "remove:costs-0")
    form = response.context["form"]
    assert (response.status_code, form["amount"].value()) == (422, "1_0")
    assert [row["text"].value() for row in form.rows["costs"].forms][:2] == [None, "Mat"]


@pytest.mark.parametrize("action", ["next", "remove:costs-1"])
def test_a_row_that_was_saved_is_taken_away_later(send, open_step, begun, action):
    """By script nothing is sent of it; and the page counts it among those it began with."""
    food, by_script = COST | {"text": "Mat"}, action == "next"
    send("budget", BUDGET | rows("costs", COST, food))
    management = open_step("budget").context["form"].rows["costs"].management_form
    began_with = {field.html_name: str(field.value()) for field in management}
    assert began_with["costs-INITIAL_FORMS"] == "2"
    costs = rows("costs", COST) if by_script else rows("costs", COST, food)
    assert send("budget", BUDGET | costs | began_with, action).status_code == 302
    assert [row.text for row in begun.budget_lines.filter(kind="cost")] == ["Resor"]


# --- A stale form ---------------------------------------------------------------------------------


class TestAStaleForm:
    @pytest.fixture
    def opened(self, open_step):
        return lambda step: open_step(step).context["form"]["seen"].value()

    def test_is_a_conflict_that_shows_both_versions_and_keeps_the_text(self, send, begun, opened):
        before = opened("project")
        send("project", PROJECT | {"title": "Sparat i annan flik", "starts_on": ""})
        response = send("project", PROJECT | {"title": "Skrivet här"}, seen=before)
        begun.refresh_from_db()
        assert response.status_code == 409
        assert begun.title == "Sparat i annan flik"
        differences = [(d.before, d.after) for d in response.context["differences"]]
        assert differences == [
            ("Sparat i annan flik", "Skrivet här"), ("9 maj 2027", "1 maj 2027 – 9 maj 2027"),
        ]  # fmt: skip
        form = response.context["form"]
        assert form["title"].value() == "Skrivet här"
        # Saved once more, knowingly, it counts.
        again = PROJECT | {"title": "Skrivet här"}
        assert send("project", again, seen=form["seen"].value()).status_code == 302
        begun.refresh_from_db()
        assert begun.title == "Skrivet här"

    def test_shows_rows_and_claims_beside_each_other(self, send, opened, perspectives):
        before = {step: opened(step) for step in ("partners", "perspectives", "budget")}
        send("partners", partners())
        send("perspectives", CLAIM)
        send("budget", BUDGET)
        typed = {
            "partners": partners(role="Gäst"),
            "perspectives": {},
            "budget": BUDGET | {"costs-0-amount": "20 000"},
        }
        told = {}
        for step, data in typed.items():
            response = send(step, data, seen=before[step])
            assert response.status_code == 409
            told[step] = [(one.before, one.after) for one in response.context["differences"]]
        assert told["partners"] == [("Värd", "Gäst")]
        ((before, after),) = told["perspectives"]
        assert (before.split("\n")[0], after) == ("Publiken sjunger med.", "")
        assert ("25\u00a0000,50\u00a0kr", "20\u00a0000\u00a0kr") in told["budget"]

    def test_another_part_saved_meanwhile_is_no_conflict(self, send, opened):
        before = opened("budget")
        send("project", PROJECT)
        assert send("budget", BUDGET, seen=before).status_code == 302


def test_a_partner_that_is_no_longer_public_stays_in_the_draft_that_names_it(send, begun, partner):
    row = PARTNER | {"partner": str(partner.pk)}
    send("partners", rows("partners", row))
    partner.publication = "draft"
    partner.save()
    assert send("partners", rows("partners", row)).status_code == 302
    begun.refresh_from_db()
    assert begun.partner == partner


def test_the_list_of_own_incomes_begins_with_one_s_own_share(open_step):
    row = open_step("budget").context["form"].rows["incomes"].forms[0]
    assert [row[name].value() for name in OWN] == ["own", None, None]


def test_an_unknown_step_is_not_found(mine, begun):
    for step in ("review", "unknown"):
        assert mine.post(reverse("take_pen", args=[begun.pk, step])).status_code == 404
