"""What a person types leads to a town, an area or a choice between homonyms, and is remembered nowhere."""

import pytest

from geo import spelling
from geo.whereabouts import MOST_BEGUN, Directory, NamedArea, Town, Whereabouts


def area(code: str, name: str, prefecture: str = "甲県", **said: str) -> NamedArea:
    """Return an area whose point is made of its code, so that no two are at one place."""
    words = {"county": "", "kana": "", "romaji": ""} | said
    return NamedArea(
        code, name, prefecture, lon=130 + int(code) / 10_000, lat=30 + int(code) / 10_000, **words
    )


@pytest.fixture(scope="module")
def directory() -> Directory:
    """甲県 with 府中市, 北区 (no ward) and 安芸郡府中町; 乙県 with another 府中市 and 乙札市 with its ward 北区."""
    areas = [
        area("13000", "甲県", kana="こうけん", romaji="Ko-ken"),
        area("13117", "北区", kana="きたく", romaji="Kita-ku"),
        area("13206", "府中市", kana="ふちゅうし", romaji="Fuchu-shi"),
        area("13302", "府中町", county="安芸郡", kana="ふちゅうちょう", romaji="Fuchu-cho"),
        area("34000", "乙県", "乙県", kana="おつけん", romaji="Otsu-ken"),
        area("34208", "府中市", "乙県", kana="ふちゅうし", romaji="Fuchu-shi"),
        area("34100", "乙札市", "乙県", kana="おつさつし", romaji="Otsusatsu-shi"),
        area("34102", "北区", "乙県", kana="きたく", romaji="Kita-ku", parent_code="34100", city="乙札市"),
    ]
    towns = [
        Town("13117", "滝野川", 139.7, 35.7, 463.0),
        Town("13117", "四ケ町", 139.8, 35.8, None),
        Town("13117", "北", 139.81, 35.8, None),
        Town("13206", "府中町", 139.4, 35.6, 131.0),
        Town("34102", "麻生町", 133.0, 34.0, 90.0),
        Town("34208", "中央", 133.1, 34.1, 90.0),
        Town("13117", "中央", 139.9, 35.9, 90.0),
    ]
    return Directory(areas, towns)


def found(directory: Directory, typed: str) -> list[tuple[str, str, str]]:
    return [(at.code, at.town, at.precision) for at in directory.find(typed)]


@pytest.mark.parametrize(
    "typed",
    [
        "甲県北区滝野川7-1",
        "甲県北区　滝野川７－１",
        "〒114-0023 甲県北区滝野川七丁目1番",
        "甲県北区瀧野川7",
        "甲県北区大字滝野川7",
        "甲県滝野川",
        "滝野川",
        "滝野川7-1 ○○ビル2階",
    ],
)
def test_an_address_leads_to_its_town_however_it_is_written(directory: Directory, typed: str) -> None:
    assert directory.find(typed) == (Whereabouts("13117", "滝野川", 139.7, 35.7, "town", 463.0),)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("府中市", ["13206", "34208"]),
        ("ふちゅうし", ["13206", "34208"]),
        ("ﾌﾁｭｳ", ["13206", "13302", "34208"]),
        ("Fuchū-shi", ["13206", "34208"]),
        ("fuchu", ["13206", "13302", "34208"]),
        ("乙県府中市", ["34208"]),
        ("34208", ["34208"]),
        ("３４２０８", ["34208"]),
        ("342084", ["34208"]),
        ("甲県", ["13000"]),
        ("おつ", ["34000"]),
        ("おつさ", ["34100"]),
        ("甲県安芸郡府中町1-1", ["13302"]),
    ],
)
def test_names_readings_and_codes_lead_to_every_area_that_they_mean(
    directory: Directory, typed: str, codes: list[str]
) -> None:
    assert [(code, town) for code, town, _ in found(directory, typed)] == [(code, "") for code in codes]


def test_homonyms_are_all_offered_and_the_one_whose_town_is_known_first(directory: Directory) -> None:
    assert found(directory, "北区滝野川") == [
        ("13117", "滝野川", "town"),
        ("34100", "北区", "municipality"),
    ]
    assert found(directory, "中央") == [("13117", "中央", "town"), ("34208", "中央", "town")]
    assert found(directory, "府中町") == [("13206", "府中町", "town"), ("13302", "", "municipality")]


def test_a_ward_is_its_city_with_a_point_of_its_own(directory: Directory) -> None:
    (ward,) = directory.find("乙札市北区")
    assert (ward.code, ward.town, ward.precision) == ("34100", "北区", "municipality")
    assert ward.lon == 130 + 34102 / 10_000
    assert found(directory, "乙県乙札市北区麻生町5-1") == [("34100", "北区麻生町", "town")]


def test_an_unknown_town_is_only_as_precise_as_its_municipality(directory: Directory) -> None:
    assert found(directory, "甲県北区王子1-1") == [("13117", "", "municipality")]
    assert found(directory, "甲県北区滝野川会館") == [("13117", "", "municipality")]
    assert found(directory, "甲県北区北1条西2丁目") == [("13117", "北", "town")], (
        "what stands before the first number"
    )


def test_ke_is_read_however_it_is_written(directory: Directory) -> None:
    assert found(directory, "四ヶ町1") == found(directory, "四が町1") == [("13117", "四ケ町", "town")]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "114-0023",
        "〒1140023",
        "無い町",
        "'; DROP TABLE area; --",
        "*",
        "\x00\u202e",
        "99999",
        "ん" * 5000,
    ],
)
def test_what_names_nothing_finds_nothing(directory: Directory, typed: str) -> None:
    assert directory.find(typed) == ()


def test_the_beginning_of_a_name_offers_only_so_many() -> None:
    many = [
        area(f"{13200 + n}", f"東{sign}市")
        for n, sign in enumerate("一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑")
    ]
    assert Directory(many, []).find("東") == ()
    twice = [area(f"{13200 + n}", f"東山{n:02}市") for n in range(30)]
    assert len(Directory(twice, []).find("東山")) == MOST_BEGUN


def test_nothing_typed_is_remembered(directory: Directory) -> None:
    before = (spelling.plain.cache_info(), spelling.fold.cache_info())
    directory.find("甲県北区滝野川987-654 誰かの家")
    directory.find("誰も知らない町")
    assert (spelling.plain.cache_info(), spelling.fold.cache_info()) == before


@pytest.mark.parametrize(
    ("typed", "code", "town"),
    [
        ("Kita-ku, Ko", "13117", ""),
        ("kita ko-ken", "13117", ""),
        ("Fuchu, Otsu", "34208", ""),
        ("Otsu-ken Fuchu-shi", "34208", ""),
        ("Kita-ku, Otsusatsu-shi, Otsu", "34100", "北区"),
        ("Kita, Otsusatsu", "34100", "北区"),
        ("Fuchu, Nowhere", "", ""),
    ],
)
def test_latin_letters_may_name_what_an_area_lies_in(
    directory: Directory, typed: str, code: str, town: str
) -> None:
    assert found(directory, typed) == ([(code, town, "municipality")] if code else [])
