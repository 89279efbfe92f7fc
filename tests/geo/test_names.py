import unicodedata
from collections import Counter, defaultdict
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.area import Area, AreaKind
from geo.names import (
    Alias,
    AmbiguousNameError,
    Gazetteer,
    Printed,
    UnknownNameError,
    UnknownNamesError,
)
from geo.spelling import VARIANT_GROUPS, fold, plain

CITY, TOWN, WARD, BIG = AreaKind.CITY, AreaKind.TOWN, AreaKind.WARD, AreaKind.DESIGNATED_CITY

# 甲県 (01) and 乙県 (02): a shared name, a designated city with wards, a renamed and a divided town.
SMALL_WORLD = [
    Area("01000", "甲県", AreaKind.PREFECTURE, "01", "甲県"),
    Area("02000", "乙県", AreaKind.PREFECTURE, "02", "乙県"),
    Area("01100", "大市", BIG, "01", "甲県"),
    Area("01101", "中央区", WARD, "01", "甲県", parent_code="01100"),
    Area("01102", "山手区", WARD, "01", "甲県", parent_code="01100"),
    Area("01201", "府中市", CITY, "01", "甲県"),
    Area("02201", "府中市", CITY, "02", "乙県"),
    Area("02102", "中央区", AreaKind.SPECIAL_WARD, "02", "乙県"),
    Area("01202", "龍ケ浜市", CITY, "01", "甲県"),
    Area("02202", "鹿島市", CITY, "02", "乙県"),
    Area("01203", "鹿嶋市", CITY, "01", "甲県"),
    Area("01301", "日高町", TOWN, "01", "甲県", county="東郡"),
    Area("02301", "日高町", TOWN, "02", "乙県", county="西郡"),
    Area("01302", "新町", TOWN, "01", "甲県", county="東郡", valid_from=date(2019, 5, 1)),
    Area("01302", "旧町", TOWN, "01", "甲県", "", "", "東郡", "", None, date(2019, 4, 30), ("01302",)),
    Area(
        "01303", "広町", TOWN, "01", "甲県", "", "", "東郡", "", None, date(2004, 3, 31), ("01201", "01302")
    ),
    Area("01695", "泊村", AreaKind.NORTHERN_VILLAGE, "01", "甲県", county="国後郡"),
    Area("01403", "泊村", AreaKind.VILLAGE, "01", "甲県", county="古宇郡"),
]


@pytest.fixture(scope="module")
def small() -> Gazetteer:
    return Gazetteer(SMALL_WORLD)


def codes(areas: tuple[Area, ...]) -> list[str]:
    return [area.code for area in areas]


def test_a_shared_name_alone_is_refused_and_offers_both(small: Gazetteer) -> None:
    with pytest.raises(AmbiguousNameError) as fault:
        small.resolve("府中市")
    assert codes(fault.value.candidates) == ["01201", "02201"]
    assert "01201 甲県府中市" in str(fault.value)


@pytest.mark.parametrize(
    ("name", "beside"),
    [
        ("府中市", {"prefecture": "乙県"}),
        ("乙県府中市", {}),
        ("乙県府中市", {"prefecture": "乙県"}),
        ("府中市", {"code": "02201"}),
        ("府中市", {"code": "022012", "prefecture": "乙県"}),
    ],
)
def test_prefecture_or_code_makes_a_shared_name_safe(
    small: Gazetteer, name: str, beside: dict[str, str]
) -> None:
    assert small.resolve(name, **beside).code == "02201"  # type: ignore[arg-type]


def test_a_county_makes_a_shared_name_safe(small: Gazetteer) -> None:
    assert small.resolve("西郡日高町").code == "02301"


def test_a_wrong_county_is_never_dropped(small: Gazetteer) -> None:
    with pytest.raises(UnknownNameError):
        small.resolve("南郡日高町", prefecture="甲県")


@pytest.mark.parametrize(
    ("name", "prefecture", "code"),
    [
        ("府中市", "甲県", "02201"),
        ("府中市", "", "02202"),
        ("府中市", "", "022013"),
        ("府中市", "", "47999"),
        ("府中市", "丙県", ""),
        ("乙県府中市", "甲県", ""),
        ("", "", "02201"),
        ("山手区", "乙県", "01102"),
    ],
)
def test_name_code_and_prefecture_that_contradict_each_other_are_refused(
    small: Gazetteer, name: str, prefecture: str, code: str
) -> None:
    with pytest.raises(UnknownNameError):
        small.resolve(name, prefecture=prefecture, code=code)


