import unicodedata
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.intake.bodies import BodyReader, BodyReading, Role
from geo.area import Area, AreaKind, code6_of
from geo.names import Gazetteer
from geo.spelling import VARIANT_GROUPS, fold, plain

DATA = Path(__file__).resolve().parents[3] / "data"


@pytest.fixture(scope="module")
def reader() -> BodyReader:
    """The reader of the real area table."""
    return BodyReader.of(DATA)


def changes(reading: BodyReading) -> list[tuple[str, str, str]]:
    return [(str(repair.role), repair.before, repair.after) for repair in reading.repairs]


def code_of(reading: BodyReading) -> str:
    return reading.area.code if reading.area else ""


def fault_of(reading: BodyReading) -> tuple[str, str]:
    assert reading.area is None
    assert reading.fault is not None
    assert "\n" not in reading.fault.problem + reading.fault.mend
    return str(reading.fault.role), f"{reading.fault.problem} → {reading.fault.mend}"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("広島県", "府中市", ""), "34208"),
        (("広島県", "府中市", "34208"), "34208"),
        (("広島県", "府中市", "342084"), "34208"),
        (("北海道", "", "010006"), "01000"),
        (("北海道", "", ""), "01000"),
        (("茨城県", "龍ケ崎市", "082082"), "08208"),
        (("千葉県", "市川市", "12203"), "12203"),
        (("栃木県", "那珂川町", "094111"), "09411"),
        (("東京都", "中央区", ""), "13102"),
        (("北海道", "泊村", ""), "01403"),
    ],
)
def test_cells_in_canonical_form_are_taken_as_they_are(
    reader: BodyReader, cells: tuple[str, str, str], code: str
) -> None:
    reading = reader.read(*cells)
    assert (code_of(reading), changes(reading), reading.fault, reading.ward_code) == (code, [], None, "")


P, M, C = "prefecture", "municipality", "code"


