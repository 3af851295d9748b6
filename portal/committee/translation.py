import simple_history
from modeltranslation.translator import TranslationOptions, register

from portal.committee.models import DelegationPoint, Meeting, RoleCeiling, Seat


@register(DelegationPoint)
class DelegationPointTranslation(TranslationOptions):
    fields = ("name",)


simple_history.register(
    DelegationPoint, app="portal.committee", m2m_fields=[DelegationPoint.delegates.field]
)
simple_history.register(Meeting, app="portal.committee", excluded_fields=["updated_at"])
simple_history.register(RoleCeiling, app="portal.committee")
simple_history.register(Seat, app="portal.committee")
