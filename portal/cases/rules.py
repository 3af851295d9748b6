from rules import add_perm, always_deny

from portal.core.rules import is_administrator, is_officer, is_staff, model_rules

add_perm("cases", is_staff)
model_rules("cases.case", add=always_deny, change=is_officer)
model_rules("cases.party", add=always_deny, change=always_deny)
model_rules("cases.caseevent", add=always_deny, change=always_deny, view=is_administrator)
model_rules("cases.document", add=is_officer, change=is_officer)
