from rules import add_perm, always_deny, predicate

from portal.cases.rules import is_not_barred
from portal.core.rules import is_officer, is_staff, keeps_content, model_rules


@predicate
def is_open_for_terms(user, item=None):
    """Terms are written in draft and negotiation; before and after the decision they stand."""
    return item is None or getattr(item, "version", item).is_open_for_terms


@predicate
def may_meet_its_case(user, item=None):
    """Nobody handles an agreement that they have a conflict of interest in."""
    if item is None:
        return True
    agreement = getattr(item, "agreement", item)
    return is_not_barred(user, agreement.case)


@predicate
def is_noted(user, version=None):
    """What was signed without the portal may be mended: nobody has confirmed its terms here."""
    return version is None or version.is_noted


handles = is_officer & may_meet_its_case

add_perm("agreements", is_staff)
add_perm("agreements.publish_agreement", keeps_content & may_meet_its_case)
add_perm("agreements.negotiate_version", handles)
add_perm("agreements.correct_noted_version", handles & is_noted)
add_perm("agreements.keep_ledger", handles)
model_rules("agreements.agreement")
# Its terms stand once they are proposed; its note, and whether it is public, are no terms.
model_rules("agreements.agreementversion", add=is_officer, change=is_officer)
model_rules(
    "agreements.agreementparty", "agreements.agreementperspective", "agreements.versiontext",
    "agreements.commitmentwording", delete=keeps_content,
)  # fmt: skip
model_rules(
    "agreements.commitment", add=handles, change=handles, delete=handles & is_open_for_terms
)
model_rules("agreements.exchange", delete=keeps_content)
model_rules("agreements.review", add=handles, change=handles)
model_rules(
    "agreements.termssnapshot", "agreements.confirmation", "agreements.fulfilment",
    "agreements.reviewpart", "agreements.reviewtick", "agreements.reviewachievement",
    add=always_deny, change=always_deny,
)  # fmt: skip
