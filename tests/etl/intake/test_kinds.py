"""What each kind of list says, in small files: every rule once, with the row and column it names."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.intake.check import check
from etl.intake.context import Context
from etl.intake.facts import Checked, Kind, Options
from etl.intake.guard import uploaded
from etl.intake.kinds.platforms import says_whether
from etl.intake.privacy import MASK
from etl.intake.report import Outcome

ROOT = Path(__file__).resolve().parents[3]
DATA, ETL = ROOT / "data", ROOT / "etl"
PLATFORMS = "年度,都道府県,市区町村,団体コード,区分,備考"
GRANTEES = "年度,採択番号,団体名,事業名,都道府県,市区町村,活動地域,出典"
PLACES = "名称,種別,都道府県,市区町村,住所,緯度,経度,年度,出典URL"
SOURCES = "id,url,path,sha256"
COUNTS = "年度,都道府県,市区町村,団体コード,居場所数,利用者数"
STANDARD = (
    "全国地方公共団体コード,地方公共団体名,名称,所在地_全国地方公共団体コード"
    ",所在地_連結表記,所在地_都道府県,所在地_市区町村,緯度,経度"
)
HASH = "0" * 64


@pytest.fixture(scope="module")
def context() -> Context:
    return Context.of(DATA)


def read(context: Context, kind: Kind, *lines: str, **options: Any) -> Checked:
    data = ("\n".join(lines) + "\n").encode()
    return check(uploaded("list.csv", data), kind, Options(**options), context)


def held(result: Checked) -> list[tuple[int, str]]:
    return [(row["row"], row["column"]) for row in result.held.to_pylist()]


def account(result: Checked) -> tuple[int, int, int, int, int]:
    report = result.report
    assert report.rows == report.loaded + report.quarantined + report.duplicates + report.skipped
    return report.loaded, report.repaired, report.quarantined, report.duplicates, report.skipped


def test_rows_without_name_and_address_are_skipped_and_counted_apart(context: Context) -> None:
    result = read(
        context,
        Kind.PLACES,
        PLACES,
        "会,食堂,広島県,三原市,,,,2024,",
        ",食堂,広島県,三原市,,,,2024,",
        ",,広島県,,,,,,",
    )
    assert account(result) == (1, 0, 0, 0, 2)
    assert [message.row for message in result.report.messages if "読み飛ばし" in message.problem] == [3, 4]


def test_a_list_of_skipped_rows_alone_is_an_empty_list(context: Context) -> None:
    result = read(context, Kind.PLACES, PLACES, ",食堂,広島県,三原市,,,,2024,")
    assert result.report.outcome is Outcome.REJECT
    assert "そのまま残ります" in result.report.messages[0].mend


def test_a_place_needs_a_name_and_a_municipality(context: Context) -> None:
    result = read(
        context,
        Kind.PLACES,
        PLACES,
        ",食堂,広島県,三原市,港町1,,,2024,",
        "会,食堂,広島県,,,,,2024,",
        "会,食堂,,府中市,,,,2024,",
    )
    assert held(result) == [(2, "名称"), (3, "市区町村"), (4, "市区町村")]


def test_a_row_held_for_its_year_is_not_asked_for_the_municipality_that_its_point_tells(
    context: Context,
) -> None:
    result = read(
        context, Kind.PLACES, PLACES, "会,食堂,,,,34.4,133.08,いつか,", "輪,食堂,,,,34.4,133.08,2024,"
    )
    assert result.facts["code"].to_pylist() == ["34204"]
    assert [(message.row, message.column) for message in result.report.messages if message.mend] == [
        (2, "年度")
    ]


def test_a_municipality_is_found_in_the_address_when_its_cell_is_empty(context: Context) -> None:
    result = read(
        context,
        Kind.PLACES,
        PLACES,
        "会,食堂,広島県,,三原市港町1-1,,,2024,",
        "会,食堂,,,東京都府中市宮町1,,,2024,",
    )
    assert result.facts["code"].to_pylist() == ["34204", "13206"]


def test_an_address_in_another_municipality_holds_the_row_back(context: Context) -> None:
    result = read(
        context,
        Kind.PLACES,
        PLACES,
        "会,食堂,東京都,府中市,広島県府中市府川町1,,,2024,",
        "会,食堂,東京都,府中市,府中市宮町1,,,2024,",
    )
    assert held(result) == [(2, "住所")]


def test_a_place_in_a_ward_counts_for_the_city_and_keeps_its_ward(context: Context) -> None:
    result = read(
        context, Kind.PLACES, PLACES, "会,食堂,神奈川県,横浜市,神奈川県横浜市中区本町6-50-10,,,2024,"
    )
    assert result.facts.select(["code", "ward_code"]).to_pylist() == [{"code": "14100", "ward_code": "14104"}]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (
            "131032,東京都港区,AED,143821,神奈川県足柄下郡箱根町湯本1,神奈川県,箱根町,35.2328,139.1064",
            "14382",
        ),
        ("131032,東京都港区,AED,,神奈川県足柄下郡箱根町湯本1,,,,", "14382"),
        ("131032,東京都港区,AED,,,,,,", "13103"),
        ("092011,栃木県宇都宮市,AED,,,,宇都宮市中央本町1-29,,", "09201"),
        ("221007,静岡県静岡市,広場,,,,,34.9756,138.3828", "22100"),
        ("220001,静岡県,広場,,,,,34.9756,138.3828", "22100"),
    ],
)
def test_the_place_decides_and_not_its_publisher(row: str, code: str, context: Context) -> None:
    result = read(context, Kind.PLACES, STANDARD, row)
    assert result.facts["code"].to_pylist() == [code], list(result.report.lines())


def test_a_publisher_that_is_a_prefecture_does_not_place_anything(context: Context) -> None:
    result = read(context, Kind.PLACES, STANDARD, "220001,静岡県,広場,,,,,,")
    assert held(result) == [(2, "所在地_市区町村")]


def test_a_place_without_municipality_lies_where_its_point_and_address_agree(context: Context) -> None:
    result = read(
        context, Kind.PLACES, "名称,住所,緯度,経度", "甲,千葉市中央区白旗2-6,35.57833,140.1408",
        "乙,片平町字妙見館1,37.43470192,140.3175633",
        "丙,横浜市中区本町6,35.57833,140.1408", "丁,千葉市中央区白旗2-6,,", "戊,どこか,34.0,145.0",
    )  # fmt: skip
    assert result.facts.select(["name", "code"]).to_pylist() == [
        {"name": "甲", "code": "12100"},
        {"name": "乙", "code": "07203"},
    ]
    assert [row for row, _ in held(result)] == [4, 5, 6]


def test_one_municipality_may_be_said_for_the_whole_file(context: Context) -> None:
    lines = ("名称,住所", "甲,中央1-1", "乙,広島県尾道市久保1")
    assert held(read(context, Kind.PLACES, *lines)) == [(2, "住所")]
    result = read(context, Kind.PLACES, *lines, default_municipality="34204")
    assert result.facts["code"].to_pylist() == ["34204"]
    assert held(result) == [(3, "住所")]
    by_name = read(context, Kind.PLACES, *lines[:2], default_municipality="三原市")
    assert by_name.facts["code"].to_pylist() == ["34204"]
    assert by_name.report.outcome is Outcome.ACCEPT


def test_a_year_may_be_said_for_the_whole_file(context: Context) -> None:
    lines = ("名称,都道府県,市区町村", "甲,広島県,三原市")
    assert read(context, Kind.PLACES, *lines).facts["fiscal_year"].to_pylist() == [None]
    given = read(context, Kind.PLACES, *lines, fiscal_year=2024)
    assert given.facts["fiscal_year"].to_pylist() == [2024]
    assert given.report.outcome is Outcome.ACCEPT
    platforms = ("都道府県,市区町村,団体コード,区分,備考", "広島県,三原市,,,")
    assert read(context, Kind.PLATFORMS, *platforms).report.outcome is Outcome.REJECT
    assert read(context, Kind.PLATFORMS, *platforms, fiscal_year=2022).facts["fiscal_year"].to_pylist() == [
        2022
    ]


def test_a_year_that_only_some_places_lack_holds_these_back(context: Context) -> None:
    rows = ("甲,食堂,広島県,三原市,,,,2024,", "乙,食堂,広島県,三原市,,,,,")
    assert held(read(context, Kind.PLACES, PLACES, *rows)) == [(3, "年度")]
    assert held(read(context, Kind.PLACES, PLACES, rows[1])) == []


def test_the_day_of_the_document_decides_between_names(context: Context) -> None:
    result = read(context, Kind.PLATFORMS, PLATFORMS, "2022,福岡県,那珂川町,,,", on=date(2017, 4, 1))
    assert result.facts["code"].to_pylist() == ["40231"]


def test_own_headings_are_taken_after_a_confirmed_mapping(context: Context) -> None:
    lines = ("なまえ,ばしょ,けん,まち", "甲,港町1,広島県,三原市")
    refused = read(context, Kind.PLACES, *lines)
    assert refused.report.outcome is Outcome.REJECT
    mapping = {"名称": "なまえ", "住所": "ばしょ", "都道府県": "けん", "市区町村": "まち"}
    assert read(context, Kind.PLACES, *lines, mapping=mapping).facts["code"].to_pylist() == ["34204"]


def test_the_same_record_is_counted_once_in_any_spelling(context: Context) -> None:
    result = read(
        context, Kind.PLACES, PLACES, "ひだまり,食堂,広島県,三原市,港町1-1,,,2024,",
        "ヒダマリ,食堂,広島県,三原市,港町1-1,,,2024,",
        "ひだまり　,食堂,広島県,三原市,三原市港町１丁目１番,,,令和6年度,", "ひだまり,食堂,広島県,三原市,城町2-2,,,2024,",
        "ひだまり,食堂,広島県,三原市,港町1-1,,,2023,",
    )  # fmt: skip
    assert account(result) == (4, 0, 0, 1, 0)
    assert [message.row for message in result.report.messages if "1回だけ" in message.problem] == [4]


def test_two_places_of_one_name_at_two_addresses_are_two(context: Context) -> None:
    result = read(
        context,
        Kind.PLACES,
        PLACES,
        "会,食堂,広島県,三原市,港町1-1,34.40,133.08,2024,",
        "会,食堂,広島県,三原市,本郷南6-1,34.41,132.99,2024,",
    )
    assert account(result) == (2, 0, 0, 0, 0)


def test_one_place_at_two_points_is_held_back_in_both_rows_and_any_number_of_them(context: Context) -> None:
    rows = [f"会,食堂,広島県,三原市,港町1-1,{34.40 + 0.01 * step:.2f},133.08,2024," for step in range(3)]
    result = read(context, Kind.PLACES, PLACES, *rows, "別,食堂,広島県,三原市,,34.40,133.08,2024,")
    assert held(result) == [(2, "緯度"), (3, "緯度"), (4, "緯度")]


def test_points_a_door_apart_are_one_place(context: Context) -> None:
    rows = (
        "会,食堂,広島県,三原市,港町1-1,34.400000,133.080000,2024,",
        "会,食堂,広島県,三原市,港町1-1,34.400100,133.080100,2024,",
    )
    assert account(read(context, Kind.PLACES, PLACES, *rows)) == (1, 0, 0, 1, 0)


def test_a_grantee_works_where_its_list_says(context: Context) -> None:
    result = read(
        context, Kind.GRANTEES, GRANTEES, "2023,1,甲,事業,東京都,府中市,全国,", "2023,2,乙,事業,広島県,,北海道、静岡県,",
        "2023,3,丙,事業,広島県,尾道市,府中市,",
        "2023,4,丁,事業,広島県,尾道市,,", "2023,5,戊,事業,広島県,尾道市,広島県内、岡山県笠岡市,",
        "2023,6,己,事業,広島県,尾道市,幻の国,",
    )  # fmt: skip
    facts = result.facts.select(["scope", "area_codes"]).to_pylist()
    assert facts == [
        {"scope": "nationwide", "area_codes": []},
        {"scope": "prefectures", "area_codes": ["01000", "22000"]},
        {"scope": "municipalities", "area_codes": ["34208"]},
        {"scope": "not_stated", "area_codes": []},
        {"scope": "prefectures", "area_codes": ["34000", "33205"]},
    ]
    assert held(result) == [(7, "活動地域")]


def test_grantees_repeat_by_year_organisation_and_project(context: Context) -> None:
    row = "2023,1,認定NPO法人あおぞら会,見守り,東京都,府中市,全国,https://www.cas.go.jp/"
    wide = "令和5年度,1,認定ＮＰＯ法人あおぞら会,見守り,東京都,府中市,全国,"
    other = "2023,1,認定NPO法人あおぞら会,見守り,広島県,府中市,全国,"
    result = read(context, Kind.GRANTEES, GRANTEES, wide, row)
    assert account(result) == (1, 0, 0, 1, 0)
    assert result.facts["url"].to_pylist() == ["https://www.cas.go.jp/"]
    assert account(read(context, Kind.GRANTEES, GRANTEES, row, other)) == (0, 0, 2, 0, 0)


def test_a_grantee_without_an_organisation_is_held_back(context: Context) -> None:
    assert held(read(context, Kind.GRANTEES, GRANTEES, "2023,1,,事業,東京都,府中市,全国,")) == [(2, "団体名")]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",https://www.cas.go.jp/a,x.csv," + HASH, "id"),
        ("s1,http://www.cas.go.jp/a,x.csv," + HASH, "url"),
        ("s1,,x.csv," + HASH, "url"),
        ("s1,https://www.cas.go.jp@evil.example/,x.csv," + HASH, "url"),
        ("s1,https://[::1]/,x.csv," + HASH, "url"),
        ("s1,https://www.cas.go.jp/a,..\\x.csv," + HASH, "path"),
        ("s1,https://www.cas.go.jp/a,,", "path"),
        ("s1,https://www.cas.go.jp/a,x.csv,123", "sha256"),
        ("s1,https://www.cas.go.jp/a,x\0.csv," + HASH, "path"),
        ("s1,https://www.cas.go.jp/a,areas.csv," + HASH, "sha256"),
        ("s0,https://www.cas.go.jp/b,y.csv," + HASH, "id"),
    ],
)
def test_one_wrong_source_refuses_the_whole_list(row: str, column: str, context: Context) -> None:
    result = read(context, Kind.SOURCES, SOURCES, "s0,https://www.cas.go.jp/0,0.csv," + HASH, row)
    assert result.report.outcome is Outcome.REJECT
    message = result.report.messages[0]
    assert (message.row, message.column) in {(3, column), (2, column)}
    assert len(result.facts) == 0


def test_good_sources_are_taken(context: Context) -> None:
    row = f"s1,https://www.city.hirakata.osaka.jp/a,lists/x.csv,{HASH.replace('0', 'A')}"
    result = read(context, Kind.SOURCES, SOURCES, row, row)
    assert account(result) == (1, 0, 0, 1, 0)
    assert result.facts["sha256"].to_pylist() == [HASH.replace("0", "a")]


def test_counts_are_whole_numbers(context: Context) -> None:
    result = read(
        context, Kind.COUNTS, COUNTS, '2024,広島県,三原市,,12,"1,234"', "2024,広島県,尾道市,,,４人",
        "2024,広島県,府中市,,1,-3", "2024,広島県,福山市,,約10,3",
        "2024,広島県,呉市,,1,2", "2024,広島県,呉市,,1,3",
    )  # fmt: skip
    assert result.facts.select(["places", "users"]).to_pylist() == [
        {"places": 12, "users": 1234},
        {"places": None, "users": 4},
    ]
    assert held(result) == [(4, "利用者数"), (5, "居場所数"), (6, "利用者数"), (7, "利用者数")]


def test_contacts_of_a_held_row_are_masked(context: Context) -> None:
    lines = (
        "名称,都道府県,市区町村,電話番号,メール,memo",
        "甲,広島県,幻市,0848-00-0000,a@b.example.jp,担当は090-1111-2222",
    )
    result = read(context, Kind.PLACES, *lines)
    cells = json.loads(result.held["cells"][0].as_py())
    assert cells == {
        "名称": "甲",
        "都道府県": "広島県",
        "市区町村": "幻市",
        "電話番号": MASK,
        "メール": MASK,
        "memo": MASK,
    }


def test_a_number_hidden_with_invisible_signs_is_found(context: Context) -> None:
    note = "連絡は090\u200b-1234\u200b-5678まで"
    result = read(context, Kind.PLATFORMS, PLATFORMS, f"2022,広島県,三原市,,,{note}", "2022,広島県,尾道市,,,")
    assert held(result) == [(2, "備考")]
    assert "5678" not in str(result)


def test_a_telephone_number_in_a_wrong_column_is_not_repeated(context: Context) -> None:
    rows = (
        "2022,広島県,090-1234-5678,,,",
        "090-1234-5678,広島県,三原市,,,",
        "2022,広島県,尾道市,090-1234-5678,,",
    )
    result = read(context, Kind.PLATFORMS, PLATFORMS, *rows)
    assert [row for row, _ in held(result)] == [2, 3, 4]
    assert "5678" not in str(result)


def test_formulas_and_markup_are_kept_as_text(context: Context) -> None:
    names = ["=1+2", "+81", "@SUM(A1)", "<b>x</b>", "${x}", "'; DROP TABLE place; --"]
    rows = [f'"{name}",食堂,広島県,三原市,,,,2024,' for name in names]
    result = read(context, Kind.PLACES, PLACES, *rows)
    assert result.facts["name"].to_pylist() == names
    assert result.report.outcome is Outcome.ACCEPT


def test_what_was_recognised_is_told(context: Context) -> None:
    facts = read(context, Kind.PLATFORMS, PLATFORMS, "2022,広島県,三原市,,,").report.facts
    assert facts["layout"] == "居場所アトラスの様式（プラットフォーム）"
    assert {"encoding", "sha256", "heading_row"} <= set(facts)


MANY = 100_000


def test_a_long_list_is_loaded_row_by_row(context: Context) -> None:
    rows = (
        f"会{number},食堂,広島県,三原市,広島県三原市港町{number},34.3975,133.0786,2024,"
        for number in range(MANY)
    )
    result = read(context, Kind.PLACES, PLACES, *rows)
    assert account(result) == (MANY, 0, 0, 0, 0)
    assert result.facts["row"][MANY - 1].as_py() == MANY + 1


def test_a_long_list_of_faults_shows_the_first_and_counts_the_rest(context: Context) -> None:
    rows = (f"会{number},食堂,広島県,幻{number % 999}市,,34.3975,133.0786,2024," for number in range(MANY))
    result = read(context, Kind.PLACES, PLACES, *rows)
    assert account(result) == (0, 0, MANY, 0, 0)
    lines = list(result.report.lines())
    assert len(lines) == 1 + 20 + 1
    assert lines[-1].startswith("ほか 99,980件")


def test_a_year_after_the_next_one_is_asked_about(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.intake.kinds.year.next_fiscal_year", lambda: 2026)
    result = read(
        context,
        Kind.PLATFORMS,
        PLATFORMS,
        "令和8年度,広島県,三原市,,新規,",
        "令和31年度,広島県,尾道市,,新規,",
        "2027,広島県,呉市,,新規,",
    )
    assert result.facts["fiscal_year"].to_pylist() == [2026]
    assert held(result) == [(3, "年度"), (4, "年度")]
    told = result.held.to_pylist()[0]
    assert "令和31年度、2049年度" in told["problem"]
    assert "2026年度まで" in told["mend"]


def test_a_body_with_two_different_statuses_in_a_year_is_held_back_and_not_called_the_same(
    context: Context,
) -> None:
    result = read(
        context,
        Kind.PLATFORMS,
        PLATFORMS,
        "2025,広島県,三原市,,新規,",
        "2025,広島県,三原市,,参画の確認なし,",
        "2025,広島県,三原市,,,",
        "2025,広島県,尾道市,,新規,",
        "2025,広島県,尾道市,,,",
        "2025,広島県,尾道市,,新 規,",
        "2024,広島県,尾道市,,継続,",
    )
    assert account(result) == (2, 0, 3, 2, 0)
    assert held(result) == [(2, "区分"), (3, "区分"), (4, "区分")]
    assert "2、3、4行目" in result.held.to_pylist()[0]["problem"]


@pytest.mark.parametrize(
    "status",
    [
        "検討中",
        "設置予定",
        "未参画",
        "辞退",
        "参加していない",
        "？",
        "?",
        "―",
        "—",
        "ー",
        "△",
        "不明",
        "継続（予定）",
    ],
)
def test_a_status_that_is_no_answer_holds_its_row_back(context: Context, status: str) -> None:
    result = read(
        context, Kind.PLATFORMS, PLATFORMS, f"2025,広島県,三原市,,{status},", "2025,広島県,呉市,,新規,"
    )
    assert held(result) == [(2, "区分")]
    assert status in result.held.to_pylist()[0]["problem"]


@pytest.mark.parametrize(
    "status", ["", "新規", "継続（2年目）", "再参加", "参加", "○", "市区町村", "都道府県・政令市", "連携"]
)
def test_any_other_status_is_taken_as_printed(context: Context, status: str) -> None:
    result = read(context, Kind.PLATFORMS, PLATFORMS, f"2025,広島県,三原市,,{status},")
    assert result.facts["status_printed"].to_pylist() == [status]


@pytest.mark.parametrize(
    "status",
    [
        "参画の確認なし",
        "参画なし",
        "不参加",
        "未参加",
        "取組なし",
        "該当なし",
        "なし",
        "無",
        "無し",
        "-",
        "－",
        "×",
    ],
)
def test_the_check_and_the_build_agree_on_what_says_absent(status: str) -> None:
    macro = (ETL / "sql" / "09_imported_participation.sql").read_text(encoding="utf-8").split(";")[0]
    with duckdb.connect() as con:
        con.execute(macro)
        assert con.execute("SELECT says_absent(?), says_absent('検討中')", [status]).fetchall() == [
            (True, False)
        ]
    assert says_whether(status)
