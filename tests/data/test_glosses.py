"""What the tables say in English: all of it is there, and Japanese stands in it only as a quotation."""

import re

Rows = list[dict[str, str]]
Tables = dict[str, Rows]
JAPANESE = re.compile(r"[぀-ヿ㐀-鿿々＀-￯、。「」]")
QUOTED = re.compile("“[^”]*”")


def english(tables: Tables) -> list[tuple[str, str, str, str]]:
    """Return table, column, Japanese and English of every cell whose column also stands in English."""
    return [
        (name, column, row[column], row[f"{column}_en"])
        for name, rows in tables.items()
        for column in rows[0]
        if f"{column}_en" in rows[0]
        for row in rows
    ]


def test_what_is_said_in_japanese_is_said_in_english_and_nothing_else_is(tables: Tables) -> None:
    differing = {cell for cell in english(tables) if bool(cell[2]) != bool(cell[3])}
    assert differing == set()


def test_every_table_that_explains_itself_does_so_in_both_languages(tables: Tables) -> None:
    assert {(name, column) for name, column, *_ in english(tables)} == {
        ("source", "title"),
        ("source", "publisher"),
        ("control_total", "note"),
        ("participation", "note"),
        ("platform", "name"),
        ("platform", "note"),
        ("platform_statement", "statement"),
        ("platform_statement", "note"),
        ("platform_member", "note"),
        ("grant_programme", "name"),
        ("grant_award", "organisation"),
        ("grant_award", "title"),
        ("grant_theme", "name"),
        ("target_group", "name"),
        ("correction", "reason"),
        ("alias", "reason"),
    }


def test_english_holds_japanese_only_as_a_quotation(tables: Tables) -> None:
    found = {cell for cell in english(tables) if JAPANESE.search(QUOTED.sub("", cell[3]))}
    assert found == set()


def test_numbers_of_a_japanese_remark_stand_in_its_english(tables: Tables) -> None:
    """A date or a count of two digits or more that changes in translation would be a new fact."""
    lost = {
        (japanese, number)
        for name, column, japanese, text in english(tables)
        if column != "title" or name == "source"
        for number in re.findall(
            r"20[0-9]{2}-[0-9]{2}(?:-[0-9]{2})?|(?<![0-9])[0-9]{3,4}(?![0-9年])", japanese
        )
        if number not in text
    }
    assert lost == set()
