"""Areas beside areas and areas alike: in a small world by hand, in the real tables on pairs that are known."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.borders import NO_BORDERS, border_table
from etl.build import fill_database
from etl.inputs import DATA, MESH_FILE
from etl.mesh_table import GeometryError
from etl.read import read_curated

Database = Callable[[Any], duckdb.DuckDBPyConnection]


def neighbours(con: duckdb.DuckDBPyConnection, code: str) -> list[str]:
    rows = con.execute(
        "SELECT neighbour_code FROM neighbour WHERE code = ? ORDER BY neighbour_code", [code]
    ).fetchall()
    return [row[0] for row in rows]


def similar(con: duckdb.DuckDBPyConnection, code: str) -> list[str]:
    rows = con.execute(
        "SELECT name FROM similar_area JOIN area ON area.code = similar_code WHERE similar_area.code = ? ORDER BY rank",
        [code],
    ).fetchall()
    return [row[0] for row in rows]


# -- the small world: five blocks of 8 × 8 cells in a row, 大甲市 甲市 丙町 | 乙市 丙町 ----------------------------------


def test_neighbours_are_those_that_touch_and_both_say_so(world: Any, database: Database) -> None:
    con = database(world)
    assert neighbours(con, world.KO_SHI) == [world.DAIKO_SHI, world.HEI_CHO]
    assert neighbours(con, world.HEI_CHO) == [world.KO_SHI, world.OTSU_SHI]
    assert neighbours(con, world.KITA_KU) == [], "a ward is no area of its own"


def test_the_border_of_two_prefectures_is_that_of_their_municipalities(
    world: Any, database: Database
) -> None:
    rows = database(world).execute(
        "SELECT code, neighbour_code, border_m FROM neighbour WHERE code IN ('01000', '01303') ORDER BY ALL"
    )
    assert rows.fetchall() == [
        ("01000", "02000", 925),
        ("01303", "01202", 925),
        ("01303", "02201", 925),
    ]


def test_without_a_mesh_nobody_has_a_neighbour(world: Any, tmp_path: Path) -> None:
    assert NO_BORDERS.num_rows == 0
    with duckdb.connect() as con:
        fill_database(con, read_curated(world.write(tmp_path)))
        assert con.execute("SELECT count(*) FROM neighbour").fetchone() == (0,)


def test_a_missing_mesh_is_said(world: Any, tmp_path: Path) -> None:
    (world.write(tmp_path) / MESH_FILE).unlink()
    with pytest.raises(GeometryError, match=r"mesh_125m_runs\.parquet"):
        border_table(tmp_path)


def test_only_the_size_divides_the_small_world_and_ten_are_not_there(world: Any, database: Database) -> None:
    """All its people are 65 and live alone, so the areas differ in population alone: 4000, 1000, 200, 5000, 50."""
    con = database(world)
    assert similar(con, world.DAIKO_SHI) == ["乙市", "甲市", "丙町", "丙町"]
    assert similar(con, world.KO_KEN) == ["乙県"]
    rows = con.execute(
        "SELECT DISTINCT share_65plus_sd, people_per_household_sd FROM similar_area"
    ).fetchall()
    assert rows == [(0, 0)]


def test_an_area_without_people_is_like_none(world: Any, database: Database) -> None:
    row = next(row for row in world.rows["area"] if row["code"] == world.KO_SHI)
    row |= {"population": "0", "households": "0", "population_65plus": "0"}
    con = database(world)
    assert similar(con, world.KO_SHI) == []
    assert "甲市" not in similar(con, world.DAIKO_SHI)


def test_areas_that_are_equal_stand_in_the_order_of_their_codes(world: Any, database: Database) -> None:
    for row in world.rows["area"]:
        if row["code"] in world.MUNICIPALITIES:
            row |= {"population": "10", "households": "5", "population_65plus": "2"}
    rows = database(world).execute("SELECT code, rank, similar_code FROM similar_area ORDER BY code, rank")
    found = [row for row in rows.fetchall() if row[0] == world.HEI_CHO]
    others = sorted(set(world.MUNICIPALITIES) - {world.HEI_CHO})
    assert found == [(world.HEI_CHO, rank, code) for rank, code in enumerate(others, 1)]


# -- the real tables ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "names"),
    [
        (
            "31201",
            "岩美町 若桜町 智頭町 八頭町 三朝町 湯梨浜町 津山市 鏡野町 新温泉町",
        ),  # 鳥取市: 岡山県と兵庫県にも
        ("34208", "福山市 尾道市 三次市 庄原市 世羅町 神石高原町"),  # 広島県府中市
        ("13361", ""),  # 大島町
        ("13421", ""),  # 小笠原村
        ("47382", ""),  # 与那国町
        ("42000", "佐賀県"),  # 長崎県
        ("01000", ""),  # 北海道
        ("47000", ""),  # 沖縄県
        ("37000", "岡山県 徳島県 愛媛県"),  # 香川県: 岡山県とは石島（井島）の上で
        ("20000", "群馬県 埼玉県 新潟県 富山県 山梨県 岐阜県 静岡県 愛知県"),  # 長野県: 八つの県
    ],
)
def test_known_neighbours(real: duckdb.DuckDBPyConnection, code: str, names: str) -> None:
    rows = real.execute(
        "SELECT name FROM neighbour JOIN area ON area.code = neighbour_code WHERE neighbour.code = ?", [code]
    ).fetchall()
    assert sorted(name for (name,) in rows) == sorted(names.split())


def test_45_prefectures_have_neighbours_and_87_borders(real: duckdb.DuckDBPyConnection) -> None:
    row = real.execute(
        "SELECT count(DISTINCT code), count(*) FROM neighbour WHERE ends_with(code, '000')"
    ).fetchone()
    assert row == (45, 174)


def test_every_neighbour_is_a_municipality_or_a_prefecture_of_today(real: duckdb.DuckDBPyConnection) -> None:
    rows = real.execute(
        """SELECT code FROM neighbour WHERE code NOT IN (
               SELECT code FROM area WHERE kind NOT IN ('ward', 'northern_village'))"""
    ).fetchall()
    assert rows == []


def test_likeness_is_the_same_in_both_directions_and_never_to_itself(real: duckdb.DuckDBPyConnection) -> None:
    rows = real.execute(
        """SELECT one.code FROM similar_area AS one JOIN similar_area AS other
           ON one.code = other.similar_code AND one.similar_code = other.code
           WHERE one.distance <> other.distance OR one.population_sd <> -other.population_sd
              OR one.share_65plus_sd <> -other.share_65plus_sd
              OR one.people_per_household_sd <> -other.people_per_household_sd
           UNION ALL SELECT code FROM similar_area WHERE code = similar_code"""
    ).fetchall()
    assert rows == []


def test_the_distance_is_the_root_mean_square_of_its_row(real: duckdb.DuckDBPyConnection) -> None:
    rows = real.execute(
        "SELECT distance, population_sd, share_65plus_sd, people_per_household_sd FROM similar_area"
    ).fetchall()
    for distance, *differences in rows:
        assert distance == pytest.approx((sum(one**2 for one in differences) / 3) ** 0.5, abs=1e-4)


def test_no_area_that_was_left_out_is_more_alike(real: duckdb.DuckDBPyConnection) -> None:
    """Recomputed in plain Python for one city: 鳥取市 against all 1,740 inhabited municipalities."""
    rows = real.execute(
        """SELECT code, log10(population), population_65plus / population, population / households FROM area
           WHERE kind NOT IN ('prefecture', 'ward', 'northern_village') AND population > 0 ORDER BY code"""
    ).fetchall()
    spread = []
    for values in list(zip(*rows, strict=True))[1:]:
        mean = sum(values) / len(values)
        spread.append((sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5)
    own = next(row[1:] for row in rows if row[0] == "31201")
    distances = sorted(
        (sum(((a - b) / sd) ** 2 for a, b, sd in zip(row[1:], own, spread, strict=True)), row[0])
        for row in rows
        if row[0] != "31201"
    )
    stored = real.execute(
        "SELECT similar_code FROM similar_area WHERE code = '31201' ORDER BY rank"
    ).fetchall()
    assert [code for (code,) in stored] == [code for _, code in distances[:10]]
    assert len(rows) == 1740, "all but 双葉町, where nobody lived in 2020"


@pytest.mark.parametrize(
    ("code", "expected", "reason"),
    [
        (
            "01100",
            {"神戸市", "京都市"},
            "札幌市: cities of 1.5 to 2 million, a quarter aged, small households",
        ),
        ("13103", {"文京区", "品川区"}, "港区: young wards in the middle of 東京 of 240,000 to 420,000"),
        ("46303", {"十島村", "利島村"}, "三島村: villages of a few hundred on small islands"),
        ("31000", {"島根県", "佐賀県"}, "鳥取県: the smallest prefectures, aged, with large households"),
        ("14000", {"千葉県", "大阪府"}, "神奈川県: the most people, younger than most, small households"),
    ],
)
def test_known_areas_are_alike(
    real: duckdb.DuckDBPyConnection, code: str, expected: set[str], reason: str
) -> None:
    assert expected <= set(similar(real, code)), reason


def test_a_designated_city_is_like_large_cities(real: duckdb.DuckDBPyConnection) -> None:
    row = real.execute(
        """SELECT min(other.population) FROM similar_area JOIN area USING (code)
           JOIN area AS other ON other.code = similar_code
           WHERE area.kind = 'designated_city' AND rank <= 3"""
    ).fetchone()
    assert row is not None
    assert row[0] > 300_000


def test_the_same_tables_make_the_same_likeness(real: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    question = "SELECT * FROM similar_area"
    with duckdb.connect(config={"threads": 1}) as con:
        shutil.copy(DATA / MESH_FILE, tmp_path)
        fill_database(con, read_curated(DATA), borders=border_table(tmp_path))
        assert con.execute(question).fetchall() == real.execute(question).fetchall()


def test_every_border_of_the_mesh_stands_there_twice(real: duckdb.DuckDBPyConnection) -> None:
    rows = real.execute("SELECT count(*) FROM neighbour WHERE NOT ends_with(code, '000')").fetchone()
    assert rows == (2 * 4_386,)
