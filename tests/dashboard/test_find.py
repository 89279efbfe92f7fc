"""Find partners: the same answer in list, table, map and file; nothing hidden in silence; the searcher's place stays here."""

import csv
import io
import json
import logging
import re
from collections.abc import Mapping
from html import unescape
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.closed_lists import Offer, PlaceStatus, Reach, Unknown
from dashboard.find import facts, files, filters, frame, partner_map, results, search_box
from dashboard.find.origin import FINDER, Finder
from dashboard.find.saved_map import saved_map
from dashboard.offers import Found, Whereabouts
from dashboard.scope import Scope
from dashboard.store import Store
from dashboard.view import View, choices
from dashboard.words import words
from etl.build import Build

RUN_LIMIT_S = 60
TOWN = "東京都北区滝野川"
HOSTILE = '=cmd|"/c calc"<img src=x onerror="window.pwned=1">{{ 6 * 7 }}`${1}`</script>'


def script() -> None:
    """Runs in AppTest's own process space: imports stay inside."""
    from dashboard import app  # noqa: PLC0415 - AppTest copies this function's text into a script

    app.main("find")


def drawn(**address: object) -> AppTest:
    """Return the page as drawn for an address."""
    test = AppTest.from_function(script, default_timeout=RUN_LIMIT_S)
    for name, value in address.items():
        test.query_params[name] = str(value)
    return test.run()


def searched(text: str, **address: object) -> AppTest:
    """Return the page after a search."""
    return drawn(**address).text_input(key="find-text").set_value(text).run()


def text_of(test: AppTest) -> str:
    """Return everything the page says, without markup."""
    fragments = " ".join(str(element.proto.body) for element in test.get("html"))
    return unescape(re.sub(r"<[^>]+>", " ", fragments))


def address_of(test: AppTest) -> dict[str, str]:
    """Return the query parameters of the page."""
    return {name: "".join(value) for name, value in test.query_params.items()}


@pytest.fixture(autouse=True)
def _build(project_build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBASHO_BUILD_DIR", str(project_build.database.parent))


@pytest.fixture(scope="module")
def store(project_build: Build) -> Store:
    return Store(project_build)


def seen(store: Store, *, lang: str = "ja", **chosen: Any) -> View:
    """Return a view of the store without a page around it."""
    scope, refused = Scope.from_address({"lang": lang, "year": "2024", **chosen}, choices(store))
    assert not refused
    return View(scope, words(lang), store, {})


def answer(view: View, text: str = TOWN) -> tuple[Found, Whereabouts]:
    """Return what is found near a place that is known once."""
    (at,) = view.store.whereabouts(text)
    return view.store.partners(at, filters.wanted(view.scope)), at


def row(**changes: Any) -> Mapping[str, Any]:
    """Return a partner with every column, most of them unknown."""
    unknown = (
        "name_en what_en printed_targets theme place_status as_of published_on url operator address schedule "
        "state since_year"
    )
    return {
        **dict.fromkeys(unknown.split()),
        "offer": "place",
        "id": "p1",
        "name": "甲",
        "what": "こども食堂",
        "code": "13117",
        "metres": 1234.0,
        "measured_to": "point",
        "lon": 139.7,
        "lat": 35.7,
        "targets": (),
        "source_id": "s2023-01",
        "source_locator": "表1",
        "also": (),
        **changes,
    }


# -- where ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [TOWN, "東京都 北区 滝野川1丁目", "滝野川", "34208", "たかまつし", "takamatsu", "高松市", "東京都"],
)
def test_a_place_that_is_known_once_is_taken_and_said_with_its_precision(text: str) -> None:
    test = searched(text)
    assert not test.exception
    kept: Finder = test.session_state[FINDER]
    assert kept.at is not None
    assert address_of(test)["area"] == kept.at.code
    assert re.search("位置は「.+」の(代表点|役所)", text_of(test))


def test_homonyms_are_shown_to_choose_from_and_never_guessed() -> None:
    test = searched("府中市")
    assert not test.exception
    kept: Finder = test.session_state[FINDER]
    assert {at.code for at in kept.candidates} == {"13206", "34208"}
    assert "area" not in address_of(test)
    assert "2か所" in text_of(test)
    assert "近い順　" not in text_of(test)


