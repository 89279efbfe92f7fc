"""The map's geometry of a build: TopoJSON files whose names carry the hash of their content, and the points of places.

The shapes come from the embedded mesh, or from official boundaries where some were chosen; a fiscal year that is bound to other
boundaries has its own. Making them is the slow step (seconds), and they change only with that source, the code and the names. An
index file for each source remembers its files, so that a change of any other table costs nothing here.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import geopandas as gpd
import pyarrow as pa

from etl.boundary_outlines import Outlines, outline_file, outlines
from etl.boundary_store import Boundary
from etl.boundary_years import drawn_boundaries
from etl.current import file_sha256
from etl.geometry_file import GeometryFile
from etl.inputs import ID_LENGTH, LIBRARIES, MESH_FILE, digest, geometry_code_files
from etl.map_points import places_json, romaji_json
from etl.mesh_table import GeometryError
from etl.publish import flush_folder, write_whole
from geo.area import MUNICIPALITY_KINDS, AreaKind
from geo.shapes import (
    NATIONAL_CELLS,
    NATIONAL_MIN_KM2,
    PRECISION_M,
    ShapeFaultsError,
    dissolve_prefectures,
    drop_islets,
    simplify,
)
from geo.topology import topojson

# Islands smaller than this are not drawn (each area keeps its largest part).
PREFECTURE_ISLET_KM2 = 0.05
_GROUPS = {
    AreaKind.PREFECTURE: "prefectures",
    AreaKind.NORTHERN_VILLAGE: "villages",
    **dict.fromkeys(MUNICIPALITY_KINDS, "municipalities"),
}


@dataclass(frozen=True, slots=True)
class Geometry:
    """The geometry of one build: its map files, and the indexes that let the next build find them again."""

    files: tuple[GeometryFile, ...]
    indexes: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all files that the build needs."""
        return tuple(dict.fromkeys((*(entry.file for entry in self.files), *self.indexes)))


@dataclass(frozen=True, slots=True)
class Names:
    """Names of the current areas by code: those with a state, and those that are drawn without one."""

    municipalities: Mapping[str, str]
    villages: Mapping[str, str]
    prefectures: Mapping[str, str]

    @classmethod
    def of(cls, areas: pa.Table) -> "Names":
        """Read the names from the curated table `area`."""
        names: dict[str, dict[str, str]] = {"municipalities": {}, "villages": {}, "prefectures": {}}
        for row in areas.select(["code", "name", "kind", "valid_to"]).to_pylist():
            group = _GROUPS.get(AreaKind(row["kind"]))
            if group and row["valid_to"] is None:
                names[group][row["code"]] = row["name"]
        return cls(**names)

    def __str__(self) -> str:
        """Return all codes and names in one text, the same for the same names."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def publish_geometry(
    folder: Path,
    data: Path,
    tables: Mapping[str, pa.Table],
    progress: Callable[[float], None] = lambda _: None,
) -> Geometry:
    """Write the geometry files that are not there yet, and return all that belong to these inputs.

    Raises:
        GeometryError: the boundaries cannot be used, or their municipalities are not those of the area table.
        BoundaryError: official boundaries that were chosen or bound are missing or damaged.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = Names.of(tables["area"])
    drawn = drawn_boundaries(data)
    files: list[GeometryFile] = []
    indexes: list[str] = []
    for number, boundary in enumerate(drawn):
        made, index = _drawn(folder, data, boundary, names, _part(progress, number, len(drawn)))
        files += made
        indexes.append(index)
    files.append(_written(folder, "places", None, places_json(tables["place"]), None))
    files.append(_written(folder, "names", None, romaji_json(tables["area"]), None))
    if (data / MESH_FILE).is_file():
        files.append(
            _written(folder, "territory", None, (data / MESH_FILE).read_bytes(), None, kind="parquet")
        )
    flush_folder(folder)
    return Geometry(tuple(files), tuple(indexes))


def _part(progress: Callable[[float], None], number: int, parts: int) -> Callable[[float], None]:
    """Return the progress of one of several parts of equal length."""
    return lambda done: progress((number + done) / parts)


def _drawn(
    folder: Path, data: Path, boundary: Boundary | None, names: Names, progress: Callable[[float], None]
) -> tuple[tuple[GeometryFile, ...], str]:
    """Return the map files of one source, made if they are not there, and the name of their index."""
    made_of = (outline_file(data, boundary), *geometry_code_files())
    index = folder / f"index-{digest(made_of, LIBRARIES, str(names))[:ID_LENGTH]}.json"
    files = _remembered(index)
    if files is None:
        made = _map_files(folder, outlines(data, boundary), names, progress)
        files = tuple(
            replace(entry, boundary_id=boundary.boundary_id, vintage=boundary.vintage) if boundary else entry
            for entry in made
        )
        write_whole(index, json.dumps([asdict(entry) for entry in files], indent=1).encode())
    return files, index.name