def test_a_ward_is_found_by_its_city_and_never_by_its_own_name_alone(small: Gazetteer) -> None:
    assert small.resolve("大市山手区").code == small.resolve("大市山手区", prefecture="甲県").code == "01102"
    assert small.resolve("山手区", code="01102").code == "01102"
    for prefecture in ("", "甲県"):
        with pytest.raises(UnknownNameError) as fault:
            small.resolve("山手区", prefecture=prefecture)
        assert codes(fault.value.candidates) == ["01102"]


def test_a_special_ward_called_like_a_ward_elsewhere_needs_its_prefecture(small: Gazetteer) -> None:
    assert small.resolve("中央区", prefecture="乙県").code == "02102"
    with pytest.raises(AmbiguousNameError) as fault:
        small.resolve("中央区")
    assert codes(fault.value.candidates) == ["02102", "01101"]
    assert "02102 乙県中央区、01101 甲県大市中央区" in str(fault.value)


def test_a_northern_village_never_hides_the_municipality_of_the_same_name(small: Gazetteer) -> None:
    assert small.resolve("泊村").code == small.resolve("泊村", prefecture="甲県").code == "01403"
    assert small.resolve("国後郡泊村").code == small.resolve("泊村", code="01695").code == "01695"


def test_the_very_characters_win_over_a_variant_unless_the_prefecture_says_otherwise(
    small: Gazetteer,
) -> None:
    assert small.resolve("鹿島市").code == "02202"
    assert small.resolve("鹿嶋市").code == "01203"
    assert small.resolve("鹿島市", prefecture="甲県").code == "01203"


def test_an_ended_name_leads_to_the_area_that_followed(small: Gazetteer) -> None:
    followed = small.resolve("東郡旧町")
    assert (followed.name, followed.is_current) == ("新町", True)


def test_on_a_day_only_names_borne_that_day_count(small: Gazetteer) -> None:
    assert small.resolve("旧町", on=date(2019, 4, 30)).name == "新町"
    assert small.resolve("新町", on=date(2019, 5, 1)).name == "新町"
    for name, day in (("旧町", date(2019, 5, 1)), ("新町", date(2019, 4, 30))):
        with pytest.raises(UnknownNameError) as fault:
            small.resolve(name, on=day)
        assert fault.value.candidates[0].name == "新町"


def test_the_name_of_a_divided_area_is_refused_and_offers_all_that_followed(small: Gazetteer) -> None:
    for code in ("", "01303"):
        with pytest.raises(AmbiguousNameError) as fault:
            small.resolve("広町", code=code)
        assert codes(fault.value.candidates) == ["01201", "01302"]


def test_a_similar_name_is_offered_and_never_applied(small: Gazetteer) -> None:
    with pytest.raises(UnknownNameError) as fault:
        small.resolve("龍ケ島市")
    assert codes(fault.value.candidates) == ["01202"]
    with pytest.raises(UnknownNameError) as fault:
        small.resolve("府内市")
    assert codes(fault.value.candidates) == ["01201", "02201"]


def test_all_faults_are_listed_at_once_with_their_places(small: Gazetteer) -> None:
    printed = [
        Printed("府中市", where="row 2"),
        Printed("大市", where="row 3"),
        Printed("小市", where="row 4"),
        Printed("大市", code="01101", where="row 5"),
    ]
    with pytest.raises(UnknownNamesError) as fault:
        small.resolve_all(printed)
    assert [item.where for item, _ in fault.value.faults] == ["row 2", "row 4", "row 5"]
    assert all(where in str(fault.value) for where in ("row 2", "row 4", "row 5", "data/aliases.csv"))


def test_resolve_all_keeps_the_order_of_the_document(small: Gazetteer) -> None:
    printed = [Printed("大市"), Printed("府中市", "甲県"), Printed("大市")]
    assert [area.code for area in small.resolve_all(printed)] == ["01100", "01201", "01100"]


def test_an_alias_holds_in_its_prefecture_only() -> None:
    world = Gazetteer(SMALL_WORLD, aliases=[Alias("竜の浜市", "01202", "甲県")])
    assert world.resolve("竜の浜市", prefecture="甲県").code == world.resolve("甲県竜の浜市").code == "01202"
    with pytest.raises(UnknownNameError):
        world.resolve("竜の浜市")


