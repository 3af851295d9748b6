"""A page of the admin costs the same with ten rows as with sixty, and at most fifteen."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements.models import Agreement, AgreementVersion
from grants import parts
from grants.models import Application, Award, Call, Scheme, SchemeBudget
from networks.models import (
    Engagement,
    Membership,
    Network,
    NetworkMeeting,
    Position,
    Representative,
)
from partners.models import Interaction, Partner, Theme
from portal.cases.models import Case, Document
from portal.committee.models import Decision, DelegationPoint, Proposal
from portal.core.models import Mail, Municipality, Organisation, User

MOST = 15
FEW, MANY = 10, 60  # A list shows fifty at a time, so sixty fill it.


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return len(captured)


class Rows:
    """Makes rows of everything, as many as asked for."""

    def __init__(self, officer, applicant, scheme, budget, call, perspectives, line, goal):
        self.people = officer, applicant
        self.scheme, self.budget, self.call = scheme, budget, call
        self.perspectives, self.line, self.goal = perspectives, line, goal
        self.made = 0

    def up_to(self, number):
        while self.made < number:
            self.made += 1
            self._one(self.made)

    def _one(self, number):
        partner = self._partner(number)
        organisation = Organisation.objects.create(name=f"Förening {number}", kind="association")
        Municipality.objects.create(code=f"{number:04d}", name=f"Ort {number}")
        User.objects.create_user(f"p{number}@example.org", full_name=f"Person {number}")
        Mail.objects.create(to="a@example.org", subject="-", body="-", message_id=f"<{number}>")
        point = DelegationPoint.objects.create(
            code=f"9.{number}", name_sv=f"Punkt {number}", valid_from=date(2020, 1, 1)
        )
        self._agreement(number, partner)
        self._network(number, partner)
        self._scheme(number)
        self._grant(number, partner, organisation, point)

    def _tag(self, item):
        for perspective in self.perspectives:
            item.tags.create(perspective=perspective, how="Hur")

    def _partner(self, number):
        partner = Partner.objects.create(
            slug=f"p{number}",
            name_sv=f"Partner {number}",
            name_en=f"Partner {number}",
            country="LT",
        )
        theme = Theme.objects.create(slug=f"t{number}", name_sv=f"Tema {number}")
        partner.strengths.add(theme)
        partner.codes.create(scheme="NUTS", version="2021", code="LT01")
        contact = partner.contacts.create(name="Kontakt")
        visit = partner.interactions.create(
            kind="visit", on=date(2026, 1, 1), about="Besök", noted_by=self.people[0],
            follow_up="Svara", follow_up_on=date(2026, 2, 1),
        )  # fmt: skip
        visit.contacts.add(contact)
        self._tag(partner)
        return partner

    def _agreement(self, number, partner):
        agreement = Agreement.objects.create(
            slug=f"a{number}", title_sv=f"Avtal {number}", kind="memorandum", line=self.line,
            case=Case.objects.create(kind="agreement", title="Avtal"),
        )  # fmt: skip
        agreement.parties.create(partner=partner)
        agreement.goals.add(self.goal)
        agreement.versions.create(kind="original", state="signed", signed_on=date(2020, 1, 1))
        agreement.follow_versions()
        self._tag(agreement)

    def _network(self, number, partner):
        network = Network.objects.create(
            slug=f"n{number}", acronym=f"N{number}", name_sv=f"Nät {number}", kind="professional",
            parent=Network.objects.first(),
        )  # fmt: skip
        network.engagements.create(
            level="active", source="-", case=Case.objects.create(kind="engagement", title="Nät")
        )
        self._tag(network)
        group = network.groups.create(name_sv="Grupp")
        network.participations.create(partner=partner, group=group)
        membership = network.memberships.create(source="-")
        membership.fees.create(year=2026, amount=Decimal(100))
        officer = self.people[0]
        person = network.representatives.create(
            name="Kim", kind="staff", group=group, user=officer, start=date(2026, 1, 1),
            substitute_for=Representative.objects.first() if number % 2 else None,
        )  # fmt: skip
        meeting = network.meetings.create(title_sv="Möte", starts_on=date(2026, 1, 1), group=group)
        meeting.attended_by.add(person)
        for text in ("Ring", "Skriv"):
            meeting.tasks.create(text=text, responsible=officer)
        self._position(number, network)

    def _position(self, number, network):
        position = Position.objects.create(
            slug=f"q{number}", title_sv=f"Fråga {number}", state="pursued", line=self.line
        )
        position.goals.add(self.goal)
        group = network.groups.create(name_sv=f"Grupp {number}")
        person = network.representatives.create(
            name=f"Person {number}", kind="staff", start=date(2020, 1, 1)
        )
        for level in ("regional", "eu"):
            position.steps.create(
                taken_on=date(2025, 1, 1), level=level, channel="group", network=network,
                group=group, carried_by=person, text_sv="Så",
            )  # fmt: skip
        self._tag(position)

    def _scheme(self, number):
        scheme = Scheme.objects.create(
            slug=f"s{number}", title_sv=f"Stöd {number}", applicants=["individual"], line=self.line
        )
        scheme.criteria.create(name_sv="Kvalitet", weight=1)
        scheme.criteria.create(name_sv="Nytta", weight=1)
        scheme.budgets.create(
            year=2026, amount=Decimal(1000), proposed_by=self.people[0], proposed_at=timezone.now()
        )
        for order in (1, 2):
            scheme.instalments.create(order=order, percent=50, released_by="terms")
        self._tag(scheme)
        now = timezone.now()
        scheme.calls.create(
            slug=f"c{number}", name_sv=f"Omgång {number}", budget_year=2026, opens_at=now,
            closes_at=now + timedelta(days=9),
        )  # fmt: skip

    def _grant(self, number, partner, organisation, point):
        officer, applicant = self.people
        now = timezone.now()
        case = Case.objects.create(
            kind="application", title=f"Projekt {number}", number=f"KUN {number}", year=2026,
            serial=number, registered_at=now, officer=officer,
        )  # fmt: skip
        case.parties.create(role="applicant", user=applicant)
        case.log("submitted", by=officer, at=now)
        for name in ("plan", "cv"):
            Document.objects.create(
                case=case, title=name, file=f"{name}.pdf", filename=f"{name}.pdf", size=1,
                sha256="-", added_at=now, added_by=applicant,
            )  # fmt: skip
        application = Application.objects.create(
            call=self.call, case=case, applicant=applicant, organisation=organisation,
            state="decided", title=f"Projekt {number}", partner=partner, amount=Decimal(10),
            submitted_at=now,
        )  # fmt: skip
        self._tag(application)
        application.cooperation.create(partner=partner)
        application.submissions.create(
            number=1, content=parts.content(application), submitted_at=now, submitted_by=applicant
        )
        for person in self.people:
            application.assignments.create(
                assessor=person, assigned_by=officer, assigned_at=now, cleared_at=now
            )
            assessment = application.assessments.create(assessor=person, state="sent", sent_at=now)
            assessment.scores.create(score=4, justification="-")
        proposal = Proposal.objects.create(
            case=case, purpose="grant", state="decided", outcome="granted", amount=Decimal(10),
            reasons="-", proposed_by=officer, proposed_at=now, delegation_point=point,
        )  # fmt: skip
        decision = Decision.objects.create(
            proposal=proposal, route="delegated", outcome="granted", amount=Decimal(10),
            reasons="-", decided_on=now.date(), delegate=officer, delegation_point=point,
            recorded_by=officer, recorded_at=now, line=self.line, country="LT",
        )  # fmt: skip
        award = Award.objects.create(
            application=application, decision=decision, scheme=self.scheme, budget=self.budget,
            title="Projekt", organisation=organisation, partner=partner, amount=Decimal(10),
            country="LT", decided_on=now.date(), line=self.line,
        )  # fmt: skip
        self._tag(award)


@pytest.fixture
def make(officer, applicant, scheme, budget, call, perspectives, line, goal):
    return Rows(officer, applicant, scheme, budget, call, perspectives, line, goal)


FOR_OFFICERS = [
    Partner, Theme, Interaction, Agreement, AgreementVersion, Network, Engagement, Membership,
    Representative,
    NetworkMeeting, Scheme, SchemeBudget, Call, Application, Award,
    Case, Proposal, Decision, DelegationPoint, Organisation, Municipality, Position,
]  # fmt: skip
FOR_ADMINISTRATORS = [Partner, Scheme, SchemeBudget, Case, DelegationPoint, User, Mail]


def lists(models):
    return [f"/admin/{m._meta.app_label}/{m._meta.model_name}/" for m in models]


def pages(models):
    urls = []
    for model in models:
        first = model.objects.order_by("-pk").first()
        if model is Case:
            first = Case.objects.registered().first()
        urls.append(f"/admin/{model._meta.app_label}/{model._meta.model_name}/{first.pk}/change/")
    return urls


def measured(client, urls):
    return {url: queries(client, url) for url in urls}


def test_lists_and_start_page_cost_the_same_at_any_size(make, sign_in, officer, administrator):
    make.up_to(FEW)
    urls = [*lists(FOR_OFFICERS), "/admin/"]
    few = measured(sign_in(officer), urls)
    few_of_administrators = measured(sign_in(administrator), lists(FOR_ADMINISTRATORS))
    make.up_to(MANY)
    assert measured(sign_in(officer), urls) == few
    many = measured(sign_in(administrator), lists(FOR_ADMINISTRATORS))
    assert many == few_of_administrators
    assert {url: n for url, n in {**few, **many}.items() if n > MOST} == {}


def test_pages_and_histories_cost_at_most_fifteen(make, sign_in, officer, administrator):
    make.up_to(2)
    urls = pages(FOR_OFFICERS)
    kept = [
        Partner, Agreement, Network, Membership, Representative, NetworkMeeting, Scheme, Call,
        SchemeBudget, DelegationPoint, Position,
    ]  # fmt: skip
    urls += [url.replace("/change/", "/history/") for url in pages(kept)]
    many = measured(sign_in(officer), urls)
    logs = [url.replace("/change/", "/history/") for url in pages([Engagement])]
    many |= measured(sign_in(administrator), [*pages(FOR_ADMINISTRATORS), *logs])
    assert {url: n for url, n in many.items() if n > MOST} == {}
