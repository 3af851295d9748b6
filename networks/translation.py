import simple_history
from modeltranslation.translator import TranslationOptions, register

from networks.models import (
    Briefing,
    Engagement,
    FollowUpTask,
    MemberCount,
    Membership,
    MembershipFee,
    Network,
    NetworkMeeting,
    NetworkPerspective,
    Observation,
    Participation,
    Position,
    PositionPerspective,
    PositionStep,
    Representative,
    WorkingGroup,
)


@register(Network)
class NetworkTranslation(TranslationOptions):
    fields = ("name", "about", "source")


@register(NetworkPerspective)
class NetworkPerspectiveTranslation(TranslationOptions):
    fields = ("how", "achieved")


@register(WorkingGroup)
class WorkingGroupTranslation(TranslationOptions):
    fields = ("name",)


@register(NetworkMeeting)
class NetworkMeetingTranslation(TranslationOptions):
    fields = ("title", "report")


@register(Position)
class PositionTranslation(TranslationOptions):
    fields = ("title", "question", "aim", "outcome")


@register(PositionPerspective)
class PositionPerspectiveTranslation(TranslationOptions):
    fields = ("how", "achieved")


@register(PositionStep)
class PositionStepTranslation(TranslationOptions):
    fields = ("text", "result")


@register(Observation)
class ObservationTranslation(TranslationOptions):
    fields = ("title", "summary", "why")


@register(Briefing)
class BriefingTranslation(TranslationOptions):
    fields = ("title", "intro")


for model in (Network, Membership, Position, Briefing):
    simple_history.register(model, app="networks", excluded_fields=["updated_at"])
for kept in (
    NetworkPerspective, WorkingGroup, MemberCount, Participation, Engagement, MembershipFee,
    Representative, NetworkMeeting, FollowUpTask, PositionPerspective, PositionStep, Observation,
):  # fmt: skip
    simple_history.register(kept, app="networks")
