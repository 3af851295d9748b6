"""The rows that follow from others: selected and inserted inside the database.

An award's history is mostly repetition (parties, log, tags copied to decision and award). Letting
the database write it is several times faster than sending every row there.
"""

from datetime import timedelta

from django.db import connection, models
from django.db.models import ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from grants.models import Application, Assessment, Award, AwardPerspective
from portal.cases.models import CaseEvent, Party
from portal.committee.models import Decision
from portal.core.models import User

# The same paths from an application everywhere.
_DECISION = "case__proposals__decision"
_DELEGATED = Q(**{f"{_DECISION}__delegate__isnull": False})


def copy_what_follows(applications: QuerySet[Application], officer: User) -> None:
    _parties(applications)
    _assessments(applications, officer)
    _tags(applications)
    _events(applications, officer)


def insert(model: type[models.Model], columns: tuple[str, ...], selected: QuerySet) -> None:
    """INSERT INTO the model's table what a queryset of values selects, in that order."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    select, params = selected.order_by().query.sql_with_params()
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) {select}"
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def _parties(applications) -> None:
    role = Value(Party.Role.APPLICANT)
    for who in ("applicant", "organisation"):
        column = "user_id" if who == "applicant" else "organisation_id"
        chosen = applications.exclude(**{who: None})
        selected = chosen.values_list("case_id", role, Value(""), f"{who}_id")
        insert(Party, ("case_id", "role", "email", column), selected)


def _assessments(applications, officer: User) -> None:
    text = Value("Påhittad bedömning enligt stödformens kriterier.")
    selected = applications.values_list("pk", Value(officer.pk), Value(4), text, _after_closing(12))
    columns = ("application_id", "assessor_id", "score", "justification", "assessed_at")
    insert(Assessment, columns, selected)


def _tags(applications) -> None:
    """The decision and the award take over the application's claims and the scheme's goals."""
    claims = applications.filter(tags__isnull=False)
    goals = applications.filter(call__scheme__goals__isnull=False)
    insert(
        Decision.perspectives.through,
        ("decision_id", "perspective_id"),
        claims.values_list(f"{_DECISION}__pk", "tags__perspective_id"),
    )
    insert(
        AwardPerspective,
        ("item_id", "perspective_id", "how", "achieved"),
        claims.values_list("award__pk", "tags__perspective_id", "tags__how", Value("")),
    )
    for model, path in ((Decision, _DECISION), (Award, "award")):
        columns = (f"{model._meta.model_name}_id", "strategygoal_id")
        selected = goals.values_list(f"{path}__pk", "call__scheme__goals__pk")
        insert(model.goals.through, columns, selected)


def _events(applications, officer: User) -> None:
    """What the verbs would have logged."""
    applicant, by_officer = F("applicant_id"), Value(officer.pk)
    decider, decided = F(f"{_DECISION}__recorded_by_id"), F(f"{_DECISION}__recorded_at")
    handed_in, number = F("submitted_at"), JSONObject(number="case__number")
    decision = JSONObject(decision=f"{_DECISION}__pk")
    outcome = JSONObject(decision=f"{_DECISION}__pk", outcome=f"{_DECISION}__outcome")
    events = [
        ("started", applicant, handed_in, JSONObject(call="call_id"), Q()),
        ("registered", applicant, handed_in, number, Q()),
        ("submit", applicant, handed_in, number, Q()),
        ("begin_assessment", by_officer, _after_closing(5), JSONObject(officer=by_officer), Q()),
        ("assess", by_officer, _after_closing(12), JSONObject(), Q()),
        (
            "propose",
            by_officer,
            F("case__proposals__proposed_at"),
            JSONObject(proposal="case__proposals__pk"),
            Q(),
        ),
        ("be_decided", decider, decided, outcome, Q()),
        ("decide_by_delegation", decider, decided, decision, _DELEGATED),
        ("record_meeting_decision", decider, decided, decision, ~_DELEGATED),
    ]
    for what, by, at, details, which in events:
        selected = applications.filter(which).values_list("case_id", Value(what), by, at, details)
        insert(CaseEvent, ("case_id", "what", "by_id", "at", "details"), selected)


def _after_closing(days: int) -> ExpressionWrapper:
    later = F("call__closes_at") + timedelta(days=days)
    return ExpressionWrapper(later, models.DateTimeField())
