"""Where a place stands on the three maps: the basemap's projections, forward only.

frontend/basemap.mjs draws the coastlines with d3-geo and leaves its numbers in meta.json; the
formulas here put the markers on the same paper. All answers are percent of the map's width and
height, because percent is what lets a marker keep its size while the map grows and shrinks.
"""

import json
import math
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings

EARTH_RADIUS_KM = 6371.0

# Equal Earth (Šavrič, Patterson and Jenny, 2018).
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2


@lru_cache(maxsize=1)
def meta() -> dict:
    """The basemap's description, read once: `{"home": …, "views": {name: …}}`."""
    return json.loads((settings.BASEMAP_DIR / "meta.json").read_text())


def home() -> tuple[float, float]:
    """The region's longitude and latitude."""
    return settings.REGION["lon"], settings.REGION["lat"]


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great circle distance between two (lon, lat), in radians."""
    lon_a, lat_a, lon_b, lat_b = map(math.radians, (*a, *b))
    haversine = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * math.asin(min(1.0, math.sqrt(haversine)))


@lru_cache(maxsize=20_000)
def project(view: str, lon: float, lat: float) -> tuple[float, float]:
    """Percent of the map's width and height; outside 0-100 the place lies outside the frame."""
    paper = meta()["views"][view]
    x, y = _plane(paper, lon, lat)
    across, down = paper["translate"]
    scale = paper["scale"]
    return (
        (across + scale * x) / paper["width"] * 100,
        (down - scale * y) / paper["height"] * 100,
    )


@lru_cache(maxsize=20_000)
def in_frame(view: str, lon: float, lat: float) -> bool:
    limit = meta()["views"][view].get("limit")
    if limit is not None:
        return distance(home(), (lon, lat)) <= math.radians(limit)
    x, y = project(view, lon, lat)
    return 0 <= x <= 100 and 0 <= y <= 100


@lru_cache(maxsize=20_000)
def path_from_home(view: str, lon: float, lat: float) -> str:
    """The great circle from home as SVG path data, in the basemap's tenths of a pixel."""
    start = home()
    angle = distance(start, (lon, lat))
    if angle < 1e-6:
        return ""
    # Four degrees a step: shorter steps cannot be told apart on screen.
    steps = max(2, math.ceil(math.degrees(angle) / 4))
    points = [_along(start, (lon, lat), angle, step / steps) for step in range(steps + 1)]
    return _drawn(view, points)


@lru_cache(maxsize=2_000)
def ring_label(km: int, bearing: int) -> tuple[float, float]:
    """Where the distance `km` is written on the home map, at a bearing in degrees from north."""
    paper = meta()["views"]["home"]
    radius = math.log(1 + km / EARTH_RADIUS_KM / paper["k"]) * paper["scale"]
    across, down = paper["translate"]
    angle = math.radians(bearing)
    return (
        (across + radius * math.sin(angle)) / paper["width"] * 100,
        (down - radius * math.cos(angle)) / paper["height"] * 100,
    )


def _plane(paper: dict, lon: float, lat: float) -> tuple[float, float]:
    turn, tilt = paper["rotate"]
    lam = math.radians((lon + turn + 540) % 360 - 180)
    phi = math.radians(lat)
    match paper["kind"]:
        case "equal-earth":
            return _equal_earth(lam, phi)
        case "laea":
            return _azimuthal(lam, phi, math.radians(-tilt), lambda c: 2 * math.sin(c / 2))
        case "log-azimuthal":
            k = paper["k"]
            return _azimuthal(lam, phi, math.radians(-tilt), lambda c: math.log(1 + c / k))
    raise ValueError(f"The basemap has an unknown projection: {paper['kind']}")


def _equal_earth(lam: float, phi: float) -> tuple[float, float]:
    theta = math.asin(_M * math.sin(phi))
    theta2 = theta * theta
    theta6 = theta2**3
    slope = _M * (_A1 + 3 * _A2 * theta2 + theta6 * (7 * _A3 + 9 * _A4 * theta2))
    return (
        lam * math.cos(theta) / slope,
        theta * (_A1 + _A2 * theta2 + theta6 * (_A3 + _A4 * theta2)),
    )


def _azimuthal(
    lam: float, phi: float, centre: float, radius: Callable[[float], float]
) -> tuple[float, float]:
    """Bearings from the centre are true; `radius` turns the angular distance into a length."""
    sin_centre, cos_centre = math.sin(centre), math.cos(centre)
    cosine = sin_centre * math.sin(phi) + cos_centre * math.cos(phi) * math.cos(lam)
    c = math.acos(max(-1.0, min(1.0, cosine)))
    k = radius(c) / math.sin(c) if math.sin(c) > 1e-9 else 0.0
    return (
        k * math.cos(phi) * math.sin(lam),
        k * (cos_centre * math.sin(phi) - sin_centre * math.cos(phi) * math.cos(lam)),
    )


def _along(
    a: tuple[float, float], b: tuple[float, float], angle: float, share: float
) -> tuple[float, float]:
    """The point a `share` of the way from a to b (both lon, lat), by spherical interpolation."""
    lon_a, lat_a, lon_b, lat_b = map(math.radians, (*a, *b))
    near, far = math.sin((1 - share) * angle), math.sin(share * angle)
    x = near * math.cos(lat_a) * math.cos(lon_a) + far * math.cos(lat_b) * math.cos(lon_b)
    y = near * math.cos(lat_a) * math.sin(lon_a) + far * math.cos(lat_b) * math.sin(lon_b)
    z = near * math.sin(lat_a) + far * math.sin(lat_b)
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))


def _drawn(view: str, points: list[tuple[float, float]]) -> str:
    paper = meta()["views"][view]
    out: list[str] = []
    before = None
    for lon, lat in points:
        x, y = project.__wrapped__(view, lon, lat)  # points on the way are not worth remembering
        across, down = round(x * paper["width"] / 10), round(y * paper["height"] / 10)
        # A jump of half the map is the line leaving one edge and coming in at the other.
        leaps = before is not None and abs(across - before) > paper["width"] * 5
        out.append(f"{'M' if before is None or leaps else 'L'}{across} {down}")
        before = across
    return "".join(out)
