"""A standing cast of people and things; tests speak through the client or a public verb."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.utils import timezone, translation

from agreements.models import Agreement
from grants.models import Application, Assignment, Call, CallAssessor, Scheme, SchemeBudget
from grants.models.assessments import Given, criteria_of
from networks.models import Network, Position
from partners.models import Partner
from portal.cases.models import Case
from portal.committee.models import DelegationPoint
from portal.core.models import (
    EuMembership,
    LineOfWork,
    Organisation,
    Perspective,
    StrategyGoal,
    User,
)
from portal.core.roles import Role
from tests import snapshot, template

PASSWORD = "a long password for tests"
TOTP_SECRET = "GEZDGNBVGY3TQOJQ"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def pytest_collection_modifyitems(config, items):
    """The browser's walks are long: begun first, they leave no worker waiting at the end.
    How pages look, and which hand reaches them, is seen on one engine.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)
    if connection.vendor != "sqlite":
        left = [item for item in items if item.get_closest_marker("one_engine")]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if not item.get_closest_marker("one_engine")]


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings, django_db_blocker):
    """Nothing is migrated again where a copy of the migrated database is in place."""
    with django_db_blocker.unblock():
        return template.provide()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests that commit get the database back as the migrations left it."""
    with django_db_blocker.unblock():
        snapshot.take()


@pytest.fixture(autouse=True)
def _guards():
    """No language or cache leaks into the next test."""
    cache.clear()
    with translation.override("sv"):
        yield


@pytest.fixture
def now():
    return timezone.now()


def make_user(email, *roles, name=None, staff=False, language="sv"):
    user = User.objects.create_user(
        email, PASSWORD, full_name=name or email.split("@")[0].title(), is_staff=staff,
        language=language,
    )  # fmt: skip
    user.groups.set(Group.objects.filter(name__in=roles))
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    if staff:
        give_second_factor(user)
    return user


def give_second_factor(user):
    TOTP.activate(user, TOTP_SECRET)


@pytest.fixture
def applicant(db):
    return make_user("anna@example.org", name="Anna Ek")


@pytest.fixture
def other_applicant(db):
    return make_user("bo@example.org", name="Bo Lind")


@pytest.fixture
def officer(db):
    return make_user("officer@example.org", Role.OFFICER, staff=True)


@pytest.fixture
def secretary(db):
    return make_user("secretary@example.org", Role.SECRETARY, staff=True)


@pytest.fixture
def administrator(db):
    return make_user("administrator@example.org", Role.ADMINISTRATOR, staff=True)


@pytest.fixture
def member(db):
    return make_user("member@example.org", Role.MEMBER)


@pytest.fixture
def organisation(db, applicant):
    organisation = Organisation.objects.create(
        name="Föreningen Norr och Söder", number="802400-1235", kind="association"
    )
    organisation.members.create(user=applicant, role="manager", since=date(2024, 1, 1))
    return organisation


@pytest.fixture
def perspectives(db):
    marks = ["circle", "square", "triangle", "diamond"]
    slugs = ["invanare", "kunskap", "utveckling", "paverkan"]
    return [
        Perspective.objects.create(
            slug=slug, order=order, mark=mark, name_sv=slug.title(), name_en=f"{slug} (en)",
            purpose_sv="Syfte", purpose_en="Purpose",
        )
        for order, (slug, mark) in enumerate(zip(slugs, marks, strict=True), 1)
    ]  # fmt: skip


@pytest.fixture
def goal(db):
    return StrategyGoal.objects.create(
        slug="utbyte", order=1, name_sv="Utbyte", name_en="Exchange", text_sv="-", text_en="-"
    )


@pytest.fixture
def line(db):
    return LineOfWork.objects.create(
        slug="stod", order=1, name_sv="Stöd", name_en="Support", text_sv="-", text_en="-"
    )


@pytest.fixture
def eu(db):
    EuMembership.objects.create(country="LT", start=date(2004, 5, 1))
    EuMembership.objects.create(country="GB", start=date(1973, 1, 1), end=date(2020, 1, 31))


@pytest.fixture
def partner(db, perspectives):
    partner = Partner.objects.create(
        slug="vilnius", name_sv="Vilniusregionen", name_en="Vilnius region", country="LT",
        lat=Decimal("54.69"), lon=Decimal("25.28"), publication="published",
    )  # fmt: skip
    partner.tags.create(perspective=perspectives[0], how_sv="Möten", how_en="Encounters")
    return partner


@pytest.fixture
def delegation_point(db, officer):
    point = DelegationPoint.objects.create(
        code="7.1", name_sv="Stipendier", name_en="Grants to individuals",
        ceiling=Decimal(50000), valid_from=date(2020, 1, 1),
    )  # fmt: skip
    point.delegates.add(officer)
    return point


@pytest.fixture
def scheme(db, perspectives, goal, line):
    """Decided by the committee at a meeting; set `delegation_point` for the other way."""
    scheme = Scheme.objects.create(
        slug="resestipendium", title_sv="Resestipendium", title_en="Travel grant",
        applicants=["individual", "association"], max_share_percent=50, line=line,
        publication="published",
    )  # fmt: skip
    scheme.goals.add(goal)
    scheme.tags.create(perspective=perspectives[1], how_sv="Lär", how_en="Learns")
    return scheme


@pytest.fixture
def budget(scheme, now):
    return SchemeBudget.objects.create(
        scheme=scheme, year=now.year, amount=Decimal(200_000), state="confirmed"
    )


@pytest.fixture
def call(scheme, budget, now):
    return Call.objects.create(
        scheme=scheme, slug="resestipendium-oppen", name_sv="Öppen", name_en="Open",
        opens_at=now - timedelta(days=10), closes_at=now + timedelta(days=20),
        budget_year=now.year, state="published",
    )  # fmt: skip


def complete(partner, perspective, amount="20000.00", cost="60000.00", **project) -> dict:
    """What an application must hold, in its parts: the rest of the cost is paid by oneself."""
    rest = Decimal(cost) - Decimal(amount)
    return {
        "project": {
            "title": "Dans över havet",
            "summary": "Tre veckors residens med skolor på båda sidor.",
            "starts_on": "2027-03-01",
            "ends_on": "2027-03-21",
            **project,
        },
        "partners": [
            {"partner": partner.pk, "role": "Värd", "gives": "Scenen.", "gets": "Publiken."}
        ],
        "activities": [
            {
                "what": "Residens", "starts_on": project.get("starts_on", "2027-03-01"),
                "place": "Vilnius", "country": "LT",
            }
        ],
        "perspectives": {
            perspective.slug: {"how": "Skolor möter konstnärer.", "evidence": "Fler besök."}
        },
        "budget": {
            "amount": amount,
            "costs": [{"text": "Resor", "amount": cost}],
            "incomes": [{"kind": "own", "amount": f"{rest:.2f}"}] if rest > 0 else [],
        },
        "declarations": {
            "certified": ["residence", "non_profit", "own_costs", "truth"],
            "undertaking": "no",
            "aid": [],
        },
    }  # fmt: skip


@pytest.fixture
def draft(call, applicant, partner, perspectives, now):
    """A complete draft, ready to be submitted."""
    application = Application.objects.start(call=call, by=applicant, at=now)
    return application.edit(by=applicant, at=now, content=complete(partner, perspectives[0]))


@pytest.fixture
def submitted(draft, applicant, now):
    return draft.submit(by=applicant, at=now)


def assign(application, *people, by, at):
    """These people assess the application, as an officer has confirmed."""
    for person in people:
        CallAssessor.objects.add(application.call, person, by=by, at=at)
    pairs = {(application.pk, person.pk) for person in people}
    Assignment.objects.arrange(application.call, add=pairs, remove=(), by=by, at=at)
    return [application.assignments.in_force().get(assessor=person) for person in people]


def write_assessment(
    application, by, at, score=4, justification="Väl genomtänkt.", assigned_by=None
):
    """Assigned, declared and written, not sent: the same score for every criterion."""
    if not application.assignments.in_force().filter(assessor=by).exists():
        assign(application, by, by=assigned_by or by, at=at)
    application.assignments.in_force().get(assessor=by).clear(by=by, at=at)
    assessment = application.assessments.get(assessor=by)
    given = Given(score, justification)
    criteria = criteria_of(application.call.scheme)
    assessment.write({one and one.pk: given for one in criteria}, by=by, at=at)
    return assessment


def assess(application, by, at, **given):
    return write_assessment(application, by, at, **given).send(by=by, at=at)


@pytest.fixture
def proposed(submitted, officer, now):
    submitted.begin_assessment(by=officer, at=now)
    assess(submitted, by=officer, at=now)
    return submitted.propose(
        by=officer, at=now, outcome="granted", amount=Decimal(15_000), reasons="Stärker utbytet."
    )


@pytest.fixture
def awarded(proposed, secretary, now):
    """The award of an application that has gone the whole way through a meeting."""
    proposed.case.proposals.get().record_meeting_decision(
        by=secretary, at=now, outcome="granted", amount=Decimal(15_000),
        reasons="Stärker utbytet.", met_on=timezone.localdate(now), section=42,
    )  # fmt: skip
    return Application.objects.get(pk=proposed.pk).award


@pytest.fixture
def sign_in(client):
    def sign_in(user):
        client.force_login(user, BACKEND)
        return client

    return sign_in


@pytest.fixture
def agreement(partner, perspectives, goal, line):
    """Signed some day in 2014, renewed on a known day, and ended some day in June 2021."""
    case = Case.objects.create(kind=Case.Kind.AGREEMENT, title="Samarbetsavtal")
    agreement = Agreement.objects.create(
        slug="vilnius-2014", case=case, kind="cooperation_agreement", line=line,
        title_sv="Samarbetsavtal med Vilnius", title_en="Agreement with Vilnius",
        publication="published",
    )  # fmt: skip
    agreement.goals.add(goal)
    agreement.parties.create(language="sv")
    agreement.parties.create(partner=partner, language="lt")
    agreement.tags.create(perspective=perspectives[0], how_sv="Möten", how_en="Encounters")
    first = agreement.versions.create(
        kind="original", state="signed", signed_on=date(2014, 1, 1), signed_precision="year"
    )
    agreement.versions.create(
        number=2, previous=first, kind="renewal", state="signed", signed_on=date(2018, 5, 7),
        valid_until=date(2021, 6, 30), until_precision="month",
        note_sv="Tre år till", note_en="Three more years",
    )  # fmt: skip
    agreement.follow_versions()
    return agreement


@pytest.fixture
def network(perspectives):
    """A network with a commission; how the region takes part is not known."""
    network = Network.objects.create(
        slug="cpmr", acronym="CPMR", kind="eu_organisation", publication="published",
        name_sv="Konferensen för maritima regioner", name_en="Conference of maritime regions",
    )  # fmt: skip
    network.tags.create(perspective=perspectives[3], how_sv="Påverkar", how_en="Influences")
    case = Case.objects.create(kind=Case.Kind.ENGAGEMENT, title="CPMR")
    network.engagements.create(case=case, level="unspecified", source="Riktlinjerna")
    Network.objects.create(
        slug="nsc", acronym="NSC", kind="eu_organisation", publication="published",
        name_sv="Nordsjökommissionen", name_en="North Sea Commission", parent=network,
    )  # fmt: skip
    return network


@pytest.fixture
def position(network, perspectives, goal, line):
    """Pursued at home some month, and in the EU through the commission of the network."""
    position = Position.objects.create(
        slug="konstnarers-rorlighet", state="pursued", line=line, publication="published",
        title_sv="Konstnärers rörlighet", title_en="Artists' mobility", aim_sv="En väg in",
        aim_en="One way in", question_sv="Reglerna skiljer sig", question_en="The rules differ",
    )  # fmt: skip
    position.goals.add(goal)
    position.tags.create(
        perspective=perspectives[3], how_sv="Förs till EU", how_en="Brought to the EU",
        achieved_sv="Hördes", achieved_en="It was heard",
    )  # fmt: skip
    position.steps.create(
        taken_on=date(2025, 3, 1), precision="month", level="regional", channel="meeting",
        text_sv="Enades", text_en="Agreed",
    )  # fmt: skip
    position.steps.create(
        taken_on=date(2025, 9, 17), level="eu", channel="network", text_sv="Lades fram",
        text_en="Presented", result_sv="Ett uttalande", result_en="A statement",
        network=network.commissions.get(), source_url="https://www.example.org/uttalande",
    )  # fmt: skip
    return position
