"""Names beside the markers, where there is room for them.

A map with few partners can say who they are at once; with many, a name shows when its marker is
pointed at or focused. Which of the two is decided here, marker by marker, in assumed pixels.
"""

from dataclasses import dataclass

from portal.site.clusters import Cluster

MOST_NAMES = 16
LETTER = 7.4  # px, the mean width of a letter in the label's type
LINE = 20.0
AIR = 6.0
HOME = 12.0  # px, the red dot and its halo

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Label:
    anchor: str  # SVG's text-anchor
    dx: str  # px from the middle of the marker
    dy: str


def place_labels(
    found: list[Cluster],
    names: list[str],
    home: tuple[float, float],
    width: float,
    height: float,
) -> list[Label | None]:
    """A label for each cluster in the order given, or None where the name must wait."""
    if len(found) > MOST_NAMES:
        return [None] * len(found)
    taken: list[Box] = [_around(*home, HOME)]
    taken += [_around(cluster.x, cluster.y, cluster.radius + 2) for cluster in found]
    labels: list[Label | None] = []
    for cluster, name in zip(found, names, strict=True):
        choice = None
        if len(cluster.members) <= 2:
            for label, box in _candidates(cluster, len(name) * LETTER, home):
                if _inside(box, width, height) and not any(_meet(box, other) for other in taken):
                    choice = label
                    taken.append(box)
                    break
        labels.append(choice)
    return labels


def _candidates(
    cluster: Cluster, length: float, home: tuple[float, float]
) -> list[tuple[Label, Box]]:
    """Away from home first, because the line comes in from the other side."""
    x, y, reach = cluster.x, cluster.y, cluster.radius + AIR
    outward = 1 if x >= home[0] else -1
    downward = 1 if y >= home[1] else -1
    away = [(outward, 0), (outward, downward), (outward, -downward)]
    steep = abs(y - home[1]) > 2 * abs(x - home[0])
    poles = [(0, downward), (0, -downward)]
    order = poles[:1] + away + poles[1:] if steep else away + poles
    return [_beside(x, y, reach, length, *side) for side in [*order, (-outward, 0)]]


def _beside(
    x: float, y: float, reach: float, length: float, across: int, down: int
) -> tuple[Label, Box]:
    """A text `across` (-1 left, 0 middle, 1 right) and `down` (-1 above, 0 level, 1 below)."""
    # On a diagonal the text starts (or ends) at the marker's own edge, not beside it.
    dx = across * (reach if down == 0 else -AIR)
    middle = y + down * (reach + LINE / 2)
    left = {-1: x + dx - length, 0: x - length / 2, 1: x + dx}[across]
    anchor = {-1: "end", 0: "middle", 1: "start"}[across]
    label = _label(anchor, dx, middle - y + 5)  # 5 px from the middle of a line to its baseline
    return label, (left, middle - LINE / 2, left + length, middle + LINE / 2)


def _label(anchor: str, dx: float, dy: float) -> Label:
    return Label(anchor, f"{dx:.0f}", f"{dy:.0f}")


def _around(x: float, y: float, radius: float) -> Box:
    return x - radius, y - radius, x + radius, y + radius


def _inside(box: Box, width: float, height: float) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