@pytest.mark.parametrize(
    "alias",
    [
        Alias("府中市", "01202", "乙県"),
        Alias("府中市", "02202", "乙県"),
        Alias("大大市", "01999"),
        Alias("鹿嶋市", "02202"),
    ],
)
def test_an_alias_can_neither_take_a_name_nor_lead_nowhere(alias: Alias) -> None:
    with pytest.raises(ValueError, match="alias"):
        Gazetteer(SMALL_WORLD, aliases=[alias])


def test_a_successor_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="01999"):
        Gazetteer([*SMALL_WORLD, Area("01304", "無町", TOWN, "01", "甲県", successors=("01999",))])


def test_by_code_returns_the_current_area_only(small: Gazetteer) -> None:
    assert small.by_code("01302").name == "新町"
    for code in ("01303", "99999", "01302x"):
        with pytest.raises(UnknownNameError):
            small.by_code(code)


def test_a_different_character_that_is_often_confused_is_no_variant() -> None:
    for right, wrong in (("亘", "亶"), ("竈", "釜"), ("斑", "班"), ("砺", "砥"), ("埼", "崎"), ("荘", "庄")):
        assert fold(right) != fold(wrong)


# From here on: the real table.


def name_with_city(area: Area, by_code: dict[str, Area]) -> str:
    return f"{by_code[area.parent_code].name}{area.name}" if area.parent_code else area.name


def test_no_two_areas_share_a_folded_name_within_a_prefecture(areas: list[Area]) -> None:
    by_code = {area.code: area for area in areas if area.is_current}
    bearers = defaultdict(set)
    for area in by_code.values():
        county = area.county if area.kind is AreaKind.NORTHERN_VILLAGE else ""
        bearers[area.prefecture_code, fold(county + name_with_city(area, by_code))].add(area.code)
    assert {key: found for key, found in bearers.items() if len(found) > 1} == {}


def test_only_kashima_is_one_name_in_two_prefectures_by_a_variant_form(areas: list[Area]) -> None:
    spellings = defaultdict(set)
    for area in areas:
        if area.is_current and area.is_municipality:
            spellings[fold(area.name)].add(plain(area.name))
    assert [found for found in spellings.values() if len(found) > 1] == [{"鹿嶋市", "鹿島市"}]


def test_every_group_of_variants_is_needed_by_a_name(areas: list[Area]) -> None:
    used = {sign for area in areas for sign in area.name + area.county + area.prefecture_name}
    assert [group for group in VARIANT_GROUPS if not used & set(group)] == []


def test_no_character_stands_in_two_groups() -> None:
    assert [sign for sign, times in Counter("".join(VARIANT_GROUPS)).items() if times > 1] == []


def test_57_municipalities_share_25_names_and_each_alone_is_refused(
    areas: list[Area], gazetteer: Gazetteer
) -> None:
    names = Counter(area.name for area in areas if area.is_current and area.is_municipality)
    shared = {name: times for name, times in names.items() if times > 1}
    assert (len(shared), sum(shared.values())) == (25, 57)
    for name, times in shared.items():
        with pytest.raises(AmbiguousNameError) as fault:
            gazetteer.resolve(name)
        assert len(fault.value.candidates) == times


def test_every_current_area_is_found_by_prefecture_and_name_and_by_code(
    areas: list[Area], gazetteer: Gazetteer
) -> None:
    by_code = {area.code: area for area in areas if area.is_current}
    for area in by_code.values():
        county = area.county if area.kind is AreaKind.NORTHERN_VILLAGE else ""
        name = county + name_with_city(area, by_code)
        assert gazetteer.resolve(name, prefecture=area.prefecture_name) is area
        assert gazetteer.resolve(area.name, code=area.code) is area


