"""Partners near a point: all in reach, across every border, unknown where no source says, and nothing kept of the search."""

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dashboard.closed_lists import Reach
from dashboard.offers import MOST_FOUND, Found, Wanted, Whereabouts
from dashboard.scope import Scope
from dashboard.store import Store
from dashboard.view import choices
from etl.build import Build, ensure_build
from tests.etl.conftest import World
from tests.etl.test_targets import with_words

ALL = Wanted("5km", frozenset(), year=2022, view="cumulative")
HOSTILE = "<script>alert(1)</script>=cmd()|\"'; DROP TABLE place; --"
METRES_NORTH = 1 / 110_950
"""Degrees of latitude of a metre at 36° N."""


def north(metres: float) -> str:
    """Return the latitude so far north of the searcher of the small world."""
    return f"{36 + metres * METRES_NORTH:.7f}"


AT = Whereabouts(World.KO_SHI, "", 139.0, 36.0, "point")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """甲県 takes part, so does 乙市 across the border, 8 km away; grants in 乙県, in 甲市, everywhere and nobody knows where."""
    world = World()
    with_words(world)
    offices = {world.KO_SHI: 3_000, world.HEI_CHO: 30_000, world.DAIKO_SHI: 40_000, world.OTSU_SHI: 8_000,
               world.OTSU_HEI_CHO: 15_000}  # fmt: skip
    for row in world.rows["area"]:
        if row["code"] in offices:
            row |= {"office_lon": "139.0", "office_lat": north(offices[row["code"]])}
    world.platform(world.KO_KEN, "prefectural", "2022", "甲県")
    world.platform(world.OTSU_SHI, "municipal", "2022", "乙市")
    world.add("grant_programme", programme_id="base_model_2022", fiscal_year="2022", name="助成", name_en="Grant",
              kind="base_model", list_state="complete")  # fmt: skip
    world.add("grant_theme", theme_id="arts", name="アート", name_en="Arts")
    names = {world.OTSU_KEN: "乙県", world.KO_SHI: "甲市", world.HEI_CHO: "丙町", "": "全国"}
    for award, scope, codes in (
        ("g01", "prefectures", (world.OTSU_KEN,)),
        ("g02", "municipalities", (world.KO_SHI, world.HEI_CHO)),
        ("g03", "nationwide", ("",)),
        ("g04", "not_stated", ()),
    ):
        world.add("grant_award", award_id=award, programme_id="base_model_2022", fiscal_year="2022", tier="adopted",
                  is_counted="true", organisation=f"団体{award}", organisation_en=award, scope=scope, confidence="certain",
                  themes="アート" if award == "g02" else "",
                  target_groups="高齢者" if award in {"g02", "g03"} else "")  # fmt: skip
        for code in codes:
            kind = {"": "nationwide", "000": "prefecture"}.get(code[2:], "municipality")
            world.add("grant_area", award_id=award, scope=kind, code=code, name_printed=names[code])
    world.add("source", source_id="s2", title="別の一覧", title_en="Another list", publisher="甲市", publisher_en="Ko",
              published_on="2025-04-01", licence="CC BY 4.0", credit="甲市", kind="dataset")  # fmt: skip
    world.add("source", source_id="s3", title="日付のない一覧", title_en="Undated list", publisher="甲市", publisher_en="Ko",
              licence="CC BY 4.0", credit="甲市", kind="dataset")  # fmt: skip
    place = {"kind": "居場所", "status": "listed", "licence": "CC BY 4.0", "as_of_printed": "時点不明", "lon": "139.0",
             "coordinate_source": "published"}  # fmt: skip
    nowhere = {"lon": "", "coordinate_source": ""}
    for number, cells in enumerate(
        (
            {"code": world.KO_SHI, "lat": north(1_000), "name": "ひろば", "target_groups": "高齢者"},
            {"code": world.KO_SHI, "lat": north(1_100), "name": "ヒロバ甲"},
            {
                "code": world.OTSU_SHI,
                "lat": north(4_000),
                "name": HOSTILE,
                "target_groups": "子ども",
                "status": "open",
            },
            {
                "code": world.OTSU_SHI,
                "lat": north(5_100),
                "name": "遠い家",
                "kind": "食堂",
                "source_id": "s2",
            },
            {"code": world.KO_SHI, **nowhere, "name": "点のない家", "source_id": "s3"},
            {"code": world.KO_KEN, **nowhere, "name": "市町村の記載のない家"},
            {
                "code": world.KO_SHI,
                **nowhere,
                "name": "ﾋﾛﾊﾞ甲",
                "source_id": "s2",
                "target_groups": "子ども",
                "url": "https://example.jp/",
            },
        ),
        start=1,
    ):
        world.add("place", place_id=f"p{number:05}", **(place | cells))
    folder = tmp_path_factory.mktemp("offers")
    return Store(ensure_build(data=world.write(folder / "data"), folder=folder / "build"))


