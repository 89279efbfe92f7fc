"""Which column means what: layouts are found by headings, and what does not fit is explained."""

import pytest

from etl.intake.facts import Kind, Options
from etl.intake.headings import Columns, HeadingSought, assigned, not_found
from etl.intake.layouts import layouts_of, normal, words_of
from etl.intake.report import RejectedError

PLATFORMS = ["年度", "都道府県", "市区町村", "団体コード", "区分", "備考"]
PLACES = ["名称", "種別", "都道府県", "市区町村", "住所", "緯度", "経度", "年度", "出典URL"]
OLD_STANDARD = [
    "都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名", "名称", "名称_カナ", "名称_通称", "POIコード",
    "住所", "方書", "緯度",
    "経度", "電話番号", "内線番号", "法人番号", "団体名", "利用可能曜日", "開始時間", "終了時間", "利用可能日時特記事項",
    "説明", "URL", "備考",
]  # fmt: skip
NEW_STANDARD = [
    "全国地方公共団体コード", "ID", "地方公共団体名", "名称", "名称_カナ", "名称_英語", "所在地_全国地方公共団体コード",
    "町字ID",
    "所在地_連結表記", "所在地_都道府県", "所在地_市区町村", "所在地_町字", "所在地_番地以下", "建物名等(方書)", "緯度",
    "経度", "備考",
]  # fmt: skip
BODIK = [
    "localgov_code", "id", "localgov_name", "name", "name_kana", "seat_localgov_code", "seat_copulative_spell",
    "seat_prefecture",
    "seat_city", "latitude", "longitude", "note",
]  # fmt: skip
CARE = [
    "都道府県コード又は市区町村コード",
    "NO",
    "都道府県名",
    "市区町村名",
    "介護サービス事業所名称",
    "実施サービス",
    "住所",
    "電話番号",
]
COUNTS = ["年度", "都道府県", "市区町村", "団体コード", "居場所数", "利用者数"]
KODOMO = [
    "NO",
    "都道府県コード又は市区町村コード",
    "都道府県",
    "市区町村名",
    "名称",
    "設置目的",
    "住所",
    "緯度",
    "経度",
    "電話番号1",
    "開催頻度",
]
MORE = ["ID", "住所", "方書", "緯度", "経度", "開催頻度", "開催曜日", "参加条件", "参加費_幼児", "備考"]


def read(cells: list[str], kind: Kind = Kind.PLACES, options: Options | None = None) -> Columns:
    return assigned(cells, kind, options or Options())


@pytest.mark.parametrize(
    ("cells", "layout", "expected"),
    [
        (PLACES, "places", {"name": "名称", "year": "年度", "url": "出典URL"}),
        (OLD_STANDARD, "recommended", {"prefecture": "都道府県名", "operator": "団体名"}),
        (NEW_STANDARD, "standard", {"code": "所在地_全国地方公共団体コード", "publisher_code": "全国地方公共団体コード"}),
        ([cell.replace("連結表記", "連結標記") for cell in NEW_STANDARD], "standard", {"address": "所在地_連結標記"}),
        (BODIK, "standard_english", {"code": "seat_localgov_code", "address": "seat_copulative_spell", "lat": "latitude"}),
        (CARE, "recommended", {"name": "介護サービス事業所名称", "kind": "実施サービス"}),
        (KODOMO, "kodomo", {"prefecture": "都道府県", "municipality": "市区町村名"}),
        (["全国地方公共団体コード", "ID", *KODOMO[2:]], "kodomo", {"code": "全国地方公共団体コード"}),
        (["ID", "Name", "Type", "Address", "Address2", "Y", "X", "Url"], "own", {"name": "Name", "lat": "Y", "lon": "X"}),
        (["Name", "Add1", "Add2", "Y", "X", "TEL"], "own", {"address": "Add1"}),
        (["#property", "latitude", "longitude", "name", "address"], "own", {"lat": "latitude", "address": "address"}),
        (["№", "要配慮者利用施設名称", "郵便番号", "所在地", "電話番号", "区分"], "own", {"address": "所在地", "kind": "区分"}),
        (["ID", "名称", "住所（位置情報）", "電話番号", "経度", "緯度"], "own", {"address": "住所（位置情報）"}),
        (["name", "緯度", "経度"], "own", {"lat": "緯度"}),
    ],
)  # fmt: skip
def test_layouts_are_known_by_their_headings(cells: list[str], layout: str, expected: dict[str, str]) -> None:
    columns = read(cells)
    assert columns.layout.id == layout
    assert {name: columns.printed[name] for name in expected} == expected


def test_the_order_of_columns_says_nothing() -> None:
    forwards, backwards = read(NEW_STANDARD), read(NEW_STANDARD[::-1])
    assert forwards.printed == backwards.printed


@pytest.mark.parametrize(
    "heading",
    [
        "団体コ―ド",
        "団体コ－ド",
        "団体コ‐ド",
        " 団体コード　",
        "団体\nコード",
        "団体ｺｰﾄﾞ",
        "\ufeff団体コード",
        "?団体コード",
        "団体コード（必須）",
    ],
)
def test_a_heading_is_read_however_it_is_typed(heading: str) -> None:
    assert normal(heading) == normal("団体コード")
    assert read(["年度", "都道府県", "市区町村", heading], Kind.PLATFORMS).printed["code"] == heading


