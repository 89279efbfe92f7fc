import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Transformer

from geo.mesh import GRID_125M, Runs
from geo.shapes import (
    CRS,
    FINE_CELLS,
    NATIONAL_CELLS,
    NATIONAL_MIN_KM2,
    ShapeFaultsError,
    area_km2,
    areas_from_runs,
    dissolve_prefectures,
    drop_islets,
    find_faults,
    require_sound,
    simplify,
)

ISLANDS = {
    "13421": "小笠原村",
    "13402": "青ヶ島村",
    "47382": "与那国町",
    "47356": "渡名喜村",
    "27362": "田尻町",
}


def runs_of(*drawn: str, south: int = 15_000, west: int = 10_000, codes: dict[str, int]) -> Runs:
    """Read a drawing whose first line is the northernmost row: one character a cell, '.' is the sea."""
    found = [
        (south + up, west + right, 1, codes[sign])
        for up, line in enumerate(reversed(drawn))
        for right, sign in enumerate(line)
        if sign != "."
    ]
    return Runs(*(np.array(column, np.int64) for column in zip(*found, strict=True)))


def cells_km2(runs: Runs) -> dict[str, float]:
    """Area of the cells of each code, summed row by row in the equal-area projection."""
    to_metres = Transformer.from_crs(CRS, "EPSG:6933", always_xy=True)
    edges = np.arange(GRID_125M.rows + 1)
    lon, lat = GRID_125M.lonlat_of(np.zeros_like(edges), edges)
    height = np.diff(np.asarray(to_metres.transform(lon, lat)[1]))
    width = np.diff(np.asarray(to_metres.transform([122.0, 122 + 1 / 640], [36.0, 36.0])[0]))[0]
    km2 = runs.length * height[runs.row] * width / 1e6
    return {f"{code:05d}": float(km2[runs.code == code].sum()) for code in np.unique(runs.code)}


@pytest.fixture(scope="module")
def fine(runs: Runs) -> gpd.GeoDataFrame:
    return areas_from_runs(runs, simplify_cells=FINE_CELLS)


