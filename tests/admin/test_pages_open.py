"""Every page of the admin opens for those whose role may see it, and for nobody else."""

from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse

from agreements.models import Agreement, AgreementVersion, Commitment, Exchange, Review
from grants.models import Application, Award, Call, Scheme, SchemeBudget
from networks.models import (
    Briefing,
    Engagement,
    Membership,
    Network,
    NetworkMeeting,
    Observation,
    Position,
    Representative,
    Subscriber,
)
from partners.models import Interaction, Partner, Theme
from portal.cases.models import Case, Conflict
from portal.committee.models import Decision, DelegationPoint, Meeting, Proposal, Seat
from portal.core.models import (
    EuMembership,
    LineOfWork,
    Mail,
    Municipality,
    Organisation,
    Perspective,
    StrategyGoal,
    User,
)
from tests.conftest import give_second_factor

CONTENT = [
    Partner, Theme, Interaction, Agreement, Network, Engagement, Membership, Representative,
    NetworkMeeting,
    Observation, Briefing, Position, Scheme, Call, Organisation,
]  # fmt: skip
REFERENCE = [Perspective, StrategyGoal, LineOfWork, Municipality, EuMembership, DelegationPoint]
LEDGER = [AgreementVersion, Commitment, Exchange, Review]
MEETINGS = [Seat, Meeting]
READ_BY_ALL = [
    *CONTENT, *REFERENCE, *LEDGER, *MEETINGS, SchemeBudget, Case, Decision, Award,
]  # fmt: skip
MATTERS = [Application, Proposal]
ADMINISTRATION = [User, Mail, Subscriber, Conflict]
WITH_A_CASE = [AgreementVersion, Case, Application, Proposal, Decision, Award]


