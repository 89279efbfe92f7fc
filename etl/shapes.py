"""The map's geometry of a build: TopoJSON files whose names carry the hash of their content, and the points of places.

The shapes come from the embedded mesh, or from official boundaries where some were chosen. Making them is the slow step
(seconds), and they change only with that source, the code and the names. An index file remembers which files belong to which
inputs, so that a change of any other table costs nothing here.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq

import geo.drivers  # noqa: F401  before anything in this process can load GDAL with all of its drivers
from etl.boundary_store import boundary_files, current, read_areas
from etl.current import file_sha256
from etl.fault import BuildError
from etl.inputs import ID_LENGTH, LIBRARIES, MESH_FILE, digest, geometry_code_files
from etl.publish import flush_folder, write_whole
from geo.area import MUNICIPALITY_KINDS, AreaKind
from geo.mesh import GRID_125M, Grid, MeshTableError, Runs
from geo.official import OFFICIAL_GRID
from geo.shapes import (
    FINE_CELLS,
    NATIONAL_CELLS,
    NATIONAL_MIN_KM2,
    PRECISION_M,
    ShapeFaultsError,
    areas_from_runs,
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
SHOWN_PLACES = {"listed", "open"}
PLACE_COLUMNS = ("id", "name", "place_kind", "lat", "lon", "code")


class GeometryError(BuildError):
    """The boundaries are missing or damaged, or do not show every municipality exactly once."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """The shapes that a map is made of. `title` names them in messages; a border may be `precision_m` metres off."""

    shapes: gpd.GeoDataFrame
    title: str
    precision_m: float
    grid: Grid


@dataclass(frozen=True, slots=True)
class GeometryFile:
    """One file of the geometry folder. `precision_m` is the largest shift of a border in metres, None for points."""

    level: str
    prefecture_code: str | None
    file: str
    bytes: int
    sha256: str
    precision_m: float | None

    @staticmethod
    def table(files: Sequence["GeometryFile"]) -> pa.Table:
        """Return the files as a table."""
        types = {"level": pa.string(), "prefecture_code": pa.string(), "file": pa.string()}
        types |= {"bytes": pa.int64(), "sha256": pa.string(), "precision_m": pa.float64()}
        columns = {name: [getattr(entry, name) for entry in files] for name in types}
        return pa.table({name: pa.array(columns[name], kind) for name, kind in types.items()})


@dataclass(frozen=True, slots=True)
class Geometry:
    """The geometry of one build: its map files, and the index that lets the next build find them again."""

    files: tuple[GeometryFile, ...]
    index: str

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all files that the build needs."""
        return (*(entry.file for entry in self.files), self.index)


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
        BoundaryError: the official boundaries that were chosen are missing or damaged.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = Names.of(tables["area"])
    mesh = data / MESH_FILE
    if not mesh.is_file():
        raise GeometryError(
            f"境界の表 {MESH_FILE} がありません（{data}）。データのフォルダーに戻してください。"
        )
    made_of = (mesh, *boundary_files(data), *geometry_code_files())
    index = folder / f"index-{digest(made_of, LIBRARIES, str(names))[:ID_LENGTH]}.json"
    files = _remembered(index)
    if files is None:
        files = tuple(_map_files(folder, data, names, progress))
        write_whole(index, json.dumps([asdict(entry) for entry in files], indent=1).encode())
    places = _written(folder, "places", None, _places(tables["place"]), None)
    flush_folder(folder)
    return Geometry((*files, places), index.name)


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
    folder: Path, data: Path, names: Names, progress: Callable[[float], None]
) -> Iterator[GeometryFile]:
    outlines = _outlines(data)
    try:
        _require_every_municipality(outlines, names)
        progress(0.5)
        nation = drop_islets(simplify(outlines.shapes, cells=NATIONAL_CELLS), NATIONAL_MIN_KM2)
        coarse = max(outlines.precision_m, PRECISION_M * NATIONAL_CELLS)
        yield from _nation(folder, replace(outlines, shapes=nation, precision_m=coarse), names)
        progress(0.65)
        fine = drop_islets(outlines.shapes, PREFECTURE_ISLET_KM2)
        yield from _prefectures(folder, replace(outlines, shapes=fine), names, progress)
    except ShapeFaultsError as fault:
        raise GeometryError(f"{outlines.title}を使えません: {fault}") from fault


def _outlines(data: Path) -> Outlines:
    """Return the official boundaries that were chosen, else those of the mesh."""
    chosen = current(data)
    if chosen is not None:
        title = f"境界「{chosen.boundary_id}」"
        return Outlines(read_areas(data, chosen), title, chosen.precision_m, OFFICIAL_GRID)
    title = f"境界の表 {MESH_FILE} "
    try:
        shapes = areas_from_runs(Runs.from_table(pq.read_table(data / MESH_FILE)), simplify_cells=FINE_CELLS)
    except (MeshTableError, ShapeFaultsError, pa.ArrowException) as fault:
        raise GeometryError(f"{title}を使えません: {fault}") from fault
    return Outlines(shapes, title, PRECISION_M * FINE_CELLS, GRID_125M)


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


def _area_file(outlines: Outlines, shapes: gpd.GeoDataFrame, names: Names) -> bytes:
    """Return the municipalities, and apart from them the land without a state (northern villages, 所属未定地)."""
    is_area = shapes["code"].isin(names.municipalities.keys())
    layers = {"areas": shapes[is_area], "land": shapes[~is_area]}
    return topojson(layers, names={**names.municipalities, **names.villages}, grid=outlines.grid)


def _require_every_municipality(outlines: Outlines, names: Names) -> None:
    drawn = {code for code in outlines.shapes["code"] if not code.endswith("000")}
    missing = sorted(names.municipalities.keys() - drawn)
    unknown = sorted(drawn - names.municipalities.keys() - names.villages.keys())
    if missing or unknown:
        problem = f"境界がない市区町村: {missing[:10]}、市区町村の表にない境界: {unknown[:10]}"
        raise GeometryError(f"{outlines.title}と市区町村の表が合いません（{problem}）。")


def _places(places: pa.Table) -> bytes:
    """Return the places that are open or listed and have coordinates: names of columns once, then rows."""
    rows = [
        [row["place_id"], row["name"], row["kind"], row["lat"], row["lon"], row["code"]]
        for row in sorted(places.to_pylist(), key=lambda row: str(row["place_id"]))
        if row["status"] in SHOWN_PLACES and row["lat"] is not None and row["lon"] is not None
    ]
    document = {"columns": PLACE_COLUMNS, "rows": rows}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _written(
    folder: Path, level: str, prefecture: str | None, content: bytes, precision_m: float | None
) -> GeometryFile:
    sha256 = hashlib.sha256(content).hexdigest()
    stem = f"{level}-{prefecture}" if prefecture else level
    name = f"{stem}-{sha256[:8]}.{'json' if level == 'places' else 'topo.json'}"
    if not (folder / name).is_file() or file_sha256(folder / name) != sha256:
        write_whole(folder / name, content)
    return GeometryFile(level, prefecture, name, len(content), sha256, precision_m)
