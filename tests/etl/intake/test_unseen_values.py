"""Names, codes, years, coordinates, links and sources in every way they are printed: what each row comes to."""

import json
import unicodedata

import pytest

from etl.intake.context import Context
from etl.intake.facts import Kind
from etl.intake.privacy import MASK
from etl.intake.report import Outcome
from tests.etl.intake.unseen import DATA, PLACES, PLATFORMS, SOURCES, Case, outcome_of, refused

LOADED, REPAIRED, HELD = (1, 1, 0, 0, 0, 0), (1, 1, 1, 0, 0, 0), (1, 0, 0, 1, 0, 0)
OUTCOMES = {LOADED: Outcome.ACCEPT, REPAIRED: Outcome.REPAIR, HELD: Outcome.QUARANTINE}
HASH = "0" * 64


@pytest.fixture(scope="module")
def context() -> Context:
    return Context.of(DATA)


def platform(prefecture: str, name: str, code: str, becomes: str, *words: str, year: str = "2022") -> Case:
    """Return a list of one row; `becomes` is "=" and a code, "~" and a code (repaired), or the column it is held at."""
    data = f'{PLATFORMS}"{year}",{prefecture},{name},{code},,\n'.encode()
    account = {"=": LOADED, "~": REPAIRED}.get(becomes[0], HELD)
    told = ((2, becomes),) if account == HELD else ()
    codes = (becomes[1:],) if account != HELD else ()
    label = f"{year} {prefecture} {name} {code}"
    return Case(label, data, OUTCOMES[account], account, told, words, codes=codes)


def place(lat: str, lon: str, account: tuple[int, int, int, int, int, int]) -> Case:
    data = f'{PLACES}食堂,こども食堂,東京都,府中市,,"{lat}","{lon}",2024,\n'.encode()
    told = ((2, "緯度"),) if account == HELD else ()
    return Case(f"{lat} {lon}", data, OUTCOMES[account], account, told, kind=Kind.PLACES)


BODIES = (
    # Old and variant forms of characters, and the many forms of ケ.
    platform("茨城県", "竜ヶ崎市", "", "~08208"),
    platform("東京都", "中央區", "", "~13102"),
    platform("沖繩縣", "宮古島市", "", "~47214"),
    platform("鹿兒島縣", "奄美市", "", "~46222"),
    platform("岡山県", "瀬戸內市", "", "~33212"),
    platform("長野県", "輕井澤町", "", "~20321"),
    platform("群馬県", "澁川市", "", "~10208"),
    platform("北海道", "增毛町", "", "~01481"),
    platform("青森県", "六カ所村", "", "~02411"),
    platform("奈良県", "𠮷野町", "", "~29441"),
    # What computers do to a text: composition, variation selectors, width, spaces, radicals.
    platform("山梨県", unicodedata.normalize("NFD", "南アルプス市"), "", "~19208"),
    platform("東京都", "葛\U000e0101飾区", "", "~13122"),
    platform("北海道", "ﾆｾｺ町", "", "~01395"),
    platform("広島県", "府　中　市", "", "~34208"),
    platform("神奈川県", "⼩⽥原市", "", "~14206"),
    platform("東京都", "⻘梅市", "", "~13205"),
    # One name of several areas, without prefecture and code.
    platform("", "府中市", "", "市区町村", "13206 東京都府中市", "34208 広島県府中市"),
    platform("", "中央区", "", "市区町村", "東京都中央区", "札幌市中央区"),
    platform("", "鶴岡市", "", "~06203"),
    # Codes with two readings, without their zero, with a wrong check digit.
    platform("北海道", "士別市", "12203", "~01220"),
    platform("千葉県", "市川市", "12203", "=12203"),
    platform("", "", "12203", "団体コード", "士別市", "市川市"),
    platform("広島県", "三原市", "342042", "団体コード", "検査数字", "342041"),
    platform("北海道", "釧路市", "12069", "団体コード"),
    platform("広島県", "三原市", "0342041", "団体コード"),
    # Wards of a designated city, ended areas.
    platform("静岡県", "浜松市浜北区", "22135", "~22130"),
    platform("", "", "22131", "~22130"),
    platform("静岡県", "浜松市中央区", "22138", "~22130"),
    platform("北海道", "札幌市中央区", "011011", "~01100"),
    platform("山梨県", "上九一色村", "", "市区町村"),
    # Names that are none, and names in the wrong column: nearest ones are shown, never taken.
    platform("広島県", "三原", "", "市区町村", "34204 広島県三原市"),
    platform("釧路市", "", "", "都道府県", "01206 北海道釧路市"),
    platform("広島県", "三原市・尾道市", "", "市区町村"),
)  # fmt: skip


@pytest.mark.parametrize("case", BODIES, ids=lambda case: case.id)
def test_a_name_and_a_code_come_to_one_local_government_or_are_held(case: Case, context: Context) -> None:
    outcome_of(case, context)


