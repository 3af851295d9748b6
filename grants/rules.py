from rules import Predicate, add_perm, always_deny, predicate

from portal.cases.rules import is_not_barred, may_meet
from portal.core.roles import Role
from portal.core.rules import (
    has_role,
    is_administrator,
    is_draft,
    is_officer,
    is_secretary,
    is_signed_in,
    is_staff,
    keeps_content,
    model_rules,
)


@predicate
def is_applicant(user, application=None):
    """The person who began the application, or a member of the organisation that applies."""
    if application is None:
        return False
    if application.applicant_id == user.pk:
        return True
    organisation = application.organisation
    return organisation is not None and organisation.members.filter(user=user).exists()


def has_joined_as(*roles: str) -> Predicate:
    """Invited to the application by whoever began it, and there now."""

    def holds(user, application=None):
        return (
            application is not None
            and application.coapplicants.filter(user=user, role__in=roles).exists()
        )

    return Predicate(holds, name=f"has_joined_as_{'_or_'.join(roles)}")


may_read = is_applicant | has_joined_as("read", "edit", "submit")


@predicate
def may_meet_its_case(user, application=None):
    """Nobody handles what they have a conflict of interest in, their own application least."""
    return application is None or is_not_barred(user, application.case)


@predicate
def may_handle_its_case(user, application=None):
    """And whoever is to assess it has declared no conflict of interest first."""
    return application is None or may_meet(user, application.case)


@predicate
def is_draft_call(user, call=None):
    return call is None or call.state == "draft"


@predicate
def is_not_proposer(user, budget=None):
    """Nobody confirms a budget of their own proposing."""
    return budget is None or budget.proposed_by_id != user.pk


@predicate
def may_assign_it(user, obj=None):
    """A call, or an application of it that the officer is not barred from."""
    return may_meet_its_case(user, obj if hasattr(obj, "case") else None)


@predicate
def is_cleared_for_it(user, assessment=None):
    """One's own, of an application assigned to one, after declaring no conflict of interest."""
    if assessment is None or assessment.assessor_id != user.pk:
        return False
    applications = type(assessment.application).objects.cleared_for(user)
    return applications.filter(pk=assessment.application_id).exists()


@predicate
def is_its_assessor(user, assignment=None):
    """And not barred from the case meanwhile."""
    if assignment is None or assignment.assessor_id != user.pk:
        return False
    return is_not_barred(user, assignment.application.case)


@predicate
def reads_its_assessments(user, application=None):
    """Officers of what they meet; assessors of what they have been cleared for."""
    if application is None:
        return is_officer.test(user)
    if is_officer.test(user):
        return type(application).objects.visible_to(user).filter(pk=application.pk).exists()
    return type(application).objects.cleared_for(user).filter(pk=application.pk).exists()


@predicate
def may_reopen(user, assessment=None):
    """Nobody reopens an assessment of their own."""
    if assessment is None:
        return True
    others = assessment.assessor_id != user.pk
    return others and may_meet_its_case(user, assessment.application)


@predicate
def may_handle_its_letter(user, letter=None):
    return letter is None or may_meet(user, letter.application.case)


reads_applications = is_officer | is_secretary
assesses = is_officer | (is_signed_in & has_role(Role.ASSESSOR))

add_perm("grants", is_staff)
add_perm("grants.apply", is_signed_in)
add_perm("grants.read_application", is_signed_in & may_read)
add_perm("grants.edit_application", is_signed_in & (is_applicant | has_joined_as("edit", "submit")))
add_perm("grants.submit_application", is_signed_in & (is_applicant | has_joined_as("submit")))
add_perm("grants.manage_coapplicants", is_signed_in & is_applicant)
add_perm("grants.discard_application", is_signed_in & is_applicant)
add_perm("grants.handle_application", is_officer & may_handle_its_case)
add_perm("grants.assign", is_officer & may_assign_it)
add_perm("grants.plan_packet", is_officer & may_assign_it)
add_perm("grants.be_assessor", assesses)
add_perm("grants.declare_assignment", assesses & is_its_assessor)
add_perm("grants.assess", assesses & is_cleared_for_it)
add_perm("grants.read_assessments", assesses & reads_its_assessments)
add_perm("grants.reopen_assessment", is_officer & may_reopen)
add_perm("grants.send_letter", is_officer & may_handle_its_letter)
add_perm("grants.publish_scheme", keeps_content)
add_perm("grants.publish_call", keeps_content)
add_perm("grants.propose_schemebudget", keeps_content)
add_perm("grants.confirm_schemebudget", is_administrator & is_not_proposer)

model_rules("grants.scheme", delete=keeps_content & is_draft)
model_rules("grants.call", delete=keeps_content & is_draft_call)
model_rules(
    "grants.criterion", "grants.eligibilityquestion", "grants.requiredattachment", "grants.term",
    "grants.instalment", "grants.schemeperspective",
    delete=keeps_content,
)  # fmt: skip
# What is added is a proposal; from then on its verbs change it.
model_rules("grants.schemebudget", change=always_deny)
model_rules(
    "grants.application", "grants.applicationperspective",
    view=reads_applications, add=always_deny, change=always_deny,
)  # fmt: skip
model_rules(
    "grants.assessment", "grants.score", "grants.assignment", "grants.callassessor",
    view=is_officer, add=always_deny, change=always_deny,
)  # fmt: skip
model_rules("grants.award", add=always_deny, change=always_deny)
model_rules("grants.awardperspective", add=always_deny, change=always_deny)
