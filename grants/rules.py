from rules import add_perm, always_deny, predicate

from portal.core.rules import (
    is_administrator,
    is_officer,
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


@predicate
def is_not_applicant(user, application=None):
    """Nobody handles an application of their own."""
    return application is None or not is_applicant(user, application)


add_perm("grants", is_staff)
add_perm("grants.apply", is_signed_in)
add_perm("grants.edit_application", is_signed_in & is_applicant)
add_perm("grants.handle_application", is_officer & is_not_applicant)
add_perm("grants.publish_scheme", keeps_content)
add_perm("grants.publish_call", keeps_content)

model_rules("grants.scheme", "grants.call")
model_rules(
    "grants.criterion", "grants.requiredattachment", "grants.term", "grants.schemeperspective",
    delete=keeps_content,
)  # fmt: skip
model_rules("grants.schemebudget", add=is_administrator, change=is_administrator)
model_rules("grants.application", add=always_deny, change=always_deny)
model_rules("grants.applicationperspective", add=always_deny, change=always_deny)
model_rules("grants.assessment", add=always_deny, change=always_deny)
model_rules("grants.award", add=always_deny, change=always_deny)
model_rules("grants.awardperspective", add=always_deny, change=always_deny)
