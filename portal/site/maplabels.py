"""Names beside the markers, where there is room for them.

A map with few partners can say who they are at once; with many, a name shows when its marker is
pointed at or focused. Which of the two is decided here, marker by marker, in assumed pixels.
"""

from dataclasses import dataclass

from portal.site.clusters import Cluster

MOST_NAMES = 16
LETTER = 7.9  # px, the mean width of a letter in the label's type
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
    """Away from home first, because the line comes in from that side."""
    x, y, reach = cluster.x, cluster.y, cluster.radius + AIR
    half = LINE / 2
    right = (_label("start", reach, 5), (x + reach, y - half, x + reach + length, y + half))
    left = (_label("end", -reach, 5), (x - reach - length, y - half, x - reach, y + half))
    below_y, above_y = y + reach + half, y - reach - half
    below = (
        _label("middle", 0, reach + half + 4),
        (x - length / 2, below_y - half, x + length / 2, below_y + half),
    )
    above = (
        _label("middle", 0, -reach - 4),
        (x - length / 2, above_y - half, x + length / 2, above_y + half),
    )
    sides = [right, left] if x >= home[0] else [left, right]
    poles = [below, above] if y >= home[1] else [above, below]
    steep = abs(y - home[1]) > 2 * abs(x - home[0])
    return poles[:1] + sides + poles[1:] if steep else sides + poles


def _label(anchor: str, dx: float, dy: float) -> Label:
    return Label(anchor, f"{dx:.0f}", f"{dy:.0f}")


def _around(x: float, y: float, radius: float) -> Box:
    return x - radius, y - radius, x + radius, y + radius


def _inside(box: Box, width: float, height: float) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
