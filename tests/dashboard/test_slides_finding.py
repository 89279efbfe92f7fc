"""What the slides page says of the lists: counts with their denominators, silence worded as silence, one wish per address."""

import re
from datetime import date

import pytest

from dashboard.annual.asked import Asked
from dashboard.annual.facts import Body, BodyClass, Facts, PrefectureRow, Standing, YearList
from dashboard.closed_lists import Block, Colouring, Language, PaperKind, SheetKind
from dashboard.scope import Scope
from dashboard.slides.asking import Sheet, asked_of, chosen, named, sheet_of, sheets
from dashboard.slides.finding import counts, finding, told
from dashboard.words import words

JA, EN = words("ja"), words("en")


def body(code: str, kind: BodyClass = BodyClass.MUNICIPALITY, *, is_counted: bool = True) -> Body:
    return Body(
        code=code,
        name="甲",
        romaji="Ko",
        body_class=kind,
        standing=Standing.NEW if is_counted else Standing.PARTNER,
        lon=137.0,
        lat=35.0,
        first_year=2022,
        cohort=1,
        decided_on=date(2022, 7, 29),
        is_counted=is_counted,
        is_likely=False,
        source_id="s",
        document="資料",
        locator="3ページ",
    )


def year(number: int, state: str, total: int | None, *bodies: Body) -> YearList:
    return YearList(number, "事業", state, total, bodies, "s", "資料", "2023年1月")


def prefecture(code: str, municipalities: int) -> PrefectureRow:
    return PrefectureRow(f"{code}000", "甲県", "Ko", True, municipalities, 0, 0, 1000, 1000)


FACTS = Facts(
    years=(
        year(
            2022,
            "complete",
            3,
            body("28000", BodyClass.PREFECTURE),
            body("28100", BodyClass.DESIGNATED_CITY),
            body("34208"),
        ),
        year(2023, "partial", 5, body("34208"), body("28201"), body("28202", is_counted=False)),
        year(2024, "not_registered", None),
    ),
    latest_year=2023,
    prefectures=(prefecture("28", 41), prefecture("34", 23), prefecture("13", 62)),
    names={"28": "兵庫県", "34": "広島県", "13": "東京都"},
    evidence=(),
    totals={"municipalities": 126, "prefectures": 3, "people": 3000},
    credit="境界",
    build_id="b",
    built_on=date(2026, 1, 2),
)


def said(asked: Asked) -> str:
    return told(JA, finding(FACTS, asked, JA))


def test_a_complete_list_is_stated_with_its_kinds() -> None:
    assert said(Asked((2022,))).startswith(
        "令和4年度は、3団体（1都道府県・1政令指定都市・1市区町村）が、地方版"
    )


def test_an_incomplete_list_is_at_least() -> None:
    assert "少なくとも2団体（2市町村）" in said(Asked((2023,)))


def test_a_body_of_two_lists_is_counted_once_and_a_partner_never() -> None:
    found = counts(FACTS, Asked((2022, 2023)), FACTS.years)
    assert (len(found.bodies), found.prefectures, found.municipalities) == (4, 1, 3)
    assert (found.municipality_total, found.prefecture_total) == (126, 3)
    assert said(Asked((2022, 2023))).startswith("令和4年度〜令和5年度は、少なくとも4団体")


def test_an_area_has_its_own_bodies_and_denominators() -> None:
    found = counts(FACTS, Asked((2022,), area="28"), FACTS.years[:1])
    assert (len(found.bodies), found.prefecture_total, found.municipality_total) == (2, 1, 41)
    assert "兵庫県で2団体（1都道府県・1政令指定都市）" in said(Asked((2022,), area="28"))
    assert "中国で1団体" in said(Asked((2022,), block=Block.CHUGOKU))


def test_an_area_that_no_list_names_is_not_confirmed_never_zero() -> None:
    for years in ((2022,), (2023,)):
        sentence = said(Asked(years, area="13"))
        assert "東京都では参画の確認なし（「資料」2023年1月" in sentence
        assert not re.search(r"\b0\b", sentence)
    assert "収録した分" in said(Asked((2023,), area="13"))
    assert "収録した分" not in said(Asked((2022,), area="13"))


def test_a_year_without_a_list_says_so_and_makes_others_at_least() -> None:
    assert said(Asked((2024,))) == "令和6年度の取組団体の一覧は、まだ収録していません。"
    assert said(Asked((2022, 2024))).startswith("令和4年度は、少なくとも3団体")


def test_english_says_one_body_and_several() -> None:
    facts, asked = FACTS, Asked((2022,), block=Block.CHUGOKU, language=Language.EN)
    assert "1 body in Chugoku (1 municipality)" in told(EN, finding(facts, asked, EN))


# -- the address -------------------------------------------------------------------------------------------------


def test_the_address_asks_for_its_year_and_those_beside_it() -> None:
    scope = Scope(
        2024, years=frozenset({"2022"}), block=Block.KINKI, colouring=Colouring.MONO, paper=PaperKind.A3
    )
    assert asked_of(scope) == Asked(
        (2022, 2024), block=Block.KINKI, colouring=Colouring.MONO, paper=PaperKind.A3
    )


def test_a_prefecture_goes_before_a_block_and_a_municipality_shows_its_prefecture() -> None:
    for area in ("34000", "34208"):
        assert asked_of(Scope(2022, area=area, block=Block.KINKI)) == Asked((2022,), area="34")


def test_the_build_up_is_a_page_of_several_years_alone() -> None:
    kinds = [sheet.kind for sheet in sheets(Asked((2022,)))]
    assert SheetKind.BUILD_UP not in kinds
    several = sheets(Asked((2022, 2023)))
    assert [sheet.code for sheet in several[:4]] == ["cover", "year.2022", "year.2023", "build_up"]
    scope = Scope(2022, sheet=SheetKind.BUILD_UP)
    assert sheet_of(scope, sheets(asked_of(scope))) == Sheet(SheetKind.YEAR, 2022)


@pytest.mark.parametrize("sheet", sheets(Asked((2022, 2023, 2024))))
def test_choosing_a_page_keeps_the_deck(sheet: Sheet) -> None:
    before = Scope(2024, years=frozenset({"2022", "2023"}))
    changes = chosen(before, sheet)
    after = Scope(**{"year": 2024, "years": before.years, **changes})  # type: ignore[arg-type]
    assert sheet_of(after, sheets(asked_of(after))) == sheet
    assert asked_of(after) == asked_of(before)


def test_every_page_of_a_deck_has_a_name() -> None:
    names = [named(JA, sheet) for sheet in sheets(Asked((2022, 2023)))]
    assert names[:3] == ["表紙", "令和4年度の地図", "令和5年度の地図"]
    assert len(set(names)) == len(names)
