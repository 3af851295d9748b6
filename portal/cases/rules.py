from rules import add_perm, always_deny, predicate

from portal.core.rules import (
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
def is_not_party(user, case=None):
    """Nobody handles a case of their own, or of an organisation they belong to."""
    return case is None or not case.parties.of(user).exists()


reads_files = is_officer | is_secretary

add_perm("cases", is_staff)
add_perm("cases.handle_case", is_officer & is_not_party)
add_perm("cases.prepare_meeting", is_secretary & is_not_party)
add_perm("cases.read_log", (is_administrator | (is_officer & is_in_charge)) & is_not_party)
model_rules("cases.case", add=always_deny, change=is_officer)
model_rules("cases.party", view=reads_files, add=always_deny, change=always_deny)
model_rules("cases.caseevent", view=is_administrator, add=always_deny, change=always_deny)
model_rules("cases.document", view=reads_files, add=is_officer, change=is_officer)
