"""The reader of curated tables: every fault, with the row a spreadsheet shows, all at once."""

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.fault import CuratedTableError, Fault
from etl.read import read_curated
from etl.schema import SchemaError


def faults_of(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(CuratedTableError) as caught:
        read_curated(folder)
    return caught.value.faults


def only_fault(folder: Path) -> Fault:
    found = faults_of(folder)
    assert len(found) == 1, found
    return found[0]


def rewrite(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


def test_a_faultless_world_is_read_with_types_and_nulls(world: Any, tmp_path: Path) -> None:
    world.listed(2022, world.KO_SHI, "甲市", cohort="1", decided_on="2022-07-29")
    row = read_curated(world.write(tmp_path))["participation"].to_pylist()[0]
    assert (row["fiscal_year"], row["cohort"], row["decided_on"].isoformat()) == (2022, 1, "2022-07-29")
    assert row["code"] == "01202"
    assert row["note"] is None


def test_all_faults_of_all_tables_are_reported_at_once_with_their_rows(world: Any, tmp_path: Path) -> None:
    world.listed(2022, world.KO_SHI, "甲市", status="newest")
    world.listed(2022, world.OTSU_SHI, "乙市", fiscal_year="令和4年", participation_id="p2022-02201")
    world.platform(world.KO_KEN, "prefectural", "2022", "甲県", source_id="nowhere")
    world.rows["source"][0]["title"] = ""
    found = {(fault.file, fault.row, fault.column) for fault in faults_of(world.write(tmp_path))}
    assert found == {
        ("participation.csv", 2, "status"),
        ("participation.csv", 3, "fiscal_year"),
        ("platforms.csv", 2, "source_id"),
        ("sources.csv", 2, "title"),
    }


def test_a_message_says_file_row_column_problem_and_mend_in_one_line(world: Any, tmp_path: Path) -> None:
    world.listed(2022, world.KO_SHI, "甲市", status="newest")
    fault = only_fault(world.write(tmp_path))
    assert str(fault).startswith("participation.csv 2行目「status」列: ")
    assert " → " in str(fault)
    assert "\n" not in str(fault)


def test_a_row_after_a_cell_with_line_breaks_is_counted_as_a_spreadsheet_counts_it(
    world: Any, tmp_path: Path
) -> None:
    world.listed(2022, world.KO_SHI, "甲市", note="一行目\n二行目\n三行目")
    world.listed(2022, world.OTSU_SHI, "乙市", status="newest")
    assert only_fault(world.write(tmp_path)).row == 3


@pytest.mark.parametrize(
    ("table", "cell", "words"),
    [
        ("participation", ("fiscal_year", "２０２２"), "年度を表す西暦4桁"),
        ("participation", ("cohort", "1.0"), "整数"),
        ("participation", ("cohort", "3"), "使えない値"),
        ("participation", ("decided_on", "2022-02-30"), "という日はありません"),
        ("participation", ("decided_on", "2022-7-9"), "日付"),
        ("participation", ("participation_id", "P1"), "形が違います"),
        ("participation", ("note", " 前の空白"), "空白"),
        ("participation", ("note", "見え\u200bない"), "U+200B"),
        ("participation", ("source_id", ""), "空です"),
        ("participation", ("source_locator", ""), "空です"),
        (
            "participation",
            ("programme_id", "platform_model_1999"),
            "grant_programmes.csv にありません",
        ),
        ("platform_member", ("is_disputed", "TRUE"), "true か false"),
        ("platform_member", ("since_year", "1900"), "小さすぎます"),
    ],
)
def test_a_broken_rule_of_the_schema_is_a_fault_at_its_cell(
    world: Any, tmp_path: Path, table: str, cell: tuple[str, str], words: str
) -> None:
    world.listed(2022, world.KO_SHI, "甲市")
    world.member(world.platform(world.KO_KEN, "prefectural", "2022", "甲県"), world.HEI_CHO, 2022)
    column, text = cell
    world.rows[table][0][column] = text
    found = [fault for fault in faults_of(world.write(tmp_path)) if fault.column == column]
    assert [(fault.row, words in fault.problem) for fault in found] == [(2, True)], found


def test_a_key_that_stands_twice_names_the_later_row_and_the_earlier_one(world: Any, tmp_path: Path) -> None:
    world.listed(2022, world.KO_SHI, "甲市")
    world.listed(2022, world.OTSU_SHI, "乙市", participation_id="p2022-01202")
    fault = only_fault(world.write(tmp_path))
    assert (fault.row, fault.column) == (3, "participation_id")
    assert "2行目" in fault.problem


@pytest.mark.parametrize(
    ("change", "row", "words"),
    [
        (lambda text: b"\xef\xbb\xbf" + text, 1, "BOM"),
        (lambda text: text.replace("甲市".encode(), "甲市".encode("cp932")), 2, "UTF-8 ではない文字"),
        (lambda text: text.replace("甲市".encode(), b"\0"), 2, "NUL"),
        (lambda text: text + b"\n", 3, "空の行"),
        (lambda text: text.replace(b"participation_id,", b"participation_id,colour,"), 1, "知らない列"),
        (lambda text: text.replace(b",note_en\n", b"\n"), 1, "見出しがありません"),
        (lambda text: text.replace(b",note_en\n", b",note,note\n"), 1, "見出しが2回"),
        (lambda _: b"", 0, "何も書かれていません"),
    ],
)
def test_a_damaged_file_is_a_fault_of_its_own(
    world: Any, tmp_path: Path, change: Callable[[bytes], bytes], row: int, words: str
) -> None:
    world.listed(2022, world.KO_SHI, "甲市")
    folder = world.write(tmp_path)
    rewrite(folder / "participation.csv", change)
    found = [fault for fault in faults_of(folder) if words in fault.problem]
    assert [fault.row for fault in found] == [row], faults_of(folder)


def test_a_missing_file_is_one_fault_and_not_a_thousand_echoes(world: Any, tmp_path: Path) -> None:
    folder = world.write(tmp_path)
    (folder / "sources.csv").unlink()
    assert only_fault(folder).file == "sources.csv"


def test_an_open_quote_is_a_fault_of_the_row_where_it_opens(world: Any, tmp_path: Path) -> None:
    world.listed(2022, world.KO_SHI, "甲市")
    folder = world.write(tmp_path)
    rewrite(folder / "participation.csv", lambda text: text.replace("甲市".encode(), '"甲市'.encode()))
    assert only_fault(folder).row == 2


def test_windows_line_ends_are_no_fault(world: Any, tmp_path: Path) -> None:
    world.listed(2022, world.KO_SHI, "甲市")
    folder = world.write(tmp_path)
    rewrite(folder / "participation.csv", lambda text: text.replace(b"\n", b"\r\n"))
    assert read_curated(folder)["participation"].num_rows == 1


def test_a_schema_that_asks_for_what_is_not_enforced_is_refused(world: Any, tmp_path: Path) -> None:
    folder = world.write(tmp_path)
    rewrite(folder / "datapackage.json", lambda text: text.replace(b'"required": true', b'"maxLength": 3', 1))
    with pytest.raises(SchemaError, match="maxLength"):
        read_curated(folder)
    (folder / "datapackage.json").unlink()
    with pytest.raises(SchemaError, match=r"datapackage\.json"):
        read_curated(folder)


def test_a_wrong_check_digit_is_a_fault(world: Any, tmp_path: Path) -> None:
    row = next(row for row in world.rows["area"] if row["code"] == world.KO_SHI)
    right, row["code6"] = row["code6"], "012020"
    fault = only_fault(world.write(tmp_path))
    assert (fault.file, fault.column) == ("areas.csv", "code6")
    assert right in fault.mend


def test_a_name_that_is_not_the_codes_name_is_a_fault_with_candidates(world: Any, tmp_path: Path) -> None:
    world.listed(2022, world.KO_SHI, "乙市")
    fault = only_fault(world.write(tmp_path))
    assert (fault.row, fault.column) == (2, "name_printed")
    assert "02201 乙県乙市" in fault.problem


def test_a_name_printed_beside_another_prefecture_is_a_fault(world: Any, tmp_path: Path) -> None:
    world.listed(2022, world.HEI_CHO, "丙町", prefecture_printed="乙県")
    assert only_fault(world.write(tmp_path)).column == "name_printed"


def test_a_name_that_several_areas_bear_is_decided_by_its_code(world: Any, tmp_path: Path) -> None:
    world.listed(2022, world.OTSU_HEI_CHO, "丙町", confidence="likely")
    assert read_curated(world.write(tmp_path))["participation"].num_rows == 1


def test_a_misprint_is_read_through_its_correction_and_only_in_its_document(
    world: Any, tmp_path: Path
) -> None:
    world.listed(2022, world.KO_SHI, "申市")
    assert only_fault(world.write(tmp_path / "wrong")).column == "name_printed"
    world.add("correction", correction_id="c-01", printed="申市", corrected="甲市", reason="字形の誤り")
    assert read_curated(world.write(tmp_path / "mended"))["correction"].num_rows == 1
    world.add("source", **(world.rows["source"][0] | {"source_id": "s2"}))
    world.rows["correction"][0]["source_id"] = "s2"
    assert only_fault(world.write(tmp_path / "other")).column == "name_printed"


def test_an_alias_is_another_spelling_of_one_area(world: Any, tmp_path: Path) -> None:
    world.listed(2022, world.KO_SHI, "こうし", prefecture_printed="甲県")
    world.add("alias", printed="こうし", prefecture_name="甲県", code=world.KO_SHI, reason="かな書き")
    assert read_curated(world.write(tmp_path))["alias"].num_rows == 1


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"year_printed": "令和5年度"}, "fiscal_year"),
        ({"year_printed": "令和40x"}, "year_printed"),
        ({"decided_on": "2023-07-29"}, "fiscal_year"),
        ({"decided_on": "2022-07-29", "decided_printed": "2022-09-30"}, "decided_on"),
    ],
)
def test_a_printed_year_or_day_that_contradicts_the_fiscal_year_is_a_fault(
    world: Any, tmp_path: Path, cells: dict[str, str], column: str
) -> None:
    world.listed(2022, world.KO_SHI, "甲市", **cells)
    assert only_fault(world.write(tmp_path)).column == column


