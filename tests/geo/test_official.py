"""Polygons of any source become one sound coverage on the grid: nothing overlaps, nothing gapes, no area is lost."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.mesh import Runs
from geo.official import (
    FINEST_M,
    OFFICIAL_GRID,
    coverage_of,
    distance_m,
    km2_of,
    mended,
    mesh_km2,
    overlaps,
)
from geo.shapes import ShapeFaultsError, area_km2, areas_from_runs, find_faults, simplify
from geo.topology import topojson

WEST, SOUTH, SIZE = 139.0, 36.0, 0.05


def box(column: float, row: float, width: float = 1.0, height: float = 1.0) -> shapely.Polygon:
    west, south = WEST + column * SIZE, SOUTH + row * SIZE
    return shapely.box(west, south, west + width * SIZE, south + height * SIZE)


def shapes(*found: shapely.Geometry) -> np.ndarray:
    made = np.empty(len(found), object)
    made[:] = found
    return made


def total(areas: gpd.GeoDataFrame) -> float:
    return float(area_km2(areas).sum())


def test_wards_and_islands_become_one_shape_each() -> None:
    areas = coverage_of(
        ["01100", "01100", "01202", "01202"], shapes(box(0, 0), box(1, 0), box(2, 0), box(5, 5))
    )
    assert areas["code"].tolist() == ["01100", "01202"]
    assert [len(shape.geoms) for shape in areas.geometry] == [1, 2]
    assert find_faults(areas) == ()


def test_every_vertex_lies_on_the_grid() -> None:
    areas = coverage_of(["01100", "01202"], shapes(box(0.0123, 0.0456), box(1.0123, 0.0456)))
    steps = np.column_stack(OFFICIAL_GRID.gridded(*shapely.get_coordinates(areas.geometry.to_numpy()).T))
    assert np.abs(steps - np.rint(steps)).max() < 1e-6
    topojson({"areas": areas}, names={}, grid=OFFICIAL_GRID)


def test_a_thin_overlap_and_a_thin_gap_are_closed() -> None:
    hair = 0.0002 / SIZE
    overlapping = coverage_of(["01100", "01202"], shapes(box(0, 0, 1 + hair), box(1, 0)))
    gaping = coverage_of(
        ["01100", "01202", "01203"], shapes(box(0, 0), box(1 + hair, 0, 1 - hair), box(0, 1, 2))
    )
    for areas in (overlapping, gaping):
        assert find_faults(areas) == ()
        assert len(shapely.union_all(areas.geometry.to_numpy()).interiors) == 0


def test_islets_go_but_the_largest_part_of_an_area_stays() -> None:
    islet = box(5, 5, 0.03, 0.03)
    areas = coverage_of(["01100", "01100", "01202"], shapes(box(0, 0), islet, box(8, 8, 0.02, 0.02)))
    assert [len(shape.geoms) for shape in areas.geometry] == [1, 1]


def test_an_area_smaller_than_the_grid_is_named() -> None:
    with pytest.raises(ShapeFaultsError, match="01202"):
        coverage_of(["01100", "01202"], shapes(box(0, 0), box(3, 3, 1e-4, 1e-4)))


def test_a_bow_tie_keeps_both_wings() -> None:
    bow_tie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    (whole,) = mended(shapes(bow_tie))
    assert shapely.is_valid(whole)
    assert whole.area == pytest.approx(0.5)


def test_what_encloses_nothing_is_no_shape() -> None:
    flat = shapely.Polygon([(0, 0), (1, 0), (2, 0), (0, 0)])
    assert mended(shapes(flat))[0] is None


def test_an_overlap_tells_who_and_how_much() -> None:
    (found,) = overlaps(["01202", "01100", "01303"], shapes(box(0, 0), box(0.5, 0), box(3, 3)))
    assert (found.first_code, found.second_code, found.indices) == ("01100", "01202", (0, 1))
    assert found.km2 == pytest.approx(km2_of(shapes(box(0.5, 0, 0.5)))[0])


def test_shapes_of_one_municipality_may_overlap() -> None:
    assert overlaps(["01100", "01100"], shapes(box(0, 0), box(0.5, 0))) == []


@settings(max_examples=40)
@given(
    cuts=st.lists(st.floats(0.1, 0.9), min_size=1, max_size=4, unique_by=lambda cut: round(cut, 2)),
    slant=st.floats(-0.4, 0.4),
)
def test_a_plane_cut_at_random_stays_whole(cuts: list[float], slant: float) -> None:
    plane = box(0, 0, 4, 4)
    lines = [
        shapely.LineString(
            [(WEST + 4 * SIZE * cut, SOUTH - 1), (WEST + 4 * SIZE * (cut + slant / 4), SOUTH + 1)]
        )
        for cut in cuts
    ]
    parts = shapes(*shapely.get_parts(shapely.polygonize([shapely.union_all([plane.boundary, *lines])])))
    parts = parts[km2_of(parts) > 0.5]
    areas = coverage_of([f"01{number:03}" for number in range(100, 100 + len(parts))], parts)
    assert find_faults(areas) == ()
    assert len(areas) == len(parts)
    assert total(areas) == pytest.approx(float(km2_of(parts).sum()), rel=0.005)


def test_the_mesh_has_its_own_area_and_no_distance_to_itself() -> None:
    cells = np.arange(40)
    runs = Runs(15_360 + cells, np.full(40, 10_880), np.full(40, 40), np.full(40, 1100))
    areas = areas_from_runs(runs, simplify_cells=0)
    assert mesh_km2(runs)["01100"] == pytest.approx(total(areas), rel=1e-6)
    assert distance_m(areas, runs) == pytest.approx(0, abs=1)
    moved = areas.assign(geometry=areas.geometry.translate(xoff=1 / 640))
    assert distance_m(moved, runs) == pytest.approx(140, abs=2)
    assert FINEST_M == 50


def test_what_is_on_the_grid_can_be_drawn_coarser_for_the_nation() -> None:
    areas = coverage_of(["01100", "01202"], shapes(box(0.01, 0.02), box(1.01, 0.02)))
    assert find_faults(simplify(areas, cells=2.0)) == ()
