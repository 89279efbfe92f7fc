"""Imports: taken in whole or not at all, counted once, taken back without a trace."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.build import BuildBusyError, CheckError, connect, ensure_build, fill_database
from etl.export import PUBLIC_TABLES, export_all
from etl.import_record import import_ids, read_import
from etl.imported import read_imported
from etl.imports import ImportRejectedError, ImportStoreError, import_file, imports, undo
from etl.inputs import build_id_of
from etl.intake.facts import Kind, Options
from etl.intake.report import Outcome
from etl.lock import single_writer
from etl.read import read_curated

pytestmark = pytest.mark.usefixtures("checked_here")
REPOSITORY = Path(__file__).resolve().parents[2]
PLATFORMS = "年度,都道府県,市区町村,団体コード,区分,備考"
GRANTEES = "年度,採択番号,団体名,事業名,都道府県,市区町村,活動地域,出典"
PLACES = "名称,種別,都道府県,市区町村,住所,緯度,経度,年度,出典URL"
# Imports in a process of its own and kills itself instead of doing the rename numbered RENAME.
KILLED_RENAME = """
import itertools, os, signal, sys
from pathlib import Path
from etl.imports import import_file, undo
from etl.intake.facts import Kind, Options
count, rename = itertools.count(1), Path.replace
def replace(self, target):
    if next(count) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)
Path.replace = replace
if sys.argv[4] == "undo":
    undo(sys.argv[1], Path(sys.argv[2]))
else:
    import_file(Path(sys.argv[1]), Kind.PLATFORMS, Options(), "s1", Path(sys.argv[2]))
"""
Sent = Callable[..., Path]


@pytest.fixture
def data(world: Any, tmp_path: Path) -> Path:
    return Path(world.write(tmp_path / "data"))


@pytest.fixture
def sent(tmp_path: Path) -> Sent:
    """A function that writes a list as somebody would send it."""

    def written(heading: str, *rows: str, name: str = "list.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
        return path

    return written


@pytest.fixture
def built(data: Path, tmp_path: Path) -> Callable[[], duckdb.DuckDBPyConnection]:
    """A function that builds the data and opens the build."""
    return lambda: connect(ensure_build(folder=tmp_path / "builds", data=data))


def tree(folder: Path) -> dict[str, str]:
    """Return the sum of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def take(path: Path, data: Path, kind: Kind = Kind.PLATFORMS, source: str = "s1") -> Any:
    return import_file(path, kind, Options(), source, data)


def asked(con: duckdb.DuckDBPyConnection, question: str) -> list[Any]:
    return con.execute(question).fetchall()


# -- what joins -------------------------------------------------------------------------------------------------------


def test_an_imported_participant_is_in_the_build_with_its_document_and_row(
    data: Path, sent: Sent, built: Any
) -> None:
    entry = take(sent(PLATFORMS, "2023,甲県,甲市,,新規,", name="甲県の一覧.csv"), data)
    with built() as con:
        found = asked(
            con,
            """SELECT fiscal_year, code, status, is_counted, programme_id, source_id, source_locator, import_id
               FROM participation""",
        )
        state = asked(
            con,
            "SELECT state FROM coverage WHERE code = '01202' AND fiscal_year = 2023 AND time_view = 'annual'",
        )
    cited = ("s1", "甲県の一覧.csv 2行目", entry.import_id)
    assert found == [(2023, "01202", "new", True, "platform_model_2023", *cited)]
    assert state == [("A",)]


def test_the_registered_row_stays_and_the_body_counts_once(
    world: Any, data: Path, sent: Sent, built: Any
) -> None:
    world.listed(2023, world.KO_SHI, "甲市")
    world.write(data)
    take(sent(PLATFORMS, "2023,甲県,甲市,,新規,"), data)
    with built() as con:
        assert asked(con, "SELECT participation_id, import_id FROM participation") == [("p2023-01202", None)]
        assert asked(con, "SELECT loaded, joined, already_known FROM import_log") == [(1, 0, 1)]


