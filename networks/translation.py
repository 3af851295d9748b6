import simple_history
from modeltranslation.translator import TranslationOptions, register

from networks.models import Engagement, MemberCount, Network, NetworkPerspective, WorkingGroup


@register(Network)
class NetworkTranslation(TranslationOptions):
    fields = ("name", "about")


@register(NetworkPerspective)
class NetworkPerspectiveTranslation(TranslationOptions):
    fields = ("how", "achieved")


@register(WorkingGroup)
class WorkingGroupTranslation(TranslationOptions):
    fields = ("name",)


simple_history.register(Network, app="networks", excluded_fields=["updated_at"])
for model in (NetworkPerspective, WorkingGroup, MemberCount, Engagement):
    simple_history.register(model, app="networks")