@pytest.mark.parametrize(
    ("cells", "code", "repairs"),
    [
        # The code or a name that only one area bears tells the prefecture.
        (("", "府中市", "342084"), "34208", [(P, "", "広島県")]),
        (("", "伊達市", "07213"), "07213", [(P, "", "福島県")]),
        (("", "釧路市", ""), "01206", [(P, "", "北海道")]),
        (("", "", "131113"), "13111", [(P, "", "東京都"), (M, "", "大田区")]),
        (("東京都", "", "131113"), "13111", [(M, "", "大田区")]),
        # Prefecture or county in the cell of the municipality.
        (("", "広島県府中市", ""), "34208", [(P, "", "広島県"), (M, "広島県府中市", "府中市")]),
        (("東京都", "東京都府中市", ""), "13206", [(M, "東京都府中市", "府中市")]),
        (("", "北海道　伊達市", ""), "01233", [(P, "", "北海道"), (M, "北海道　伊達市", "伊達市")]),
        (("岐阜県", "不破郡関ケ原町", ""), "21362", [(M, "不破郡関ケ原町", "関ケ原町")]),
        (("", "府中市（広島県）", ""), "34208", [(P, "", "広島県"), (M, "府中市（広島県）", "府中市")]),
        (("", "広島府中市", ""), "34208", [(P, "", "広島県"), (M, "広島府中市", "府中市")]),
        (("栃木県", "宇都宮市中央本町1-29", ""), "09201", [(M, "宇都宮市中央本町1-29", "宇都宮市")]),
        (("広島県", "広島県", ""), "34000", [(M, "広島県", "")]),
        (("広島県", "－", "-"), "34000", [(M, "－", ""), (C, "-", "")]),
        # The prefecture in short, in kana, in old characters, with invisible signs.
        (("東京", "府中市", ""), "13206", [(P, "東京", "東京都")]),
        (("京都", "京都市", ""), "26100", [(P, "京都", "京都府")]),
        (("廣島縣", "三原市", ""), "34204", [(P, "廣島縣", "広島県")]),
        (("ﾋﾛｼﾏｹﾝ", "三原市", ""), "34204", [(P, "ﾋﾛｼﾏｹﾝ", "広島県")]),
        (("広島県\ufeff", "\u202e三原市", "342041"), "34204", [(P, "広島県\ufeff", "広島県"), (M, "\u202e三原市", "三原市")]),
        # Spellings of the name.
        (("茨城県", "竜ヶ崎市", ""), "08208", [(M, "竜ヶ崎市", "龍ケ崎市")]),
        (("神奈川県", "茅が崎市", ""), "14207", [(M, "茅が崎市", "茅ヶ崎市")]),
        (("北海道", "ｸｼﾛｼ", ""), "01206", [(M, "ｸｼﾛｼ", "釧路市")]),
        (("", "くしろし", ""), "01206", [(P, "", "北海道"), (M, "くしろし", "釧路市")]),
        # Spellings of the code.
        (("北海道", "釧路市", "12068"), "01206", [(C, "12068", "01206")]),
        (("北海道", "登別市", "1230"), "01230", [(C, "1230", "01230")]),
        (("広島県", "三原市", "３４２０４１"), "34204", [(C, "３４２０４１", "34204")]),
        (("広島県", "尾道市", "34205.0"), "34205", [(C, "34205.0", "34205")]),
        (("山形県", "鶴岡市", " 06203-1"), "06203", [(C, " 06203-1", "06203")]),
        (("東京都", "文京区", "1.31059E+05"), "13105", [(C, "1.31059E+05", "13105")]),
        (("埼玉県", "川口市", "11"), "11203", [(C, "11", "11203")]),
        (("", "川口市", "110001"), "11203", [(P, "", "埼玉県"), (C, "110001", "11203")]),
        # A code with two readings: the name decides, or the prefecture.
        (("北海道", "士別市", "12203"), "01220", [(C, "12203", "01220")]),
        (("", "士別市", "12203"), "01220", [(P, "", "北海道"), (C, "12203", "01220")]),
        (("北海道", "", "12203"), "01220", [(M, "", "士別市"), (C, "12203", "01220")]),
        # Ended areas with one successor.
        (("兵庫県", "篠山市", "28221"), "28221", [(M, "篠山市", "丹波篠山市")]),
        (("福岡県", "那珂川町", "40305"), "40231", [(M, "那珂川町", "那珂川市"), (C, "40305", "40231")]),
        (("福岡県", "那珂川市", "40305"), "40231", [(C, "40305", "40231")]),
        (("宮城県", "富谷町", "04423"), "04216", [(M, "富谷町", "富谷市"), (C, "04423", "04216")]),
        (("宮城県", "黒川郡富谷町", ""), "04216", [(M, "黒川郡富谷町", "富谷市")]),
    ],
)  # fmt: skip
def test_what_is_sure_is_mended_and_every_changed_cell_is_told(
    reader: BodyReader, cells: tuple[str, str, str], code: str, repairs: list[tuple[str, str, str]]
) -> None:
    reading = reader.read(*cells)
    assert reading.fault is None, reading.fault
    assert (code_of(reading), changes(reading)) == (code, repairs)
    assert all(repair.problem for repair in reading.repairs)


@pytest.mark.parametrize(
    ("cells", "code", "ward"),
    [
        (("北海道", "札幌市中央区", ""), "01100", "01101"),
        (("", "札幌市　中央区", ""), "01100", "01101"),
        (("北海道", "中央区", ""), "01100", "01101"),
        (("", "中央区", "011011"), "01100", "01101"),
        (("北海道", "札幌市", "011011"), "01100", "01101"),
        (("", "", "01101"), "01100", "01101"),
        (("静岡県", "浜松市浜北区", ""), "22130", "22139"),
        (("静岡県", "浜松市浜北区", "221368"), "22130", "22139"),
        (("静岡県", "浜北区", ""), "22130", "22139"),
        (("静岡県", "浜松市北区", ""), "22130", ""),
        (("静岡県", "浜松市天竜区", ""), "22130", "22140"),
    ],
)
def test_a_ward_is_its_designated_city_and_kept_beside_it(
    reader: BodyReader, cells: tuple[str, str, str], code: str, ward: str
) -> None:
    cells = (*cells[:2], code6_of(cells[2][:5]) if len(cells[2]) == 6 else cells[2])
    reading = reader.read(*cells)
    assert (code_of(reading), reading.ward_code, reading.fault) == (code, ward, None)


