"""Invented commitments, exchanges and a closed joint review of a real agreement, marked so.

The agreement's own facts are not touched: the numbers and texts here are made up to show what the
ledger is for.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from agreements.models import Agreement, AgreementParty, Commitment, Exchange, Review
from portal.cases.models import Invitation
from portal.core.models import Perspective
from portal.site.demo.people import Cast

SLUG = "vilnius-2014"


@dataclass(frozen=True)
class Pledge:
    """A commitment; years count back from today's: 0 is this year, -1 the next."""

    text_sv: str
    text_en: str
    serves: tuple[str, ...]
    due: tuple[int, int, int] | None  # years back, month, day
    exchange: str = ""
    rhythm: str = "once"
    done: tuple[tuple[tuple[int, int, int], str], ...] = field(default=())  # day, what shows it
    ends_as: str = ""  # begun or dropped


OURS = (
    Pledge(
        "Ta emot två konstnärer från Vilniusregionen till en arbetsvistelse.",
        "Receive two artists from the Vilnius region for a residency.",
        ("kunskap", "utveckling"),
        (3, 10, 1),
        "artists",
        "yearly",
        (
            ((3, 9, 20), "Rapport från residenset i Nääs."),
            ((2, 9, 28), "Rapport från residenset i Fengersfors."),
            ((1, 9, 15), "Rapport och öppen ateljé i Gerlesborg."),
        ),
    ),
    Pledge(
        "Ordna ett seminarium om unga läsare tillsammans.",
        "Hold a seminar on young readers together.",
        ("kunskap", "invanare"),
        (2, 5, 31),
        "knowledge",
        done=(((2, 5, 12), "Program och dokumentation från seminariet."),),
    ),
    Pledge(
        "Översätta handledningen om skapande skola till engelska.",
        "Translate the guide on creative schools into English.",
        ("kunskap",),
        (1, 12, 31),
        "training",
        ends_as="begun",
    ),
    Pledge(
        "Bjuda in en ensemble från Vilnius till en festival för ny musik.",
        "Invite an ensemble from Vilnius to a festival of new music.",
        ("utveckling", "invanare"),
        (-1, 9, 30),
        "festivals",
    ),
)
THEIRS = (
    Pledge(
        "Ta emot två konstnärer från Västra Götaland till en arbetsvistelse.",
        "Receive two artists from Västra Götaland for a residency.",
        ("kunskap", "utveckling"),
        (3, 11, 1),
        "artists",
        "yearly",
        (
            ((3, 10, 25), "Rapport från residenset i Vilnius gamla stad."),
            ((1, 10, 10), "Rapport från residenset, och en utställning."),
        ),
    ),
    Pledge(
        "Visa en utställning av samtida textil från Västra Götaland.",
        "Show an exhibition of contemporary textiles from Västra Götaland.",
        ("invanare",),
        (1, 8, 31),
        "knowledge",
        done=(((1, 6, 3), "Katalog och besökssiffror."),),
    ),
    Pledge(
        "Samla statistik om ungas kulturvanor i båda regionerna.",
        "Collect statistics on the cultural habits of the young in both regions.",
        ("paverkan",),
        (1, 12, 31),
        ends_as="dropped",
    ),
    Pledge(
        "Bjuda in förlag från Västra Götaland till bokmässan i Vilnius.",
        "Invite publishers from Västra Götaland to the book fair in Vilnius.",
        ("utveckling",),
        (-1, 2, 28),
        "festivals",
        ends_as="begun",
    ),
)
#: Form, titles, first day (years back, month, day), days, place, country, ours, theirs, audience.
EXCHANGES = (
    ("knowledge", "Seminarium: Unga läsare", "Seminar: Young readers", (2, 5, 11), 2,
     "Göteborg", "SE", 38, 12, None, ("kunskap", "invanare")),
    ("artists", "Öppen ateljé i Gerlesborg", "Open studio in Gerlesborg", (1, 9, 14), 2,
     "Gerlesborg", "SE", 6, 2, 180, ("utveckling",)),
    ("knowledge", "Samtida textil från Västra Götaland", "Contemporary textiles", (1, 6, 3), 60,
     "Vilnius", "LT", 4, 9, 2400, ("invanare",)),
)  # fmt: skip
DROPPED = "Frågorna kunde inte ställas lika i båda regionerna. Påhittat exempel."