def _remembered(index: Path) -> tuple[GeometryFile, ...] | None:
    """Return the files of an earlier run on the same inputs, if all of them are still there and whole."""
    try:
        entries = json.loads(index.read_text(encoding="utf-8"))
        files = tuple(GeometryFile(**entry) for entry in entries)
        whole = all(file_sha256(index.parent / entry.file) == entry.sha256 for entry in files)
    except (OSError, ValueError, TypeError):
        return None
    return files if whole and files else None


def _map_files(
    folder: Path, drawn: Outlines, names: Names, progress: Callable[[float], None]
) -> Iterator[GeometryFile]:
    try:
        _require_every_municipality(drawn, names)
        progress(0.5)
        nation = drop_islets(simplify(drawn.shapes, cells=NATIONAL_CELLS), NATIONAL_MIN_KM2)
        coarse = max(drawn.precision_m, PRECISION_M * NATIONAL_CELLS)
        yield from _nation(folder, replace(drawn, shapes=nation, precision_m=coarse), names)
        progress(0.65)
        fine = drop_islets(drawn.shapes, PREFECTURE_ISLET_KM2)
        yield from _prefectures(folder, replace(drawn, shapes=fine), names, progress)
    except ShapeFaultsError as fault:
        raise GeometryError(f"{drawn.title}を使えません: {fault}") from fault


def _nation(folder: Path, nation: Outlines, names: Names) -> Iterator[GeometryFile]:
    """Yield the files for the whole country; both come from the same shapes, so that their borders agree.

    所属未定地 lies inside its prefecture although it belongs to no municipality.
    """
    shapes, precision = nation.shapes, nation.precision_m
    yield _written(folder, "municipalities", None, _area_file(nation, shapes, names), precision)
    is_village = shapes["code"].isin(names.villages.keys())
    layers = {"areas": dissolve_prefectures(shapes[~is_village]), "land": shapes[is_village]}
    content = topojson(layers, names={**names.prefectures, **names.villages}, grid=nation.grid)
    yield _written(folder, "prefectures", None, content, precision)


def _prefectures(
    folder: Path, fine: Outlines, names: Names, progress: Callable[[float], None]
) -> Iterator[GeometryFile]:
    owner = fine.shapes["code"].str[:2]
    prefectures = sorted(set(owner))
    for done, prefecture in enumerate(prefectures, start=1):
        content = _area_file(fine, fine.shapes[owner == prefecture], names)
        yield _written(folder, "prefecture", prefecture, content, fine.precision_m)
        progress(0.65 + 0.35 * done / len(prefectures))


def _area_file(drawn: Outlines, shapes: gpd.GeoDataFrame, names: Names) -> bytes:
    """Return the municipalities, and apart from them the land without a state (northern villages, 所属未定地)."""
    is_area = shapes["code"].isin(names.municipalities.keys())
    layers = {"areas": shapes[is_area], "land": shapes[~is_area]}
    return topojson(layers, names={**names.municipalities, **names.villages}, grid=drawn.grid)


def _require_every_municipality(drawn: Outlines, names: Names) -> None:
    codes = {code for code in drawn.shapes["code"] if not code.endswith("000")}
    missing = sorted(names.municipalities.keys() - codes)
    unknown = sorted(codes - names.municipalities.keys() - names.villages.keys())
    if missing or unknown:
        problem = f"境界がない市区町村: {missing[:10]}、市区町村の表にない境界: {unknown[:10]}"
        raise GeometryError(f"{drawn.title}と市区町村の表が合いません（{problem}）。")


def _written(
    folder: Path,
    level: str,
    prefecture: str | None,
    content: bytes,
    precision_m: float | None,
    *,
    kind: str = "",
) -> GeometryFile:
    sha256 = hashlib.sha256(content).hexdigest()
    stem = f"{level}-{prefecture}" if prefecture else level
    name = f"{stem}-{sha256[:8]}.{kind or ('topo.json' if precision_m else 'json')}"
    if not (folder / name).is_file() or file_sha256(folder / name) != sha256:
        write_whole(folder / name, content)
    return GeometryFile(level, prefecture, name, len(content), sha256, precision_m)
