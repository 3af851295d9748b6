import simple_history
from modeltranslation.translator import TranslationOptions, register

from partners.models import (
    Interaction,
    Partner,
    PartnerCode,
    PartnerContact,
    PartnerExchange,
    PartnerPerspective,
    Theme,
)


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ("name",)


@register(Partner)
class PartnerTranslation(TranslationOptions):
    fields = ("name", "about", "source")


@register(PartnerPerspective)
class PartnerPerspectiveTranslation(TranslationOptions):
    fields = ("how", "achieved")


simple_history.register(
    Partner,
    app="partners",
    m2m_fields=[Partner.strengths.field, Partner.challenges.field],
    excluded_fields=["updated_at"],
)
for model in (
    Theme, PartnerPerspective, PartnerCode, PartnerExchange, PartnerContact, Interaction,
):  # fmt: skip
    simple_history.register(model, app="partners")