def test_the_old_wards_of_hamamatsu_hold_until_the_end_of_2023(reader: BodyReader) -> None:
    old, new = date(2023, 12, 31), date(2024, 1, 1)
    assert reader.read("静岡県", "浜松市北区", "", on=old).ward_code == "22135"
    assert reader.read("静岡県", "浜松市北区", "", on=new).ward_code == ""
    assert reader.read("静岡県", "浜松市天竜区", "", on=old).ward_code == "22137"
    assert reader.read("静岡県", "浜松市天竜区", "", on=new).ward_code == "22140"


@pytest.mark.parametrize(
    ("cells", "role", "said"),
    [
        # Names that nobody bears: near ones are offered.
        (("広島県", "三原", ""), M, ["「三原」", "34204 広島県三原市"]),
        (("山形県", "鶴罔市", ""), M, ["「鶴罔市」", "06203 山形県鶴岡市"]),
        (("", "全国", ""), M, ["「全国」"]),
        (("日本", "全国", ""), P, ["「日本」"]),
        (("広島市", "", ""), P, ["「広島市」", "34100 広島県広島市"]),
        (("広島県", "三原", "342041"), M, ["34204 広島県三原市"]),
        (("広島県", "南郡熊野町", ""), M, ["熊野町"]),
        (("東京都", "三原市", ""), M, ["東京都", "34204 広島県三原市"]),
        (("東京都", "広島県府中市", ""), M, ["東京都"]),
        (("", "浦和区", ""), M, ["11107 埼玉県さいたま市浦和区"]),
        (("埼玉県", "北本市栄", ""), M, ["11233 埼玉県北本市"]),
        # Names that several bear: all are shown.
        (("", "府中市", ""), M, ["13206 東京都府中市", "34208 広島県府中市"]),
        (("", "中央区", ""), M, ["13102 東京都中央区", "01101 北海道札幌市中央区", "43101 熊本県熊本市中央区"]),
        (("大阪府", "北区", ""), M, ["27127 大阪府大阪市北区", "27146 大阪府堺市北区"]),
        (("", "ふちゅうし", ""), M, ["13206", "34208"]),
        # Codes.
        (("北海道", "釧路市", "XX206"), C, ["「XX206」"]),
        (("北海道", "釧路市", "99999"), C, ["「99999」"]),
        (("広島県", "三原市", "342042"), C, ["検査数字", "342041"]),
        (("広島県", "府中市", "132063"), C, ["13206 東京都府中市", "34208 広島県府中市"]),
        (("北海道", "釧路市", "016616"), C, ["01661 北海道釧路郡釧路町", "01206 北海道釧路市"]),
        (("北海道", "札幌市北区", "011011"), C, ["01101 北海道札幌市中央区", "01102 北海道札幌市北区"]),
        (("広島県", "広島県", "342041"), C, ["34204", "34000"]),
        (("", "", "12203"), C, ["2通り", "01220 北海道士別市", "12203 千葉県市川市"]),
        (("広島県", "", "132063"), C, ["13206 東京都府中市"]),
        (("東京都", "三原市", "342041"), P, ["東京都", "34204 広島県三原市"]),
        # Lost characters, empty rows, areas that do not count.
        (("広\ufffd県", "尾道市", ""), P, ["文字が失われています"]),
        (("åº\x83å³¶ç\x9c\x8c", "三原市", ""), P, ["文字が失われています"]),
        (("広島県", "三\ufffd市", ""), M, ["文字が失われています"]),
        (("", "", ""), M, ["市区町村がありません"]),
        (("北海道", "色丹村", ""), M, ["01695 北海道色丹郡色丹村"]),
        (("北海道", "", "01695"), M, ["集計の対象"]),
    ],
)  # fmt: skip
def test_what_is_not_sure_waits_with_its_candidates(
    reader: BodyReader, cells: tuple[str, str, str], role: str, said: list[str]
) -> None:
    found, words = fault_of(reader.read(*cells))
    assert found == role
    for part in said:
        assert part in words


def test_the_code_of_a_prefecture_beside_a_name_only_tells_the_prefecture(reader: BodyReader) -> None:
    assert code_of(reader.read("", "府中市", "34")) == "34208"
    assert fault_of(reader.read("", "府中市", "12"))[0] == "code"


TWO = [
    Area("01000", "甲県", AreaKind.PREFECTURE, "01", "甲県"),
    Area("01201", "東市", AreaKind.CITY, "01", "甲県"),
    Area("01202", "西市", AreaKind.CITY, "01", "甲県"),
    Area(
        "01301",
        "中村",
        AreaKind.VILLAGE,
        "01",
        "甲県",
        valid_to=date(2005, 3, 31),
        successors=("01201", "01202"),
    ),
]