def test_without_a_word_on_it_the_year_before_says_whether_a_body_continues(
    world: Any, data: Path, sent: Sent, built: Any
) -> None:
    world.listed(2022, world.KO_SHI, "甲市")
    world.write(data)
    take(
        sent(PLATFORMS, "2023,甲県,甲市,,市区町村,", "2023,乙県,乙市,,市区町村,", "2024,乙県,,,都道府県,"),
        data,
    )
    with built() as con:
        found = asked(con, "SELECT code, status FROM participation WHERE import_id IS NOT NULL ORDER BY code")
    assert found == [("01202", "continuing"), ("02000", "unknown"), ("02201", "unknown")]


def test_a_year_without_a_list_is_opened_but_not_taken_for_complete(
    data: Path, sent: Sent, built: Any
) -> None:
    take(sent(PLATFORMS, "2024,甲県,甲市,,新規,", "2026,甲県,甲市,,,"), data)
    with built() as con:
        lists = asked(
            con, "SELECT fiscal_year, list_state, named FROM programme_list WHERE fiscal_year > 2023"
        )
    assert lists == [(2024, "partial", 1), (2025, "not_registered", 0), (2026, "partial", 1)]


def published(
    world: Any, year: int, number: int, expects: str, measure: str = "programme_participants"
) -> None:
    world.add("control_total", total_id=f"t-{year}", measure=measure, fiscal_year=str(year),
              as_of="2023", part="total", value=str(number), unit="団体", expects=expects)  # fmt: skip


def test_a_body_that_a_complete_list_does_not_name_is_shown_as_disputed_and_not_counted(
    world: Any, data: Path, sent: Sent, built: Any
) -> None:
    world.listed(2022, world.KO_SHI, "甲市")
    published(world, 2022, 1, "match")
    world.write(data)
    take(sent(PLATFORMS, "2022,乙県,乙市,,新規,"), data)
    with built() as con:
        found = asked(con, "SELECT code, status, is_counted FROM participation WHERE import_id IS NOT NULL")
        claims = asked(con, "SELECT claim, is_disputed FROM evidence WHERE code = '02201'")
        state = asked(con, "SELECT DISTINCT state FROM coverage WHERE code = '02201'")
        verdict = asked(con, "SELECT loaded, verdict FROM control_total")
        assert asked(con, "SELECT disputed FROM import_log") == [(1,)]
    assert found == [("02201", "disputed", False)]
    assert claims == [("conflict", True)]
    assert "A" not in {letter for (letter,) in state}
    assert verdict == [(1, "matches")]


def test_a_second_year_beyond_the_published_number_is_disputed(
    world: Any, data: Path, sent: Sent, built: Any
) -> None:
    world.listed(2022, world.KO_SHI, "甲市")
    world.listed(2022, world.OTSU_SHI, "乙市")
    world.listed(2023, world.KO_SHI, "甲市", status="continuing")
    published(world, 2023, 1, "match", "programme_second_year")
    world.write(data)
    take(sent(PLATFORMS, "2023,乙県,乙市,,,", "2023,甲県,大甲市,,,"), data)
    with built() as con:
        found = asked(con, "SELECT code, status FROM participation WHERE import_id IS NOT NULL ORDER BY code")
    assert found == [("01100", "unknown"), ("02201", "disputed")]


def test_a_list_is_complete_when_an_import_names_the_last_published_body(
    world: Any, data: Path, sent: Sent, built: Any
) -> None:
    world.listed(2023, world.KO_SHI, "甲市")
    published(world, 2023, 2, "incomplete")
    next(row for row in world.rows["programme_list"] if row["fiscal_year"] == "2023")["published_total"] = "2"
    world.write(data)
    take(sent(PLATFORMS, "2023,乙県,乙市,,,"), data)
    with built() as con:
        state = asked(con, "SELECT list_state, named FROM programme_list WHERE fiscal_year = 2023")
        assert asked(con, "SELECT verdict FROM control_total") == [("matches",)]
    assert state == [("complete", 2)]


def test_the_later_list_speaks_and_may_say_that_a_body_takes_no_part(
    data: Path, sent: Sent, built: Any
) -> None:
    take(sent(PLATFORMS, "2024,甲県,甲市,,新規,", "2024,甲県,丙町,,新規,"), data)
    take(sent(PLATFORMS, "2024,甲県,甲市,,参画の確認なし,", "2024,甲県,丙町,,継続,"), data)
    with built() as con:
        assert asked(con, "SELECT code, status FROM participation") == [("01303", "continuing")]


