"""The words files: both languages say the same, the code asks for nothing else, and no public word shames anybody."""

import ast
import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from dashboard.cli import COMMANDS
from dashboard.closed_lists import (
    Block,
    Colouring,
    CountingRule,
    DataTab,
    FileKind,
    Language,
    Layer,
    Need,
    Offer,
    Panel,
    PaperKind,
    PlaceStatus,
    Reach,
    SheetKind,
    Supply,
    TimeView,
    Unknown,
)
from dashboard.scope import Scope
from dashboard.states import State
from dashboard.words import words
from etl.changes import Effect
from etl.intake.facts import Kind
from etl.intake.layouts import words_of

DASHBOARD = Path(__file__).resolve().parents[2] / "dashboard"
JA, EN = words("ja").sentences, words("en").sentences
LANGUAGES = pytest.mark.parametrize("language", ["ja", "en"])

CLAIMS = (
    "participant",
    "joint_partner",
    "platform",
    "platform_member",
    "planned_member",
    "regional_council",
    "grant",
    "conflict",
)
MAPPED = frozenset({FileKind.PLATFORMS, FileKind.GRANTEES, FileKind.PLACES, FileKind.SOURCES})
CLOSED_LISTS: Mapping[str, tuple[str, ...]] = {
    "claim": CLAIMS,
    "column": tuple(
        sorted({name for kind in FileKind if kind in MAPPED for name in words_of(Kind(str(kind)))})
    ),
    "effect": tuple(Effect),
    "lang": tuple(Language),
    "file_kind": tuple(FileKind),
    "layer": tuple(Layer),
    "layer_name": tuple(Layer),
    "open": tuple(Panel),
    "outcome": ("accept", "repair", "quarantine", "reject"),
    "page": ("overview", "map", "compare", "trend", "find", "slides", "data", "help"),
    "need_measure": tuple(Need),
    "supply_measure": tuple(Supply),
    "reach": tuple(Reach),
    "offers": tuple(Offer),
    "place_status": tuple(PlaceStatus),
    "unknown": tuple(Unknown),
    "block": tuple(Block),
    "colouring": tuple(Colouring),
    "paper": tuple(PaperKind),
    "sheet": tuple(SheetKind),
    "rule": tuple(CountingRule),
    "rule_meaning": tuple(CountingRule),
    "state": tuple(State),
    "state_meaning": tuple(State),
    "status": ("new", "continuing", "returning", "unknown", "partner", "unnamed"),
    "tab": tuple(DataTab),
    "as_of": ("year", "two_years", "years", "about", "day", "month", "edited", "file"),
    "licence": (
        "facts",
        "cc_by",
        "ministry",
        "ministry_facts",
        "facts_only",
        "soumu",
        "statistics",
        "land",
        "pdl",
    ),
    "locator": (
        "page_text",
        "list_table",
        "national_total",
        "register",
        "map_labels",
        "example",
        "part",
        "address_rows",
        "code",
        "place",
        "row",
    ),
    "place_kind": (
        "cafeteria",
        "hall",
        "community_centre",
        "childcare_base",
        "exchange_centre_local",
        "childcare_facility",
        "children_hall",
        "exchange_hall",
        "civic",
        "welfare_contact",
        "mens_shed",
        "chanoma",
        "contact_centre",
        "older",
        "lifelong",
        "welfare_hall",
        "mobile",
        "cafe",
        "generations_base",
        "generations_facility",
        "project",
        "chanoma_model",
        "community_shed",
        "mens_shed_house",
        "generations_salon",
        "exchange_centre",
    ),
    "separator": ("apart", "dotted", "listed", "named", "placed"),
    "month": tuple(str(month) for month in range(1, 13)),
    "verdict": ("matches", "adds_up", "differs", "incomplete", "conflict", "context"),
    "view": tuple(TimeView),
}
"""Section → values that the code fills into a key: every value needs a sentence, and every sentence a value."""

BOTH_GIVEN = {"year.long", "year.name", "year.short"}
"""A year is given in both calendars; each language prints the one its readers use."""
JAPANESE_KEPT = {"lang.ja"}
"""English sentences that may hold Japanese letters: a language is named in itself."""
JAPANESE = re.compile(r"[぀-ヿ㐀-鿿＀-￯、。「」]")
SHAMING = {
    "ja": re.compile("未整備|空白|遅れ"),
    "en": re.compile(r"\b(gaps?|blanks?|behind|lag(s|ging|gards?)?)\b", re.IGNORECASE),
}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