YEARS = {
    2022: (
        "令和4年度", "令和４年度", "R4", "Ｒ４", "r4", "R04", "R4年", "令4", "令和四年度", "㋿4年度", "'2022", "2022.0",
        "２０２２", "FY2022", "2022年", "令和4(2022)年度", "2022年度（令和4年度）", "R5.3.31", "令和5年3月31日（金）",
        "2023-03-31T00:00:00", "20230331", "2023年3月",
    ),
    2019: ("令和元年度", "平成31年度", "H31.4.30", "令和元年5月1日"),
    2018: ("平成30年度", "H31.3.31"),
}  # fmt: skip
NO_YEARS = (
    "令和0年度", "令和5年2月29日", "令和5年3月31日（木）", "2022-2023", "令和4～5年度", "平成32年度", "昭和64年度", "22",
    "44771", "2,022", "1905-07-14", "令和4年度補正", "未定",
)  # fmt: skip


@pytest.mark.parametrize(
    ("year", "printed"), [(year, text) for year, texts in YEARS.items() for text in texts]
)
def test_a_printed_year_or_day_is_its_fiscal_year(year: int, printed: str, context: Context) -> None:
    facts = outcome_of(platform("広島県", "三原市", "342041", "~34204", year=printed), context).facts
    assert facts["fiscal_year"].to_pylist() == [year]


@pytest.mark.parametrize("printed", NO_YEARS)
def test_what_is_no_certain_year_is_held(printed: str, context: Context) -> None:
    outcome_of(platform("広島県", "三原市", "342041", "年度", "令和4年度", year=printed), context)


SAME_POINT = (
    ("35°40′08″", "139°28′40″"), ("35度40分8秒", "139度28分40秒"), ("北緯35度40分8秒", "東経139度28分40秒"),
    ("N35.668889", "E139.477778"), ("35.40.08", "139.28.40"),
    ("３５．６６８８８９", "１３９．４７７７７８"), ("３５°４０′０８″", "１３９°２８′４０″"),
    ("35:40:08", "139:28:40"), ("35°40.1333′", "139°28.6667′"), ("3.5668889E+01", "1.39477778E+02"), ("139.477778", "35.668889"),
    ("35.668889", "-220.522222"),
)  # fmt: skip
NO_POINT = (("0", "0"), ("0.0", "0.000"), ("35.668889", ""), ("", "139.477778"), ("", ""), ("-", "―"))
BAD_POINT = (
    ("35.66.8889", "139.47.7778"), ("354008", "1392840"), ("35,668889", "139,477778"), ("不明", "不明"),
    ("NaN", "NaN"), ("999", "999"), ("35.668889", "499.477778"),
)  # fmt: skip


@pytest.mark.parametrize(("lat", "lon"), SAME_POINT)
def test_every_notation_of_a_point_is_the_same_point(lat: str, lon: str, context: Context) -> None:
    fact = outcome_of(place(lat.replace('"', '""'), lon, REPAIRED), context).facts.to_pylist()[0]
    assert (fact["lat"], fact["lon"]) == (
        pytest.approx(35.668889, abs=2e-5),
        pytest.approx(139.477778, abs=2e-5),
    )


@pytest.mark.parametrize(("lat", "lon"), NO_POINT)
def test_a_place_without_a_point_counts_for_its_municipality(lat: str, lon: str, context: Context) -> None:
    fact = outcome_of(place(lat, lon, LOADED), context).facts.to_pylist()[0]
    assert (fact["code"], fact["lat"], fact["lon"]) == ("13206", None, None)


@pytest.mark.parametrize(("lat", "lon"), BAD_POINT)
def test_what_is_no_coordinate_is_held(lat: str, lon: str, context: Context) -> None:
    outcome_of(place(lat, lon, HELD), context)


@pytest.mark.parametrize(
    "datum", ["旧日本測地系", "Tokyo Datum", "EPSG:4301", "世界測地系（測地成果2011）", "JGD2011", "WGS-84"]
)
def test_a_declared_datum_is_understood(datum: str, context: Context) -> None:
    heading = PLACES.rstrip("\n") + ",測地系\n"
    data = f"{heading}食堂,こども食堂,東京都,府中市,,35.668889,139.477778,2024,,{datum}\n".encode()
    is_old = datum in ("旧日本測地系", "Tokyo Datum", "EPSG:4301")
    account = REPAIRED if is_old else LOADED
    outcome_of(Case(datum, data, OUTCOMES[account], account, kind=Kind.PLACES), context)


LINKS = (
    "vbscript:x", "ftp://a.example/", "www.example.jp", "https://", "https:///x", "https://ex ample.jp", "https://a.jp/<script>", "blob:https://a",
    "java\tscript:alert(1)", "https://@a.jp/", "https://a.jp\\@b.jp", "なし",
)  # fmt: skip


@pytest.mark.parametrize("link", LINKS)
def test_a_link_that_may_not_be_shown_is_dropped(link: str, context: Context) -> None:
    data = f'{PLACES}食堂,こども食堂,東京都,府中市,,,,2024,"{link}"\n'.encode()
    facts = outcome_of(Case(link, data, Outcome.REPAIR, REPAIRED, kind=Kind.PLACES), context).facts
    assert facts["url"].to_pylist() == [""]


