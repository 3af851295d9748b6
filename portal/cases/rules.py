from rules import add_perm, always_deny, predicate

from portal.core.roles import Role
from portal.core.rules import (
    has_role,
    is_administrator,
    is_officer,
    is_secretary,
    is_staff,
    model_rules,
)


@predicate
def is_in_charge(user, case=None):
    """The case's own officer."""
    return case is not None and case.officer_id == user.pk


@predicate
def is_not_barred(user, case=None):
    """The one deny rule: nobody handles a case that they have a conflict of interest in."""
    return case is None or not type(case).objects.barring(user).filter(pk=case.pk).exists()


@predicate
def may_meet(user, case=None):
    """Not barred; and whoever is asked to read a case says first that they have no conflict."""
    if case is None:
        return True
    cases = type(case).objects.filter(pk=case.pk)
    return cases.not_barring(user).declared_by(user).exists()


@predicate
def is_another_persons(user, conflict=None):
    """Nobody settles a conflict of their own."""
    return conflict is None or conflict.user_id != user.pk


@predicate
def may_settle(user, conflict=None):
    return conflict is None or is_not_barred(user, conflict.case)


reads_files = is_officer | is_secretary

add_perm("cases", is_staff)
add_perm("cases.handle_case", is_officer & may_meet)
add_perm("cases.prepare_meeting", is_secretary & is_not_barred)
add_perm(
    "cases.read_log",
    (is_administrator | (is_officer & is_in_charge)) & may_meet,
)
add_perm("cases.declare_conflict", is_staff | has_role(Role.MEMBER) | has_role(Role.ASSESSOR))
add_perm("cases.record_conflict", is_administrator & is_not_barred)
add_perm("cases.settle_conflict", is_administrator & is_another_persons & may_settle)
model_rules("cases.conflict", view=is_administrator, add=is_administrator, change=always_deny)
model_rules("cases.case", add=always_deny, change=is_officer)
model_rules("cases.party", view=reads_files, add=always_deny, change=always_deny)
model_rules("cases.caseevent", view=is_administrator, add=always_deny, change=always_deny)
model_rules("cases.document", view=reads_files, add=is_officer, change=is_officer)
