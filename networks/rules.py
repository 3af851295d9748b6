from rules import add_perm, always_deny

from portal.core.rules import (
    is_administrator,
    is_draft,
    is_officer,
    is_staff,
    keeps_content,
    model_rules,
)

add_perm("networks", is_staff)
add_perm("networks.publish_network", keeps_content)
add_perm("networks.propose_engagement", is_officer)
add_perm("networks.keep_position", keeps_content)
add_perm("networks.publish_position", keeps_content)
add_perm("networks.publish_briefing", keeps_content)
model_rules("networks.network", "networks.engagement", "networks.membership")
model_rules(
    "networks.workinggroup", "networks.networkperspective", "networks.membercount",
    "networks.participation", "networks.membershipfee", "networks.representative",
    "networks.networkmeeting", "networks.followuptask", "networks.positionperspective",
    "networks.positionstep", "networks.observation", "networks.briefingitem",
    delete=keeps_content,
)  # fmt: skip
model_rules("networks.position", "networks.briefing", delete=keeps_content & is_draft)
model_rules(
    "networks.subscriber", view=is_administrator, add=always_deny, change=always_deny,
    delete=is_administrator,
)  # fmt: skip
