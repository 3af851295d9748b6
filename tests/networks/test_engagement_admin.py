"""Staff begin, propose, note and correct an engagement in the admin."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from networks.models import Engagement
from portal.cases.models import Case
from tests.admin.forms import form_data, send
from tests.networks.conftest import begin, decide

LIST = "/admin/networks/engagement/"


def page(engagement, what="change"):
    return f"{LIST}{engagement.pk}/{what}/"


def do(engagement, verb):
    return f"{LIST}{engagement.pk}/do/{verb}/"


def test_what_staff_begin_is_a_draft_with_its_case(sign_in, officer, ricc, goal, line):
    answer = send(
        sign_in(officer), f"{LIST}add/?network={ricc.pk}", level="active", start="2027-01-01",
        goals=goal.pk, line=line.pk,
    )  # fmt: skip
    assert answer.status_code == 302
    draft = Engagement.objects.get()
    assert (draft.network, draft.state, draft.case.kind) == (ricc, "draft", "engagement")
    assert (draft.case.title, draft.case.number) == ("RICC: Aktiv inom", None)
    assert [event.what for event in draft.case.events.all()] == ["started"]


def test_neither_state_nor_source_can_be_typed(sign_in, officer, ricc):
    send(
        sign_in(officer), f"{LIST}add/?network={ricc.pk}", level="active", state="in_force",
        source="Hittat på", decision="1",
    )  # fmt: skip
    draft = Engagement.objects.get()
    assert (draft.state, draft.source, draft.decision) == ("draft", "", None)


def test_a_second_change_on_its_way_is_refused_with_words(sign_in, officer, change):
    answer = send(sign_in(officer), f"{LIST}add/?network={change.network_id}", level="monitors")
    assert answer.status_code == 200
    assert "redan på väg" in answer.content.decode()
    assert Engagement.objects.count() == 2


def test_an_end_before_the_beginning_is_refused_by_field(sign_in, officer, change):
    answer = send(sign_in(officer), page(change), start="2027-02-01", end="2027-01-01")
    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == ["end"]


def test_a_draft_can_be_changed_and_nothing_else(
    sign_in, officer, secretary, change, monitoring, now
):
    client = sign_in(officer)
    assert send(client, page(change), level="monitors").status_code == 302
    change.refresh_from_db()
    assert change.level == "monitors"
    assert client.post(page(monitoring), {"level": "active"}).status_code == 403
    change.propose(by=officer, at=now, reasons="Ja.")
    assert client.post(page(change), {"level": "active"}).status_code == 403
    assert form_data_of(client, change) == {}


def form_data_of(client, engagement):
    data = form_data(client.get(page(engagement)))
    return {name: value for name, value in data.items() if "_FORMS" not in name and name != "_seen"}


def test_an_officer_proposes_and_the_secretary_records_the_decision(
    sign_in, officer, secretary, change, monitoring, today
):
    client = sign_in(officer)
    asked = client.get(do(change, "propose"))
    assert asked.status_code == 200
    refused = client.post(do(change, "propose"), {"reasons": ""})
    assert list(refused.context["errors"]) == ["reasons"]
    assert client.post(do(change, "propose"), {"reasons": "Vi vill delta."}).status_code == 302
    proposal = change.case.proposals.get()
    record = f"/admin/committee/proposal/{proposal.pk}/do/record_meeting_decision/"
    answer = sign_in(secretary).post(
        record,
        {"outcome": "approved", "reasons": "Ja.", "met_on": today.isoformat(), "section": 9},
    )
    assert answer.status_code == 302
    change.refresh_from_db()
    monitoring.refresh_from_db()
    assert (change.state, change.decision.section, monitoring.end) == ("in_force", 9, today)
    assert "§ 9" in client.get(page(change)).content.decode()


def test_proposing_again_says_that_somebody_was_first(sign_in, officer, proposed_change):
    answer = sign_in(officer).post(do(proposed_change, "propose"), {"reasons": "Igen, tack."})
    assert answer.status_code == 409
    assert "Igen, tack." in answer.content.decode()


@pytest.mark.parametrize(
    ("verb", "role", "status"),
    [
        ("propose", "officer", 200), ("propose", "administrator", 403),
        ("propose", "secretary", 403), ("note", "officer", 200), ("note", "administrator", 200),
        ("note", "secretary", 403), ("correct", "secretary", 403),
    ],
)  # fmt: skip
def test_who_meets_which_verb(request, sign_in, change, verb, role, status):
    client = sign_in(request.getfixturevalue(role))
    assert client.get(do(change, verb)).status_code == status


def test_a_historic_engagement_is_noted_from_its_source_and_corrected(sign_in, officer, change):
    client = sign_in(officer)
    send(client, page(change), start="2010-01-01", end="2015-12-31")
    refused = client.post(do(change, "note"), {"source": " "})
    assert list(refused.context["errors"]) == ["source"]
    client.post(do(change, "note"), {"source": "Årsredovisningen 2015"})
    change.refresh_from_db()
    assert (change.state, change.source) == ("in_force", "Årsredovisningen 2015")
    client.post(do(change, "correct"))
    change.refresh_from_db()
    assert change.state == "draft"
    assert "Årsredovisningen 2015" in client.get(do(change, "note")).content.decode()


def test_the_history_is_the_cases_log_for_its_officer_and_administrators(
    sign_in, officer, secretary, administrator, proposal, change, now
):
    decide(proposal, secretary, now)
    answers = {}
    for person in (officer, secretary, administrator):
        answers[person] = sign_in(person).get(page(change, "history"))
    assert [answer.status_code for answer in answers.values()] == [200, 403, 200]
    assert [event.what for event, _told in answers[officer].context["events"]] == [
        "started", "registered", "propose", "be_engaged", "record_meeting_decision",
    ]  # fmt: skip


def test_the_networks_page_lists_engagements_to_read_and_leads_to_a_new_one(
    sign_in, officer, secretary, change, monitoring
):
    address = reverse("admin:networks_network_change", args=[change.network_id])
    html = sign_in(officer).get(address).content.decode()
    begin = f"{LIST}add/?network={change.network_id}"
    assert begin in html
    assert f'href="{page(change)}' in html
    assert "engagements-0-level" not in html
    assert begin not in sign_in(secretary).get(address).content.decode()
    typed = {"engagements-TOTAL_FORMS": 3, "engagements-2-level": "active"}
    assert send(sign_in(officer), address, **typed).status_code == 302
    assert Engagement.objects.count() == 2


def test_nobody_outside_the_staff_reaches_it(sign_in, applicant, member, change):
    for person in (applicant, member):
        assert sign_in(person).get(page(change)).status_code == 302


def remove(client, engagement):
    return client.post(page(engagement, "delete"), {"post": "yes"}).status_code


def remove_chosen(client, *engagements):
    chosen = [engagement.pk for engagement in engagements]
    data = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    return client.post(LIST, data).status_code


@pytest.mark.parametrize("way", [remove, remove_chosen])
@pytest.mark.parametrize("role", ["officer", "administrator"])
def test_a_mistaken_draft_is_removed_with_its_case(
    request, sign_in, change, monitoring, officer, now, way, role
):
    client = sign_in(request.getfixturevalue(role))
    assert way(client, change) == 302
    assert list(Engagement.objects.all()) == [monitoring]
    assert list(Case.objects.all()) == [monitoring.case]
    assert begin(monitoring.network, officer, now).state == "draft"


@pytest.mark.parametrize("way", [remove, remove_chosen])
def test_a_secretary_removes_none(sign_in, secretary, change, way):
    way(sign_in(secretary), change)
    assert Engagement.objects.filter(pk=change.pk).exists()


@pytest.mark.parametrize("way", [remove, remove_chosen])
@pytest.mark.parametrize("outcome", [None, "approved", "rejected"])
def test_what_has_been_proposed_or_decided_stays(
    sign_in, administrator, secretary, proposal, change, monitoring, now, way, outcome
):
    if outcome:
        decide(proposal, secretary, now, outcome=outcome)
    for engagement in (change, monitoring):
        assert way(sign_in(administrator), engagement) == 403
    assert (Engagement.objects.count(), Case.objects.count()) == (2, 2)


def test_one_that_stays_keeps_those_chosen_with_it(sign_in, officer, change, monitoring):
    assert remove_chosen(sign_in(officer), change, monitoring) == 403
    assert Engagement.objects.count() == 2


def test_a_draft_with_a_registered_case_stays(change, officer, now):
    change.case.register(by=officer, at=now, title="RICC")
    with pytest.raises(PermissionDenied):
        change.discard(by=officer)
    assert Engagement.objects.filter(pk=change.pk).exists()
