"""Areas around a point: cut to the frame, one border between neighbours, and rings that lead back to their shapes."""

import json
from pathlib import Path

import pytest
import shapely

from etl.surroundings import DECIMALS, areas_within, label_point, rings_of

WORLD = {
    "type": "Topology",
    "transform": {"scale": [0.1, 0.1], "translate": [139.0, 35.0]},
    # Two squares beside each other: their common border, the west one's rest, the east one's rest.
    "arcs": [
        [[10, 0], [0, 10]],
        [[10, 10], [-10, 0], [0, -10], [10, 0]],
        [[10, 10], [10, 0], [0, -10], [-10, 0]],
    ],
    "objects": {
        "areas": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"code": "99001", "name": "甲市"}},
                {"type": "Polygon", "arcs": [[0, 2]], "properties": {"code": "99002", "name": "乙市"}},
            ],
        }
    },
}


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """Two square municipalities, 甲市 from 139 to 140 and 乙市 from 140 to 141 degrees east."""
    path = tmp_path / "world-00000000.topo.json"
    path.write_text(json.dumps(WORLD), encoding="utf-8")
    return path


def test_only_what_the_frame_shows_is_returned_cut_to_it(world: Path) -> None:
    shown = areas_within([world], (139.5, 35.2, 139.8, 35.6), 0.001)
    assert set(shown) == {"99001"}
    assert shown["99001"].bounds == pytest.approx((139.5, 35.2, 139.8, 35.6))


def test_neighbours_keep_one_border(world: Path) -> None:
    shown = areas_within([world], (139.0, 35.0, 141.0, 36.0), 0.05)
    assert set(shown) == {"99001", "99002"}
    assert shapely.coverage_is_valid(list(shown.values()))
    assert shown["99001"].intersection(shown["99002"]).length == pytest.approx(1.0)


def test_a_frame_over_the_sea_shows_nothing(world: Path) -> None:
    assert areas_within([world], (150.0, 35.0, 151.0, 36.0), 0.001) == {}


def test_rings_lead_back_to_the_shape_with_its_holes_and_parts() -> None:
    holed = shapely.box(139.1, 35.1, 139.9, 35.9).difference(shapely.box(139.4, 35.4, 139.6, 35.6))
    shape = shapely.union(holed, shapely.box(140.2, 35.2, 140.3, 35.3))
    frame = (139.0, 35.0, 141.0, 36.0)
    rings = []
    for steps in rings_of(shape, frame):
        east, north, places = 0, 0, []
        for index in range(0, len(steps), 2):
            east, north = east + steps[index], north + steps[index + 1]
            places.append((frame[0] + east / 10**DECIMALS, frame[1] + north / 10**DECIMALS))
        rings.append(shapely.Polygon(places))
    again = rings[0]
    for ring in rings[1:]:  # the even-odd rule
        again = again.symmetric_difference(ring)
    assert len(rings) == 3
    assert again.symmetric_difference(shape).area == pytest.approx(0, abs=1e-9)


def test_a_name_stands_inside_the_largest_part_of_its_area() -> None:
    large = shapely.box(139.0, 35.0, 139.5, 35.5)
    lon, lat, size = label_point(shapely.union(large, shapely.box(140.0, 35.0, 140.1, 35.1)))
    assert large.contains(shapely.Point(lon, lat))
    assert size == pytest.approx(0.26)
