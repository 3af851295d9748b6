import simple_history
from modeltranslation.translator import TranslationOptions, register

from portal.core.models import (
    EuMembership,
    LineOfWork,
    Municipality,
    Organisation,
    OrganisationMember,
    Perspective,
    StrategyGoal,
)


@register(Perspective)
class PerspectiveTranslation(TranslationOptions):
    fields = ("name", "purpose")


@register([StrategyGoal, LineOfWork])
class StrategyTextTranslation(TranslationOptions):
    fields = ("name", "text")


# History is registered after translation: otherwise it would miss the language columns.
for model in (
    Perspective,
    StrategyGoal,
    LineOfWork,
    Municipality,
    EuMembership,
    Organisation,
    OrganisationMember,
):
    simple_history.register(model, app="portal.core")
