"""A few questions tell at once whether one may apply, and why not."""

import pytest

from grants.models import EligibilityQuestion

ADDRESS = "/utlysningar/resestipendium-oppen/far-jag-soka/"
ENGLISH = "/en/calls/resestipendium-oppen/may-i-apply/"


@pytest.fixture
def strict(scheme):
    """A scheme with every rule there is, and a question of its own."""
    type(scheme).objects.update(
        requires_residence=True, requires_non_profit=True, only_own_costs=True
    )
    return EligibilityQuestion.objects.create(
        scheme=scheme, text_sv="Är resan redan gjord?", text_en="Has the trip been made?",
        right_answer=False, why_not_sv="Stöd ges inte i efterhand.",
        why_not_en="Support is not given afterwards.",
    )  # fmt: skip


@pytest.fixture
def right(strict):
    return {"applicant": "individual", "residence": "yes", "non_profit": "yes", "own_costs": "yes",
            f"e{strict.pk}": "no"}  # fmt: skip


def test_whoever_may_is_led_on_without_signing_in(client, call, right):
    page = client.get(ADDRESS, right)
    assert page.context["reasons"] == []
    assert "/mina-sidor/" in page.content.decode()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"applicant": "company"}, "De som får söka är: Privatperson, Ideell förening."),
        ({"residence": "no"}, "Stödet är för den som bor och är verksam i regionen."),
        ({"non_profit": "no"}, "Stödet är för den som arbetar utan vinstsyfte."),
        ({"own_costs": "no"}, "Stödet täcker den sökandes egna kostnader, inte motpartens."),
    ],
)
def test_whoever_may_not_is_told_why(client, call, right, change, why):
    assert client.get(ADDRESS, {**right, **change}).context["reasons"] == [why]


def test_what_staff_have_added_counts_in_both_languages(client, call, right, strict):
    answers = {**right, f"e{strict.pk}": "yes"}
    assert client.get(ADDRESS, answers).context["reasons"] == ["Stöd ges inte i efterhand."]
    page = client.get(ENGLISH, answers)
    assert page.context["reasons"] == ["Support is not given afterwards."]
    assert "Has the trip been made?" in page.content.decode()


def test_every_reason_is_told_at_once(client, call, right):
    wrong = {**right, "applicant": "company", "residence": "no"}
    assert len(client.get(ADDRESS, wrong).context["reasons"]) == 2


@pytest.mark.parametrize("answers", [{"applicant": "king"}, {"residence": "yes"}])
def test_what_is_not_answered_is_asked_for(client, call, right, answers):
    page = client.get(ADDRESS, answers)
    assert "applicant" in page.context["form"].errors
    assert not page.context["answered"]


def test_a_simple_scheme_asks_one_question(client, call):
    assert list(client.get(ADDRESS).context["form"].fields) == ["applicant"]


def test_the_call_leads_there_and_a_draft_call_has_no_such_page(client, call):
    assert ADDRESS in client.get(call.get_absolute_url()).content.decode()
    type(call).objects.update(state="draft")
    assert client.get(ADDRESS).status_code == 404