@pytest.fixture(scope="module")
def store(project_build: Build) -> Store:
    """The store of the real data."""
    return Store(project_build)


def ids(found: Found) -> list[str]:
    return [row["id"] for row in found.rows]


def test_all_in_reach_are_found_nearest_first_across_the_border(small: Store) -> None:
    found = small.partners(AT, ALL)
    assert ids(found) == [World.KO_KEN, "p00001", "p00002", "g02", "p00005", "p00003"]
    far = [round(row["metres"], -1) if row["metres"] else None for row in found.rows]
    assert far == [None, 1000, 1100, 3000, 3000, 4000]
    assert [row["measured_to"] for row in found.rows] == [
        "inside",
        "point",
        "point",
        "office",
        "office",
        "point",
    ]
    assert (found.total, found.widened) == (6, "")
    assert ids(small.partners(AT, replace(ALL, reach="10km")))[6:] == ["p00004", World.OTSU_SHI, "g01"]


def test_a_prefecture_is_inside_for_its_own_and_at_its_nearest_office_for_others(small: Store) -> None:
    here = small.partners(AT, replace(ALL, offers=frozenset({"platform"})))
    assert [(row["id"], row["metres"], row["lon"], row["state"]) for row in here.rows] == [
        (World.KO_KEN, None, None, "A")
    ]
    across = replace(AT, code=World.OTSU_SHI)
    over = small.partners(across, replace(ALL, offers=frozenset({"platform"})))
    assert [(row["id"], round(row["metres"]), row["measured_to"]) for row in over.rows] == [
        (World.KO_KEN, 3000, "office")
    ]


