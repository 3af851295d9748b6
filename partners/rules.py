from rules import add_perm

from portal.core.rules import is_staff, keeps_content, model_rules

add_perm("partners", is_staff)
add_perm("partners.publish_partner", keeps_content)
model_rules("partners.partner", "partners.theme")
model_rules(
    "partners.partnercode", "partners.partnerexchange", "partners.partnerperspective",
    "partners.partnercontact", delete=keeps_content,
)  # fmt: skip