@pytest.mark.parametrize(
    ("printed", "beside", "code"),
    [
        ("篠山市", {}, "28221"),
        ("富谷町", {}, "04216"),
        ("那珂川町", {"prefecture": "福岡県"}, "40231"),
        ("那珂川町", {}, "09411"),
        ("浜松市浜北区", {}, "22139"),
        ("浜松市天竜区", {"on": date(2022, 7, 29)}, "22140"),
        ("府中市", {"prefecture": "広島県"}, "34208"),
        ("札幌市中央区", {}, "01101"),
        ("北海道", {}, "01000"),
        ("茅が崎市", {"prefecture": "神奈川県"}, "14207"),
        ("鰺ヶ沢町", {}, "02321"),
        ("鯵ケ澤町", {"prefecture": "青森縣"}, "02321"),
        ("藤澤市", {}, "14205"),
        ("横濱市", {}, "14100"),
        ("髙松市", {"prefecture": "香川県"}, "37201"),
        ("竜ヶ﨑市", {}, "08208"),
        ("桧原村", {"prefecture": "東京都"}, "13307"),
        ("西多摩郡桧原村", {}, "13307"),
        ("廣島市", {}, "34100"),
    ],
)
def test_names_that_documents_print_are_found(
    gazetteer: Gazetteer, printed: str, beside: dict[str, str], code: str
) -> None:
    assert gazetteer.resolve(printed, **beside).code == code  # type: ignore[arg-type]


def test_the_misprint_of_watari_is_unknown_and_offers_watari(gazetteer: Gazetteer) -> None:
    with pytest.raises(UnknownNameError) as fault:
        gazetteer.resolve("亶理町", prefecture="宮城県")
    assert [gazetteer.full_name(area) for area in fault.value.candidates] == ["宮城県亘理郡亘理町"]


OTHER_FORMS = {sign: group.replace(sign, "") for group in VARIANT_GROUPS for sign in group}
HALF_WIDTH = {
    "ア": "ｱ",
    "コ": "ｺ",
    "ス": "ｽ",
    "セ": "ｾ",
    "ニ": "ﾆ",
    "ノ": "ﾉ",
    "ル": "ﾙ",
    "ケ": "ｹ",
    "プ": "ﾌﾟ",
}


@st.composite
def printed_variants(draw: st.DrawFn, name: str) -> str:
    """Write the name as another document might: character by character, then as a whole."""
    written = ""
    for sign in name:
        forms = [sign, *OTHER_FORMS.get(sign, ""), HALF_WIDTH.get(sign, sign)]
        if sign in "ヶケが":
            forms += ["ヶ", "ケ", "が", "ｹ"]
        if "\u4e00" <= sign <= "\u9fff":
            forms.append(sign + draw(st.sampled_from(["\U000e0100", "\U000e0101", "\ufe00"])))
        written += draw(st.sampled_from(forms)) + draw(st.sampled_from(["", "", "", " ", "　", "\u200b"]))
    return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD", "NFKD"])), written)


@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_every_variant_of_every_name_leads_to_its_own_code_and_no_other(
    areas: list[Area], gazetteer: Gazetteer, data: st.DataObject
) -> None:
    municipalities = [area for area in areas if area.is_current and area.is_municipality]
    area = data.draw(st.sampled_from(municipalities))
    prefix = data.draw(st.sampled_from(["", area.county])) + area.name
    prefecture = data.draw(printed_variants(area.prefecture_name))
    name = data.draw(printed_variants(prefix))
    assert gazetteer.resolve(name, prefecture=prefecture) is area
    assert gazetteer.resolve(prefecture + name) is area
    assert gazetteer.resolve(name, code=area.code) is area


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_a_variant_alone_leads_to_its_own_code_or_is_refused(
    areas: list[Area], gazetteer: Gazetteer, data: st.DataObject
) -> None:
    # 鹿島市 and 鹿嶋市 are each other's variants: there the very characters decide, tested above.
    municipalities = [
        area for area in areas if area.is_current and area.is_municipality and fold(area.name) != "鹿島市"
    ]
    area = data.draw(st.sampled_from(municipalities))
    printed = data.draw(printed_variants(area.name))
    try:
        possible = {gazetteer.resolve(printed)}
    except AmbiguousNameError as fault:
        possible = set(fault.candidates)
    assert area in possible


@given(st.text(alphabet="府中鹿島嶋川﨑崎美浜東京北市区町村ヶケ", max_size=4))
def test_any_text_is_either_a_spelling_of_the_area_found_or_refused(gazetteer: Gazetteer, text: str) -> None:
    try:
        found = gazetteer.resolve(text)
    except (UnknownNameError, AmbiguousNameError):
        return
    assert fold(text).endswith(fold(found.name))
