"""What serves a perspective, gathered from every app."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.filters import AgreementFilter
from agreements.models import Agreement
from grants.filters import AwardFilter, CallFilter
from grants.models import Award, Call
from networks.filters import NetworkFilter
from networks.models import Network, Position
from networks.position_filters import PositionFilter
from partners.filters import PartnerFilter
from partners.models import Partner
from portal.core.filters import PublicFilterSet
from portal.core.models import Perspective

MOST = 5


@dataclass(frozen=True)
class Kind:
    """An item type: its list's route, its name, its filters, and how its latest are read."""

    route: str
    title: str | Promise
    row: str
    filterset: type[PublicFilterSet]
    items: Callable[[], QuerySet]
    tags: str = "tags"


KINDS = (
    Kind(
        "partners", _("Partners"), "partners/row.html", PartnerFilter,
        lambda: Partner.objects.public().counterparts().alphabetical(),
    ),
    Kind(
        "partners", _("Our own bodies"), "partners/row.html", PartnerFilter,
        lambda: Partner.objects.public().own_bodies().alphabetical(),
    ),
    Kind(
        "agreements", _("Agreements"), "agreements/row.html", AgreementFilter,
        lambda: Agreement.objects.public().latest_first(),
    ),
    Kind(
        "calls", _("Calls"), "grants/call_row.html", CallFilter,
        lambda: Call.objects.public().select_related("scheme").open_first(timezone.now()),
        tags="scheme__tags",
    ),
    Kind(
        "grants", _("Grants awarded"), "grants/award_row.html", AwardFilter,
        lambda: Award.objects.public().select_related("organisation", "partner").latest_first(),
    ),
    Kind(
        "networks", _("Networks"), "networks/row.html", NetworkFilter,
        lambda: Network.objects.public().select_related("parent").by_acronym(),
    ),
    Kind(
        "positions", _("Influence"), "networks/positions/row.html", PositionFilter,
        lambda: Position.objects.public().latest_first(),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Gathered:
    kind: Kind
    items: list
    more: bool
    url: str
    all_url: str


def gather(perspective: Perspective) -> list[Gathered]:
    """The first few items of every kind, each with how it serves the perspective (`claims`)."""
    return [_gathered(kind, perspective) for kind in KINDS]


def _gathered(kind: Kind, perspective: Perspective) -> Gathered:
    tags = kind.filterset.tags._default_manager.filter(perspective=perspective)
    items = kind.items().filter(Exists(tags.filter(item=OuterRef(kind.filterset.tagged))))
    claimed = items.prefetch_related(Prefetch(kind.tags, tags, to_attr="claims"))
    found = list(claimed[: MOST + 1])
    everything = reverse(kind.route)
    url = f"{everything}?perspective={perspective.slug}"
    return Gathered(kind, found[:MOST], len(found) > MOST, url, everything)