def test_a_missing_column_is_named_with_what_was_found() -> None:
    with pytest.raises(RejectedError) as fault:
        raise not_found([PLATFORMS[1:]], Kind.PLATFORMS, Options())
    line = fault.value.message.line("a.csv")
    assert "年度" in line
    assert "読めた見出し: 都道府県、市区町村、団体コード、区分、備考" in line


def test_a_year_said_for_the_whole_file_stands_for_the_column() -> None:
    assert "year" not in read(PLATFORMS[1:], Kind.PLATFORMS, Options(fiscal_year=2023)).printed
    assert HeadingSought(Kind.PLATFORMS, Options(fiscal_year=2023))(PLATFORMS[1:])
    assert not HeadingSought(Kind.PLATFORMS, Options())(PLATFORMS[1:])


def test_a_column_that_is_taken_in_may_not_stand_twice() -> None:
    cells = ["年度", "都道府県", "市区町村", "団体コード", "団体コード", "備考"]
    with pytest.raises(RejectedError, match="団体コード」が2回") as fault:
        assigned(list(dict.fromkeys(cells)), Kind.PLATFORMS, Options(), cells=cells)
    assert fault.value.message.row == 1


def test_a_column_that_is_not_taken_in_may_stand_twice() -> None:
    cells = [*PLACES, "ID", "ID"]
    assert assigned(list(dict.fromkeys(cells)), Kind.PLACES, Options(), cells=cells).layout.id == "places"


def test_further_venues_without_a_name_are_refused_with_the_way_to_hand_them_in() -> None:
    with pytest.raises(RejectedError, match=r"追加情報.*基本情報"):
        read(MORE)


def test_a_title_row_or_a_cover_is_no_heading() -> None:
    sought = HeadingSought(Kind.PLATFORMS, Options())
    assert not sought(["令和4年度 取組団体一覧", "", ""])
    assert not sought(["年度", "令和4年度"])
    assert sought(PLATFORMS)
    assert sought.cells == tuple(PLATFORMS)


def test_columns_that_may_be_name_and_address_are_proposed_and_not_taken() -> None:
    cells = ["施設のなまえ", "どこの場所にあるか", "TEL"]
    with pytest.raises(RejectedError, match="名称=施設のなまえ、住所=どこの場所にあるか"):
        read(cells)
    mapping = {"名称": "施設のなまえ", "住所": "どこの場所にあるか"}
    columns = read(cells, options=Options(mapping=mapping))
    assert columns.printed == {"name": "施設のなまえ", "address": "どこの場所にあるか"}


def test_a_mapping_to_an_unknown_column_is_refused() -> None:
    with pytest.raises(RejectedError, match="「色」という列はありません"):
        read(PLACES, options=Options(mapping={"色": "名称"}))


@pytest.mark.parametrize(
    "cells", [OLD_STANDARD, KODOMO, ["名称", "住所", "電話番号", "メールアドレス", "お問合せ先"]]
)
def test_contact_columns_of_organisations_are_known_and_not_taken_in(cells: list[str]) -> None:
    columns = read(cells)
    assert columns.contacts
    assert not columns.contacts & set(columns.printed.values())


@pytest.mark.parametrize(
    "cells", [PLACES, ["年度", "採択番号", "団体名", "事業名", "都道府県", "市区町村", "活動地域"], COUNTS]
)
def test_a_list_of_another_kind_is_not_taken_for_platforms(cells: list[str]) -> None:
    with pytest.raises(RejectedError, match="種類を選び直してください"):
        read(cells, Kind.PLATFORMS)


def test_a_list_of_platforms_given_as_another_kind_is_told_what_it_is() -> None:
    fault = not_found([PLATFORMS], Kind.COUNTS, Options())
    assert "プラットフォーム" in str(fault)
    assert "「利用者数」" in str(not_found([PLATFORMS[:4]], Kind.COUNTS, Options()))
    fault = not_found(
        [["年度", "採択番号", "団体名", "事業名", "都道府県", "市区町村"]], Kind.PLACES, Options()
    )
    assert "採択団体" in str(fault)


@pytest.mark.parametrize("kind", [Kind.PLACES, Kind.PLATFORMS])
def test_a_record_where_the_heading_is_missing_is_not_repeated(kind: Kind) -> None:
    said = str(
        not_found([["山田 花子", "S40.1.2", "090-0000-0000", "（例）", "広島県", "三原市"]], kind, Options())
    )
    assert "データの行" in said
    assert "山田" not in said


def test_a_heading_means_one_thing_only() -> None:
    for kind in Kind:
        for layout in layouts_of(kind):
            every = [heading for headings in layout.columns.values() for heading in headings]
            assert len(every) == len(set(every)), layout.id
            assert not layout.contacts & set(every), layout.id


def test_every_column_but_those_of_the_publisher_has_a_word() -> None:
    for kind in Kind:
        for layout in layouts_of(kind):
            assert set(layout.columns) - {"publisher", "publisher_code"} <= set(words_of(kind)), layout.id
