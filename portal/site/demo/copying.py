"""The rows that follow from an application: selected and inserted inside the database.

The history of an award in bulk is mostly repetition (parties, proposal, decision, award, log).
Letting the database write it is several times faster than sending every row there.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, models
from django.db.models import ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject, Mod, Now, TruncDate

from agreements.models import Agreement
from grants.models import (
    Application,
    Assessment,
    Assignment,
    Award,
    AwardPerspective,
    SchemeBudget,
    Score,
)
from grants.workflow import AssessmentState
from portal.cases.models import CaseEvent, Party
from portal.committee.models import Decision, Proposal
from portal.committee.workflow import Outcome, ProposalState, Purpose, Route
from portal.core.models import User

REASONS = Value("Påhittat beslut: projektet bidrar till de perspektiv som det anger.")
ASSESSED = Value("Påhittad bedömning enligt stödformens kriterier.")
_PROPOSAL, _DECISION = "case__proposals", "case__proposals__decision"
_POINT = "call__scheme__delegation_point"


@dataclass(frozen=True)
class Actors:
    """Who does what in the invented histories."""

    applicant: User
    officer: User
    delegate: User
    secretary: User


def _after(days: int) -> ExpressionWrapper:
    """So many days after the application was handed in."""
    return ExpressionWrapper(F("submitted_at") + timedelta(days), models.DateTimeField())


# Applications come in during the last 18 days of a round: all of this is after its closing.
BEGUN, JUDGED, PROPOSED, DECIDED = _after(20), _after(30), _after(40), _after(49)


def copy_what_follows(applications: QuerySet[Application], actors: Actors) -> None:
    officer = Value(actors.officer.pk)
    _parties(applications)
    _assessments(applications, officer)
    _proposals(applications, officer)
    _decisions(applications, actors)
    _awards(applications)
    _tags(applications)
    _events(applications, officer)


def insert(model: type[models.Model], selected: QuerySet, **columns) -> None:
    """INSERT INTO the model's table, column by column, what is selected for each, in order."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    rows = selected.order_by("pk").values_list(*columns.values())
    select, params = rows.query.sql_with_params()
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) {select}"
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def _parties(applications) -> None:
    same = {"case_id": F("case_id"), "role": Value(Party.Role.APPLICANT), "email": Value("")}
    insert(Party, applications, **same, user_id=F("applicant_id"))
    for_organisations = applications.exclude(organisation=None)
    insert(Party, for_organisations, **same, organisation_id=F("organisation_id"))


def _assessments(applications, officer: Value) -> None:
    """One assessor each, with the same score for every criterion of the scheme."""
    same = {"application_id": F("pk"), "assessor_id": officer}
    insert(
        Assignment,
        applications,
        **same,
        assigned_by_id=officer,
        assigned_at=BEGUN,
        cleared_at=BEGUN,
    )
    sent = Value(AssessmentState.SENT)
    insert(Assessment, applications, **same, state=sent, sent_at=JUDGED, reopened_why=Value(""))
    insert(
        Score,
        applications,
        assessment_id=F("assessments__pk"),
        criterion_id=F("call__scheme__criteria__pk"),
        score=Value(4),
        justification=ASSESSED,
    )


def _proposals(applications, officer: Value) -> None:
    insert(
        Proposal,
        applications,
        case_id=F("case_id"),
        purpose=Value(Purpose.GRANT),
        state=Value(ProposalState.DECIDED),
        outcome=Value(Outcome.GRANTED),
        amount=F("amount"),
        conditions=Value(""),
        reasons=REASONS,
        delegation_point_id=F(f"{_POINT}_id"),
        proposed_by_id=officer,
        proposed_at=PROPOSED,
    )