def make_ledger(cast: Cast, at: datetime) -> bool:
    """Returns whether it was made now."""
    agreement = Agreement.objects.filter(slug=SLUG).first()
    if agreement is None or agreement.commitments.filter(invented=True).exists():
        return False
    officer, today = cast.users["handlaggare"], timezone.localdate(at)
    ours = agreement.parties.get(partner=None)
    theirs = agreement.parties.exclude(partner=None).order_by("pk")[0]
    perspectives = {perspective.slug: perspective for perspective in Perspective.objects.all()}
    for party, pledges in ((ours, OURS), (theirs, THEIRS)):
        for pledge in pledges:
            _make_commitment(party, pledge, perspectives, by=officer, today=today, at=at)
    for values in EXCHANGES:
        _make_exchange(agreement, values, perspectives, today)
    _make_review(agreement, ours, theirs, perspectives, by=officer, today=today, at=at)
    return True


def _day(today: date, when: tuple[int, int, int]) -> date:
    back, month, day = when
    return date(today.year - back, month, day)


def _make_commitment(party: AgreementParty, pledge: Pledge, perspectives, *, by, today, at):
    commitment = Commitment.objects.create(
        agreement=party.agreement,
        version=party.agreement.versions.signed().last(),  # type: ignore[attr-defined]
        party=party,
        text_sv=pledge.text_sv,
        text_en=pledge.text_en,
        exchange=pledge.exchange,
        due_on=pledge.due and _day(today, pledge.due),
        rhythm=pledge.rhythm,
        is_public=True,
        invented=True,
    )
    commitment.perspectives.set(perspectives[slug] for slug in pledge.serves)
    note = commitment.fulfil_once if commitment.repeats else commitment.fulfil
    for when, evidence in pledge.done:
        note(by=by, at=at, done_on=_day(today, when), evidence=evidence)
    if pledge.ends_as == "begun":
        commitment.begin(by=by, at=at)
    if pledge.ends_as == "dropped":
        commitment.drop(by=by, at=at, because=DROPPED)


def _make_exchange(agreement: Agreement, values: tuple, perspectives, today: date) -> None:
    form, sv, en, start, days, place, country, ours, theirs, audience, serves = values
    starts_on = _day(today, start)
    exchange = Exchange.objects.create(
        agreement=agreement,
        form=form,
        title_sv=sv,
        title_en=en,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=days - 1),
        place=place,
        country=country,
        participants_ours=ours,
        participants_theirs=theirs,
        audience=audience,
        source="Påhittat exempel.",
        is_public=True,
        invented=True,
    )
    exchange.perspectives.set(perspectives[slug] for slug in serves)


def _make_review(agreement, ours, theirs, perspectives, *, by, today, at) -> None:
    """Last year's, written by both sides and closed. No mail is sent about what never was."""
    year = today.year - 1
    review = Review(agreement=agreement, year=year, due_on=date(year, 12, 15), invented=True)
    review.begin(by=by, at=at)
    invitations = Invitation.objects
    token = invitations.issue(
        case=agreement.case,
        purpose=Invitation.Purpose.REVIEW,
        reference=review.parts.get(party=theirs).pk,
        by=by,
        at=at,
    )
    review.write(
        by=None,
        at=at,
        invitation=invitations.with_token(token, purpose=Invitation.Purpose.REVIEW),
        went_well="The residencies have become a habit, and the exhibition drew a new public.",
        to_improve="We learn of dates too late. A shared calendar would help.",
        programme="The book fair in February, and two residencies on each side.",
        author_name="Invented Person",
        author_role="Head of culture",
        done=list(review.commitments().filter(state="done")),
        achieved={perspectives["kunskap"]: "Artists on both sides have learnt new techniques."},
    )
    review.write_own(
        by=by,
        at=at,
        part=review.parts.get(party=ours),
        went_well="Arbetsvistelserna fungerar, och fler kommuner vill vara med.",
        to_improve="Handledningen om skapande skola är försenad.",
        programme="En festival för ny musik, och handledningen klar.",
        author_name=by.full_name,
        author_role="Handläggare",
        done=list(review.commitments().filter(state="done")),
        achieved={perspectives["kunskap"]: "Sex konstnärer har arbetat på andra sidan."},
    )
    tags = list(agreement.tags.select_related("perspective"))
    review.close(
        by=by,
        at=at,
        summary_sv=(
            "Påhittat exempel. Arbetsvistelserna har blivit en vana på båda sidor, och "
            "utställningen av textil nådde en ny publik. Handledningen om skapande skola är "
            "försenad. Nästa år delar vi kalender."
        ),
        summary_en=(
            "Invented example. The residencies have become a habit on both sides, and the "
            "exhibition of textiles reached a new public. The guide on creative schools is late. "
            "Next year we share a calendar."
        ),
        achieved={
            tag.perspective: {
                "achieved_sv": "Påhittat exempel: sex konstnärer har arbetat på andra sidan.",
                "achieved_en": "Invented example: six artists have worked on the other side.",
            }
            for tag in tags[:1]
        },
    )