@pytest.mark.parametrize("contact", ["mailto:taro@example.jp", "taro@example.jp", "tel:090-1234-5678"])
def test_a_mail_address_in_the_place_of_a_link_is_dropped_and_not_repeated(
    contact: str, context: Context
) -> None:
    data = f"{PLACES}食堂,こども食堂,東京都,府中市,,,,2024,{contact}\n".encode()
    report = outcome_of(Case(contact, data, Outcome.REPAIR, REPAIRED, kind=Kind.PLACES), context).report
    assert (
        contact.partition(":")[2] not in json.dumps(report.json(), ensure_ascii=False) or ":" not in contact
    )
    assert MASK in [message.before for message in report.messages]


ADDRESSES = (
    "http://www.cas.go.jp/", "ftp://www.cas.go.jp/a", "//www.cas.go.jp/a", "https://localhost/", "https://127.1/", "https://0x7f000001/",
    "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://10.0.0.1/", "https://user@www.cas.go.jp/", "https://www.cas.go.jp@evil.example/",
    "https://www.cas.go.jp.evil.example/", "https://evil.example/?www.cas.go.jp", "https://www.cas.go.jp:8443/", "https://ｗｗｗ.cas.go.jp/",
    "https://evil.example\\@www.cas.go.jp/", "https://www.cas.go.jp%00.evil.example/", "data:text/csv,a", "",
)  # fmt: skip
PATHS = (
    "../a.csv",
    "a/../../b",
    "..\\a",
    "C:\\a",
    "\\\\host\\a",
    "~/a",
    "a%2e%2e/b",
    "./a",
    "a//b",
    "a/",
    "a" * 300,
    "b/" * 600 + "a",
    "",
)
HASHES = ("", "abc", "g" * 64, "0" * 63, "0" * 65, f"sha256:{HASH}")


@pytest.mark.parametrize("url", ADDRESSES)
def test_a_source_of_another_address_refuses_the_list(url: str, context: Context) -> None:
    row = f'x,"{url}",a.csv,{HASH}\n'
    outcome_of(refused(url, SOURCES + row, "2行目「url」列", "https", kind=Kind.SOURCES), context)


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_may_leave_the_folder_refuses_the_list(path: str, context: Context) -> None:
    row = f'x,https://www.cas.go.jp/,"{path}",{HASH}\n'
    outcome_of(refused(path, SOURCES + row, "2行目「path」列", "データフォルダ", kind=Kind.SOURCES), context)


@pytest.mark.parametrize("sha256", HASHES)
def test_what_is_no_hash_refuses_the_list(sha256: str, context: Context) -> None:
    row = f"x,https://www.cas.go.jp/,a.csv,{sha256}\n"
    outcome_of(refused(sha256, SOURCES + row, "2行目「sha256」列", kind=Kind.SOURCES), context)


def test_a_file_that_is_not_the_one_meant_refuses_the_list(context: Context) -> None:
    row = f"x,https://www.cas.go.jp/,areas.csv,{HASH}\n"
    outcome_of(refused("changed", SOURCES + row, "2行目「sha256」列", "違います", kind=Kind.SOURCES), context)


HEADINGS = [
    "手帳番号",
    "被保険者番号",
    "世帯番号",
    "本人の状況",
    "氏名（漢字）",
    "担当者",
    "携帯",
    "マイナンバー",
]


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("kind", [Kind.PLATFORMS, Kind.PLACES])
def test_a_column_about_persons_refuses_a_list_of_any_kind(
    heading: str, kind: Kind, context: Context
) -> None:
    head, row = (
        (PLATFORMS, "2022,広島県,三原市,342041,,")
        if kind is Kind.PLATFORMS
        else (PLACES, "食堂,居場所,広島県,三原市,,,,2024,")
    )
    data = head.replace("\n", f",{heading}\n") + f"{row},山田太郎\n"
    result = outcome_of(refused(heading, data, heading, "個人情報", kind=kind), context)
    assert "山田" not in json.dumps(result.report.json(), ensure_ascii=False)


@pytest.mark.parametrize(
    "note",
    [
        "０９０－１２３４－５６７８",
        "+81-90-1234-5678",
        "taro＠example．jp",
        "S30.1.1生",
        "マイナンバー1234 5678 9012",
    ],
)
def test_personal_data_in_any_column_is_held_and_repeated_nowhere(note: str, context: Context) -> None:
    for row, column in (
        (f"2022,広島県,三原市,342041,,{note}", "備考"),
        (f"2022,広島県,{note},342041,,", "市区町村"),
    ):
        case = Case(note, f"{PLATFORMS}{row}\n".encode(), Outcome.QUARANTINE, HELD, ((2, column),))
        result = outcome_of(case, context)
        said = json.dumps(result.report.json(), ensure_ascii=False) + str(result.held.to_pylist())
        assert note not in said
        assert MASK in said