def test_a_grantee_joins_with_its_areas_and_a_registered_one_is_not_counted_twice(
    world: Any, data: Path, sent: Sent, built: Any
) -> None:
    world.add("grant_programme", programme_id="base_model_2023", fiscal_year="2023", name="甲調査",
              kind="base_model", list_state="complete")  # fmt: skip
    world.add("grant_award", award_id="g01", programme_id="base_model_2023", fiscal_year="2023", tier="adopted",
              is_counted="true", organisation="ひだまり", organisation_type="NPO法人", title="見守り",
              scope="nationwide", confidence="certain")  # fmt: skip
    world.write(data)
    rows = (
        "2023,1,NPO法人ひだまり,見守り,甲県,甲市,全国,",
        "2023,2,あおぞら会,居場所,甲県,甲市,甲県、乙県,",
        "2023,3,みなと,相談,乙県,乙市,全国,",
    )
    entry = take(sent(GRANTEES, *rows), data, Kind.GRANTEES)
    with built() as con:
        awards = asked(
            con,
            "SELECT organisation, programme_id, tier, source_locator FROM grant_award WHERE import_id IS NOT NULL",
        )
        areas = asked(
            con,
            """SELECT organisation, grant_area.scope, code FROM grant_area JOIN grant_award USING (award_id)
               WHERE grant_area.import_id IS NOT NULL ORDER BY ALL""",
        )
        assert asked(con, "SELECT joined, already_known FROM import_log") == [(2, 1)]
        assert asked(con, "SELECT kind FROM grant_programme WHERE programme_id LIKE 'imported%'") == [
            ("imported",)
        ]
    assert awards == [
        ("あおぞら会", "imported_grants_2023", "adopted", "list.csv 3行目"),
        ("みなと", "imported_grants_2023", "adopted", "list.csv 4行目"),
    ]
    assert areas == [
        ("あおぞら会", "prefecture", "01000"),
        ("あおぞら会", "prefecture", "02000"),
        ("みなと", "nationwide", None),
    ]
    assert entry.counts["loaded"] == 3


def test_a_place_has_the_licence_of_its_source_and_counts_once_in_two_lists(
    data: Path, sent: Sent, built: Any
) -> None:
    first = take(sent(PLACES, "ひだまり,こども食堂,甲県,甲市,甲市1-1,,,2024,"), data, Kind.PLACES)
    second = (
        "ひだまり,こども食堂,甲県,甲市,甲市1-1,,,2024,",
        "ひだまり,こども食堂,乙県,乙市,乙市1-1,,,2024,",
    )
    take(sent(PLACES, *second, name="later.csv"), data, Kind.PLACES)
    with built() as con:
        found = asked(con, "SELECT place_id, code, licence, as_of_printed, source_locator FROM place")
        assert asked(con, "SELECT joined, already_known FROM import_log") == [(1, 0), (1, 1)]
    assert found[0] == (
        f"i{first.import_id.removeprefix('places-')}-2",
        "01202",
        "CC BY 4.0",
        "2024年度",
        "list.csv 2行目",
    )
    assert [row[1] for row in found] == ["01202", "02201"]


def test_imported_points_are_on_the_map(data: Path, sent: Sent, tmp_path: Path) -> None:
    lat, lon = 20 + 15_364 / 960, 122 + 10_892 / 640  # the middle of 甲市 in the mesh of the small world
    take(sent(PLACES, f"ひだまり,こども食堂,甲県,甲市,,{lat},{lon},2024,"), data, Kind.PLACES)
    build = ensure_build(folder=tmp_path / "builds", data=data)
    names = [path.name for path in build.geometry.glob("places-*.json")]
    assert "ひだまり" in (build.geometry / names[0]).read_text(encoding="utf-8")


