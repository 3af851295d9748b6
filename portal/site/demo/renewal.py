"""An invented renewal of an agreement that has expired: under negotiation, and marked so.

The agreement of the reference data is not touched: in public it stays expired.
"""

from datetime import date

from django.utils import timezone

from agreements.models import Agreement, AgreementVersion
from portal.cases.models import Case
from portal.core.models import Perspective
from portal.site.demo.people import Cast

SLUG = "creative-links-forlangning-pahittad"
RENEWED = "creative-links"

TITLE = {
    "sv": "Creative Links – förlängning (påhittat exempel)",
    "en": "Creative Links – renewal (invented example)",
}
ABOUT = {
    "sv": "Påhittat utkast till en förlängning av det avtal som löpte ut 2021.",
    "en": "An invented draft of a renewal of the agreement that expired in 2021.",
}
NOTE = {
    "sv": "Påhittad förlängning; har aldrig undertecknats.",
    "en": "An invented renewal; it has never been signed.",
}
TEXTS = {
    "sv": (
        "1. Parterna fortsätter det samarbete mellan konstnärer, institutioner och förvaltningar "
        "som började 2011. Det bygger på ömsesidighet och respekt.\n\n"
        "2. Varje part tar emot konstnärer från den andra för residens, och delar det den lär sig "
        "om kultur, hälsa och lokal utveckling.\n\n"
        "3. Vad var och en åtar sig står i bilagan. Varje part bär sina egna kostnader.\n\n"
        "4. Parterna ses en gång om året och skriver tillsammans hur det har gått.\n\n"
        "5. En part som vill avsluta samarbetet säger upp det skriftligen, senast angiven dag.\n\n"
        "Texten är påhittad för demonstrationen."
    ),
    "en": (
        "1. The parties continue the cooperation between artists, institutions and public bodies "
        "that began in 2011. It is built on mutuality and respect.\n\n"
        "2. Each party receives artists from the other for residencies, and shares what it learns "
        "about culture, health and local development.\n\n"
        "3. What each undertakes is set out in the annex. Each party bears its own costs.\n\n"
        "4. The parties meet once a year and write together how it has gone.\n\n"
        "5. A party that wishes to end the cooperation gives notice in writing, at the latest on "
        "the day stated.\n\n"
        "The text is invented for the demonstration."
    ),
}
# Ours or not, form, how often, months from the signing, perspective; then the texts.
COMMITMENTS = (
    (
        (True, "artists", "yearly", 12, "invanare"),
        "Ta emot två konstnärer från nordöstra England för residens varje år.",
        "Receive two artists from North East England for residencies every year.",
    ),
    (
        (True, "knowledge", "once", 18, "kunskap"),
        "Hålla ett seminarium om kultur och hälsa i Göteborg.",
        "Hold a seminar on culture and health in Gothenburg.",
    ),
    (
        (False, "artists", "yearly", 12, "invanare"),
        "Ta emot två konstnärer från Västra Götaland för residens varje år.",
        "Receive two artists from Västra Götaland for residencies every year.",
    ),
    (
        (False, "training", "once", 24, "utveckling"),
        "Ordna praktik vid två museer för unga kulturarbetare.",
        "Arrange placements at two museums for young people who work in culture.",
    ),
)


def _both(name: str, texts: dict[str, str]) -> dict[str, str]:
    return {f"{name}_{language}": text for language, text in texts.items()}


def make_renewal(cast: Cast, at) -> bool:
    """Returns whether it was made now."""
    expired = Agreement.objects.filter(slug=RENEWED).first()
    if expired is None or Agreement.objects.filter(slug=SLUG).exists():
        return False
    officer = cast.users["handlaggare"]
    renewal = _agreement(expired, officer, at)
    for party in expired.parties.select_related("partner"):
        renewal.parties.create(partner=party.partner, language=party.language, **_signatory(party))
    version = _version(renewal, timezone.localdate(at))
    version.negotiate(by=officer, at=at)
    return True


def _agreement(expired: Agreement, officer, at) -> Agreement:
    renewal = Agreement.objects.create(
        slug=SLUG,
        case=Case.objects.begin(Case.Kind.AGREEMENT, TITLE["sv"], by=officer, at=at),
        kind=expired.kind,
        line=expired.line,
        invented=True,
        **{name: getattr(expired, name) for name in ("mandate_sv", "mandate_en")},
        **_both("title", TITLE),
        **_both("about", ABOUT),
    )
    renewal.goals.set(expired.goals.all())
    for tag in expired.tags.all():
        how = {name: getattr(tag, name) for name in ("how_sv", "how_en")}
        renewal.tags.create(perspective=tag.perspective, **how)
    return renewal


def _signatory(party) -> dict[str, str]:
    name = "Kajsa Påhittad" if party.is_ours else "Ida Invented"
    return {"signatory": name, "email": f"{name.split()[0].lower()}@example.org"}


def _version(renewal: Agreement, day: date) -> AgreementVersion:
    version = renewal.versions.create(
        kind=AgreementVersion.Kind.RENEWAL,
        valid_until=date(day.year + 3, 12, 31),
        notice_on=date(day.year + 3, 6, 30),
        review_month=10,
        **_both("note", NOTE),
    )
    for language, body in TEXTS.items():
        version.texts.create(language=language, title=TITLE[language], body=body)
    perspectives = {one.slug: one for one in Perspective.objects.all()}
    sides = {party.is_ours: party for party in renewal.parties.select_related("partner")}
    for (ours, form, rhythm, months, slug), text_sv, text_en in COMMITMENTS:
        commitment = version.commitments.create(
            agreement=renewal,
            party=sides[ours],
            exchange=form,
            rhythm=rhythm,
            due_on=date(day.year + 1 + months // 12, 6, 30),
            text_sv=text_sv,
            text_en=text_en,
            is_public=True,
            invented=True,
        )
        commitment.perspectives.set([perspectives[slug]])
    return version
