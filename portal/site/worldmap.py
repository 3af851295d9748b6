"""The world seen from here: what the map template draws, computed in a few milliseconds."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from portal.site import geo
from portal.site.clusters import Cluster, clusters
from portal.site.maplabels import Label, place_labels

VIEWS = ("home", "europe", "world")

# Assumed widths in px of the drawn map, rather small than big; see portal/site/clusters.py for
# why there are two.
WIDTHS = {"wide": 640, "narrow": 330}

PERSPECTIVES = (1, 2, 3, 4)
NAMES_IN_LABEL = 4
FINGER = 12.0  # px: WCAG 2.2 asks for targets of 24 px
# Beyond these, lines cannot be told apart and end at the markers instead of at each place.
MOST_LINES = 150


class Place(NamedTuple):
    name: str
    url: str
    country: str
    lat: float
    lon: float
    perspectives: tuple[int, ...]  # the perspectives' order, 1 to 4


@dataclass(frozen=True, slots=True)
class Segment:
    """One perspective's share of a cluster's ring, as dashes along the circle."""

    perspective: int
    length: str
    around: str
    offset: str


@dataclass(frozen=True, slots=True)
class Marker:
    x: str  # percent of the map's width, ready for an SVG attribute in any language
    y: str
    radius: str
    target: str
    places: tuple[Place, ...]
    segments: tuple[Segment, ...]
    label: Label | None  # None: the name shows on hover and focus only

    @property
    def place(self) -> Place:
        return self.places[0]

    @property
    def count(self) -> int:
        return len(self.places)

    @property
    def names(self) -> str:
        return ", ".join(place.name for place in self.places[:NAMES_IN_LABEL])

    @property
    def more(self) -> int:
        return max(0, self.count - NAMES_IN_LABEL)


@dataclass(frozen=True, slots=True)
class Ring:
    km: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class WorldMap:
    view: str
    width: int  # the basemap's own pixels; its viewBox counts in tenths of them
    height: int
    home_x: str
    home_y: str
    lines: tuple[tuple[str, str], ...]  # home view: the far ends of straight lines, in percent
    paths: tuple[str, ...]  # the other views: great circles as path data
    rings: tuple[Ring, ...]
    levels: tuple[tuple[str, tuple[Marker, ...]], ...]
    shown: int
    outside: int

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width * 10} {self.height * 10}"

    @property
    def basemap(self) -> str:
        return f"basemap/{self.view}.svg"


def world_map(view: str, places: Sequence[Place]) -> WorldMap:
    """The map of `places` in one of VIEWS; an unknown view is the caller's mistake (KeyError).

    The same places in the same view make the same map, so the latest ones are remembered: 300
    places take about ten milliseconds the first time and well under one after that.
    """
    return _world_map(view, tuple(places))


@lru_cache(maxsize=32)
def _world_map(view: str, places: tuple[Place, ...]) -> WorldMap:
    paper = geo.meta()["views"][view]
    inside = [place for place in places if geo.in_frame(view, place.lon, place.lat)]
    points = _points(view, inside)
    home = geo.project(view, *geo.home())
    levels = tuple(
        (name, _markers(inside, points, home, width, paper["height"] / paper["width"]))
        for name, width in WIDTHS.items()
    )
    straight = view == "home"  # there every great circle from home is a straight line
    # In the other views those outside the frame keep their lines: the world goes on.
    ends = _line_ends(inside if straight else places, levels[0][1])
    lines = _points(view, ends) if straight else []
    return WorldMap(
        view=view,
        width=paper["width"],
        height=paper["height"],
        home_x=_text(home[0]),
        home_y=_text(home[1]),
        lines=tuple((_text(x), _text(y)) for x, y in lines),
        paths=() if straight else _paths(view, ends),
        rings=_rings(home, lines) if straight else (),
        levels=levels,
        shown=len(inside),
        outside=len(places) - len(inside),
    )


def _points(view: str, places: Iterable[Place]) -> list[tuple[float, float]]:
    return [geo.project(view, place.lon, place.lat) for place in places]


def _line_ends(places: Sequence[Place], markers: Sequence[Marker]) -> Sequence[Place]:
    """Where the lines from home end: at each place, or, where those are many, at each marker and
    outside the frame at one place in every fifteen degrees.
    """
    if len(places) <= MOST_LINES:
        return places
    marked = {place for marker in markers for place in marker.places}
    outside = {(place.lon // 15, place.lat // 15): place for place in places if place not in marked}
    # A marker stands where its first place lies.
    return [*(marker.place for marker in markers), *outside.values()]


def _paths(view: str, ends: Iterable[Place]) -> tuple[str, ...]:
    return tuple(path for p in ends if (path := geo.path_from_home(view, p.lon, p.lat)))


def _markers(
    places: list[Place],
    points: list[tuple[float, float]],
    home: tuple[float, float],
    width: float,
    ratio: float,
) -> tuple[Marker, ...]:
    across, down = width / 100, width * ratio / 100
    found = clusters((x * across, y * down) for x, y in points)
    # Drawn from top to bottom with the numbers last, so that a dot never hides a number.
    found.sort(key=lambda cluster: (len(cluster.members) > 1, cluster.y))
    names = [", ".join(places[i].name for i in cluster.members[:2]) for cluster in found]
    labels = place_labels(found, names, (home[0] * across, home[1] * down), width, width * ratio)
    return tuple(
        Marker(
            x=_text(cluster.x / across),
            y=_text(cluster.y / down),
            radius=_text(cluster.radius),
            target=_text(max(FINGER, cluster.radius)),
            places=tuple(places[i] for i in cluster.members),
            segments=_segments(cluster, places) if len(cluster.members) > 1 else (),
            label=label,
        )
        for cluster, label in zip(found, labels, strict=True)
    )


def _segments(cluster: Cluster, places: list[Place]) -> tuple[Segment, ...]:
    counts = dict.fromkeys(PERSPECTIVES, 0)
    for i in cluster.members:
        for perspective in places[i].perspectives:
            counts[perspective] += 1
    total = sum(counts.values())
    around = 2 * math.pi * cluster.radius
    segments = []
    start = 0.0
    for perspective, count in counts.items():
        if count:
            length = around * count / total
            segments.append(Segment(perspective, _text(length), _text(around), _text(-start)))
            start += length
    return tuple(segments)


def _rings(home: tuple[float, float], ends: list[tuple[float, float]]) -> tuple[Ring, ...]:
    """Distances are written along the bearing that lies farthest from every line."""
    degrees = {round(math.degrees(math.atan2(x - home[0], home[1] - y))) % 360 for x, y in ends}
    lines = sorted(degrees) or [0]
    # The widest gap between two neighbouring lines, going round once.
    gaps = zip(lines, [*lines[1:], lines[0] + 360], strict=True)
    left, right = max(gaps, key=lambda gap: gap[1] - gap[0])
    bearing = (left + right) // 2
    return tuple(
        Ring(f"{km:,}".replace(",", "\u00a0"), _text(x), _text(y))
        for km in geo.meta()["views"]["home"]["rings"]
        for x, y in [geo.ring_label(km, bearing)]
    )


def _text(number: float) -> str:
    """Two decimals with a point: SVG reads no decimal comma, whatever the language of the page."""
    return str(round(number, 2))