def test_the_log_the_messages_and_the_rows_held_back_are_public_tables(
    data: Path, sent: Sent, built: Any, tmp_path: Path
) -> None:
    entry = take(sent(PLATFORMS, "令和5年度,甲県,甲市,,新規,", "2023,甲県,無い市,,新規,"), data)
    assert entry.outcome is Outcome.QUARANTINE
    with built() as con:
        log = asked(con, "SELECT file, rows_read, loaded, repaired, quarantined, source_id FROM import_log")
        repairs = asked(
            con, "SELECT file_row, value_before, value_after FROM import_message WHERE file_row = 2"
        )
        held = asked(con, "SELECT file_row, column_printed, cells FROM quarantine")
    assert log == [("list.csv", 2, 1, 1, 1, "s1")]
    assert repairs == [(2, "令和5年度", "2023")]
    assert held[0][0] == 3
    assert json.loads(held[0][2])["市区町村"] == "無い市"
    path = sent(PLATFORMS + ",元の行,元の取り込み", f"2023,甲県,丙町,,新規,,3,{entry.import_id}")
    again = take(path, data)
    with built() as con:
        assert asked(con, "SELECT file_row, replaced_by FROM quarantine") == [(3, again.import_id)]
    assert {"import_log", "import_message", "quarantine"} <= set(PUBLIC_TABLES)
    export_all(ensure_build(folder=tmp_path / "builds", data=data).database, tmp_path / "out")
    assert (tmp_path / "out" / "csv" / "quarantine.csv").is_file()


# -- whole or not at all ----------------------------------------------------------------------------------------------


def test_the_same_file_twice_changes_nothing(data: Path, sent: Sent) -> None:
    path = sent(PLATFORMS, "2023,甲県,甲市,,新規,")
    first = take(path, data)
    before = tree(data)
    assert take(path.rename(path.with_name("renamed.csv")), data) == first
    assert {name: sums for name, sums in tree(data).items() if not name.endswith(".lock")} == {
        name: sums for name, sums in before.items() if not name.endswith(".lock")
    }


def test_the_same_file_read_in_another_way_is_another_import(data: Path, sent: Sent) -> None:
    path = sent(PLACES.replace(",年度", ""), "ひだまり,こども食堂,甲県,甲市,甲市1-1,,,")
    ids = {
        import_file(path, Kind.PLACES, Options(fiscal_year=year), "s1", data).import_id
        for year in (2023, 2024)
    }
    assert len(ids) == 2


def test_what_is_undone_leaves_the_build_as_it_was(data: Path, sent: Sent, tmp_path: Path) -> None:
    first = ensure_build(folder=tmp_path / "builds", data=data)
    entry = take(sent(PLATFORMS, "2023,甲県,甲市,,新規,", "2023,甲県,無い市,,新規,"), data)
    second = ensure_build(folder=tmp_path / "builds", data=data)
    assert second.build_id != first.build_id
    undo(entry.import_id, data)
    assert build_id_of(data) == first.build_id
    assert ensure_build(folder=tmp_path / "builds", data=data) == first
    assert imports(data) == []


