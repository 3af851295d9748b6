import simple_history
from modeltranslation.translator import TranslationOptions, register

from agreements.models import (
    Agreement,
    AgreementParty,
    AgreementPerspective,
    AgreementVersion,
    Commitment,
    Exchange,
    Review,
    VersionText,
)


@register(Agreement)
class AgreementTranslation(TranslationOptions):
    fields = ("title", "about", "mandate", "source")


@register(AgreementPerspective)
class AgreementPerspectiveTranslation(TranslationOptions):
    fields = ("how", "achieved")


@register(AgreementVersion)
class AgreementVersionTranslation(TranslationOptions):
    fields = ("note",)


@register(Commitment)
class CommitmentTranslation(TranslationOptions):
    fields = ("text",)


@register(Exchange)
class ExchangeTranslation(TranslationOptions):
    fields = ("title",)


@register(Review)
class ReviewTranslation(TranslationOptions):
    fields = ("summary",)


simple_history.register(
    Agreement,
    app="agreements",
    m2m_fields=[Agreement.goals.field],
    excluded_fields=["updated_at"],
)
for model in (
    AgreementParty, AgreementPerspective, AgreementVersion, VersionText, Commitment, Exchange,
    Review,
):  # fmt: skip
    simple_history.register(model, app="agreements")
