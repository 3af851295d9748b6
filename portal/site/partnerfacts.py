"""What is public about partners, read for matching: a few queries for all of them, no models."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import CharField, Count, FloatField, QuerySet, Value
from django.db.models.functions import Cast

from agreements.models import Agreement
from grants.models import Award
from networks.models import Engagement, Participation
from partners.models import Partner, PartnerExchange, PartnerPerspective
from partners.querysets import PartnerQuerySet
from portal.core.querysets import in_readers_language
from portal.site.matching import NOTHING, Facts, Thing, Things, Wish

Held = dict[str, dict[int, set[Thing]]]  # by the name of the fact and the partner's key

FORMS = PartnerExchange.Form


def forms(values: Iterable[str]) -> Things:
    return frozenset(Thing(form, str(FORMS(form).label).lower()) for form in values)


def things(items: Iterable) -> Things:
    """Themes or perspectives."""
    return frozenset(Thing(item.slug, item.name) for item in items)


def candidates(at: date) -> PartnerQuerySet:
    """Whom the public may be proposed: published counterparts that exist on the day."""
    return Partner.objects.public().counterparts().active(at)


def for_wish(partners: PartnerQuerySet, wish: Wish, at: date) -> list[Facts]:
    """What the partners have of what is wished for, what the region has done with them, and the
    networks in common.
    """
    held = _held(
        at,
        themes=wish.themes,
        exchange=wish.seeks | wish.offers,
        perspectives=wish.perspectives,
        networks=Engagement.objects.current(at),
    )
    agreements = Agreement.objects.public().order_by().rewrite(False)  # type: ignore[attr-defined]
    in_force = set(agreements.in_force(at).values_list("partners", flat=True))
    earlier = set(agreements.ended(at).values_list("partners", flat=True))
    awards = Award.objects.public().order_by().values_list("partner")
    awarded = dict(awards.annotate(Count("pk")))
    facts = dict(_facts(partners, held, by_name=bool(wish.words)))
    for pk, partner in facts.items():
        partner.agreement_in_force = pk in in_force
        partner.earlier_agreement = pk in earlier
        partner.awards = awarded.get(pk, 0)
    return list(facts.values())


def beside(partner: Partner, at: date) -> tuple[Facts, list[Facts]]:
    """The partner, and what the others have of what it has. Its relations should be prefetched."""
    exchanges = partner.exchanges.all()
    one = Facts(
        slug=partner.slug,
        name=str(partner),
        challenges=things(partner.challenges.all()),
        strengths=things(partner.strengths.all()),
        offers=forms(exchange.form for exchange in exchanges if exchange.offers),
        seeks=forms(exchange.form for exchange in exchanges if exchange.seeks),
        perspectives=things(tag.perspective for tag in partner.tags.all()),
    )
    held = _held(
        at,
        themes=one.challenges | one.strengths,
        exchange=one.offers | one.seeks,
        perspectives=one.perspectives,
        networks=Participation.objects.current(at).filter(partner=partner),
    )
    one.networks = held["networks"].get(partner.pk, NOTHING)
    return one, [facts for _pk, facts in _facts(candidates(at), held, by_name=False)]


# Plain querysets below: a translated model's own looks at each row, and changes the columns.


def _facts(partners: PartnerQuerySet, held: Held, by_name: bool) -> Iterator[tuple[int, Facts]]:
    """Of those who have any of it, or of all where names may count too."""
    lon, lat = Cast("lon", FloatField()), Cast("lat", FloatField())
    name = in_readers_language("name", "slug")
    columns = ("pk", "slug", name, "name_sv", "name_en", "organisation", "country", lon, lat)
    rows = partners.order_by().rewrite(False).values_list(*columns)  # type: ignore[attr-defined]
    for pk, slug, name, sv, en, organisation, country, x, y in rows:
        has = {kind: by_partner[pk] for kind, by_partner in held.items() if pk in by_partner}
        if has or by_name:
            text = f"{sv or ''}\n{en or ''}\n{organisation}".casefold() if by_name else ""
            place = None if x is None or y is None else (x, y)
            facts = Facts(slug, name, country, text, place)
            for kind, found in has.items():
                setattr(facts, kind, found)
            yield pk, facts


def _held(
    at: date, *, themes: Things, exchange: Things, perspectives: Things, networks: QuerySet
) -> Held:
    """Who has what of these, in one query. Networks are those of some engagements or
    participations, and belong to who takes part in them on the day.
    """
    joined = Participation.objects.public().current(at).order_by()
    joined = joined.filter(network__in=networks.order_by().values("network"))
    strengths, challenges = Partner.strengths.through, Partner.challenges.through
    rows = joined.values_list(_kind("networks"), "partner", "network__acronym").union(
        _rows("strengths", strengths, "partner", "theme__slug", themes),
        _rows("challenges", challenges, "partner", "theme__slug", themes),
        _rows("offers", PartnerExchange, "partner", "form", exchange, offers=True),
        _rows("seeks", PartnerExchange, "partner", "form", exchange, seeks=True),
        _rows("perspectives", PartnerPerspective, "item", "perspective__slug", perspectives),
        all=True,
    )
    themes_by_slug, forms_by_slug = _by_slug(themes), _by_slug(exchange)
    known = {
        "strengths": themes_by_slug,
        "challenges": themes_by_slug,
        "offers": forms_by_slug,
        "seeks": forms_by_slug,
        "perspectives": _by_slug(perspectives),
    }
    held: Held = {kind: defaultdict(set) for kind in (*known, "networks")}
    for kind, pk, slug in rows:
        thing = Thing(slug, slug) if kind == "networks" else known[kind][slug]
        held[kind][pk].add(thing)
    return held


def _rows(kind: str, model, partner: str, thing: str, wanted: Things, **conditions) -> QuerySet:
    rows = QuerySet(model).filter(**{f"{thing}__in": sorted(_by_slug(wanted))}, **conditions)
    return rows.order_by().values_list(_kind(kind), partner, thing)


def _kind(kind: str) -> Value:
    return Value(kind, output_field=CharField())


def _by_slug(things: Things) -> dict[str, Thing]:
    return {thing.slug: thing for thing in things}