def _decisions(applications, actors: Actors) -> None:
    same = {
        "proposal_id": F(f"{_PROPOSAL}__pk"),
        "outcome": Value(Outcome.GRANTED),
        "amount": F("amount"),
        "conditions": Value(""),
        "reasons": REASONS,
        "decided_on": TruncDate(DECIDED),
        "recorded_at": DECIDED,
        "line_id": F("call__scheme__line_id"),
        "country": F("partner__country"),
    }
    insert(
        Decision,
        applications.exclude(**{_POINT: None}),
        **same,
        route=Value(Route.DELEGATED),
        delegate_id=Value(actors.delegate.pk),
        delegation_point_id=F(f"{_POINT}_id"),
        recorded_by_id=Value(actors.delegate.pk),
    )
    insert(
        Decision,
        applications.filter(**{_POINT: None}),
        **same,
        route=Value(Route.MEETING),
        section=Mod(F("pk"), Value(300)) + 1,
        recorded_by_id=Value(actors.secretary.pk),
    )


def _awards(applications) -> None:
    budget = SchemeBudget.objects.filter(
        scheme=OuterRef("call__scheme"), year=OuterRef("call__budget_year")
    )
    served = Agreement.objects.filter(
        schemes=OuterRef("call__scheme"), partners=OuterRef("partner")
    ).in_force(OuterRef(f"{_DECISION}__decided_on"))
    insert(
        Award,
        applications,
        application_id=F("pk"),
        decision_id=F(f"{_DECISION}__pk"),
        scheme_id=F("call__scheme_id"),
        budget_id=Subquery(budget.values("pk")[:1]),
        agreement_id=Subquery(served.latest_first().values("pk")[:1]),
        **{name: F(name) for name in ("title", "summary", "amount", "starts_on", "ends_on")},
        **{name: F(name) for name in ("organisation_id", "partner_id")},
        country=F("partner__country"),
        decided_on=F(f"{_DECISION}__decided_on"),
        line_id=F("call__scheme__line_id"),
        updated_at=Now(),
    )


def _tags(applications) -> None:
    """The decision and the award take over the application's claims and the scheme's goals."""
    claims = applications.filter(tags__isnull=False)
    goals = applications.filter(call__scheme__goals__isnull=False)
    decision, award = F(f"{_DECISION}__pk"), F("award__pk")
    perspective, goal = F("tags__perspective_id"), F("call__scheme__goals__pk")
    of_decision, of_award = Decision.goals.through, Award.goals.through
    insert(
        AwardPerspective,
        claims,
        item_id=award,
        perspective_id=perspective,
        how=F("tags__how"),
        achieved=Value(""),
    )
    insert(Decision.perspectives.through, claims, decision_id=decision, perspective_id=perspective)
    insert(of_decision, goals, decision_id=decision, strategygoal_id=goal)
    insert(of_award, goals, award_id=award, strategygoal_id=goal)


def _events(applications, officer: Value) -> None:
    """What the verbs would have logged."""
    applicant, handed_in = F("applicant_id"), F("submitted_at")
    decider, decision = F(f"{_DECISION}__recorded_by_id"), F(f"{_DECISION}__pk")
    number = JSONObject(number="case__number")
    at_meeting, delegated = Q(**{_POINT: None}), ~Q(**{_POINT: None})
    outcome = JSONObject(decision=decision, outcome=Value(Outcome.GRANTED))
    proposal = JSONObject(proposal=f"{_PROPOSAL}__pk")
    given = {"assignment": "assignments__pk"}
    events = [
        ("started", applicant, handed_in, JSONObject(call="call_id"), Q()),
        ("registered", applicant, handed_in, number, Q()),
        ("submit", applicant, handed_in, number, Q()),
        ("begin_assessment", officer, BEGUN, JSONObject(officer=officer), Q()),
        ("assigned", officer, BEGUN, JSONObject(person=officer, **given), Q()),
        ("no_conflict", officer, BEGUN, JSONObject(**given), Q()),
        ("assessment_sent", officer, JUDGED, JSONObject(assessment="assessments__pk"), Q()),
        ("propose", officer, PROPOSED, proposal, Q()),
        ("be_decided", decider, DECIDED, outcome, Q()),
        ("decide_by_delegation", decider, DECIDED, JSONObject(decision=decision), delegated),
        ("record_meeting_decision", decider, DECIDED, JSONObject(decision=decision), at_meeting),
    ]
    for what, by, at, details, which in events:
        chosen = applications.filter(which)
        columns = {"what": Value(what), "by_id": by, "at": at, "details": details}
        insert(CaseEvent, chosen, case_id=F("case_id"), **columns)