def test_a_ward_of_several_cities_is_left_to_the_user_with_the_known_town_first() -> None:
    kept: Finder = searched("北区滝野川").session_state[FINDER]
    assert kept.candidates[0].town == "滝野川"
    assert len(kept.candidates) > 1


@pytest.mark.parametrize(
    "text", ["114-0023", "存在しない町", "<b>x</b>", "{0}{{x}}", "%s", "' OR 1=1 --", "滝" * 100]
)
def test_what_cannot_be_found_is_repeated_as_text_with_the_way_to_write_it(text: str) -> None:
    test = searched(text)
    assert not test.exception
    assert test.session_state[FINDER].is_lost
    assert text[:50] in text_of(test)
    assert "郵便番号" in text_of(test)


def test_another_area_ends_the_search(store: Store) -> None:
    test = searched(TOWN)
    test.selectbox(key="scope-area").set_value("37000").run()
    assert not test.exception
    assert "滝野川" not in test.text_input(key="find-text").value
    assert "香川県" in text_of(test)
    assert test.session_state[FINDER].at is None
    assert "滝野川" not in repr(test.session_state[FINDER])


def test_a_link_shows_the_partners_near_the_office_of_its_municipality() -> None:
    said = text_of(drawn(area="13117"))
    assert "位置は「東京都北区」の役所" in said
    assert "こども食堂" in said


def test_the_nation_alone_is_no_place_to_search_from() -> None:
    said = text_of(drawn())
    assert "さがし方" in said
    assert "近い順　" not in said


# -- what stays here ------------------------------------------------------------------------------------------


def test_the_searchers_place_is_in_no_address_cache_or_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    asked: list[object] = []
    original = Store._ask

    def noted(self: Store, sql: str, *values: Any) -> Any:
        asked.extend((sql, *values))
        return original(self, sql, *values)

    monkeypatch.setattr(Store, "_ask", noted)
    with caplog.at_level(logging.DEBUG):
        test = searched(TOWN)
    at = test.session_state[FINDER].at
    assert set(address_of(test)) <= {"year", "area"}
    secrets = ("滝野川", f"{at.lat:.4f}", f"{at.lon:.4f}")
    told = [*map(str, asked), *(record.getMessage() for record in caplog.records), *capfd.readouterr()]
    assert not [text for text in told if any(secret in text for secret in secrets)]


