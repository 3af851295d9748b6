"""Who may do what with what core holds, and the predicates every app's rules are made of.

Permission names follow Django's: `app.verb_model`. They are asked with `user.has_perm(name, obj)`,
from pages, admin and API alike; anything not named in a rules.py is refused.
"""

from rules import Predicate, add_perm, always_deny, predicate

from portal.core.roles import STAFF_ROLES, Role


def has_role(role: Role) -> Predicate:
    """A staff role is in effect for those who have a second factor."""

    def holds(user) -> bool:
        if not user.is_authenticated or role not in user.roles:
            return False
        return role not in STAFF_ROLES or user.has_second_factor

    return Predicate(holds, name=f"is_{role}")


@predicate
def is_signed_in(user):
    return user.is_authenticated and user.is_active


@predicate
def is_another_person(user, person=None):
    """Nobody changes their own account's roles."""
    return person is None or user != person


@predicate
def is_draft(user, item=None):
    """Only what the public cannot see may be removed."""
    return item is None or not item.is_public


is_officer = is_signed_in & has_role(Role.OFFICER)
is_secretary = is_signed_in & has_role(Role.SECRETARY)
is_administrator = is_signed_in & has_role(Role.ADMINISTRATOR)
keeps_content = is_officer | is_administrator
is_staff = keeps_content | is_secretary


def model_rules(
    *models: str, view=is_staff, add=keeps_content, change=keeps_content, delete=always_deny
):
    """Register Django's four model permissions for each `app.model`."""
    for model in models:
        app, name = model.split(".")
        for action, rule in {"view": view, "add": add, "change": change, "delete": delete}.items():
            add_perm(f"{app}.{action}_{name}", rule)


add_perm("core", is_staff)
model_rules(
    "core.perspective", "core.strategygoal", "core.lineofwork", "core.municipality",
    "core.eumembership", add=is_administrator, change=is_administrator,
)  # fmt: skip
model_rules("core.organisation")
model_rules("core.organisationmember", delete=keeps_content)
model_rules(
    "core.user",
    view=is_administrator,
    add=is_administrator,
    change=is_administrator & is_another_person,
)
model_rules("core.mail", view=is_administrator, add=always_deny, change=always_deny)
model_rules(
    "core.apitoken", view=is_administrator, add=always_deny, change=always_deny,
    delete=is_administrator,
)  # fmt: skip
