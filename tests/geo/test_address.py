import pytest

from geo.address import begins_with_prefecture, has_number, head_of, leading_areas, may_be_part_of_a_town
from geo.area import Area
from geo.names import Gazetteer


@pytest.mark.parametrize(
    ("address", "prefecture", "full"),
    [
        ("東京都府中市府中町1-1", "", ["東京都府中市"]),
        ("〒183-0055　東京都府中市府中町１－１", "", ["東京都府中市"]),
        ("183-0055 東京都 府中市 府中町1", "", ["東京都府中市"]),
        ("大阪府大阪市中央区本町1", "", ["大阪府大阪市中央区"]),
        ("岐阜県関ケ原町大字関ケ原894", "", ["岐阜県不破郡関ケ原町"]),
        ("岐阜県不破郡関ヶ原町894", "", ["岐阜県不破郡関ケ原町"]),
        ("府中市1-1", "広島県", ["広島県府中市"]),
        ("千葉市中央区白旗2-6-11", "千葉県", ["千葉県千葉市中央区"]),
        ("千葉県市川市八幡1", "", ["千葉県市川市"]),
        ("福岡県筑紫郡那珂川町1", "", ["福岡県筑紫郡那珂川町"]),
        ("東京都", "", ["東京都"]),
        ("府中市1-1", "", []),
        ("宇都宮市旭1-1-5", "", []),
        ("（非公開）", "東京都", []),
        ("", "東京都", []),
    ],
)
def test_an_address_is_read_by_the_longest_name_inside_a_known_prefecture(
    gazetteer: Gazetteer, address: str, prefecture: str, full: list[str]
) -> None:
    assert [gazetteer.full_name(area) for area in leading_areas(gazetteer, address, prefecture)] == full


def test_every_area_is_found_at_the_head_of_its_own_addresses(
    areas: list[Area], gazetteer: Gazetteer
) -> None:
    for area in areas:
        found = leading_areas(gazetteer, f"〒100-0001 {gazetteer.full_name(area)}本町二丁目3-4")
        assert area in found, area
        assert (
            {one.whole_code for one in gazetteer.index.followed(found)}
            <= {one.whole_code for one in gazetteer.index.followed([area])}
            or area.county == ""
            or len(found) == 1
        )


def test_nothing_after_the_first_number_can_name_a_municipality() -> None:
    assert head_of("東京都府中市1-1 広島県人会館") == "東京都府中市"


def test_an_address_that_names_its_prefecture_is_known(gazetteer: Gazetteer) -> None:
    assert begins_with_prefecture(gazetteer, "神奈川県横浜市")
    assert begins_with_prefecture(gazetteer, "京都府京都市")
    assert not begins_with_prefecture(gazetteer, "京都市中京区")


def test_a_number_tells_an_address_from_a_name() -> None:
    assert has_number("宇都宮市中央本町1-29")
    assert has_number("釧路市黒金町七丁目")
    assert not has_number("四日市市")
    assert not has_number("八千代市")


def test_towns_may_be_parts_of_cities_and_cities_are_parts_of_none(gazetteer: Gazetteer) -> None:
    assert may_be_part_of_a_town(gazetteer.resolve("府中町"))
    assert not may_be_part_of_a_town(gazetteer.resolve("釧路市"))