def test_a_divided_municipality_waits_and_a_code_tells_which_part() -> None:
    reader = BodyReader(Gazetteer(TWO))
    for cells in (("甲県", "中村", ""), ("", "中村", ""), ("甲県", "中村", "01301")):
        role, words = fault_of(reader.read(*cells))
        assert role == "municipality"
        assert "01201 甲県東市" in words
        assert "01202 甲県西市" in words
    assert fault_of(reader.read("甲県", "", "01301"))[0] == "code"
    assert code_of(reader.read("甲県", "中村", "01202")) == "01202"


@pytest.mark.parametrize(
    ("cells", "address", "code", "ward"),
    [
        (("", "", ""), "〒183-0055 東京都府中市府中町1-1", "13206", ""),
        (("広島県", "", ""), "府中市府川町315", "34208", ""),
        (("", "", "34"), "府中市府川町315", "34208", ""),
        (("", "府中市", ""), "広島県府中市府川町315", "34208", ""),
        (("神奈川県", "横浜市", ""), "神奈川県横浜市中区本町6", "14100", "14104"),
        (("", "", ""), "静岡県浜松市浜北区西美薗", "22130", "22139"),
        (("北海道", "札幌市", ""), "札幌市中央区北1条西2", "01100", "01101"),
        (("広島県", "福山市", ""), "府中町1-1", "34207", ""),
        (("東京都", "府中市", ""), "非公開", "13206", ""),
        (("東京都", "", "131113"), "東京都大田区南千束2-18-13", "13111", ""),
    ],
)
def test_an_address_tells_what_the_cells_leave_open(
    reader: BodyReader, cells: tuple[str, str, str], address: str, code: str, ward: str
) -> None:
    reading = reader.read(*cells, address, may_be_prefecture=False)
    assert (code_of(reading), reading.ward_code, reading.fault) == (code, ward, None)


@pytest.mark.parametrize(
    ("cells", "address", "role"),
    [
        (("埼玉県", "入間市", ""), "埼玉県久喜市下早見85", "address"),
        (("埼玉県", "入間市", ""), "久喜市下早見85", "address"),
        (("東京都", "府中市", ""), "広島県府中市府川町315", "address"),
        (("東京都", "港区", "131032"), "神奈川県足柄下郡箱根町", "address"),
        (("東京都", "府中市", ""), "広島県", "address"),
        (("", "", ""), "府中市府中町1-1", "municipality"),
        (("東京都", "", ""), "非公開", "municipality"),
    ],
)
def test_an_address_that_contradicts_or_does_not_tell_waits(
    reader: BodyReader, cells: tuple[str, str, str], address: str, role: str
) -> None:
    assert fault_of(reader.read(*cells, address, may_be_prefecture=False))[0] == role


def test_a_prefecture_alone_is_taken_only_where_it_may_be(reader: BodyReader) -> None:
    for cells in (("広島県", "", ""), ("広島県", "広島県", ""), ("", "", "340006")):
        assert code_of(reader.read(*cells)) == "34000"
        assert fault_of(reader.read(*cells, may_be_prefecture=False))[0] == "municipality"


def test_a_long_cell_is_not_repeated_in_full(reader: BodyReader) -> None:
    _, words = fault_of(reader.read("広島県", "山" * 200, ""))
    assert "山" * 21 not in words


def test_columns_are_read_as_rows_are(reader: BodyReader) -> None:
    prefectures = ["広島県", "", "広島県", "", "東京都", ""]
    names = ["府中市", "府中市", "府中市", "", "港区", ""]
    codes = ["", "342084", "", "", "", ""]
    addresses = ["", "", "", "〒183-0055　東京都府中市府中町１－１", "東京都港区芝公園1", None]
    found = reader.read_all(
        *(pa.array(column, pa.string()) for column in (prefectures, names, codes, addresses))
    )
    rows = zip(prefectures, names, codes, addresses, strict=True)
    assert [found.readings[which] for which in found.of_row] == [
        reader.read(prefecture, name, code, address or "") for prefecture, name, code, address in rows
    ]
    assert found.of_row[0] == found.of_row[2]
    chunked = pa.chunked_array([prefectures[:3], prefectures[3:]])
    assert len(reader.read_all(chunked, pa.array(names), pa.array(codes)).of_row) == 6