# -- what the code asks for -----------------------------------------------------------------------------------


@cache
def trees() -> tuple[tuple[Path, ast.Module], ...]:
    files = sorted(file for file in DASHBOARD.rglob("*.py") if "node_modules" not in file.parts)
    return tuple((file, ast.parse(file.read_text(encoding="utf-8"))) for file in files)


def sentences_asked(tree: ast.AST) -> Iterator[ast.expr]:
    """Every first argument of `….text(…)`, both branches of a choice, and what a name holds that is asked for."""
    given = [
        (target.id, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "text":
            waiting = list(node.args[:1])
            while waiting:
                key = waiting.pop()
                if isinstance(key, ast.IfExp):
                    waiting += [key.body, key.orelse]
                elif isinstance(key, ast.Name):
                    waiting += [
                        value for name, value in given if name == key.id and not isinstance(value, ast.Name)
                    ]
                else:
                    yield key


def pattern(key: ast.JoinedStr) -> str:
    """Return an f-string as a pattern; a hole stands for one or more parts of a key."""
    parts = (re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"[\w.]+" for p in key.values)
    return "".join(parts)


def literal_keys() -> set[tuple[str, str]]:
    return {
        (key.value, file.name)
        for file, tree in trees()
        for key in sentences_asked(tree)
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }


def composed_keys() -> set[tuple[str, str]]:
    """Patterns of the f-strings that are asked for, but for those whose section is itself a hole (CLOSED_LISTS)."""
    return {
        (pattern(key), file.name)
        for file, tree in trees()
        for key in sentences_asked(tree)
        if isinstance(key, ast.JoinedStr) and isinstance(key.values[0], ast.Constant)
    }


def mentioned() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every string of the code, and every f-string that begins with a section: a key may travel before it is asked for."""
    nodes = [node for _, tree in trees() for node in ast.walk(tree)]
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    sections = tuple(f"{key.split('.')[0]}." for key in JA)
    patterns = [
        re.compile(pattern(node))
        for node in nodes
        if isinstance(node, ast.JoinedStr)
        and node.values
        and isinstance(first := node.values[0], ast.Constant)
        and str(first.value).startswith(sections)
    ]
    return texts, patterns


# -- promises -------------------------------------------------------------------------------------------------


def test_both_languages_have_the_same_keys() -> None:
    assert set(JA) - set(EN) == set(), "no English sentence"
    assert set(EN) - set(JA) == set(), "no Japanese sentence"


def test_lists_of_the_help_page_stand_in_the_same_order() -> None:
    assert [key for key in JA if key.startswith("help.")] == [key for key in EN if key.startswith("help.")]


def test_both_languages_fill_in_the_same_values() -> None:
    differing = {
        key: (placeholders(JA[key]), placeholders(EN[key]))
        for key in set(JA) & set(EN) - BOTH_GIVEN
        if placeholders(JA[key]) != placeholders(EN[key])
    }
    assert differing == {}
    assert all(placeholders(JA[key]) | placeholders(EN[key]) <= {"year", "reiwa"} for key in BOTH_GIVEN)


@LANGUAGES
def test_no_bracket_is_left_when_values_are_filled_in(language: str) -> None:
    """A placeholder is a plain name: no position, attribute, index or format, so that data cannot reach into an object."""
    for key, sentence in words(language).sentences.items():
        assert all(name.isidentifier() for name in placeholders(sentence)), key
        told = words(language).text(key, **dict.fromkeys(placeholders(sentence), "x"))
        assert not set(told) & set("{}"), key


@LANGUAGES
def test_no_sentence_is_empty_or_padded(language: str) -> None:
    assert [key for key, sentence in words(language).sentences.items() if not sentence.strip()] == []
    padded = {key for key, sentence in words(language).sentences.items() if sentence != sentence.strip()}
    joining = {"bracketed", "comma", "headline.at_least", "headline.joint", "mappage.likely"}
    assert padded <= joining | {"deck.gaps.at_most"}, "only the words that join a number may end in a space"


@LANGUAGES
def test_emphasis_is_always_closed(language: str) -> None:
    odd = [key for key, sentence in words(language).sentences.items() if sentence.count("**") % 2]
    assert odd == []


@LANGUAGES
def test_no_word_shames_a_municipality(language: str) -> None:
    found = {
        key: sentence
        for key, sentence in words(language).sentences.items()
        if SHAMING[language].search(sentence)
    }
    assert found == {}


def test_english_sentences_hold_no_japanese_letters() -> None:
    found = {
        key: sentence
        for key, sentence in EN.items()
        if JAPANESE.search(sentence) and key not in JAPANESE_KEPT
    }
    assert found == {}


def test_help_types_no_count_of_bodies() -> None:
    """Numbers of facts are counted from the data: none is typed where the data may change it."""
    typed = re.compile(
        r"[0-9０-９][0-9０-９,，]*\s*(団体|市区町村|都道府県|万人|bodies|municipalities|prefectures|million)"
    )
    found = {
        key: s for each in (JA, EN) for key, s in each.items() if key.startswith("help.") and typed.search(s)
    }
    assert found == {}


def test_every_sentence_the_code_asks_for_exists() -> None:
    assert {(key, file) for key, file in literal_keys() if key not in JA} == set()


def test_every_composed_key_leads_to_a_sentence() -> None:
    missing = {(p, file) for p, file in composed_keys() if not any(re.fullmatch(p, key) for key in JA)}
    assert missing == set()


@pytest.mark.parametrize("section", sorted(CLOSED_LISTS))
def test_every_value_of_a_closed_list_has_a_sentence(section: str) -> None:
    values = {key.removeprefix(f"{section}.") for key in JA if key.startswith(f"{section}.")}
    assert values == {str(value) for value in CLOSED_LISTS[section]}


def test_every_parameter_of_the_address_is_explained() -> None:
    explained = {key.removeprefix("help.parameter.") for key in JA if key.startswith("help.parameter.")}
    assert explained == {field.name for field in fields(Scope)}


def test_every_command_is_explained() -> None:
    explained = {key.removeprefix("help.command.") for key in JA if key.startswith("help.command.")}
    assert explained == {command.name for command in COMMANDS}


def test_no_sentence_is_unused() -> None:
    texts, patterns = mentioned()
    unused = {
        key
        for key in JA
        if key.split(".")[0] not in CLOSED_LISTS
        and key not in texts
        and not any(p.fullmatch(key) for p in patterns)
    }
    assert unused == set()


# -- set phrases of the tables --------------------------------------------------------------------------------


def cells(*columns: tuple[str, str]) -> set[str]:
    """Return the values that some columns of the curated tables hold, by file and column."""
    found: set[str] = set()
    for file, column in columns:
        with (DASHBOARD.parent / "data" / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
            found |= {row[column] for row in csv.DictReader(lines) if row[column]}
    return found


@pytest.mark.parametrize(
    ("section", "columns"),
    [
        ("licence", [("sources", "licence"), ("places", "licence")]),
        ("place_kind", [("places", "kind")]),
    ],
)
def test_every_set_phrase_of_the_tables_has_its_english(section: str, columns: list[tuple[str, str]]) -> None:
    assert {phrase for phrase in cells(*columns) if words("en").held(section, phrase) is None} == set()


def test_every_date_of_the_tables_is_written_in_english() -> None:
    printed = cells(("control_totals", "as_of"), ("places", "as_of_printed"), ("sources", "published_on"))
    assert {text for text in printed if JAPANESE.search(words("en").as_of(text))} == set()


def test_a_locator_of_our_own_phrases_has_its_english_and_a_printed_heading_has_none() -> None:
    english = words("en")
    assert english.held("locator", "ページ本文") == "text of the page"
    assert english.held("locator", "令和7年度の一覧") == "the list of FY2025"
    assert english.held("locator", "コード01100 札幌市の行") == "row of code 01100 札幌市"
    assert english.held("locator", "推進事業 取組状況") is None
    assert words("ja").held("locator", "ページ本文") == "ページ本文"


@pytest.mark.parametrize(
    ("known", "japanese", "english"),
    [
        ("2023-10-10", "2023年10月10日", "10 October 2023"),
        ("2023-08", "2023年8月", "August 2023"),
        ("2025", "2025年", "2025"),
        ("甲の日", "甲の日", "甲の日"),
        ("", "", ""),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(known: str, japanese: str, english: str) -> None:
    assert (words("ja").date(known), words("en").date(known)) == (japanese, english)


def test_parts_are_joined_by_the_signs_of_the_language() -> None:
    assert words("ja").joined("dotted", ["甲", None, "乙"]) == "甲・乙"
    assert words("en").joined("named", ["total", "part"]) == "total: part"
