"""Markers stand where the basemap's coastlines say, in all views and languages."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.site import geo
from portal.site.worldmap import MOST_LINES, VIEWS, Place, world_map

SAMPLES = [(view, sample) for view in VIEWS for sample in geo.meta()["views"][view]["samples"]]
VILNIUS = Place("Vilnius", "/partner/vilnius/", "Litauen", 54.69, 25.28, (1, 2))
DETROIT = Place("Detroit", "/partner/detroit/", "USA", 42.33, -83.05, (2,))
KAUNAS = Place("Kaunas", "/partner/kaunas/", "Litauen", 54.9, 23.9, (4,))


@pytest.mark.parametrize(("view", "sample"), SAMPLES)
def test_places_fall_where_the_basemap_draws_them(view, sample):
    paper = geo.meta()["views"][view]
    x, y = geo.project(view, sample["lon"], sample["lat"])
    drawn = (x / 100 * paper["width"], y / 100 * paper["height"])
    assert drawn == pytest.approx(sample["at"], abs=0.01)


@pytest.mark.parametrize("view", VIEWS)
def test_every_place_is_shown_or_counted_as_outside(view):
    drawn = world_map(view, [VILNIUS, DETROIT, KAUNAS])
    assert drawn.shown + drawn.outside == 3
    for _name, markers in drawn.levels:
        assert sum(marker.count for marker in markers) == drawn.shown


def test_america_lies_outside_the_view_of_europe():
    drawn = world_map("europe", [VILNIUS, DETROIT])
    assert (drawn.shown, drawn.outside) == (1, 1)


def test_neighbours_share_a_marker_whose_ring_shows_their_perspectives():
    drawn = world_map("home", [VILNIUS, KAUNAS])
    (marker,) = dict(drawn.levels)["narrow"]
    assert marker.count == 2
    assert [segment.perspective for segment in marker.segments] == [1, 2, 4]


def many(count):
    """All over the earth, no two at the same place."""
    return [
        Place(
            f"{n}", f"/{n}/", "Land", n * 7 % 140 - 60 + n / 9000, n * 13 % 360 - 180, (n % 4 + 1,)
        )
        for n in range(count)
    ]


@pytest.mark.parametrize("view", VIEWS)
def test_few_places_have_a_line_each(view):
    places = many(MOST_LINES)
    drawn = world_map(view, places)
    lines = drawn.lines if view == "home" else drawn.paths
    assert len(lines) == (drawn.shown if view == "home" else len(places))


def test_the_lines_of_many_places_end_at_the_markers():
    drawn = world_map("home", many(3000))
    markers = dict(drawn.levels)["wide"]
    assert sum(marker.count for marker in markers) == drawn.shown > 2900
    assert set(drawn.lines) == {(marker.x, marker.y) for marker in markers}
    assert len(drawn.lines) == len(markers)


def test_the_map_of_thousands_is_little_more_than_that_of_a_thousand():
    sizes = [
        len(render_to_string("includes/map.html", {"map": world_map("home", many(count))}))
        for count in (1000, 9000)
    ]
    assert sizes[1] < sizes[0] * 1.5


def test_the_lines_of_many_places_still_leave_the_frame():
    drawn = world_map("europe", many(3000))
    markers = dict(drawn.levels)["wide"]
    assert drawn.outside > 2000
    assert len(markers) < len(drawn.paths) < len(markers) + 24 * 12


@pytest.mark.parametrize("language", ["sv", "en"])
def test_svg_numbers_have_a_point_in_every_language(language):
    with translation.override(language):
        drawn = render_to_string(
            "includes/map.html", {"map": world_map("home", [VILNIUS, DETROIT])}
        )
    numbers = [piece.split('"', 1)[0] for piece in drawn.split(' x="')[1:]]
    assert numbers
    assert [number for number in numbers if "," in number] == []


@given(lon=st.floats(-180, 180), lat=st.floats(-90, 90), view=st.sampled_from(VIEWS))
def test_any_place_on_earth_can_be_drawn(lon, lat, view):
    drawn = world_map(view, [Place("A", "/", "B", lat, lon, (1,))])
    assert drawn.shown + drawn.outside == 1
