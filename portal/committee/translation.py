import simple_history
from modeltranslation.translator import TranslationOptions, register

from portal.committee.models import DelegationPoint


@register(DelegationPoint)
class DelegationPointTranslation(TranslationOptions):
    fields = ("name",)


simple_history.register(
    DelegationPoint, app="portal.committee", m2m_fields=[DelegationPoint.delegates.field]
)