def page(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


@pytest.fixture
def things(awarded, organisation, delegation_point, eu, administrator, now):
    """One of everything that has an admin page."""
    Municipality.objects.create(code="1480", name="Göteborg")
    Theme.objects.create(slug="dans", name_sv="Dans", name_en="Dance")
    Partner.objects.get().interactions.create(
        kind="visit", on=date(2026, 1, 1), about="Besök", noted_by=administrator
    )
    case = Case.objects.begin("agreement", "Avtal", by=administrator, at=now)
    agreement = Agreement.objects.create(
        slug="avtal",
        case=case,
        kind="cooperation_agreement",
        title_sv="Avtal",
        title_en="Agreement",
    )
    version = agreement.versions.create(kind="original", state="signed", signed_on=date(2020, 1, 1))
    party = agreement.parties.create(language="sv")
    agreement.commitments.create(version=version, party=party, text_sv="Bjuda in")
    agreement.exchanges.create(
        form="artists", title_sv="Besök", starts_on=date(2024, 1, 1), place="Vilnius", country="LT"
    )
    agreement.reviews.create(year=2024, due_on=date(2024, 3, 31))
    network = Network.objects.create(
        slug="aer", acronym="AER", name_sv="Nätverk", name_en="Network", kind="professional"
    )
    Position.objects.create(slug="fraga", title_sv="Fråga", title_en="Question")
    case = Case.objects.begin("engagement", "AER", by=administrator, at=now)
    Engagement.objects.create(network=network, case=case, level="monitors", source="Policy")
    network.memberships.create(source="Beslut")
    network.representatives.create(name="Kim Ek", kind="staff", start=date(2026, 1, 1))
    network.meetings.create(title_sv="Årsmöte", starts_on=date(2026, 1, 1))
    Observation.objects.create(
        kind="call", title_sv="Utlysning", level="eu", source="EU", observed_on=date(2026, 1, 1),
        relevance=1, noted_by=administrator,
    )  # fmt: skip
    Briefing.objects.create(slug="januari", title_sv="Januari", title_en="January")
    Subscriber.objects.create(email="las@example.org", asked_at=now)
    Conflict.objects.record(
        awarded.application.case, user=awarded.application.applicant, ground="interest",
        reference="§ 1", by=administrator, at=now,
    )  # fmt: skip
    Seat.objects.create(user=administrator, role="member", start=date(2026, 1, 1))
    Meeting.objects.create(begins_at=now, place="Residenset")


def page_of_log(case):
    return page(Case, "history", case.pk)


def statuses(client, models, name):
    """The answers, by model, of a page of each model's first object."""
    answers = {}
    for model in models:
        first = (Case.objects.registered() if model is Case else model.objects).first()
        args = [] if name in ("changelist", "add") else [first.pk]
        answers[model.__name__] = client.get(page(model, name, *args)).status_code
    return answers


def all_answering(status, models):
    return {model.__name__: status for model in models}


def test_every_model_of_ours_has_an_admin():
    ours = {"core", "cases", "committee", "partners", "agreements", "grants", "networks"}
    registered = {model for model in admin.site._registry if model._meta.app_label in ours}
    assert registered == {*READ_BY_ALL, *MATTERS, *ADMINISTRATION}


@pytest.mark.parametrize("name", ["changelist", "change"])
def test_an_officer_reads_everything_but_accounts_and_mail(things, sign_in, officer, name):
    client = sign_in(officer)
    assert statuses(client, [*READ_BY_ALL, *MATTERS], name) == all_answering(
        200, [*READ_BY_ALL, *MATTERS]
    )
    assert statuses(client, ADMINISTRATION, name) == all_answering(403, ADMINISTRATION)


@pytest.mark.parametrize("name", ["changelist", "change"])
def test_an_administrator_reads_everything_but_applications(things, sign_in, administrator, name):
    client = sign_in(administrator)
    readable = [*READ_BY_ALL, *ADMINISTRATION]
    assert statuses(client, readable, name) == all_answering(200, readable)
    assert statuses(client, MATTERS, name) == all_answering(403, MATTERS)


def test_officers_begin_content_and_administrators_reference_data(
    things, sign_in, officer, administrator
):
    client = sign_in(officer)
    assert statuses(client, CONTENT, "add") == all_answering(200, CONTENT)
    assert statuses(client, [SchemeBudget], "add") == {"SchemeBudget": 200}
    closed = [*REFERENCE, *WITH_A_CASE, *ADMINISTRATION]
    assert statuses(client, closed, "add") == all_answering(403, closed)
    client = sign_in(administrator)
    open_to_all = [*CONTENT, *REFERENCE, SchemeBudget, User]
    assert statuses(client, open_to_all, "add") == all_answering(200, open_to_all)
    closed = [*WITH_A_CASE, Mail]
    assert statuses(client, closed, "add") == all_answering(403, closed)


def test_histories_open_for_those_who_may_read_the_object(things, sign_in, officer):
    models = [Partner, Agreement, Network, Membership, Representative, NetworkMeeting, Scheme]
    models += [Call, SchemeBudget, Perspective, Organisation, Municipality, Theme, DelegationPoint]
    models += [Position]
    assert statuses(sign_in(officer), models, "history") == all_answering(200, models)


def test_a_case_log_opens_for_its_officer_and_the_administrator_only(
    things, sign_in, officer, secretary, administrator
):
    case = Case.objects.registered().get()
    assert case.officer == officer
    answers = {
        user: sign_in(user).get(page(Case, "history", case.pk)).status_code
        for user in (officer, administrator, secretary)
    }
    assert answers == {officer: 200, administrator: 200, secretary: 403}


def test_the_case_log_tells_each_verb_in_words(awarded, sign_in, administrator):
    case = awarded.application.case
    page = sign_in(administrator).get("/en" + page_of_log(case))
    assert [(event.what, str(told)) for event, told in page.context["events"]] == [
        ("started", "Begun"),
        ("registered", "Registered"),
        ("notified", "Mail written"),
        ("submit", "Submit the application"),
        ("begin_assessment", "Begin assessment"),
        ("assigned", "Assigned to an assessor"),
        ("no_conflict", "An assessor declared no conflict of interest"),
        ("assessment_sent", "Assessment sent"),
        ("propose", "Propose a decision"),
        ("be_decided", "Decide"),
        ("letter_written", "Letter drafted"),
        ("record_meeting_decision", "Record the committee's decision"),
    ]


def test_english_pages_open_too(things, sign_in, officer):
    answer = sign_in(officer).get("/en/admin/partners/partner/")
    assert answer.status_code == 200
    assert "Partners" in answer.content.decode()


def test_an_applicant_cannot_enter(sign_in, applicant):
    answer = sign_in(applicant).get("/admin/")
    assert (answer.status_code, answer.url) == (302, "/admin/login/?next=/admin/")


def test_staff_without_a_role_see_an_empty_house(db, sign_in, applicant):
    applicant.is_staff = True
    applicant.save()
    give_second_factor(applicant)
    client = sign_in(applicant)
    answer = client.get("/admin/")
    assert (answer.status_code, answer.context["app_list"]) == (200, [])
    assert answer.context["awaiting"] == []
    assert client.get(page(Partner, "changelist")).status_code == 403


def test_nobody_meets_an_application_of_their_own(submitted, sign_in, applicant, officer):
    applicant.is_staff = True
    applicant.save()
    applicant.groups.set(officer.groups.all())
    give_second_factor(applicant)
    client = sign_in(applicant)
    answer = client.get(page(Application, "changelist"))
    assert list(answer.context["cl"].queryset) == []
    assert client.get(page(Application, "change", submitted.pk)).status_code == 404
    assert client.get(page(Case, "change", submitted.case_id)).status_code == 404


def test_an_applicants_draft_is_in_no_list(draft, sign_in, officer):
    answer = sign_in(officer).get(page(Application, "changelist"))
    assert list(answer.context["cl"].queryset) == []
