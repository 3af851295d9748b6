import simple_history
from modeltranslation.translator import TranslationOptions, register

from agreements.models import Agreement, AgreementPerspective, AgreementVersion


@register(Agreement)
class AgreementTranslation(TranslationOptions):
    fields = ("title", "about", "mandate")


@register(AgreementPerspective)
class AgreementPerspectiveTranslation(TranslationOptions):
    fields = ("how", "achieved")


@register(AgreementVersion)
class AgreementVersionTranslation(TranslationOptions):
    fields = ("note",)


simple_history.register(
    Agreement,
    app="agreements",
    m2m_fields=[Agreement.goals.field],
    excluded_fields=["updated_at"],
)
for model in (AgreementPerspective, AgreementVersion):
    simple_history.register(model, app="agreements")