@pytest.mark.parametrize("text", ["", "見出し\nだけ\n", f"{PLATFORMS}\n", "\x00\x01"])
def test_a_rejected_file_leaves_no_trace(data: Path, tmp_path: Path, text: str) -> None:
    build = ensure_build(folder=tmp_path / "builds", data=data)
    before = tree(tmp_path / "builds"), tree(data)
    (tmp_path / "bad.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ImportRejectedError) as caught:
        take(tmp_path / "bad.csv", data)
    assert caught.value.report.outcome is Outcome.REJECT
    assert (tree(tmp_path / "builds"), tree(data)) == before
    assert ensure_build(folder=tmp_path / "builds", data=data) == build


def test_an_unknown_source_is_refused_and_the_message_says_how_to_add_one(data: Path, sent: Sent) -> None:
    before = tree(data)
    with pytest.raises(ImportStoreError, match=r"「s9」は登録されていません。.*sources\.csv.*--kind sources"):
        take(sent(PLATFORMS, "2023,甲県,甲市,,新規,"), data, source="s9")
    assert tree(data) == before


@pytest.mark.parametrize("kind", [Kind.COUNTS, Kind.PDF, Kind.BOUNDARIES])
def test_kinds_that_are_only_checked_are_not_taken_in(data: Path, sent: Sent, kind: Kind) -> None:
    with pytest.raises(ImportStoreError, match="取り込めません"):
        take(sent("a,b", "1,2"), data, kind)
    assert not (data / "imports").exists()


def test_a_list_of_sources_can_be_cited_and_does_not_go_while_it_is(
    data: Path, sent: Sent, built: Any
) -> None:
    listed = sent(
        "id,title,url,path,sha256",
        "new-1,甲の新しい資料,https://www.cas.go.jp/x,list.pdf," + "a" * 64,
        name="sources.csv",
    )
    brought = take(listed, data, Kind.SOURCES, source="")
    citing = take(sent(PLATFORMS, "2023,甲県,甲市,,新規,"), data, source="new-1")
    with built() as con:
        assert asked(con, "SELECT title, licence FROM source WHERE import_id IS NOT NULL") == [
            ("甲の新しい資料", "利用条件の記載なし")
        ]
    with pytest.raises(ImportStoreError, match=citing.import_id):
        undo(brought.import_id, data)
    undo(citing.import_id, data)
    undo(brought.import_id, data)
    assert import_ids(data) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed with a signal")
@pytest.mark.parametrize("rename", [1, 2])
def test_an_import_killed_at_any_step_is_not_there_and_the_next_one_sweeps_up(
    data: Path, sent: Sent, rename: int
) -> None:
    path, before = sent(PLATFORMS, "2023,甲県,甲市,,新規,"), build_id_of(data)
    arguments = [sys.executable, "-c", KILLED_RENAME, str(path), str(data), str(rename), "import"]
    done = subprocess.run(arguments, cwd=REPOSITORY, check=False, capture_output=True)
    assert done.returncode == -9
    assert imports(data) == []
    assert build_id_of(data) == before
    entry = take(path, data)
    assert {path.name for path in (data / "imports").iterdir()} == {"build.lock", entry.import_id}


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed with a signal")
def test_an_undo_that_is_killed_leaves_the_import_whole(data: Path, sent: Sent) -> None:
    entry = take(sent(PLATFORMS, "2023,甲県,甲市,,新規,"), data)
    before = build_id_of(data)
    arguments = [sys.executable, "-c", KILLED_RENAME, entry.import_id, str(data), "1", "undo"]
    assert subprocess.run(arguments, cwd=REPOSITORY, check=False, capture_output=True).returncode == -9
    assert imports(data) == [entry]
    assert build_id_of(data) == before


def test_a_disk_that_refuses_to_flush_leaves_nothing(
    data: Path, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sent(PLATFORMS, "2023,甲県,甲市,,新規,")

    def refuse(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", refuse)
        with pytest.raises(ImportStoreError, match="書けません"):
            take(path, data)
    assert imports(data) == []
    assert [path.name for path in (data / "imports").iterdir()] == ["build.lock"]


def test_a_second_writer_is_told_who_is_first(data: Path, sent: Sent) -> None:
    (data / "imports").mkdir()
    with (
        single_writer(data / "imports"),
        pytest.raises(BuildBusyError, match=r"ほかの取り込みが実行中です（PID \d+"),
    ):
        take(sent(PLATFORMS, "2023,甲県,甲市,,新規,"), data)


@pytest.mark.parametrize("damage", ["import.json", "facts.parquet"])
def test_a_damaged_import_stops_the_build_with_one_sentence_and_can_be_undone(
    data: Path, sent: Sent, tmp_path: Path, damage: str
) -> None:
    before = ensure_build(folder=tmp_path / "builds", data=data)
    entry = take(sent(PLATFORMS, "2023,甲県,甲市,,新規,"), data)
    (data / "imports" / entry.import_id / damage).write_bytes(b"{}")
    with pytest.raises(ImportStoreError, match=f"ibasho imports undo {entry.import_id}"):
        ensure_build(folder=tmp_path / "builds", data=data)
    undo(entry.import_id, data)
    assert ensure_build(folder=tmp_path / "builds", data=data) == before


@pytest.mark.parametrize("name", ["../data", "places-00000000", "", "x" * 300])
def test_an_import_that_is_not_there_is_said_so(data: Path, name: str) -> None:
    for act in (undo, lambda import_id, data: read_import(data, import_id)):
        with pytest.raises(ImportStoreError, match="はありません"):
            act(name, data)
    assert (data / "sources.csv").is_file()


def test_an_area_that_is_gone_since_stops_the_build_and_names_the_import(
    world: Any, data: Path, sent: Sent
) -> None:
    entry = take(sent(PLACES, "ひだまり,こども食堂,乙県,丙町,丙町1-1,,,2024,"), data, Kind.PLACES)
    row = next(row for row in world.rows["area"] if row["code"] == world.OTSU_HEI_CHO)
    row["valid_to"] = "2024-03-31"
    world.write(data)
    with duckdb.connect() as con, pytest.raises(CheckError, match=entry.import_id):
        fill_database(con, read_curated(data), imported=read_imported(data))