def test_january_to_march_belong_to_the_fiscal_year_before(world: Any, tmp_path: Path) -> None:
    world.platform(world.KO_KEN, "prefectural", "2022", "甲県", established_on="2023-02-09")
    assert read_curated(world.write(tmp_path))["platform"].num_rows == 1


def test_a_member_outside_the_prefecture_of_its_platform_is_a_fault(world: Any, tmp_path: Path) -> None:
    platform = world.platform(world.KO_KEN, "prefectural", "2022", "甲県")
    world.member(platform, world.HEI_CHO, 2022)
    world.member(platform, world.OTSU_SHI, 2022)
    fault = only_fault(world.write(tmp_path))
    assert (fault.file, fault.row, fault.column) == ("platform_members.csv", 3, "member_code")


def test_a_ward_cannot_take_part(world: Any, tmp_path: Path) -> None:
    world.listed(2022, world.KITA_KU, "大甲市北区")
    assert only_fault(world.write(tmp_path)).column == "code"


def test_a_listing_under_the_programme_of_another_year_is_a_fault(world: Any, tmp_path: Path) -> None:
    world.listed(2022, world.KO_SHI, "甲市", programme_id="platform_model_2023")
    assert only_fault(world.write(tmp_path)).column == "fiscal_year"


@pytest.mark.parametrize(
    ("scope", "code"),
    [("nationwide", "01202"), ("prefecture", "01202"), ("municipality", "01000"), ("municipality", "")],
)
def test_an_activity_area_whose_code_does_not_fit_its_scope_is_a_fault(
    world: Any, tmp_path: Path, scope: str, code: str
) -> None:
    world.add("grant_award", award_id="g01", programme_id="platform_model_2022", fiscal_year="2022", tier="adopted",
              is_counted="true", organisation="甲の会", scope="municipalities", confidence="certain")  # fmt: skip
    name = {"01202": "甲市", "01000": "甲県", "": "どこか"}[code]
    world.add("grant_area", award_id="g01", scope=scope, code=code, name_printed=name)
    fault = only_fault(world.write(tmp_path))
    assert (fault.file, fault.row, fault.column) == ("grant_areas.csv", 2, "code")


