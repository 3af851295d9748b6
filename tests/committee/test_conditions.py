"""Conditions (villkor): proposed with the amount, decided with it, and read where it is read."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.models import Letter
from portal.committee import minutes
from portal.committee.forms import OutcomeForm
from portal.committee.models import Decision, Proposal
from tests.committee.conftest import GRANTED
from tests.conftest import assess

CONDITIONS = "Redovisa resan inom två månader."


@pytest.fixture
def assessed(submitted, officer, now):
    submitted.begin_assessment(by=officer, at=now)
    assess(submitted, by=officer, at=now)
    return submitted


def propose(application, officer, now, **given):
    stands = {"outcome": "granted", "amount": Decimal(15_000), "reasons": "Stärker utbytet."}
    return application.propose(by=officer, at=now, **stands | {"conditions": CONDITIONS} | given)


@pytest.fixture
def proposed(assessed, officer, now):
    return propose(assessed, officer, now)


@pytest.fixture
def decided(item, proposal, secretary, now):
    outcomes = {proposal: {**GRANTED, "conditions": f"{CONDITIONS} Tala om nämnden."}}
    item.decide(by=secretary, at=now, text="Nämnden beviljar.", outcomes=outcomes)
    return Decision.objects.get()


def test_the_officer_proposes_them(proposed):
    assert proposed.case.proposals.get().conditions == CONDITIONS


@pytest.mark.parametrize("outcome", ["rejected", "dismissed"])
def test_nothing_but_a_grant_is_proposed_on_conditions(assessed, officer, now, outcome):
    with pytest.raises(ValidationError) as error:
        propose(assessed, officer, now, outcome=outcome)
    assert list(error.value.message_dict) == ["conditions"]
    assert not Proposal.objects.exists()


def test_whoever_decides_may_change_them(decided):
    assert decided.conditions == f"{CONDITIONS} Tala om nämnden."


def test_a_rejection_on_conditions_is_refused_and_all_is_as_before(item, proposal, secretary, now):
    outcomes = {proposal: {**GRANTED, "outcome": "rejected", "conditions": CONDITIONS}}
    with pytest.raises(ValidationError):
        item.decide(by=secretary, at=now, text="Avslag.", outcomes=outcomes)
    assert not Decision.objects.exists()


def test_the_database_refuses_them_too(proposed):
    proposal = Proposal.objects.filter(case=proposed.case)
    with pytest.raises(IntegrityError), transaction.atomic():
        proposal.update(outcome="rejected")


@pytest.mark.parametrize(
    "verb", ["decide_by_delegation", "record_meeting_decision", "decide_urgently"]
)
def test_each_way_of_deciding_carries_them(
    request, assessed, scheme, officer, secretary, committee, delegation_point, now, verb
):
    given = {"outcome": "granted", "amount": Decimal(9_000), "reasons": "Ja.", "conditions": "A."}
    by = {"decide_by_delegation": officer, "decide_urgently": committee["chair"]}.get(
        verb, secretary
    )
    if verb == "decide_by_delegation":
        scheme.delegation_point = delegation_point
        scheme.save()
    if verb == "record_meeting_decision":
        given |= {"met_on": timezone.localdate(now), "section": 3}
    proposal = propose(assessed, officer, now).case.proposals.get()
    getattr(proposal, verb)(by=by, at=now, **given)
    assert Decision.objects.get().conditions == "A."


def test_a_form_for_other_matters_does_not_ask_for_them(proposal):
    assert "conditions" in OutcomeForm(obj=proposal).fields
    proposal.purpose = "sign"
    assert "conditions" not in OutcomeForm(obj=proposal).fields


def test_the_form_at_the_item_begins_with_them_and_refuses_them_in_words(
    item, proposal, secretary, sign_in
):
    client = sign_in(secretary)
    form = client.get(item.get_absolute_url()).context["forms"]["decide"]
    assert form[f"conditions_{proposal.pk}"].value() == CONDITIONS
    sent = {f"decide-{name}": form[name].value() or "" for name in form.fields}
    sent[f"decide-outcome_{proposal.pk}"] = "rejected"
    answer = client.post(item.get_absolute_url(), {"do": "decide", **sent})
    assert answer.status_code == 422
    assert list(answer.context["sent"].errors) == [f"conditions_{proposal.pk}"]
    sent[f"decide-outcome_{proposal.pk}"] = "granted"
    assert client.post(item.get_absolute_url(), {"do": "decide", **sent}).status_code == 302
    assert Decision.objects.get().conditions == CONDITIONS


def test_all_who_read_the_decision_read_them(
    decided, proposed, applicant, officer, secretary, sign_in, client
):
    item = decided.item
    address = {
        applicant: [proposed.get_absolute_url()],
        secretary: [item.get_absolute_url(), reverse("meeting_papers", args=[item.meeting_id])],
        officer: [
            reverse("admin:grants_application_change", args=[proposed.pk]),
            reverse("admin:committee_proposal_change", args=[decided.proposal_id]),
            reverse("admin:committee_decision_change", args=[decided.pk]),
        ],
    }  # fmt: skip
    for person, pages in address.items():
        for page in pages:
            assert CONDITIONS in sign_in(person).get(page).content.decode(), page
    client.logout()
    assert CONDITIONS in client.get(decided.get_absolute_url()).content.decode()
    assert CONDITIONS in Letter.objects.get().text


def test_the_minutes_tell_them_of_each_case(decided):
    told = minutes.minutes_of(decided.item.meeting)
    parts = {part.label: part.texts for part in told.sections[0].parts}
    number = decided.proposal.case.number
    assert parts[_("Conditions")] == [f"{number}: {CONDITIONS} Tala om nämnden."]
    assert minutes.pdf(told).startswith(b"%PDF")
    assert parts[_("Conditions")] == next(
        part.texts for part in minutes.extract_of(decided).sections[0].parts
        if part.label == _("Conditions")
    )  # fmt: skip
