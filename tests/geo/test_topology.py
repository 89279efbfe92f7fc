import gzip
import hashlib
import json
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.mesh import GRID_125M, Runs
from geo.shapes import (
    CRS,
    NATIONAL_CELLS,
    NATIONAL_MIN_KM2,
    areas_from_runs,
    dissolve_prefectures,
    drop_islets,
    simplify,
)
from geo.topology import topojson


def cells(west: int, south: int, east: int, north: int) -> shapely.Polygon:
    """Return a rectangle of grid cells, its corners in degrees."""
    lon, lat = GRID_125M.lonlat_of([west, east], [south, north])
    return shapely.box(lon[0], lat[0], lon[1], lat[1])


def frame(**shapes: shapely.Geometry) -> gpd.GeoDataFrame:
    codes = [code.removeprefix("c") for code in shapes]
    return gpd.GeoDataFrame({"code": codes}, geometry=list(shapes.values()), crs=CRS)


def decoded(document: bytes, name: str) -> dict[str, shapely.Geometry]:
    """Read one object of a TopoJSON file the way a map does: sum the steps, join the arcs."""
    topology = json.loads(document)
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + translate for arc in topology["arcs"]]

    def ring(indices: list[int]) -> Any:
        pieces = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indices]
        return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])

    shapes = {}
    for feature in topology["objects"][name]["geometries"]:
        polygons = feature["arcs"] if feature["type"] == "MultiPolygon" else [feature["arcs"]]
        shapes[feature["properties"]["code"]] = shapely.MultiPolygon(
            [(ring(outer), [ring(hole) for hole in holes]) for outer, *holes in polygons]
        )
    return shapes


def in_cells(shapes: Any) -> Any:
    return shapely.transform(
        shapes, lambda xy: np.rint(np.column_stack(GRID_125M.gridded(xy[:, 0], xy[:, 1])))
    )


@pytest.fixture(scope="module")
def national(runs: Runs) -> gpd.GeoDataFrame:
    return simplify(
        drop_islets(areas_from_runs(runs, simplify_cells=1.0), NATIONAL_MIN_KM2), cells=NATIONAL_CELLS
    )


def test_two_neighbours_store_their_border_once() -> None:
    neighbours = frame(c01202=cells(10, 0, 20, 10), c01100=cells(0, 0, 10, 10))
    document = topojson({"areas": neighbours}, names={"01100": "札幌市", "01202": "函館市"})
    topology = json.loads(document)
    used = [
        abs(arc + (arc < 0))
        for area in topology["objects"]["areas"]["geometries"]
        for arc in np.ravel(area["arcs"])
    ]
    assert len(topology["arcs"]) == len(set(used))
    assert len(used) == len(set(used)) + 1
    assert sum(len(arc) for arc in topology["arcs"]) == 10


@pytest.mark.parametrize("first_corner", range(4))
def test_an_enclave_and_its_hole_are_one_arc_wherever_their_rings_begin(first_corner: int) -> None:
    corners = shapely.get_coordinates(cells(3, 3, 5, 5))[:-1]
    enclave = shapely.Polygon(np.roll(corners, first_corner, axis=0))
    areas = frame(c01100=cells(0, 0, 10, 10).difference(cells(3, 3, 5, 5)), c01202=enclave)
    assert len(json.loads(topojson({"areas": areas}, names={}))["arcs"]) == 2


def test_features_stand_in_the_order_of_their_codes_with_code_and_name_only() -> None:
    neighbours = frame(c01202=cells(10, 0, 20, 10), c01100=cells(0, 0, 10, 10), c12000=cells(40, 0, 41, 1))
    features = json.loads(topojson({"areas": neighbours}, names={"01100": "札幌市", "01202": "函館市"}))
    assert [area["properties"] for area in features["objects"]["areas"]["geometries"]] == [
        {"code": "01100", "name": "札幌市"},
        {"code": "01202", "name": "函館市"},
        {"code": "12000", "name": ""},
    ]


