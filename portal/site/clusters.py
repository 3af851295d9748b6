"""Places that would cover one another on screen become one disc with a number.

Pixels are of an assumed map width: the server knows no screens, so the page carries one set of
markers for wide windows and one for narrow, and the stylesheet shows the right one.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

DOT = 5.0  # px, radius of a single place
BIGGEST = 22.0
GAP = 3.0  # px of air between two discs


@dataclass(slots=True)
class Cluster:
    x: float  # px
    y: float
    members: list[int]  # positions in the caller's sequence of places
    radius: float = DOT

    def take(self, members: list[int]) -> None:
        self.members += members
        self.radius = min(BIGGEST, 9 + 2.6 * math.log2(len(self.members)))


def clusters(points: Iterable[tuple[float, float]], reach: float = 20) -> list[Cluster]:
    """Each point joins the nearest disc within `reach` px, or starts one; then discs that still
    overlap are merged, the biggest first. Linear in the number of points thanks to a grid."""
    grid: dict[tuple[int, int], list[Cluster]] = {}
    found: list[Cluster] = []
    for index, (x, y) in enumerate(points):
        column, row = int(x // reach), int(y // reach)
        near = [
            (distance, cluster)
            for i in (column - 1, column, column + 1)
            for j in (row - 1, row, row + 1)
            for cluster in grid.get((i, j), ())
            if (distance := (cluster.x - x) ** 2 + (cluster.y - y) ** 2) < reach * reach
        ]
        if near:
            min(near, key=itemgetter(0))[1].take([index])
            continue
        cluster = Cluster(x, y, [index])
        found.append(cluster)
        grid.setdefault((column, row), []).append(cluster)
    return _apart(found)


def _apart(found: list[Cluster]) -> list[Cluster]:
    while True:
        found.sort(key=lambda cluster: -len(cluster.members))
        kept: list[Cluster] = []
        for cluster in found:
            host = _overlapped(cluster, kept)
            if host is None:
                kept.append(cluster)
            else:
                host.take(cluster.members)
        if len(kept) == len(found):
            return kept
        found = kept


def _overlapped(cluster: Cluster, others: list[Cluster]) -> Cluster | None:
    x, y, reach = cluster.x, cluster.y, cluster.radius + GAP
    for other in others:
        across = other.x - x
        limit = reach + other.radius
        if -limit < across < limit and across * across + (other.y - y) ** 2 < limit * limit:
            return other
    return None
