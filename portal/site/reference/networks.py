"""networks.json: the networks, what they consist of, and how the region takes part."""

from django.utils.text import slugify

from networks.models import Engagement, MemberCount, Network, WorkingGroup
from portal.cases.models import Case
from portal.core.publishing import Publication
from portal.site.reference import strategy
from portal.site.reference.checks import (
    Fields,
    Optional,
    Problem,
    Refused,
    day,
    known,
    list_of,
    one_of,
    record,
    rows,
    shown,
    text,
    whole,
)
from portal.site.reference.files import File, FileType, Row, published_if_complete

_GROUP: Fields = {"name_sv": text(150), "name_en": text(150)}
_NETWORK: Fields = {
    "acronym": text(20),
    "name_sv": text(150),
    "name_en": text(150),
    "kind": one_of(*Network.Kind.values),
    "part_of": Optional(known(Network, "acronym")),
    "about_sv": text(3000),
    "about_en": text(3000),
    "website": Optional(text(200)),
    "groups": Optional(list_of(record(_GROUP)), ()),
    "member_count": Optional(whole(1, 100_000)),
    "member_count_as_of": Optional(day),
    "engagement": one_of(*Engagement.Level.values),
    "engagement_source": text(500),
    "engagement_from": Optional(day),
    "goals": Optional(strategy.goals, ()),
    "line": Optional(strategy.line),
    "perspectives": strategy.claims,
    "tags": Optional(text(40)),
}


def _store_network(row: Row) -> None:
    _refuse_circle(row)
    facts = row.given(
        "name_sv", "name_en", "kind", "about_sv", "about_en", "website", parent="part_of"
    )
    network = row.put(
        Network,
        {"acronym": row["acronym"]},
        {**facts, **row.source},
        new=lambda: {"slug": slugify(row["acronym"]), "publication": Publication.PUBLISHED},
    )
    for group in row["groups"]:
        key = {"network": network, "name_sv": group["name_sv"]}
        row.belong(WorkingGroup, key, {"name_en": group["name_en"]})
    if row["member_count"]:
        source = row.source["source_en"]
        key = {"network": network, "as_of": row["member_count_as_of"], "source": source}
        row.belong(MemberCount, key, {"count": row["member_count"]})
    row.tag(network, row["perspectives"])
    _store_engagement(row, network)
    published_if_complete(network)


def _store_engagement(row: Row, network: Network) -> None:
    """An engagement is known by its source: one that staff have decided on is not touched."""
    key = {"network": network, "source": row["engagement_source"]}
    others = network.engagements.exclude(source=row["engagement_source"])
    if others.exists():
        return
    engagement = row.put(
        Engagement,
        key,
        row.given("line", level="engagement", start="engagement_from"),
        new=lambda: {"case": Case.objects.create(kind=Case.Kind.ENGAGEMENT, title=row["name_sv"])},
    )
    row.join(engagement.goals, row["goals"])


def _refuse_circle(row: Row) -> None:
    above = row["part_of"]
    while above is not None:
        if above.acronym == row["acronym"]:
            problem = f"{shown(row['part_of'].acronym)} is itself part of {row['acronym']}"
            raise Refused(Problem(problem, ("part_of",)))
        above = above.parent


def _store(file: File) -> None:
    """What others are part of is stored first, wherever it stands in the file."""
    parents = {
        raw["acronym"]: raw.get("part_of")
        for raw in file.content["networks"]
        if isinstance(raw, dict) and isinstance(raw.get("acronym"), str)
    }

    def depth(raw) -> int:
        steps, above = 0, raw.get("part_of") if isinstance(raw, dict) else None
        while isinstance(above, str) and steps <= len(parents):
            steps, above = steps + 1, parents.get(above)
        return steps

    file.each("networks", _NETWORK, _store_network, key=("acronym",), order=depth)


NETWORKS = FileType("networks.json", {"networks": rows}, _store, needs=("strategy.json",))
