"""What a check found, drawn: the account of the rows, how the file was read, and tables of messages, changes and candidates.

The sentences of a check are Japanese; everything out of a file is text and marked as Japanese.
"""

import json
from collections.abc import Callable, Sequence

from dashboard import parts
from dashboard.markup import Column, Html, Part, join, table, tag
from dashboard.view import View
from etl.changes import ABSENT, Change
from etl.intake.area_difference import AreaDifference
from etl.intake.facts import Checked, Kind
from etl.intake.mended import REVIEWED
from etl.intake.report import WHOLE_ROW, Message, Outcome, Report

SHOWN = 200
"""Rows of a table on the page; the files to save have all of them."""
AREAS_SHOWN = 10
COUNTS = ("rows", "loaded", "repaired", "quarantined", "duplicates", "skipped")
RECOGNISED = ("layout", "form", "encoding", "separator", "sheet", "heading_row", "crs")


def japanese(text: str) -> Html:
    """Return text that is Japanese whatever the language of the page: out of a file, or of a check."""
    return tag("span", text, lang="ja")


def account(view: View, report: Report) -> Html:
    """Return where each row goes: rows = loaded + quarantined + duplicates + skipped; nothing of a file that is not taken in."""
    if report.outcome is Outcome.REJECT or report.kind == Kind.PDF:
        return Html("")
    columns = [parts.number_column(view, f"intake.{name}") for name in COUNTS]
    cells = [tuple(int(getattr(report, name)) for name in COUNTS)]
    counted = table(view.text("intake.account"), columns, cells, is_caption_shown=False)
    law = tag("p", view.text("intake.account_law"), class_="small")
    return tag("div", counted, law, class_="intake-account")


def recognised(view: View, report: Report) -> Html:
    """Return how the file was read: layout or form, encoding, separator, sheet, row of the headings, coordinates."""
    facts = report.facts
    told = (
        tag("div", tag("dt", view.text(f"recognised.{name}")), tag("dd", facts[name], lang="ja"))
        for name in RECOGNISED
        if facts.get(name)
    )
    return tag("dl", *told, class_="intake-read", aria_label=view.text("intake.recognised"))


def messages(view: View, found: tuple[Message, ...]) -> Html:
    """Return what is to mend, then what was mended."""
    if not found:
        return tag("p", view.text("intake.no_messages"))
    to_mend = [message for message in found if message.mend]
    others = [message for message in found if not message.mend]
    asked = ("mend", lambda message: japanese(message.mend))
    return join(
        [_told(view, "to_mend", to_mend, asked), _told(view, "mended_rows", others, ("change", change))]
    )


def _told(
    view: View, title: str, found: Sequence[Message], last: tuple[str, Callable[[Message], Part]]
) -> Html:
    """Return messages as a table whose last column is what to do, or what was changed."""
    column, shown = last
    columns = [
        parts.number_column(view, "intake.row"),
        *(parts.text_column(view, f"intake.{name}") for name in ("column", "problem", column)),
    ]
    cells = [
        (
            message.row or view.text("intake.whole_file"),
            tag("span", heading(message.column), lang="ja", class_="heading-name"),
            japanese(message.problem),
            shown(message),
        )
        for message in found[:SHOWN]
    ]
    return _listed(view, view.text(f"intake.{title}", count=f"{len(found):,}"), columns, cells, len(found))


def _listed(
    view: View, caption: str, columns: Sequence[Column], cells: Sequence[Sequence[Part]], all_rows: int
) -> Html:
    """Return a table of the first rows, and how many there are where that is not all; nothing of no rows."""
    if not cells:
        return Html("")
    first = view.text("intake.messages_first", shown=len(cells))
    rest = tag("p", first, class_="small") if all_rows > len(cells) else None
    return tag("div", table(caption, columns, cells), rest, class_="intake-list")


def heading(column: str) -> str:
    """Return the heading that a message is about; nothing for a row as a whole."""
    return "" if column == WHOLE_ROW else column