def test_no_rows_are_no_readings(reader: BodyReader) -> None:
    empty = pa.array([], pa.string())
    assert reader.read_all(empty, empty, empty, empty).readings == ()


OTHER_FORMS = {sign: group.replace(sign, "") for group in VARIANT_GROUPS for sign in group}


@st.composite
def variants(draw: st.DrawFn, name: str) -> str:
    """Write a name as another document might."""
    written = ""
    for sign in name:
        forms = [sign, *OTHER_FORMS.get(sign, "")]
        if sign in "ヶケが":
            forms = ["ヶ", "ケ", "が", "ｹ", "ヵ"]
        if "\u4e00" <= sign <= "\u9fff":
            forms.append(sign + "\U000e0101")
        written += draw(st.sampled_from(forms)) + draw(
            st.sampled_from(["", "", "", " ", "　", "\u200b", "\u202e"])
        )
    return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD", "NFKD"])), written)


@st.composite
def printed_codes(draw: st.DrawFn, code: str) -> str:
    six = code6_of(code)
    wide = six.translate({ord("0") + digit: chr(ord("０") + digit) for digit in range(10)})
    written = [
        code,
        six,
        six.removeprefix("0"),
        code.removeprefix("0"),
        f"{int(six)}.0",
        f"{code}-{six[5]}",
        wide,
        "",
    ]
    return draw(st.sampled_from([*written, f" {six} ", code[:2]]))


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_every_variant_of_name_and_code_leads_to_its_own_municipality_and_no_other(
    reader: BodyReader, data: st.DataObject
) -> None:
    area = data.draw(st.sampled_from(MUNICIPALITIES))
    prefecture = data.draw(st.sampled_from([area.prefecture_name, variants_of_prefecture(area)]))
    county = data.draw(
        st.sampled_from(["", area.county, area.prefecture_name, area.prefecture_name + area.county])
    )
    name, code = data.draw(variants(county + area.name)), data.draw(printed_codes(area.code))
    reading = reader.read(prefecture, name, code)
    assert reading.area is not None, (reading.fault, prefecture, name, code)
    assert reading.area.code == area.code
    if (prefecture, name, code) in (
        (area.prefecture_name, area.name, code6_of(area.code)),
        (area.prefecture_name, area.name, ""),
    ):
        assert reading.repairs == ()
    for repair in reading.repairs:
        assert repair.after == {P: area.prefecture_name, M: area.name, C: area.code}[repair.role]


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_a_name_without_prefecture_leads_home_or_waits(reader: BodyReader, data: st.DataObject) -> None:
    area = data.draw(st.sampled_from([one for one in MUNICIPALITIES if fold(one.name) != "鹿島市"]))
    reading = reader.read("", data.draw(variants(area.name)), "")
    assert reading.fault is not None or code_of(reading) == area.code
    shared = [one for one in MUNICIPALITIES if plain(one.name) == plain(area.name)]
    assert (reading.fault is not None) or len(shared) == 1


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=8), st.text(max_size=20))
def test_any_cells_get_an_area_or_a_fault(
    reader: BodyReader, prefecture: str, name: str, code: str, address: str
) -> None:
    reading = reader.read(prefecture, name, code, address)
    assert (reading.area is None) == (reading.fault is not None)


def variants_of_prefecture(area: Area) -> str:
    return area.prefecture_name if area.prefecture_name == "北海道" else area.prefecture_name[:-1]


MUNICIPALITIES = [
    area for area in BodyReader.of(DATA)._gazetteer.index.current.values() if area.is_municipality
]


def test_every_municipality_is_found_by_its_reading_in_its_prefecture_where_only_one_is_read_so(
    reader: BodyReader,
) -> None:
    for area in MUNICIPALITIES:
        reading = reader.read(area.prefecture_name, area.kana, "")
        alike = [
            one
            for one in MUNICIPALITIES
            if (one.prefecture_code, one.kana) == (area.prefecture_code, area.kana)
        ]
        if reading.fault is None and area.name != area.kana:
            assert code_of(reading) == area.code
        else:
            assert len(alike) > 1 or area.name == area.kana, (area, reading.fault)


def test_a_role_is_known_by_its_column() -> None:
    assert {str(role) for role in Role} == {"prefecture", "municipality", "code", "address"}
