from rules import add_perm

from portal.core.rules import is_draft, is_staff, keeps_content, model_rules

add_perm("partners", is_staff)
add_perm("partners.publish_partner", keeps_content)
model_rules("partners.partner", delete=keeps_content & is_draft)
model_rules("partners.theme")
model_rules(
    "partners.partnercode", "partners.partnerexchange", "partners.partnerperspective",
    "partners.partnercontact", "partners.interaction", delete=keeps_content,
)  # fmt: skip