def change(message: Message) -> Part:
    """Return a changed cell as before → after."""
    if not message.before and not message.after:
        return None
    return join(
        [tag("del", message.before or "–", lang="ja"), " → ", tag("ins", message.after or "–", lang="ja")]
    )


def changes_table(view: View, found: Sequence[Change]) -> Html:
    """Return what a list of participants would change in what is shown now, bodies that ask for approval first."""
    if not found:
        return tag("p", view.text("intake.no_changes"))
    columns = [
        parts.text_column(view, "intake.effect"),
        parts.text_column(view, "evidence.year"),
        parts.name_column(view, "intake.body"),
        parts.text_column(view, "intake.before"),
        parts.text_column(view, "intake.after"),
    ]
    ordered = sorted(found, key=lambda each: not each.effect.needs_approval)
    cells = [
        (
            tag("span", view.text(f"effect.{each.effect}"), class_=f"effect effect-{each.effect}"),
            view.words.year_name(each.fiscal_year),
            f"{view.name(view.store.areas[each.code])}{view.words.bracketed(each.code)}",
            japanese(each.before or ABSENT),
            japanese(each.after or ABSENT),
        )
        for each in ordered[:SHOWN]
    ]
    asking = sum(each.effect.needs_approval for each in found)
    caption = view.text("intake.changes", count=f"{len(found):,}", asking=f"{asking:,}")
    return _listed(view, caption, columns, cells, len(found))


def candidates_table(view: View, checked: Checked) -> Html:
    """Return the marked names of a PDF with the body that each can mean, or why a person must decide."""
    columns = [
        parts.number_column(view, "intake.page"),
        parts.text_column(view, "intake.mark"),
        parts.name_column(view, "intake.printed"),
        parts.text_column(view, "intake.meant"),
    ]
    rows = checked.held.slice(0, SHOWN).to_pylist()
    cells = [_candidate(view, json.loads(row["cells"]), row["problem"]) for row in rows]
    sure = checked.report.facts.get("certain", "0")
    caption = view.text("intake.candidates", count=f"{len(checked.held):,}", sure=sure)
    return _listed(view, caption, columns, cells, len(checked.held))


def _candidate(view: View, cells: dict[str, str], problem: str) -> tuple[Part, ...]:
    """A candidate says where it stands as 「1ページ ■三原市」, and its doubt behind that and a colon."""
    place = cells[REVIEWED]
    page, _, marked = place.partition("ページ ")
    code = cells["団体コード"]
    doubt = tag("span", problem.removeprefix(f"{place}: "), lang="ja", class_="doubtful")
    meant = f"{view.area_name(code)}{view.words.bracketed(code)}" if code in view.store.areas else doubt
    return page, marked[:1], japanese(marked[1:]), meant


def areas_table(view: View, found: Sequence[AreaDifference], count: int) -> Html:
    """Return how many municipalities a file of boundaries has, and the largest differences from the areas that are known."""
    totals = tag(
        "p", view.text("intake.boundaries_count", count=f"{count:,}", all=f"{_municipalities(view):,}")
    )
    columns = [
        parts.name_column(view, "table.municipality"),
        *(parts.number_column(view, f"intake.{name}") for name in ("km2_file", "km2_known", "km2_share")),
    ]
    cells = [
        (
            f"{view.area_name(each.code)}{view.words.bracketed(each.code)}",
            f"{each.km2:,.2f}",
            f"{each.known_km2:,.2f}",
            f"{each.share:+.1%}",
        )
        for each in found[:AREAS_SHOWN]
    ]
    if not cells:
        return totals
    caption = view.text("intake.km2_title", shown=len(cells))
    note = tag("p", view.text("intake.km2_note"), class_="small")
    return join([totals, tag("div", table(caption, columns, cells), note, class_="intake-account")])


def _municipalities(view: View) -> int:
    return sum(row["kind"] != "prefecture" for row in view.store.areas.values())
