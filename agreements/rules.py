from rules import add_perm

from portal.core.rules import is_staff, keeps_content, model_rules

add_perm("agreements", is_staff)
add_perm("agreements.publish_agreement", keeps_content)
model_rules("agreements.agreement")
model_rules(
    "agreements.agreementparty", "agreements.agreementversion", "agreements.agreementperspective",
    delete=keeps_content,
)  # fmt: skip
