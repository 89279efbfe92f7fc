"""The pages of the annual map: every body once, every number from the facts, nothing over another, nothing outside."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from dashboard.annual.asked import Asked
from dashboard.annual.facts import BodyClass, Facts, Standing
from dashboard.annual.ground import Ground
from dashboard.annual.maps.map_pages import build_up_pages, presented_pages, year_pages
from dashboard.annual.marks import Page, Role, Text
from dashboard.closed_lists import Block, Colouring, Language, PaperKind
from dashboard.slides.gather import gathered
from dashboard.store import Store
from dashboard.words import words
from etl.build import Build
from tests.dashboard.annual import annual_world as world
from tests.dashboard.annual.page_checks import labels, outside, overlapping, said, sizes, texts, too_wide

SIGNS = {BodyClass.PREFECTURE: "■", BodyClass.DESIGNATED_CITY: "■", BodyClass.MUNICIPALITY: "□"}
LANGUAGES = tuple(Language)


@pytest.fixture(scope="module")
def store(project_build: Build) -> Store:
    """The questions to a build of the real data."""
    return Store(project_build)


@pytest.fixture(scope="module")
def facts(store: Store) -> dict[Language, Facts]:
    """What the pages tell, in both languages."""
    return {language: gathered(store, language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def ground(store: Store, facts: dict[Language, Facts]) -> Ground:
    """The land of the real map."""
    listed = {
        body.code for year in facts[Language.JA].years for body in year.bodies if body.code[2:] != "000"
    }
    return store.ground(facts[Language.JA].latest_year, *sorted(listed))


def checked(pages: tuple[Page, ...], least: float) -> tuple[Page, ...]:
    """Return pages on which nothing is outside, covered, too wide or too small, and which have one title each."""
    for page in pages:
        assert outside(page) == []
        assert too_wide(page) == []
        assert overlapping(page) == []
        names = tuple(mark for mark in page.marks if mark.name.startswith("name "))
        assert (
            min(sizes(replace(page, marks=tuple(mark for mark in page.marks if mark not in names)))) >= least
        )
        assert not names or min(sizes(replace(page, marks=names))) >= 0.75 * least
        titles = [text for text in texts(page) if text.role is Role.TITLE]
        assert [said(text) for text in titles] == [page.title]
        assert page.alt
        assert page.notes
    assert len({page.key for page in pages}) == len(pages)
    return pages


# -- the real lists -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "colouring", "paper"), list(product(LANGUAGES, Colouring, PaperKind)), ids=str
)
def test_every_page_of_every_year_is_sound_and_names_every_body_once(
    facts: dict[Language, Facts], ground: Ground, language: Language, colouring: Colouring, paper: PaperKind
) -> None:
    told = facts[language]
    years = tuple(listed.year for listed in told.years)
    asked = Asked(years, language=language, colouring=colouring, paper=paper)
    for listed in told.years:
        pages = checked(year_pages(asked, told, ground, words(language), listed.year), 8)
        named = {code: sign for page in pages for code, (sign, *_) in labels(page).items()}
        assert named == {body.code: SIGNS[body.body_class] for body in listed.counted}
    together = checked(build_up_pages(asked, told, ground, words(language)), 8)
    counted = {body.code for listed in told.years for body in listed.counted}
    assert {code for page in together for code in labels(page)} == counted
    assert any(said(text) == str(len(counted)) for page in together for text in texts(page))


@pytest.mark.parametrize(("language", "colouring"), list(product(LANGUAGES, Colouring)), ids=str)
def test_nothing_on_a_screen_in_a_room_is_under_24_points(
    facts: dict[Language, Facts], ground: Ground, language: Language, colouring: Colouring
) -> None:
    told = facts[language]
    years = tuple(listed.year for listed in told.years)
    asked = Asked(years, language=language, colouring=colouring)
    pages = checked(presented_pages(asked, told, ground, words(language)), 24)
    assert [page.key for page in pages] == [f"present-{year}" for year in years] + ["present-build-up"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("area", ["01", "13", "14", "34", "47"])
def test_pages_of_a_prefecture_are_sound_and_name_its_municipalities(
    store: Store, facts: dict[Language, Facts], area: str, language: Language
) -> None:
    told = facts[language]
    asked = Asked((2022, 2024), area=area, language=language)
    land = store.ground(told.latest_year, prefecture=area)
    inside = {row.code for row in told.municipalities if row.prefecture == area}
    for year in asked.years:
        (page,) = checked(year_pages(asked, told, land, words(language), year), 8)
        named = {text.name.split()[1] for text in texts(page) if text.name.startswith("municipality ")}
        listed = {body.code for body in told.of(year).counted if body.prefecture == area}
        assert set(labels(page)) == listed
        assert named <= inside - listed
        drawn = {mark.name.split()[1] for mark in page.marks if mark.name.startswith(("border ", "area "))}
        assert drawn == inside
    checked(presented_pages(asked, told, land, words(language)), 24)


@pytest.mark.parametrize("block", Block)
def test_pages_of_a_block_are_sound(facts: dict[Language, Facts], ground: Ground, block: Block) -> None:
    asked = Asked((2022, 2023), block=block)
    told, japanese = facts[Language.JA], words("ja")
    for year in asked.years:
        checked(year_pages(asked, told, ground, japanese, year), 8)
    checked(build_up_pages(asked, told, ground, japanese), 8)
    checked(presented_pages(asked, told, ground, japanese), 24)


def test_the_29_of_the_first_year_stand_on_the_page_with_their_rounds(
    facts: dict[Language, Facts], ground: Ground
) -> None:
    told = facts[Language.JA]
    (page,) = year_pages(Asked((2022,)), told, ground, words("ja"), 2022)
    assert len(labels(page)) == 29
    assert labels(page)["01000"] == "■北海道"
    assert labels(page)["34208"] == "□府中市"
    assert page.title == "令和4年度は29団体（9道府県・3政令指定都市・17市町村）が取り組んだ"
    shown = [said(text) for text in texts(page)]
    assert "■9 □9" in shown
    assert "■3 □8" in shown
    assert any("2022年7月29日" in text for text in shown)
    assert any(text.startswith("計29団体") and "■12 □17" in text for text in shown)


def test_names_stand_in_the_same_place_in_every_year_and_on_the_page_of_all(
    facts: dict[Language, Facts], ground: Ground
) -> None:
    told, japanese = facts[Language.JA], words("ja")
    several = Asked((2022, 2023, 2024))
    (alone,) = year_pages(Asked((2022,)), told, ground, japanese, 2022)
    (in_deck,) = year_pages(several, told, ground, japanese, 2022)
    (later,) = year_pages(several, told, ground, japanese, 2023)
    (together,) = build_up_pages(several, told, ground, japanese)
    assert alone == in_deck
    stands = [
        {text.name: (text.at.y, text.at.x) for text in texts(page) if text.name.startswith("label ")}
        for page in (alone, later, together)
    ]
    for one in stands[:2]:
        assert one == {name: at for name, at in stands[2].items() if name in one}


# -- a small world --------------------------------------------------------------------------------------------


def one_page(told: Facts, year: int = 2022, **asked: object) -> Page:
    """Return the only page of a year."""
    wish = Asked((year,), **asked)  # type: ignore[arg-type]  # the names are checked by Asked itself
    bodies = [body for listed in told.years for body in listed.bodies]
    (page,) = checked(year_pages(wish, told, world.ground(bodies), words(wish.language), year), 8)
    return page


def all_said(page: Page) -> str:
    """Return all words of a page."""
    return "\n".join(said(text) for text in texts(page))


def test_a_list_that_is_known_in_part_says_so_and_counts_at_least() -> None:
    told = world.facts(world.year_list(2022, [world.body("05201"), world.body("05000")], published=9))
    page = one_page(told)
    assert "少なくとも2団体" in page.title
    assert "計2団体" not in all_said(page)
    assert "公表された9団体中2団体のみ収録。残る7団体は" in all_said(page)
    assert "9団体中2団体" in page.alt


def test_a_list_of_unknown_length_never_says_how_many_are_missing() -> None:
    page = one_page(world.facts(world.year_list(2022, [world.body("05201")], published=None)))
    assert "公表された数は不明" in all_said(page)
    assert "残る" not in all_said(page)


def test_a_year_without_a_list_claims_nothing() -> None:
    told = world.facts(world.year_list(2022, [world.body("05201")]), world.unlisted(2023))
    page = one_page(told, 2023)
    assert "まだ収録していない" in page.title
    assert "取組団体がないという意味ではない" in all_said(page)
    assert labels(page) == {}
    assert not any(
        "団体が取り組んだ" in text or "参画の確認なし" in text for text in all_said(page).split("\n")
    )


def test_a_prefecture_without_any_body_says_which_documents_were_read() -> None:
    told = world.facts(world.year_list(2022, [world.body("05201")]))
    page = one_page(told, area="06")
    assert page.title == "令和4年度、甲06県では参画の確認なし"
    assert "参画の確認なし（甲の資料、2023年1月）" in all_said(page)


def test_a_prefecture_shows_only_its_own() -> None:
    bodies = [world.body("05201"), world.body("05000"), world.body("06201")]
    told = world.facts(world.year_list(2022, bodies))
    page = one_page(told, area="05")
    assert set(labels(page)) == {"05201", "05000"}
    assert "甲05県自身：一覧に掲載" in all_said(page)
    assert "甲06県自身：参画の確認なし" in all_said(one_page(told, area="06"))


def test_a_block_shows_only_its_own() -> None:
    bodies = [world.body("05201"), world.body("07000"), world.body("24201")]
    page = one_page(world.facts(world.year_list(2022, bodies)), block=Block.TOHOKU)
    assert set(labels(page)) == {"05201", "07000"}
    assert "東北" in page.title


def test_partners_stand_apart_and_are_never_counted() -> None:
    partner = world.body("14213", standing=Standing.PARTNER, is_counted=False, name="丙市")
    told = world.facts(world.year_list(2022, [world.body("14216"), partner]), world.unlisted(2023))
    (together,) = build_up_pages(Asked((2022, 2023)), told, world.ground(), words("ja"))
    for page in (one_page(told), together):
        assert set(labels(page)) == {"14216"}
        assert "丙市（共同で参画。取組団体の数に入れない" in all_said(page)
        assert "1団体（乙14216市）" in page.title
        assert any(note.startswith("連携（数に入れない）□丙市") for note in page.notes)
        assert "連携" in all_said(page).split("\n")


def test_marks_tell_by_a_word_who_is_new_continuing_returning_or_not_known() -> None:
    first = world.year_list(2022, [world.body("05201"), world.body("06201")])
    second = world.year_list(
        2023,
        [
            world.body("05201", standing=Standing.CONTINUING),
            world.body("07201", first_year=2023),
            world.body("08201", first_year=2023, standing=Standing.UNKNOWN),
        ],
        published=9,
    )
    third = world.year_list(2024, [world.body("06201", standing=Standing.RETURNING)])
    told = world.facts(first, second, third)
    assert marks(one_page(told)) == {}, "in the first list all are new: said once in words"
    assert "全団体が新規" in all_said(one_page(told))
    assert marks(one_page(told, 2023)) == {"05201": ["2"], "07201": ["新"], "08201": ["？"]}
    assert marks(one_page(told, 2024)) == {"06201": ["再"]}
    asked = Asked((2022, 2023, 2024))
    (together,) = build_up_pages(asked, told, world.ground(), words("ja"))
    assert marks(together) == {"05201": ["2"], "06201": ["再"], "07201": ["R5"], "08201": ["R5"]}
    assert "少なくとも4団体" in together.title


def marks(page: Page) -> dict[str, list[str]]:
    """Return the words of the marks beside each name."""
    found: dict[str, list[str]] = {}
    for text in texts(page):
        if text.name.startswith("badge "):
            found.setdefault(text.name.split()[2], []).append(said(text))
    return found


def test_a_build_up_of_whole_lists_counts_each_body_once_and_says_no_at_least() -> None:
    told = world.facts(
        world.year_list(2022, [world.body("05201")]),
        world.year_list(2023, [world.body("05201", standing=Standing.CONTINUING)]),
    )
    (page,) = build_up_pages(Asked((2022, 2023)), told, world.ground(), words("ja"))
    assert page.title == "令和4年度〜令和5年度に1団体（乙05201市）が取り組んだ"
    assert "少なくとも" not in all_said(page)


def test_the_finding_of_several_years_names_those_that_have_a_list() -> None:
    listed = world.year_list(2022, [world.body("05201")]), world.year_list(2023, [world.body("05201")], 4)
    told = world.facts(*listed, world.unlisted(2024))
    (page,) = build_up_pages(Asked((2022, 2023, 2024)), told, world.ground(), words("ja"))
    assert page.title == "令和4年度〜令和5年度に少なくとも1団体（乙05201市）が取り組んだ"
    (quiet,) = build_up_pages(Asked((2022, 2023, 2024), area="47"), told, world.ground(), words("ja"))
    assert quiet.title == "令和4年度〜令和5年度、甲47県では参画の確認なし"
    assert "R5：4団体中1団体のみ収録" in all_said(quiet)
    assert "R6：一覧は未収録" in all_said(quiet)


def test_pages_on_paper_are_the_same_whoever_presents_them() -> None:
    told = world.facts(world.year_list(2022, [world.body("05201")]))
    assert one_page(told, is_presented=True) == one_page(told)


def test_one_year_has_no_build_up() -> None:
    told = world.facts(world.year_list(2022, [world.body("05201")]))
    assert build_up_pages(Asked((2022,)), told, world.ground(), words("ja")) == ()


def test_the_evidence_of_every_body_stands_in_the_notes() -> None:
    body = world.body("05201", cohort=2, decided_on=date(2022, 9, 30), is_likely=True)
    page = one_page(world.facts(world.year_list(2022, [body])))
    assert "□乙05201市：甲の資料、3頁の表、第二次　2022年9月30日決定、推定" in page.notes


def many(count: int) -> list[str]:
    """Return codes of bodies all over the world."""
    return [f"{1 + n % 47:02d}{201 + n // 47}" for n in range(count)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_names_than_a_page_holds_go_on_regional_pages_with_an_index(language: Language) -> None:
    bodies = [world.body(code) for code in many(100)]
    told = world.facts(world.year_list(2022, bodies))
    asked = Asked((2022,), language=language)
    pages = checked(year_pages(asked, told, world.ground(bodies), words(language), 2022), 8)
    maps, index = pages[: len(Block)], pages[len(Block) :]
    assert all("-index" in page.key for page in index)
    shown = [code for page in maps for code in labels(page)]
    assert sorted(shown) == sorted(body.code for body in bodies)
    listed = {
        text.name.split()[1]: said(text)
        for page in index
        for text in texts(page)
        if text.name.startswith("index ") and text.name.endswith(" page")
    }
    assert listed == {
        code: words(language).text("annual.index_page", n=number)
        for number, page in enumerate(maps, start=1)
        for code in labels(page)
    }


def test_the_index_has_every_name_whole() -> None:
    long = {"name": "乙山田南北上下川町", "romaji": "Otsukitanakagusuku-machi"}
    bodies = [world.body(code, **long) for code in many(100)]
    told = world.facts(world.year_list(2022, bodies))
    for language in LANGUAGES:
        asked = Asked((2022,), language=language)
        pages = checked(year_pages(asked, told, world.ground(bodies), words(language), 2022), 8)
        named = [said(text) for page in pages if "-index" in page.key for text in texts(page)]
        assert sum(text.endswith(("乙山田南北上下川町", "Otsukitanakagusuku Town")) for text in named) == 100


def test_a_prefecture_with_more_names_than_a_page_holds_keeps_its_signs_and_has_an_index() -> None:
    bodies = [world.body(f"01{number}") for number in range(201, 301)]
    told = world.facts(world.year_list(2022, bodies))
    pages = checked(year_pages(Asked((2022,)), told, world.ground(bodies), words("ja"), 2022), 8)
    assert labels(pages[0]) == {}
    signs = [mark.name for mark in pages[0].marks if mark.name.startswith("sign ")]
    assert len(signs) == len(bodies)
    assert "100" in all_said(pages[0])


HOSTILE = (
    "寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末食う寝る処に住む処",
    "<script>alert(1)</script>& \"'",
    "{scope}%s\n二行目\t市",
    "=HYPERLINK(1)",
    "W" * 300,
)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("paper", PaperKind)
def test_a_hostile_name_stays_on_the_page_and_whole_in_the_notes(name: str, paper: PaperKind) -> None:
    bodies = [
        world.body("05201", name=name, romaji="", document=name, locator=name),
        world.body("05202", name=name, romaji="", is_counted=False, standing=Standing.PARTNER),
    ]
    told = replace(world.facts(world.year_list(2022, bodies, published=50)), credit=name)
    asked = Asked((2022,), paper=paper)
    (page,) = checked(year_pages(asked, told, world.ground(bodies), words("ja"), 2022), 8)
    whole = " ".join(name.split())
    assert any(whole in note for note in page.notes)
    checked(presented_pages(asked, told, world.ground(bodies), words("ja")), 24)


def test_a_municipality_without_an_outline_keeps_its_sign_and_its_name() -> None:
    bodies = [world.body("13101"), world.body("14102")]
    told = world.facts(world.year_list(2022, bodies))
    for asked in (Asked((2022,)), Asked((2022,), area="13")):
        (page,) = year_pages(asked, told, world.ground(bodies[1:]), words("ja"), 2022)
        assert labels(page)["13101"][0] == "□"
        drawn = {mark.name.partition(" ")[0] for mark in page.marks if "13101" in mark.name}
        assert drawn >= {"sign", "label"}
        assert "area" not in drawn


def test_leaders_lead_from_a_label_to_its_sign() -> None:
    page = one_page(world.facts(world.year_list(2022, [world.body("05201"), world.body("20000")])))
    names = {mark.name for mark in page.marks}
    joins = [mark.joins for mark in page.marks if mark.name.startswith("leader ")]  # type: ignore[union-attr]
    assert len(joins) == 2
    assert all(join and set(join) <= names for join in joins)


def test_marks_of_a_page_have_names_of_their_own() -> None:
    bodies = [world.body(code) for code in many(40)]
    page = one_page(world.facts(world.year_list(2022, bodies)))
    names = [mark.name for mark in page.marks]
    assert len(set(names)) == len(names)


def test_in_black_and_white_no_colour_is_left() -> None:
    bodies = [world.body("05000"), world.body("05201"), world.body("06100")]
    page = one_page(world.facts(world.year_list(2022, bodies)), colouring=Colouring.MONO)
    inks = [mark.ink for mark in page.marks if not isinstance(mark, Text) and hasattr(mark, "ink")]
    colours = {colour for ink in inks for colour in (ink.fill, ink.line) if colour}
    colours |= {run.colour for text in texts(page) for p in text.paragraphs for run in p.runs}
    greys = {colour for colour in colours if max(rgb(colour)) - min(rgb(colour)) <= 3}
    assert colours - greys == set()


def rgb(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