def test_layers_share_their_arcs_and_an_empty_layer_stays() -> None:
    areas, land = frame(c01100=cells(0, 0, 10, 10)), frame(c01695=cells(10, 0, 20, 10))
    topology = json.loads(topojson({"areas": areas, "land": land, "none": land.iloc[:0]}, names={}))
    assert list(topology["objects"]) == ["areas", "land", "none"]
    assert topology["objects"]["none"] == {"type": "GeometryCollection", "geometries": []}
    assert len(topology["arcs"]) == 3


def test_on_the_grid_nothing_moves() -> None:
    holed = cells(0, 0, 10, 10).difference(cells(3, 3, 5, 5))
    areas = frame(c01100=shapely.union(holed, cells(30, 30, 31, 31)), c01202=cells(3, 3, 5, 5))
    found = decoded(topojson({"areas": areas}, names={}), "areas")
    assert all(found[code].equals(shape) for code, shape in zip(areas["code"], areas.geometry, strict=True))


def test_a_vertex_off_the_grid_is_refused_unless_steps_are_asked_for() -> None:
    areas = frame(
        c01100=shapely.box(135.0001, 35.0001, 136.2, 36.1), c01202=shapely.box(136.2, 35.0001, 137, 36.1)
    )
    with pytest.raises(ValueError, match="grid"):
        topojson({"areas": areas}, names={})
    found = decoded(topojson({"areas": areas}, names={}, grid=None, quantisation=1e4), "areas")
    half_step = (137 - 135.0001) / 9_999 / 2
    moved = [
        shapely.hausdorff_distance(found[code], shape)
        for code, shape in zip(areas["code"], areas.geometry, strict=True)
    ]
    assert 0 < max(moved) <= half_step * 2**0.5


def test_an_area_that_would_vanish_is_named() -> None:
    areas = frame(c01100=shapely.box(122, 20, 150, 45), c47382=shapely.box(122.001, 45.1, 122.002, 45.101))
    with pytest.raises(ValueError, match="47382"):
        topojson({"areas": areas}, names={}, grid=None, quantisation=1e3)


def test_the_order_of_rows_does_not_change_a_byte() -> None:
    areas = frame(c01202=cells(10, 0, 20, 10), c01100=cells(0, 0, 10, 10), c01203=cells(0, 10, 20, 20))
    first, second = (topojson({"areas": rows}, names={}) for rows in (areas, areas.iloc[::-1]))
    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()


def test_the_national_file_is_light_and_decodes_to_the_same_sound_coverage(
    national: gpd.GeoDataFrame,
) -> None:
    is_land = national["code"].str.endswith("000") | national["code"].between("01695", "01700")
    layers = {"areas": national[~is_land], "land": national[is_land]}
    document = topojson(layers, names={})
    compressed = len(gzip.compress(document, 9, mtime=0))
    print(f"municipalities {len(document) / 1e6:.2f} MB, compressed {compressed / 1e6:.3f} MB")
    assert 200_000 < compressed < 350_000
    found = decoded(document, "areas") | decoded(document, "land")
    assert [len(decoded(document, name)) for name in layers] == [1_741, 11]
    shapes = np.array([found[code] for code in national["code"]])
    assert shapely.equals_exact(
        in_cells(shapes), in_cells(national.geometry.to_numpy()), normalize=True
    ).all()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)


def test_the_prefecture_file_is_under_a_tenth_of_a_megabyte(national: gpd.GeoDataFrame) -> None:
    document = topojson({"areas": dissolve_prefectures(national)}, names={})
    compressed = len(gzip.compress(document, 9, mtime=0))
    print(f"prefectures {len(document) / 1e6:.2f} MB, compressed {compressed / 1e6:.3f} MB")
    assert compressed < 100_000
    assert len(decoded(document, "areas")) == 47
