"""A Japan small enough to draw: 甲県 with 甲市, 丙町 and the designated city 大甲市, 乙県 with 乙市 and another 丙町.

The curated tables of this world have the real schema (data/datapackage.json), so the real SQL runs on them.
"""

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.borders import border_table
from etl.build import fill_database
from etl.read import read_curated
from geo.area import code6_of

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = REPOSITORY / "data"

CITED = {"source_id": "s1", "source_locator": "1ページ"}


class World:
    """Rows of the curated tables by table name; cells are text as in the files."""

    KO_KEN, KO_SHI, HEI_CHO, DAIKO_SHI, KITA_KU = "01000", "01202", "01303", "01100", "01101"
    OTSU_KEN, OTSU_SHI, OTSU_HEI_CHO = "02000", "02201", "02302"
    POPULATION: ClassVar = {DAIKO_SHI: 4000, KO_SHI: 1000, HEI_CHO: 200, OTSU_SHI: 5000, OTSU_HEI_CHO: 50}
    MUNICIPALITIES = tuple(POPULATION)

    def __init__(self) -> None:
        package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
        resources = [entry for entry in package["resources"] if entry["path"].endswith(".csv")]
        self.paths = {entry["name"]: entry["path"] for entry in resources}
        self.columns = {
            entry["name"]: [field["name"] for field in entry["schema"]["fields"]] for entry in resources
        }
        self.rows: dict[str, list[dict[str, str]]] = {name: [] for name in self.paths}
        self._found()

    def add(self, table: str, **cells: str) -> dict[str, str]:
        """Add a row; cells that are not given are empty, the citation is s1."""
        cited = CITED if "source_locator" in self.columns[table] else {}
        row = dict.fromkeys(self.columns[table], "") | cited | cells
        assert set(row) == set(self.columns[table]), set(row) ^ set(self.columns[table])
        self.rows[table].append(row)
        return row

    def area(self, code: str, name: str, kind: str, **cells: str) -> None:
        """Add an area of 甲県 (01) or 乙県 (02)."""
        prefecture = {"01": "甲県", "02": "乙県"}[code[:2]]
        people = str(self.POPULATION[code]) if code in self.POPULATION else ""
        numbers = dict.fromkeys(
            ("population", "households", "population_65plus", "general_households"), people
        )
        fixed = {"code6": code6_of(code), "prefecture_code": code[:2], "prefecture_name": prefecture}
        self.add(
            "area",
            code=code,
            name=name,
            kind=kind,
            kana="かな",
            romaji="Romaji",
            **fixed,
            **(numbers | cells),
        )

    def listed(self, year: int, code: str, name: str, status: str = "new", **cells: str) -> None:
        """Add a body to the list of a year."""
        fixed = {"participation_id": f"p{year}-{code}", "programme_id": f"platform_model_{year}"}
        fixed |= {"fiscal_year": str(year), "confidence": "certain"}
        self.add("participation", code=code, name_printed=name, status=status, **(fixed | cells))

    def platform(self, code: str, kind: str, year: str, printed: str, **cells: str) -> str:
        """Add an established platform led by an area, and return its id."""
        fixed = {"platform_id": f"pf-{code}", "lead_printed": printed, "status": "established"}
        row = fixed | {"confidence": "certain"} | cells
        self.add("platform", lead_code=code, kind=kind, established_year=year, **row)
        return row["platform_id"]

    def member(self, platform: str, code: str, since: int, status: str = "confirmed", **cells: str) -> None:
        """Add a member of a platform."""
        fixed = {"name_printed": "県内の全市町村", "is_disputed": "false"}
        row = {"platform_id": platform, "member_code": code, "since_year": str(since), "status": status}
        self.add("platform_member", **row, **(fixed | cells))

    def write(self, folder: Path) -> Path:
        """Write the tables and the schema into a folder, and return it."""
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(DATA / "datapackage.json", folder)
        for table, path in self.paths.items():
            with (folder / path).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, self.columns[table], lineterminator="\n")
                writer.writeheader()
                writer.writerows(self.rows[table])
        pq.write_table(mesh(self.MUNICIPALITIES), folder / "mesh_125m_runs.parquet")
        return folder

    def _found(self) -> None:
        self.add("source", source_id="s1", title="甲の一覧", publisher="甲省", published_on="2023-01",
                 licence="CC BY 4.0", credit="出典：甲省", kind="document")  # fmt: skip
        self.area(self.KO_KEN, "甲県", "prefecture")
        self.area(self.DAIKO_SHI, "大甲市", "designated_city")
        self.area(self.KITA_KU, "北区", "ward", parent_code=self.DAIKO_SHI)
        self.area(self.KO_SHI, "甲市", "city")
        self.area(self.HEI_CHO, "丙町", "town")
        self.area(self.OTSU_KEN, "乙県", "prefecture")
        self.area(self.OTSU_SHI, "乙市", "city")
        self.area(self.OTSU_HEI_CHO, "丙町", "town")
        for year, state in ((2022, "complete"), (2023, "partial"), (2024, "not_registered")):
            self.add("programme_list", fiscal_year=str(year), programme_name="甲事業", list_state=state)
            self.add("grant_programme", programme_id=f"platform_model_{year}", fiscal_year=str(year),
                     name="甲事業", kind="platform_model", list_state=state)  # fmt: skip


def mesh(codes: tuple[str, ...]) -> pa.Table:
    """Return a run table in which each area is a block of 8 × 8 cells, side by side near 36° N 139° E."""
    runs = [
        {"row": 15_360 + row, "col": 10_880 + 8 * place, "len": 8, "code": int(code)}
        for row in range(8)
        for place, code in enumerate(codes)
    ]
    types = {"row": pa.int16(), "col": pa.int16(), "len": pa.int16(), "code": pa.int32()}
    return pa.table({name: pa.array([run[name] for run in runs], kind) for name, kind in types.items()})


@pytest.fixture
def world() -> World:
    """The small world before anything has happened in it."""
    return World()


@pytest.fixture(scope="session")
def new_world() -> type[World]:
    """Makes worlds, for tests that need many."""
    return World


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Callable[[World], duckdb.DuckDBPyConnection]]:
    """A function from a world to the database that the ETL makes of it, without geometry."""
    opened: list[duckdb.DuckDBPyConnection] = []

    def made(world: World) -> duckdb.DuckDBPyConnection:
        con = duckdb.connect()
        opened.append(con)
        data = world.write(tmp_path / f"data{len(opened)}")
        fill_database(con, read_curated(data), borders=border_table(data))
        return con

    yield made
    for con in opened:
        con.close()


@pytest.fixture
def state(database: Callable[[World], duckdb.DuckDBPyConnection]) -> Callable[..., str]:
    """A function (world, code, year, view) → the state of one municipality."""

    def asked(world: World, code: str, year: int, view: str) -> str:
        question = "SELECT state FROM coverage WHERE code = ? AND fiscal_year = ? AND time_view = ?"
        row: Any = database(world).execute(question, [code, year, view]).fetchone()
        return str(row[0])

    return asked


@pytest.fixture(scope="session")
def real() -> Iterator[duckdb.DuckDBPyConnection]:
    """The database of the real tables, without the map's geometry."""
    with duckdb.connect() as con:
        fill_database(con, read_curated(DATA), borders=border_table(DATA))
        yield con