def test_an_error_does_not_repeat_what_was_searched_for(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(self: Store, at: Whereabouts, wanted: object) -> Found:
        raise RuntimeError("out of order")

    monkeypatch.setattr(Store, "partners", broken)
    test = searched(TOWN)
    assert test.exception
    said = "".join([caplog.text, *capfd.readouterr(), *(str(fault.value) for fault in test.exception)])
    assert "滝野川" not in said


# -- one answer, four forms -----------------------------------------------------------------------------------

SEARCHES: list[dict[str, str]] = [
    {},
    {"reach": "5km"},
    {"reach": "50km", "offers": "platform"},
    {"reach": "nearest30"},
    {"reach": "nearest100", "offers": "grantee.platform"},
    {"reach": "20km", "place_status": "listed"},
    {"reach": "20km", "place_kind": "こども食堂", "unknown": "without"},
    {"lang": "en", "reach": "20km"},
]


@pytest.mark.parametrize("chosen", SEARCHES)
@pytest.mark.parametrize("text", [TOWN, "高松市", "広島県府中市"])
def test_list_table_map_and_file_say_the_same(store: Store, text: str, chosen: dict[str, str]) -> None:
    view = seen(store, **chosen, open="rows")
    found, at = answer(view, text)
    if not found.rows:
        return
    listed = facts.grouped(found, at).listed
    names = [facts.name_text(view, each) for each in listed]
    table = results.as_table(view, found, at).text
    assert table.count("<tr>") == len(listed) + 1
    assert [
        unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall('<th scope="row">(.*?)</th>', table)
    ] == [unescape(re.sub("<[^>]+>", "", facts.name(view, each).text)) for each in listed]
    spots = partner_map.spots(view, found)
    assert len(spots) == sum(facts.has_point(each) for each in found.rows)
    lines = list(csv.reader(io.StringIO(files.listed_file(view, found, at, "csv").decode("utf-8-sig"))))
    column = lines[0].index("name")
    assert [line[column].removeprefix("'") for line in lines[1:]] == names + [
        facts.name_text(view, each) for each in found.nationwide
    ]
    book = openpyxl.load_workbook(io.BytesIO(files.listed_file(view, found, at, "xlsx")))
    assert sum(1 for _ in book["answer"].values if _[0] is not None) >= len(lines) - 1


def test_the_page_lists_what_it_counts() -> None:
    test = searched(TOWN, reach="5km", open="rows")
    said = " ".join(str(element.proto.body) for element in test.get("html"))
    (count,) = set(re.findall("近い順　(\\d+)件", said))
    assert said.count('class="partner"') == int(count) > 0


def test_a_partner_in_two_lists_is_listed_once_with_both(store: Store) -> None:
    view = seen(store)
    twice = row(also=(("s2023-10-10", "表2"),))
    assert facts.sources(view, twice).text.count("<a ") == 2
    assert "表2" in facts.sources_in_full(view, twice).text
    cells = files._row(view, 1, twice)
    assert cells["also"] == "s2023-10-10 表2"


def test_those_whose_area_the_point_lies_in_come_first_and_places_without_a_point_last(store: Store) -> None:
    at = Whereabouts("13117", "", 139.7, 35.7, "municipality", None)
    rows = (
        row(id="1", metres=10.0),
        row(id="2", offer="platform", code="13117", metres=900.0, measured_to="office", state="A"),
        row(id="3", offer="grantee", code="13000", metres=None, measured_to="inside", lat=None, lon=None),
        row(id="5", metres=5.0, measured_to="office"),
        row(id="4", offer="platform", code="13114", metres=100.0, measured_to="office", state="A"),
    )
    groups = facts.grouped(Found(rows, 5, {}, {}, (), ""), at)
    assert [each["id"] for each in groups.local] == ["2", "3"]
    assert [each["id"] for each in groups.near] == ["1", "4"]
    assert [each["id"] for each in groups.pointless] == ["5"]


def test_nationwide_grantees_stand_apart_and_are_on_no_map(store: Store) -> None:
    view = seen(store)
    found, _ = answer(view)
    assert found.nationwide
    shown = {spot.shown for spot in partner_map.spots(view, found)}
    assert not [each for each in found.nationwide if any(str(each["name"]) in text for text in shown)]
    assert "全国で活動する採択団体" in text_of(searched(TOWN))


def test_a_prefectures_platform_is_not_said_to_be_a_municipalitys(store: Store) -> None:
    view = seen(store)
    of_prefecture = row(offer="platform", code="07000", state="A", since_year=2024, metres=None)
    assert facts.what_text(view, of_prefecture) == "都道府県が設置・参画（令和6年度から）"
    assert "市区町村が設置・参画" in facts.what_text(view, {**of_prefecture, "code": "13114"})


def test_what_a_list_does_not_say_is_unknown(store: Store) -> None:
    view = seen(store)
    told = "".join(part.text for part in facts.details(view, row()))
    assert "開催：不明" in told
    assert "対象：不明" in told
    assert facts.checked(view, row()) == "資料の日付は不明"


def test_a_distance_to_a_prefecture_is_said_to_end_at_the_nearest_office_in_it(store: Store) -> None:
    view = seen(store)
    of_prefecture = row(offer="grantee", code="28000", metres=25_100.0, measured_to="office")
    assert facts.to_office(view, of_prefecture) == "最寄りの役所まで"
    assert facts.to_office(view, {**of_prefecture, "code": "28586"}) == "役所まで"
    assert facts.to_office(view, {**of_prefecture, "measured_to": "point"}) is None
    assert facts.measured_to({**of_prefecture, "metres": None, "measured_to": None}) == "nationwide"


def test_a_list_that_is_cut_says_how_far_it_reaches(store: Store) -> None:
    found = Found((row(offer="place", metres=8_300.0, measured_to="point"),), 1_379, {}, {}, (), "")
    assert "8.3 km" in results._cut(seen(store), found)
    said = text_of(drawn(area="13117", reach="50km"))
    assert "プラットフォームと採択団体はすべて並べています" in said
    assert "すべて並べています" not in text_of(drawn(area="13117", reach="nearest10"))


def test_a_hostile_name_stays_text_in_every_form(store: Store) -> None:
    view = seen(store)
    found = Found(
        (row(name=HOSTILE, what=HOSTILE, operator=HOSTILE, url="javascript:alert(1)"),), 1, {}, {}, (), ""
    )
    at = Whereabouts("13117", "", 139.7, 35.7, "municipality", None)
    for fragment in (results.as_table(view, found, at).text, results._item(view, found.rows[0]).text):
        assert "<img" not in fragment
        assert "javascript:" not in fragment
    (spot,) = partner_map.spots(view, found)
    assert HOSTILE in spot.shown
    assert b"'=cmd" in files.listed_file(view, found, at, "csv")


@pytest.mark.parametrize("offer", Offer)
def test_every_kind_has_a_shape_of_its_own_beside_its_colour(offer: Offer) -> None:
    assert len(set(filters.SHAPES.values())) == len(Offer)
    assert len({shape for shape, _ in partner_map.LOOKS_OF.values()}) == len(Offer)
    assert filters.SHAPES[offer]


# -- filters --------------------------------------------------------------------------------------------------


def test_kinds_are_counted_and_narrow_the_list() -> None:
    test = searched(TOWN, reach="20km")
    test.get("button_group")
    test.session_state["find-offers"] = ["all", "platform"]
    said = text_of(searched(TOWN, reach="20km", offers="platform"))
    assert "こども食堂" not in said.split("全国で活動")[0]


def test_each_filter_is_a_chip_that_takes_it_away() -> None:
    test = searched(TOWN, reach="20km", place_status="listed")
    assert not test.exception
    test.button(key="find-drop-place_status").click().run()
    assert "place_status" not in address_of(test)


def test_one_press_clears_all_filters_and_keeps_the_search() -> None:
    test = searched(TOWN, reach="20km", place_status="listed", offers="place", unknown="without")
    test.button(key="find-reset").click().run()
    assert set(address_of(test)) == {"year", "area", "reach"}
    assert "滝野川" in text_of(test)


def test_the_unknown_is_counted_beside_the_filter_and_can_be_left_out(store: Store) -> None:
    target = store.targets[0]["target_id"]
    view = seen(store, reach="20km", target=target)
    found, _ = answer(view)
    label = filters.active(view, found)["target"]
    assert f"不明 {found.unknown['target']:,}件を含む" in label
    without = seen(store, reach="20km", target=target, unknown="without")
    fewer, _ = answer(without)
    assert fewer.total < found.total
    assert "不明" not in filters.active(without, fewer)["target"]


@pytest.mark.parametrize("name", filters.FILTERS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_value_of_every_filter_has_words_and_draws(store: Store, name: str, lang: str) -> None:
    view = seen(store, lang=lang)
    values = filters.options(view, name)
    assert values
    for value in values:
        assert filters.filter_label(view, name, value).strip()
    assert not searched(TOWN, **{name: values[0], "lang": lang, "reach": "20km"}).exception


def test_filters_are_asked_as_the_address_says(store: Store) -> None:
    wanted = filters.wanted(
        seen(store, offers="place", place_status="open", unknown="without", reach="nearest30").scope
    )
    assert (wanted.reach, wanted.offers, wanted.place_status, wanted.with_unknown) == (
        Reach.NEAREST30,
        {"place"},
        PlaceStatus.OPEN,
        False,
    )
    assert Scope(2024).unknown == Unknown.WITH


# -- nothing found --------------------------------------------------------------------------------------------


def test_silence_is_no_absence_and_one_press_widens() -> None:
    test = searched("東京都小笠原村", reach="5km", offers="grantee")
    said = text_of(test)
    assert "登録がないことは活動がないことを意味しません" in said
    widen = [button for button in test.button if button.key == "find-widen"]
    if widen:
        widen[0].click().run()
        assert not test.exception
        assert address_of(test)["reach"] != "5km"


# -- the map --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reach", ["5km", "10km", "20km", "50km", "nearest100"])
def test_the_ground_around_tokyo_is_light(store: Store, reach: str) -> None:
    view = seen(store, reach=reach)
    found, at = answer(view)
    shown = frame._drawn(view, at, frame._radius(view, found))
    sheet = json.dumps(partner_map._sheet(view, shown), ensure_ascii=False, separators=(",", ":"))
    assert len(sheet.encode()) < (60_000 if reach != "50km" else 140_000)
    assert {state for state, _ in shown.areas} <= set("ABCDEF")
    assert shown.names


def test_names_on_the_map_do_not_lie_upon_each_other(store: Store) -> None:
    view = seen(store, reach="50km")
    _, at = answer(view)
    shown = frame._drawn(view, at, 50_000)
    height = shown.fit[1][0] - shown.fit[0][0]
    points = [
        (lon, lat, frame._width(name) * frame.LETTER_SHARE * height / 2) for lon, lat, name in shown.names
    ]
    for index, (lon, lat, half) in enumerate(points):
        for x, y, other in points[index + 1 :]:
            assert abs(lon - x) * 0.81 > half + other or abs(lat - y) > frame.LINE_SHARE * height


def test_the_nearest_have_a_frame_and_no_circle(store: Store) -> None:
    view = seen(store, reach="nearest10")
    found, at = answer(view)
    shown = frame._drawn(view, at, frame._radius(view, found))
    assert shown.metres is None
    (south, west), (north, east) = shown.fit
    for each in found.rows:
        if facts.has_point(each):
            assert south <= each["lat"] <= north
            assert west <= each["lon"] <= east


@pytest.mark.parametrize(
    ("precision", "town", "spread", "said"),
    [
        ("town", "滝野川", 640.0, "広がり 約640 m"),
        ("town", "滝野川", None, "居場所1か所"),
        ("municipality", "", None, "役所"),
        ("point", "", None, "概略境界 125 m"),
    ],
)
def test_the_precision_of_the_point_is_said(
    store: Store, precision: str, town: str, spread: float | None, said: str
) -> None:
    at = Whereabouts("13117", town, 139.7, 35.7, precision, spread)
    sentence = search_box.point_sentence(seen(store), at)
    assert said in sentence
    assert "東京都北区" in sentence


def test_the_printed_head_tells_date_precision_and_what_silence_means(store: Store) -> None:
    view = seen(store)
    found, at = answer(view)
    head = results.printed_heading(view, found, at).text
    for said in (
        "10 km",
        "広がり",
        "登録がないことは活動がないことを意味しません",
        store.build.built_at[:10],
        "直線距離",
    ):
        assert said in head


@pytest.mark.parametrize("text", [TOWN, "高松市"])
@pytest.mark.parametrize("is_pressed", [False, True])
def test_the_saved_map_holds_the_list_and_never_the_point_that_was_pressed(
    store: Store, text: str, *, is_pressed: bool
) -> None:
    view = seen(store, reach="5km")
    _, at = answer(view, text)
    if is_pressed:
        at = Whereabouts(at.code, "", at.lon + 0.0012345, at.lat + 0.0012345, "point", None)
    saved = saved_map(view, at).decode()
    start = store.whereabouts_of(at.code) if is_pressed else at
    found = store.partners(start, filters.wanted(view.scope))
    table = saved.partition("連携先の一覧</caption>")[2].partition("</table>")[0]
    assert table.count("<tr>") == len(found.rows) + 1
    assert "https://" not in re.sub('href="[^"]*"', "", saved.partition("<body")[2])
    if is_pressed:
        assert not [secret for secret in (f"{at.lon:.4f}", f"{at.lat:.4f}") if secret in saved]
