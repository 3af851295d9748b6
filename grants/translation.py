import simple_history
from modeltranslation.translator import TranslationOptions, register

from grants.models import (
    Call,
    CallAssessor,
    Criterion,
    EligibilityQuestion,
    Instalment,
    Question,
    RequiredAttachment,
    Scheme,
    SchemeBudget,
    SchemePerspective,
    Section,
    Term,
)


@register(Scheme)
class SchemeTranslation(TranslationOptions):
    fields = ("title", "about", "assessed_by", "source")


@register(SchemePerspective)
class SchemePerspectiveTranslation(TranslationOptions):
    fields = ("how", "achieved")


@register([Criterion, RequiredAttachment])
class NamedTranslation(TranslationOptions):
    fields = ("name",)


@register(Term)
class TermTranslation(TranslationOptions):
    fields = ("text",)


@register(EligibilityQuestion)
class EligibilityTranslation(TranslationOptions):
    fields = ("text", "why_not")


@register(Section)
class SectionTranslation(TranslationOptions):
    fields = ("title", "help")


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("text", "help")


@register(Call)
class CallTranslation(TranslationOptions):
    fields = ("name", "text")


simple_history.register(
    Scheme,
    app="grants",
    m2m_fields=[Scheme.goals.field, Scheme.agreements.field],
    excluded_fields=["updated_at"],
)
simple_history.register(Call, app="grants", excluded_fields=["updated_at"])
for model in (
    CallAssessor,
    SchemePerspective,
    Criterion,
    EligibilityQuestion,
    Instalment,
    RequiredAttachment,
    Term,
    SchemeBudget,
):
    simple_history.register(model, app="grants")
