import math

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo.locate import Locator
from geo.mesh import GRID_125M, Runs
from geo.shapes import CRS, areas_from_runs

ROW, COL = 15_000, 11_000


def runs_of(*rows: tuple[int, int, int, int]) -> Runs:
    """Make runs from row, column, length and code, counted from a corner inland."""
    row, col, length, code = np.array(sorted(rows), np.int64).T
    return Runs(row + ROW, col + COL, length, code)


def degrees(col: float, row: float) -> tuple[float, float]:
    lon, lat = GRID_125M.lonlat_of(COL + col, ROW + row)
    return float(lon), float(lat)


# 13202 in the west, 13201 in the east, unassigned land in the north, and sea around.
WORLD = runs_of((0, 0, 2, 13202), (0, 2, 2, 13201), (1, 0, 2, 13202), (1, 2, 2, 13201), (2, 0, 2, 13000))


@pytest.fixture(params=["mesh", "shapes"])
def locator(request: pytest.FixtureRequest) -> Locator:
    if request.param == "mesh":
        return Locator.from_runs(WORLD)
    return Locator.from_shapes(areas_from_runs(WORLD, simplify_cells=0), 125)


@pytest.mark.parametrize(
    ("col", "row", "code"),
    [
        (0.5, 0.5, "13202"),
        (2.5, 0.5, "13201"),
        (2, 0.5, "13201"),
        (2, 1, "13201"),
        (0, 0.5, "13202"),
        (0, 0, "13202"),
        (4, 1.5, "13201"),
        (4, 2, "13201"),
        (1, 2, "13202"),
        (2, 2, "13201"),
        (1, 2.5, ""),
        (-0.1, 0.5, ""),
        (9, 9, ""),
    ],
)
def test_a_point_belongs_to_its_area_and_on_a_border_to_the_smaller_code(
    locator: Locator, col: float, row: float, code: str
) -> None:
    lon, lat = degrees(col, row)
    assert locator.codes([lon], [lat]).tolist() == [code]


def test_points_that_are_nowhere_have_no_code(locator: Locator) -> None:
    found = locator.codes([math.nan, math.inf, 0.0, 400.0, 139.0], [35.0, 35.0, 0.0, 35.0, math.nan])
    assert found.tolist() == [""] * 5


def test_the_distance_to_an_area_is_the_geodesic_to_its_nearest_spot(locator: Locator) -> None:
    inside, beside, edge = degrees(0.5, 0.5), degrees(3, 0.5), degrees(2, 0.5)
    assert locator.metres_to("13202", *inside) == 0
    assert locator.metres_to("13202", *edge) == 0
    assert locator.metres_to("13202", *beside) == pytest.approx(
        Geod(ellps="GRS80").inv(*beside, *edge)[2], abs=0.01
    )
    assert locator.metres_to("13000", *inside) == 0
    assert locator.metres_to("47201", *inside) == math.inf


def test_the_nearest_municipality_is_found_at_any_distance(locator: Locator) -> None:
    assert locator.nearest(*degrees(0.5, 0.5)) == ("13202", 0.0)
    for col in (5, 50, 5_000):
        code, metres = locator.nearest(*degrees(col, 0.5))
        assert code == "13201"
        assert metres == pytest.approx(
            Geod(ellps="GRS80").inv(*degrees(col, 0.5), *degrees(4, 0.5))[2], rel=1e-3
        )


def test_unassigned_land_is_nobodys(locator: Locator) -> None:
    assert locator.nearest(*degrees(1, 2.5))[0] == "13202"


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_mesh_and_shapes_agree_on_every_point_borders_included(data: st.DataObject, runs: Runs) -> None:
    part = runs.where((runs.code // 1000 == 13) & (runs.row > 14_000))
    by_mesh = Locator.from_runs(part)
    here = data.draw(st.integers(0, len(part) - 1))
    eighths = st.integers(-16, 16)
    col = part.col[here] + np.array(data.draw(st.lists(eighths, min_size=40, max_size=40))) / 8
    row = part.row[here] + np.array(data.draw(st.lists(eighths, min_size=40, max_size=40))) / 8
    lon, lat = GRID_125M.lonlat_of(col, row)
    assert by_mesh.codes(lon, lat).tolist() == _shapes(part).codes(lon, lat).tolist()


_MADE: dict[int, Locator] = {}


def _shapes(part: Runs) -> Locator:
    if len(part) not in _MADE:
        _MADE[len(part)] = Locator.from_shapes(areas_from_runs(part, simplify_cells=0), 125)
    return _MADE[len(part)]


def moved(shape: shapely.Polygon, turn: float, scale: float, by: tuple[float, float]) -> shapely.Polygon:
    """Turn, scale and move a shape, and begin its ring elsewhere and the other way round."""
    turned = shapely.transform(shape, lambda xy: affine(xy, turn, scale, by))
    ring = np.asarray(turned.exterior.coords)[:-1]
    return shapely.Polygon(np.roll(ring, 2, axis=0)[::-1])


def affine(xy: np.ndarray, turn: float, scale: float, by: tuple[float, float]) -> np.ndarray:  # type: ignore[type-arg]
    matrix = scale * np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    return np.asarray(xy @ matrix.T + np.array(by))


coordinate = st.floats(0, 1).map(lambda value: round(value, 4))


@settings(max_examples=200, deadline=None)
@given(
    points=st.lists(st.tuples(coordinate, coordinate), min_size=30, max_size=30),
    turn=st.floats(0, 2 * math.pi),
    scale=st.floats(0.1, 3),
    by=st.tuples(st.floats(-5, 5), st.floats(-5, 5)),
)
def test_where_points_lie_does_not_change_when_the_whole_map_is_moved(
    points: list[tuple[float, float]], turn: float, scale: float, by: tuple[float, float]
) -> None:
    ell = shapely.Polygon([(0.1, 0.1), (0.9, 0.2), (0.8, 0.5), (0.4, 0.4), (0.3, 0.9), (0.1, 0.8)])
    rest = shapely.box(0, 0, 1, 1).difference(ell.buffer(1e-6))
    codes = ["13201", "13202"]
    xy = np.array([point for point in points if ell.exterior.distance(shapely.Point(point)) > 1e-4])
    if not len(xy):
        return
    before = Locator.from_shapes(gpd.GeoDataFrame({"code": codes}, geometry=[ell, rest], crs=CRS), 50)
    shapes = [moved(ell, turn, scale, by), shapely.transform(rest, lambda old: affine(old, turn, scale, by))]
    after = Locator.from_shapes(gpd.GeoDataFrame({"code": codes}, geometry=shapes, crs=CRS), 50)
    new = affine(xy, turn, scale, by)
    edge = (xy == 0).any(axis=1) | (xy == 1).any(axis=1)
    assert (
        before.codes(xy[~edge, 0], xy[~edge, 1]).tolist()
        == after.codes(new[~edge, 0], new[~edge, 1]).tolist()
    )


def test_the_office_of_every_municipality_lies_in_it_or_near(runs: Runs) -> None:
    locator = Locator.from_runs(runs)
    tokyo_fuchu = (139.477778, 35.668889)
    assert locator.codes([tokyo_fuchu[0]], [tokyo_fuchu[1]]).tolist() == ["13206"]
    assert locator.precision_m == 125
