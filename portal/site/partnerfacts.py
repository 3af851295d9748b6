"""What is public about partners, read for matching: a query for each kind of fact, no models."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, FloatField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import get_language

from agreements.models import Agreement
from grants.models import Award
from networks.models import Engagement, Participation
from partners.models import Partner, PartnerExchange, PartnerPerspective
from portal.site.matching import NOTHING, Facts, Thing, Things, Wish

Held = dict[int, set[Thing]]  # by the partner's key

FORMS = PartnerExchange.Form


def forms(values: Iterable[str]) -> Things:
    return frozenset(Thing(form, str(FORMS(form).label).lower()) for form in values)


def things(items: Iterable) -> Things:
    """Themes or perspectives."""
    return frozenset(Thing(item.slug, item.name) for item in items)


def candidates(at: date) -> QuerySet:
    """Whom the public may be proposed: published counterparts that exist on the day."""
    return Partner.objects.public().counterparts().active(at)


def for_wish(partners: QuerySet, wish: Wish, at: date) -> list[Facts]:
    """What the partners have of what is wished for, what the region has done with them, and the
    networks in common.
    """
    facts = _facts(
        partners,
        themes=wish.themes,
        exchange=wish.seeks | wish.offers,
        perspectives=wish.perspectives,
        networks=_networks(Engagement.objects.current(at), at),
    )
    agreements = Agreement.objects.public().order_by()
    in_force = set(agreements.in_force(at).values_list("partners", flat=True))
    earlier = set(agreements.ended(at).values_list("partners", flat=True))
    awards = Award.objects.public().order_by().values_list("partner")
    awarded = dict(awards.annotate(Count("pk")))
    for pk, partner in facts.items():
        partner.agreement_in_force = pk in in_force
        partner.earlier_agreement = pk in earlier
        partner.awards = awarded.get(pk, 0)
    return list(facts.values())


def beside(partner: Partner, at: date) -> tuple[Facts, list[Facts]]:
    """The partner, and what the others have of what it has. Its relations should be prefetched."""
    exchanges = partner.exchanges.all()
    networks = _networks(Participation.objects.current(at).filter(partner=partner), at)
    one = Facts(
        slug=partner.slug,
        name=str(partner),
        challenges=things(partner.challenges.all()),
        strengths=things(partner.strengths.all()),
        offers=forms(exchange.form for exchange in exchanges if exchange.offers),
        seeks=forms(exchange.form for exchange in exchanges if exchange.seeks),
        perspectives=things(tag.perspective for tag in partner.tags.all()),
        networks=networks.get(partner.pk, NOTHING),
    )
    others = _facts(
        candidates(at),
        themes=one.challenges | one.strengths,
        exchange=one.offers | one.seeks,
        perspectives=one.perspectives,
        networks=networks,
    )
    return one, list(others.values())


def _facts(
    partners: QuerySet, *, themes: Things, exchange: Things, perspectives: Things, networks: Held
) -> dict[int, Facts]:
    challenges = _themes(Partner.challenges, themes)
    strengths = _themes(Partner.strengths, themes)
    offers, seeks = _exchange(exchange)
    served = _perspectives(perspectives)
    return {
        pk: Facts(
            slug=slug,
            name=name or slug,
            country=country,
            text=text,
            place=place,
            challenges=challenges.get(pk, NOTHING),
            strengths=strengths.get(pk, NOTHING),
            offers=offers.get(pk, NOTHING),
            seeks=seeks.get(pk, NOTHING),
            perspectives=served.get(pk, NOTHING),
            networks=networks.get(pk, NOTHING),
        )
        for pk, slug, name, country, text, place in _rows(partners)
    }


def _rows(partners: QuerySet):
    rows = partners.order_by().annotate(x=Cast("lon", FloatField()), y=Cast("lat", FloatField()))
    english = get_language() == "en"
    columns = ("pk", "slug", "name_sv", "name_en", "organisation", "country", "x", "y")
    for pk, slug, sv, en, organisation, country, x, y in rows.values_list(*columns):
        name = (en or sv) if english else (sv or en)
        text = f"{sv or ''}\n{en or ''}\n{organisation}".casefold()
        yield pk, slug, name, country, text, None if x is None or y is None else (x, y)


def _themes(relation, themes: Things) -> Held:
    rows = relation.through.objects.filter(theme__slug__in=_slugs(themes))
    return _held(rows.values_list("partner", "theme__slug"), themes)


def _exchange(exchange: Things) -> tuple[Held, Held]:
    rows = PartnerExchange.objects.filter(form__in=_slugs(exchange)).order_by()
    found = list(rows.values_list("partner", "form", "offers", "seeks"))
    return (
        _held(((pk, form) for pk, form, offers, _seeks in found if offers), exchange),
        _held(((pk, form) for pk, form, _offers, seeks in found if seeks), exchange),
    )


def _perspectives(perspectives: Things) -> Held:
    rows = PartnerPerspective.objects.filter(perspective__slug__in=_slugs(perspectives)).order_by()
    return _held(rows.values_list("item", "perspective__slug"), perspectives)


def _networks(joined: QuerySet, at: date) -> Held:
    """Who takes part today in the networks of these engagements or participations."""
    rows = Participation.objects.public().current(at).order_by()
    rows = rows.filter(network__in=joined.order_by().values("network"))
    held = defaultdict(set)
    for pk, slug, acronym in rows.values_list("partner", "network__slug", "network__acronym"):
        held[pk].add(Thing(slug, acronym))
    return held


def _held(rows: Iterable[tuple[int, str]], things: Things) -> Held:
    by_slug = {thing.slug: thing for thing in things}
    held = defaultdict(set)
    for pk, slug in rows:
        held[pk].add(by_slug[slug])
    return held


def _slugs(things: Things) -> list[str]:
    return sorted(thing.slug for thing in things)