def test_a_place_in_a_ward_of_another_city_is_a_fault(world: Any, tmp_path: Path) -> None:
    world.add("place", place_id="p00001", name="甲の家", kind="居場所", code=world.KO_SHI, ward_code=world.KITA_KU,
              status="open", licence="CC BY 4.0", as_of_printed="2023")  # fmt: skip
    assert only_fault(world.write(tmp_path)).column == "ward_code"


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"prefecture_name": "乙県"}, "prefecture_name"),
        ({"prefecture_code": "02"}, "code"),
        ({"parent_code": "01100"}, "code"),
        ({"code": "99202", "code6": "992020"}, "code"),
    ],
)
def test_an_area_that_contradicts_itself_is_a_fault(
    world: Any, tmp_path: Path, cells: dict[str, str], column: str
) -> None:
    next(row for row in world.rows["area"] if row["code"] == world.KO_SHI).update(cells)
    fault = only_fault(world.write(tmp_path))
    assert (fault.file, fault.row, fault.column) == ("areas.csv", 5, column)


BREAKS = ("cite", "locator", "extra cell", "cell too few", "invisible", "twice")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), how=st.sampled_from(BREAKS))
def test_a_random_fault_at_a_random_row_names_exactly_that_row(
    new_world: Callable[[], Any], data: st.DataObject, how: str
) -> None:
    world = new_world()
    for year in (2022, 2023):
        for code, name in ((world.KO_KEN, "甲県"), (world.KO_SHI, "甲市"), (world.OTSU_SHI, "乙市")):
            world.listed(year, code, name)
    platform = world.platform(world.KO_KEN, "prefectural", "2022", "甲県")
    for code in (world.KO_SHI, world.HEI_CHO, world.DAIKO_SHI):
        world.member(platform, code, 2022)
    table = data.draw(
        st.sampled_from(("area", "participation", "platform_member", "programme_list", "platform"))
    )
    rows = world.rows[table]
    index = data.draw(st.integers(0, len(rows) - 1))
    if how in ("cite", "locator", "invisible"):
        column, text = {
            "cite": ("source_id", "nowhere"),
            "locator": ("source_locator", ""),
            "invisible": ("note", "x\u202e"),
        }[how]
        rows[index][column] = text
    if how == "twice":
        rows.append(dict(rows[index]))
        index = len(rows) - 1
    with TemporaryDirectory() as folder:
        path = world.write(Path(folder)) / world.paths[table]
        lines = path.read_text(encoding="utf-8").split("\n")
        if how == "extra cell":
            lines[index + 1] += ","
        if how == "cell too few":
            lines[index + 1] = lines[index + 1].rpartition(",")[0]
        path.write_text("\n".join(lines), encoding="utf-8")
        found = {(fault.file, fault.row) for fault in faults_of(Path(folder))}
    assert found == {(world.paths[table], index + 2)}


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_random_bytes_in_a_file_are_read_or_refused_in_japanese_and_never_crash(
    new_world: Callable[[], Any], data: st.DataObject
) -> None:
    world = new_world()
    world.listed(2022, world.KO_SHI, "甲市", note='引用"符')
    table = data.draw(st.sampled_from(("area", "participation", "programme_list", "source")))
    with TemporaryDirectory() as folder:
        path = world.write(Path(folder)) / world.paths[table]
        content = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, len(content)))
            noise = data.draw(
                st.one_of(st.binary(max_size=3), st.sampled_from((b'"', b",", b"\n", b"\r", b"\0", b"2")))
            )
            content[at : at + data.draw(st.integers(0, 3))] = noise
        path.write_bytes(bytes(content))
        faults: tuple[Fault, ...] = ()
        try:
            read_curated(Path(folder))
        except CuratedTableError as error:
            faults = error.faults
    assert all(fault.problem and fault.mend and fault.file for fault in faults)


def test_the_real_tables_have_no_fault(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    data = Path(request.path).parents[2] / "data"
    copy = tmp_path / "somewhere else"
    shutil.copytree(data, copy, ignore=shutil.ignore_patterns("build"))
    assert read_curated(copy)["area"].num_rows > 1741