def test_an_area_without_a_point_hides_no_other_area_of_a_partner(
    small: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = {World.HEI_CHO, World.OTSU_SHI}
    offices = dict(small._offices)
    is_lost = [f"{code:05}" in lost for code in offices["code"].tolist()]
    for axis in ("lon", "lat"):
        offices[axis] = np.where(is_lost, np.nan, offices[axis])
    monkeypatch.setitem(small.__dict__, "_offices", offices)
    found = small.partners(AT, replace(ALL, reach="nearest100", offers=frozenset({"grantee"})))
    assert [(row["id"], round(row["metres"], -3)) for row in found.rows] == [("g02", 3000), ("g01", 15_000)]


def test_grantees_of_the_nation_stand_apart_and_have_no_distance(small: Store) -> None:
    found = small.partners(AT, replace(ALL, reach="nearest100"))
    assert [(row["id"], row["metres"], row["lon"]) for row in found.nationwide] == [("g03", None, None)]
    assert "g03" not in ids(found)
    assert small.partners(AT, replace(ALL, offers=frozenset({"place"}))).nationwide == ()
    assert found.unknown["activity_area"] == 1, "g04"


def test_a_place_of_two_lists_stands_once_with_both_and_with_what_either_says(small: Store) -> None:
    row = next(row for row in small.partners(AT, ALL).rows if row["id"] == "p00002")
    assert row["also"] == (("s2", "1ページ"),)
    assert (row["targets"], row["url"]) == (("children",), "https://example.jp/")
    assert "p00007" not in ids(small.partners(AT, replace(ALL, reach="nearest100")))
    assert small.place_counts()[World.KO_SHI] == 3


def test_a_place_whose_list_names_no_municipality_is_counted_and_not_measured(small: Store) -> None:
    found = small.partners(AT, replace(ALL, reach="nearest100"))
    assert "p00006" not in ids(found)
    assert found.unknown["position"] == 1
    assert small.partners(replace(AT, code=World.OTSU_SHI), ALL).unknown["position"] == 0


@pytest.mark.parametrize(
    ("filters", "known", "unknown"),
    [
        ({"target": "older"}, ["p00001", "g02"], {"target": [World.KO_KEN, "p00005"]}),
        ({"target": "children"}, ["p00002", "p00003"], {"target": [World.KO_KEN, "p00005"]}),
        ({"place_kind": "居場所"}, ["p00001", "p00002", "p00005", "p00003"], {"place_kind": []}),
        ({"place_status": "open"}, ["p00003"], {}),
        ({"theme": "arts"}, ["g02"], {"theme": []}),
        ({"newer": "2023"}, [World.KO_KEN, "p00001", "p00002", "g02", "p00003"], {"newer": ["p00005"]}),
        ({"newer": "2024"}, [], {"newer": ["p00005"]}),
    ],
)
def test_a_filter_keeps_the_unknown_in_sight_and_counts_it(
    small: Store, filters: dict[str, str], known: list[str], unknown: dict[str, list[str]]
) -> None:
    kept = small.partners(AT, replace(ALL, **filters))  # type: ignore[arg-type]
    left = small.partners(AT, replace(ALL, with_unknown=False, **filters))  # type: ignore[arg-type]
    assert ids(left) == known
    assert set(ids(kept)) == {*known, *(one for some in unknown.values() for one in some)}
    for name, some in unknown.items():
        assert kept.unknown[name] == left.unknown[name] == len(some)


def test_counts_say_what_each_kind_has_alone(small: Store) -> None:
    found = small.partners(AT, ALL)
    assert found.counts == {"platform": 1, "grantee": 1, "place": 4}
    for offer, count in found.counts.items():
        alone = small.partners(AT, replace(ALL, offers=frozenset({offer})))
        assert (alone.total, alone.counts) == (count, found.counts)
    assert small.partners(AT, replace(ALL, reach="nearest10")).total == 9


@pytest.mark.parametrize(
    ("metres_south", "widened"), [(0, "10km"), (10_000, "20km"), (30_000, "50km"), (100_000, "nearest10")]
)
def test_nothing_found_names_the_smallest_reach_that_finds_something(
    small: Store, metres_south: int, widened: str
) -> None:
    away = replace(AT, lat=36 - metres_south * METRES_NORTH)
    found = small.partners(away, replace(ALL, place_kind="食堂"))
    assert (found.rows, found.widened) == ((), widened)
    assert small.partners(away, replace(ALL, place_kind="食堂", reach=widened)).total == 1


@pytest.mark.parametrize("reach", list(Reach))
def test_where_nothing_fits_at_all_nothing_is_promised(small: Store, reach: Reach) -> None:
    found = small.partners(AT, replace(ALL, reach=reach, newer="2026", with_unknown=False))
    assert (found.rows, found.total, found.widened) == ((), 0, "")


def test_hostile_names_come_back_as_they_are(small: Store) -> None:
    row = small.partners(AT, ALL).rows[-1]
    assert (row["name"], row["id"]) == (HOSTILE, "p00003")


def test_a_filter_of_no_list_is_refused_and_never_reaches_sql(small: Store) -> None:
    with pytest.raises(ValueError, match="not in"):
        small.partners(AT, replace(ALL, place_kind="'; DROP TABLE place; --"))


# -- the real data ----------------------------------------------------------------------------------------------------


def test_around_takinogawa_places_of_several_wards_are_found(store: Store) -> None:
    (at,) = store.whereabouts("東京都北区滝野川7-1")
    assert (at.code, at.town, at.precision) == ("13117", "滝野川", "town")
    found = store.partners(at, replace(ALL, year=2026, offers=frozenset({"place"})))
    assert {row["code"] for row in found.rows} >= {"13117", "13116", "13119", "13105"}
    far = [row["metres"] for row in found.rows]
    assert far == sorted(far)
    assert max(far) <= 5_000
    assert found.total == len(found.rows) == found.counts["place"]


def test_a_search_is_never_cut_by_a_prefecture(store: Store) -> None:
    (at,) = store.whereabouts("東京都北区滝野川7-1")
    found = store.partners(at, replace(ALL, year=2026, reach="50km"))
    assert {row["code"][:2] for row in found.rows if row["offer"] == "platform"} - {"13"}


def test_the_places_of_ota_stand_once_with_both_lists(store: Store) -> None:
    found = store.partners(
        store.whereabouts_of("13111"), replace(ALL, year=2026, reach="10km", offers=frozenset({"place"}))
    )
    twice = [row for row in found.rows if row["also"] and row["code"] == "13111"]
    assert len(twice) == 13
    assert all(row["source_id"] == "d-ota-kodomoshokudo" for row in twice)
    assert {also for row in twice for also, _ in row["also"]} == {"d-tokyo-kodomoshokudo-r4"}
    assert len({row["id"] for row in found.rows}) == len(found.rows) <= MOST_FOUND


def test_a_crowd_of_places_leaves_out_no_platform_and_no_grantee(store: Store) -> None:
    found = store.partners(store.whereabouts_of("13117"), replace(ALL, year=2026, reach="50km"))
    listed = {**dict.fromkeys(found.counts, 0), **Counter(row["offer"] for row in found.rows)}
    assert found.total > len(found.rows)
    assert listed == {**found.counts, "place": MOST_FOUND}


def test_the_row_of_a_partner_is_whole_and_cites_its_document(store: Store) -> None:
    found = store.partners(store.whereabouts_of("27100"), replace(ALL, year=2026, reach="50km"))
    for row in (*found.rows, *found.nationwide):
        assert set(row) >= {"offer", "id", "name", "what", "metres", "measured_to", "targets", "also"}
        assert row["source_id"] in store.source_ids
        assert row["source_locator"]


def test_the_office_of_an_area_and_the_municipality_of_a_point_are_told(store: Store) -> None:
    assert store.whereabouts_of("13117").precision == "municipality"
    assert store.whereabouts_of("13000").code == "13000"
    with pytest.raises(KeyError):
        store.whereabouts_of("99999")
    point = store.point_at(139.727, 35.748)
    assert point is not None
    assert (point.code, point.precision, point.lon) == ("13117", "point", 139.727)
    for outside in ((145.0, 35.0), (0.0, 0.0), (float("nan"), 35.0), (1e9, -1e9)):
        assert store.point_at(*outside) is None


def test_every_municipality_and_prefecture_can_be_searched_from(store: Store) -> None:
    for code in store.areas:
        at = store.whereabouts_of(code)
        assert 122 < at.lon < 154, code
        assert 20 < at.lat < 46, code


def test_nothing_of_a_search_is_kept(store: Store) -> None:
    asked: list[tuple[Any, ...]] = []
    store.partners(store.whereabouts_of("13117"), replace(ALL, year=2026))
    kept, entries = store.ask, store.ask.cache_info().currsize

    def noted(*values: Any) -> Any:
        asked.append(values)
        return kept(*values)

    store.ask = noted  # type: ignore[assignment]
    try:
        store.partners(Whereabouts("13119", "", 139.7123, 35.7456, "point"), replace(ALL, year=2026))
        store.whereabouts("東京都板橋区大山町1-2-3 だれかの家")
        store.point_at(139.7123, 35.7456)
    finally:
        store.ask = kept
    assert kept.cache_info().currsize == entries
    assert not [
        values for values in asked if any("139.7" in str(value) or "大山" in str(value) for value in values)
    ]


def test_what_can_be_chosen_is_in_the_closed_lists_of_the_address(store: Store) -> None:
    lists = choices(store)
    assert lists.place_kinds == store.place_kinds
    assert list(lists.targets)[:2] == ["children", "families"]
    wanted = {
        "year": "2026",
        "place_kind": "こども食堂",
        "target": "older",
        "theme": "arts_inclusion",
        "newer": "2026",
    }
    scope, refused = Scope.from_address(wanted, lists)
    assert refused == []
    assert (scope.place_kind, scope.target, scope.theme, scope.newer) == (
        "こども食堂", "older", "arts_inclusion", "2026",
    )  # fmt: skip