@pytest.fixture(scope="module")
def national(fine: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return simplify(drop_islets(fine, NATIONAL_MIN_KM2), cells=NATIONAL_CELLS)


def cells_of(areas: gpd.GeoDataFrame) -> list[float]:
    """Count the cells (of the grid's 640 by 960 a degree) that each shape covers."""
    return (shapely.area(areas.geometry.to_numpy()) * 640 * 960).round(6).tolist()  # type: ignore[no-any-return]


THREE = {"a": 1101, "b": 1202, "c": 2201}


def test_without_simplification_a_shape_is_exactly_its_cells() -> None:
    areas = areas_from_runs(runs_of("aab", "ab.", codes=THREE), simplify_cells=0)
    west, south = GRID_125M.lonlat_of(10_000, 15_000)
    assert areas["code"].tolist() == ["01101", "01202"]
    assert areas.total_bounds[:2].tolist() == [west, south]
    assert cells_of(areas) == [3, 2]


def test_a_hole_and_an_enclave_stay_apart() -> None:
    areas = areas_from_runs(runs_of("aaaaa", "ab.ca", "aaaaa", codes=THREE), simplify_cells=0)
    assert cells_of(areas) == [12, 1, 1]


def test_islands_far_apart_are_one_shape_of_one_area() -> None:
    near, far = runs_of("a", codes=THREE), runs_of("a", south=20_000, west=3, codes=THREE)
    both = Runs(
        *(
            np.concatenate(pair)
            for pair in zip(*((r.row, r.col, r.length, r.code) for r in (near, far)), strict=True)
        )
    )
    areas = areas_from_runs(both, simplify_cells=0)
    assert [len(shape.geoms) for shape in areas.geometry] == [2]


def test_borders_stay_shared_across_prefectures_when_corners_are_cut() -> None:
    drawing = [
        "aaaaaaaacccccccc",
        "aaaaaaacccccccc.",
        "aaaaaabbcccccc..",
        "aaaaabbbbccccc..",
        "aaaabbbbbbcccc..",
        "aaabbbbbbbbccc..",
    ]
    areas = areas_from_runs(runs_of(*drawing, codes=THREE), simplify_cells=2.0)
    exact = areas_from_runs(runs_of(*drawing, codes=THREE), simplify_cells=0)
    assert (
        shapely.get_num_coordinates(areas.geometry).sum() < shapely.get_num_coordinates(exact.geometry).sum()
    )
    assert shapely.coverage_is_valid(areas.geometry.to_numpy())
    assert shapely.union_all(areas.geometry.to_numpy()).geom_type == "Polygon"


def test_an_islet_goes_but_never_the_largest_part_nor_a_part_that_touches_a_neighbour() -> None:
    drawing = ["aaaa..a.b", "aaaac....", "aaaa.....", ".......bb"]
    areas = areas_from_runs(runs_of(*drawing, codes=THREE), simplify_cells=0)
    kept = drop_islets(areas, 1.0)
    assert kept["code"].tolist() == ["01101", "01202", "02201"]
    assert cells_of(kept) == [12, 2, 1]
    enclave = areas_from_runs(runs_of("bbb", "bab", "bbb", "...", "aaa", codes=THREE), simplify_cells=0)
    assert cells_of(drop_islets(enclave, 1.0)) == cells_of(enclave)


def test_every_step_sorts_by_code() -> None:
    areas = areas_from_runs(runs_of("abc", codes=THREE), simplify_cells=0).iloc[::-1]
    for step in (simplify(areas, cells=0), drop_islets(areas, 0), dissolve_prefectures(areas)):
        assert step["code"].is_monotonic_increasing
    assert cells_of(dissolve_prefectures(areas)) == [2, 1]


def test_a_frame_without_the_right_crs_is_refused() -> None:
    areas = areas_from_runs(runs_of("ab", codes=THREE), simplify_cells=0)
    with pytest.raises(ShapeFaultsError, match="4326"):
        require_sound(areas.set_crs("EPSG:4326", allow_override=True))


def test_every_faulty_shape_is_listed() -> None:
    bow_tie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    square = shapely.box(5, 5, 6, 6)
    shapes = [bow_tie, shapely.Polygon(), shapely.Point(1, 1), square, square]
    areas = gpd.GeoDataFrame({"code": ["01", "02", "03", "04", "04"]}, geometry=shapes, crs=CRS)
    assert [fault.code for fault in find_faults(areas)] == ["04", "02", "03", "01"]


def test_overlapping_neighbours_are_a_fault_of_both() -> None:
    areas = gpd.GeoDataFrame(
        {"code": ["01", "02", "03"]},
        geometry=[shapely.box(0, 0, 2, 2), shapely.box(1, 0, 3, 2), shapely.box(9, 9, 10, 10)],
        crs=CRS,
    )
    assert {fault.code for fault in find_faults(areas)} == {"01", "02"}


# From here on: the whole nation.


def test_the_nation_is_a_sound_coverage_of_1752_areas(fine: gpd.GeoDataFrame) -> None:
    assert len(fine) == 1_752
    assert fine["code"].is_monotonic_increasing
    assert find_faults(fine) == ()


def test_the_area_of_every_municipality_stays_close_to_its_cells(fine: gpd.GeoDataFrame, runs: Runs) -> None:
    cells = cells_km2(runs)
    expected = fine["code"].map(cells).to_numpy()
    error = np.abs(area_km2(fine) / expected - 1)
    large = ~fine["code"].str.endswith("000").to_numpy()
    median, p95, worst = np.median(error[large]), np.quantile(error[large], 0.95), error[large].max()
    print(f"area error per municipality: median {median:.4%}, 95 % {p95:.4%}, worst {worst:.4%}")
    assert (median < 0.001, p95 < 0.006, worst < 0.03) == (True, True, True)
    assert area_km2(fine).sum() == pytest.approx(sum(cells.values()), rel=0.001)


def test_the_national_level_keeps_every_area_and_stays_sound(
    fine: gpd.GeoDataFrame, national: gpd.GeoDataFrame
) -> None:
    assert national["code"].tolist() == fine["code"].tolist()
    assert find_faults(national) == ()
    assert shapely.get_num_coordinates(national.geometry.to_numpy()).sum() < 200_000


@pytest.mark.parametrize("code", ISLANDS)
def test_a_small_area_survives_the_national_level(
    code: str, fine: gpd.GeoDataFrame, national: gpd.GeoDataFrame
) -> None:
    before, after = (area_km2(level[level["code"] == code])[0] for level in (fine, national))
    assert after == pytest.approx(before, rel=0.35)


def test_47_prefectures_cover_what_their_areas_cover(national: gpd.GeoDataFrame) -> None:
    prefectures = dissolve_prefectures(national)
    assert prefectures["code"].tolist() == [f"{number:02d}000" for number in range(1, 48)]
    assert find_faults(prefectures) == ()
    assert area_km2(prefectures).sum() == pytest.approx(area_km2(national).sum(), rel=1e-9)
