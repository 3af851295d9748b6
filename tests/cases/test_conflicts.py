"""Conflicts of interest: declared, recorded, settled, and those that need no row."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from grants.models import Application, Assessment, CoApplicant
from portal.cases.models import Case, Conflict, Message
from portal.committee.models import Decision, Proposal
from portal.core.models import Mail
from portal.core.roles import Role
from portal.core.workflow import WrongState
from tests.conftest import complete, give_second_factor, make_user

SETTLED = "KUN 2026-10-01 § 12"


@pytest.fixture
def case(submitted):
    return submitted.case


@pytest.fixture
def declaration(case):
    return reverse("declare_conflict", args=[case.pk])


@pytest.fixture
def colleague(db):
    return make_user("second@example.org", Role.OFFICER, staff=True)


@pytest.fixture
def other_administrator(db):
    return make_user("admin2@example.org", Role.ADMINISTRATOR, staff=True)


@pytest.fixture
def recorded(case, officer, administrator, now):
    return Conflict.objects.record(
        case, user=officer, ground="interest", reference=SETTLED, by=administrator, at=now
    )


def meets(user, case) -> bool:
    """Every way to the case agrees."""
    ways = {
        Case.objects.visible_to(user).filter(pk=case.pk).exists(),
        Case.objects.open_to(user).filter(pk=case.pk).exists(),
        Application.objects.visible_to(user).filter(case=case).exists(),
        user.has_perm("cases.handle_case", case),
        user.has_perm("grants.handle_application", case.application),
    }
    assert len(ways) == 1, ways
    return ways.pop()


def logged(case, what):
    return list(case.events.filter(what=what).values_list("by", "details"))


# --- Declared -------------------------------------------------------------------------------------


def test_whoever_declares_meets_the_case_no_more(sign_in, officer, case, declaration):
    client, given = sign_in(officer), {"ground": "interest", "note": "Min systers förening"}
    assert client.get(declaration).status_code == 200
    assert client.post(declaration, {"ground": "none"}).status_code == 422
    assert meets(officer, case)
    answer = client.post(declaration, given)
    assert (answer.status_code, answer.url) == (302, reverse("workroom"))
    assert not meets(officer, case)
    assert [client.get(declaration).status_code, client.post(declaration, given).status_code] == [
        404,
        404,
    ]
    log = {"person": officer.pk, "ground": "interest"}
    assert logged(case, "barred") == [(officer.pk, log)]


def test_the_same_declared_again_changes_nothing(officer, case, now):
    first, again = (
        Conflict.objects.declare(case, ground=ground, by=officer, at=now)
        for ground in ("interest", "other")
    )
    assert (first, again.ground, len(logged(case, "barred"))) == (again, "interest", 1)


def test_secretaries_and_administrators_declare_too(
    sign_in, secretary, administrator, case, declaration
):
    """An administrator reads the register and the log: that, too, is closed."""
    log = reverse("admin:cases_case_history", args=[case.pk])
    assert sign_in(administrator).get(log).status_code == 200
    for user in (secretary, administrator):
        assert sign_in(user).post(declaration, {"ground": "other"}).status_code == 302
        assert not Case.objects.visible_to(user).exists()
    assert sign_in(administrator).get(log).status_code == 404


def test_who_handles_no_cases_declares_nothing(sign_in, applicant, member, case, declaration, now):
    assert sign_in(applicant).post(declaration, {"ground": "other"}).status_code == 403
    assert sign_in(member).post(declaration, {"ground": "other"}).status_code == 404
    with pytest.raises(PermissionDenied):
        Conflict.objects.declare(case, ground="other", by=applicant, at=now)
    assert not Conflict.objects.exists()


# --- Recorded by an administrator -----------------------------------------------------------------


def test_an_administrator_records_how_a_disputed_one_was_settled(
    sign_in, administrator, officer, case
):
    client, page = sign_in(administrator), reverse("admin:cases_conflict_add")
    given = {"number": case.number, "email": officer.email, "ground": "agent"}
    assert client.post(page, {**given, "reference": " "}).status_code == 200
    assert client.post(page, {**given, "number": "KUN 1999-1", "reference": "-"}).status_code == 200
    assert meets(officer, case)
    assert client.post(page, {**given, "reference": SETTLED}).status_code == 302
    assert not meets(officer, case)
    log = {"person": officer.pk, "ground": "agent"}
    assert logged(case, "barred") == [(administrator.pk, log)]
    again = client.post(page, {**given, "reference": SETTLED})
    assert list(again.context["adminform"].form.errors) == ["email"]
    assert Conflict.objects.count() == 1


def test_nobody_records_their_own_and_only_administrators_another_s(
    recorded, administrator, other_administrator, colleague, officer, case, now
):
    def record(by, user, reference=SETTLED):
        return Conflict.objects.record(
            case, user=user, ground="other", reference=reference, by=by, at=now
        )

    for by, user in ((administrator, administrator), (colleague, administrator)):
        with pytest.raises(PermissionDenied):
            record(by, user)
    for user, reference in ((officer, SETTLED), (colleague, " ")):
        with pytest.raises(ValidationError):
            record(administrator, user, reference)
    Conflict.objects.declare(case, ground="other", by=administrator, at=now)
    with pytest.raises(PermissionDenied):
        record(administrator, colleague)
    assert record(other_administrator, colleague).user == colleague


# --- Settled --------------------------------------------------------------------------------------


def test_a_settlement_lets_the_person_in_again(
    sign_in, recorded, administrator, officer, case, now
):
    client = sign_in(administrator)
    page = reverse("admin:cases_conflict_verb", args=[recorded.pk, "lift"])
    assert client.post(page, {"reference": " "}).status_code == 200
    assert not meets(officer, case)
    assert client.post(page, {"reference": "Förvaltningschefen 2026-10-02"}).status_code == 302
    assert meets(officer, case)
    assert logged(case, "lift") == [(administrator.pk, {"person": officer.pk})]
    with pytest.raises(WrongState):
        recorded.lift(by=administrator, at=now, reference=SETTLED)
    Conflict.objects.declare(case, ground="other", by=officer, at=now)
    assert not meets(officer, case)


def test_neither_the_person_nor_a_barred_administrator_settles_it(
    sign_in, case, administrator, other_administrator, officer, now
):
    own = Conflict.objects.declare(case, ground="other", by=administrator, at=now)
    page = reverse("admin:cases_conflict_verb", args=[own.pk, "lift"])
    assert sign_in(administrator).post(page, {"reference": SETTLED}).status_code == 404
    Conflict.objects.declare(case, ground="other", by=other_administrator, at=now)
    for by in (administrator, other_administrator, officer):
        with pytest.raises(PermissionDenied):
            own.lift(by=by, at=now, reference=SETTLED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Conflict.objects.filter(pk=own.pk).update(
            state="lifted", lifted_by=administrator, lifted_at=now, reference=SETTLED
        )


# --- Without a row --------------------------------------------------------------------------------


def give_a_desk(user):
    """The person handles cases from now on."""
    user.is_staff = True
    user.save()
    user.groups.set(Group.objects.filter(name=Role.OFFICER))
    give_second_factor(user)
    user.__dict__.pop("_standing", None)


def test_parties_are_barred_and_keep_their_own_view(
    sign_in, draft, applicant, other_applicant, now
):
    invited = CoApplicant.objects.invite(draft, other_applicant.email, "read", by=applicant, at=now)
    draft.submit(by=applicant, at=now)
    give_a_desk(applicant)
    give_a_desk(other_applicant)
    barred = Case.objects.barring
    assert (list(barred(applicant)), list(barred(other_applicant))) == ([draft.case], [])
    invited.accept(by=other_applicant, at=now)
    for user in (applicant, other_applicant):
        assert list(barred(user)) == [draft.case]
        assert not user.has_perm("cases.handle_case", draft.case)
        client = sign_in(user)
        assert client.get(draft.get_absolute_url()).status_code == 200
        admin = reverse("admin:grants_application_change", args=[draft.pk])
        assert client.get(admin).status_code == 404
    assert draft.title in sign_in(applicant).get("/mina-sidor/").content.decode()


def test_the_bar_of_a_party_cannot_be_lifted(draft, applicant, administrator, now):
    draft.submit(by=applicant, at=now)
    give_a_desk(applicant)
    conflict = Conflict.objects.declare(draft.case, ground="interest", by=applicant, at=now)
    conflict.lift(by=administrator, at=now, reference=SETTLED)
    assert list(Case.objects.barring(applicant)) == [draft.case]


def test_a_member_is_barred_from_the_instant_of_joining(
    call, applicant, officer, organisation, partner, perspectives, now
):
    theirs = Application.objects.start(call=call, by=applicant, at=now, organisation=organisation)
    theirs.edit(by=applicant, at=now, content=complete(partner, perspectives[0]))
    theirs.submit(by=applicant, at=now)
    assert meets(officer, theirs.case)
    member = organisation.members.create(user=officer, role="member", since=date(2026, 1, 1))
    assert not Application.objects.visible_to(officer).exists()
    assert not officer.has_perm("cases.handle_case", theirs.case)
    member.delete()
    assert meets(officer, theirs.case)


def test_a_partners_contacts_are_parties_once_each(
    draft, partner, applicant, officer, colleague, now
):
    """Of the application and of the catalogue; what is completed adds those that are new."""
    partner.contacts.create(name="Jonas", email="OFFICER@example.org")
    partner.contacts.create(name="Ona", email="")
    rows = [
        {"partner": partner.pk, "role": "Värd", "gives": "-", "gets": "-"},
        {"name": "Teatras", "country": "LT", "role": "-", "gives": "-", "gets": "-",
         "email": "Teatras@example.org"},
    ]  # fmt: skip
    draft.edit(by=applicant, at=now, content={"partners": rows})
    draft.submit(by=applicant, at=now)
    counterparts = draft.case.parties.filter(role="counterpart").order_by("email")
    assert [party.email for party in counterparts] == ["officer@example.org", "teatras@example.org"]
    assert not meets(officer, draft.case)
    assert meets(colleague, draft.case)
    partner.contacts.create(name="Rasa", email=colleague.email)
    draft.request_completion(
        by=colleague, at=now, fields=["summary"], text="Mer", due_on=call_day(draft)
    )
    draft.complete(by=applicant, at=now)
    assert counterparts.all().count() == 3
    assert not meets(colleague, draft.case)


def call_day(draft):
    return draft.call.closes_at.date()


# --- What the barred are not written to about -----------------------------------------------------


def test_a_barred_officer_gets_no_mail_about_the_case(case, officer, colleague, applicant, now):
    """Neither as the case's officer nor as who asked for a completion: a colleague does."""
    application = case.application
    application.begin_assessment(by=officer, at=now)
    application.request_completion(
        by=officer, at=now, fields=["summary"], text="Mer", due_on=call_day(application)
    )
    Conflict.objects.declare(case, ground="other", by=officer, at=now)
    Mail.objects.all().delete()
    application.complete(by=applicant, at=now)
    Message.objects.send(Case.objects.get(), "Hej", by=applicant, at=now)
    assert [mail.to for mail in Mail.objects.all()] == [colleague.email] * 2


# --- The database itself --------------------------------------------------------------------------


def test_the_database_takes_no_assessment_and_no_delegated_decision_of_the_barred(
    proposed, officer, colleague, administrator, delegation_point, now
):
    def assess(person):
        Assessment.objects.create(application=proposed, assessor=person)

    def decide(person):
        Decision.objects.create(
            proposal=Proposal.objects.get(), route="delegated", outcome="rejected", reasons="-",
            decided_on=now.date(), delegate=person, delegation_point=delegation_point,
            recorded_by=person, recorded_at=now,
        )  # fmt: skip

    declared = Conflict.objects.declare(proposed.case, ground="other", by=colleague, at=now)
    Conflict.objects.declare(proposed.case, ground="other", by=officer, at=now)
    for act in (assess, decide):
        with pytest.raises(DatabaseError, match="is_not_barred"), transaction.atomic():
            act(colleague)
    with pytest.raises(DatabaseError, match="is_not_barred"), transaction.atomic():
        proposed.assessments.filter(assessor=officer).update(assessor=officer)
    declared.lift(by=administrator, at=now, reference=SETTLED)
    assess(colleague)
    decide(colleague)
