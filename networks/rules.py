from rules import add_perm

from portal.core.rules import is_staff, keeps_content, model_rules

add_perm("networks", is_staff)
add_perm("networks.publish_network", keeps_content)
model_rules("networks.network", "networks.engagement")
model_rules(
    "networks.workinggroup", "networks.networkperspective", "networks.membercount",
    delete=keeps_content,
)  # fmt: skip
