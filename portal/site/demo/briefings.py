"""Invented observations and the briefings they are gathered into; marked so."""

from datetime import timedelta

from django.utils import timezone

from networks.models import Briefing, Network, Observation
from portal.core.models import Perspective, User

SLUG = "omvarldsbrev-pahittat"

# kind, level, source, days ago, days left, relevance, perspectives, network; then the texts.
OBSERVATIONS = (
    (
        ("consultation", "eu", "Påhittad källa", 12, 40, 3, ("paverkan", "kunskap"), "CPMR"),
        {
            "title_sv": "Samråd om kulturens plats i sammanhållningspolitiken",
            "title_en": "Consultation on culture's place in cohesion policy",
            "summary_sv": "Regioner får svara på hur kultur ska kunna få stöd efter 2027.",
            "summary_en": "Regions may say how culture should be able to get support after 2027.",
            "why_sv": "Våra samarbeten med partnerregioner har fått sådant stöd.",
            "why_en": "Our cooperation with partner regions has had such support.",
        },
    ),
    (
        ("call", "nordic", "Påhittad källa", 9, 60, 2, ("invanare", "utveckling"), None),
        {
            "title_sv": "Utlysning för residens mellan nordiska regioner",
            "title_en": "Call for residencies between Nordic regions",
            "summary_sv": "Konstnärer kan söka för att arbeta tre månader i en annan region.",
            "summary_en": "Artists can apply to work for three months in another region.",
            "why_sv": "Passar dem som har fått våra resestipendier.",
            "why_en": "It suits those who have had our travel grants.",
        },
    ),
    (
        ("legislation", "national", "Påhittad källa", 4, None, 2, ("kunskap",), None),
        {
            "title_sv": "Utredning om enklare visering för artister på turné",
            "title_en": "Inquiry into simpler visas for artists on tour",
            "summary_sv": "En utredare ska föreslå kortare handläggning för korta framträdanden.",
            "summary_en": "An inquiry is to propose shorter handling for short performances.",
            "why_sv": "Gästspel från partner utanför EU har fallit på visum.",
            "why_en": "Guest performances from partners outside the EU have failed on visas.",
        },
    ),
)


def make_briefing(at) -> bool:
    """One published briefing of three observations; returns whether it was made now."""
    editor = User.objects.filter(email="handlaggare@example.org").first()
    if editor is None or Briefing.objects.filter(slug=SLUG).exists():
        return False
    briefing = Briefing.objects.create(
        slug=SLUG,
        title_sv="Omvärldsbrev (påhittat exempel)",
        title_en="Briefing (invented example)",
        intro_sv="Tre händelser som rör det internationella kulturarbetet. Allt är påhittat.",
        intro_en="Three events that concern international work in culture. All is invented.",
        invented=True,
    )
    for order, (facts, texts) in enumerate(OBSERVATIONS, 1):
        observation = _observe(facts, texts, editor, timezone.localdate(at))
        briefing.items.create(observation=observation, order=order)
    briefing.publish(by=editor, at=at - timedelta(days=2))
    return True


def _observe(facts: tuple, texts: dict, editor: User, today) -> Observation:
    kind, level, source, ago, left, relevance, perspectives, network = facts
    observation = Observation.objects.create(
        kind=kind,
        level=level,
        source=source,
        observed_on=today - timedelta(days=ago),
        deadline=today + timedelta(days=left) if left else None,
        relevance=relevance,
        network=Network.objects.filter(acronym=network).first(),
        noted_by=editor,
        **texts,
    )
    observation.perspectives.set(Perspective.objects.filter(slug__in=perspectives))
    return observation
