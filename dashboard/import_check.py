"""取り込み確認: what would become of a list that someone sent, row by row. It is read in memory and never stored.

The upload is taken out of Streamlit's hands as soon as it was read; only the result stays, in the memory of this session, until
it is forgotten or the page is closed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard import parts
from dashboard.markup import Html, Part, join, table, tag
from dashboard.scope import FileKind
from dashboard.view import View, go
from etl.form_sheet import FORMS
from etl.inputs import data_folder
from etl.intake.child import checked_in_child
from etl.intake.facts import Checked, Kind, Options
from etl.intake.mended import MENDABLE, Body, faults, mended
from etl.intake.report import WHOLE_ROW, Message, Outcome
from etl.templates import template

RESULT, ROUND = "intake-result", "intake-round"
SHOWN = 200
"""Messages on the page; the file of faults has all of them."""
EXTENSIONS = ("csv", "tsv", "txt", "xlsx", "parquet", "json", "geojson", "topojson", "zip", "gpkg", "pdf")
MIME = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
FORMATS = {"xlsx": "Excel", "csv": "CSV"}
COUNTS = ("rows", "loaded", "repaired", "quarantined", "duplicates", "skipped")


@dataclass(frozen=True, slots=True)
class Result:
    """A checked file and what was said about it. The file itself is gone."""

    checked: Checked
    options: Options


def import_check(view: View) -> None:
    """Draw the part of the page: choices, upload, verdict, and the templates to send out."""
    title, lead = view.text("intake.title"), view.text("intake.lead")
    st.html(join([tag("h2", title), tag("p", lead, class_="sub")]).text)
    options = choices(view)
    upload(view, options)
    with st.container(key="intake-result-area"):
        if result := st.session_state.get(RESULT):
            verdict(view, result)
    templates(view)


def choices(view: View) -> Options:
    """Draw what a person can say about the file."""
    years = [0, *(row["fiscal_year"] for row in reversed(view.store.years))]
    with st.container(key="intake-choices", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.session_state["intake-kind"] = view.scope.file_kind
        st.selectbox(
            view.text("intake.kind"),
            list(FileKind),
            key="intake-kind",
            format_func=lambda kind: view.text(f"file_kind.{kind}"),
            on_change=lambda: go(view.store, file_kind=st.session_state["intake-kind"]),
            width=260,
        )
        year = st.selectbox(
            view.text("intake.year"),
            years,
            key="intake-year",
            format_func=lambda year: view.words.year(year) if year else view.text("intake.year_none"),
            width=220,
        )
        municipality = st.text_input(
            view.text("intake.municipality"),
            key="intake-municipality",
            placeholder=view.text("intake.municipality_placeholder"),
            max_chars=40,
            width=260,
        )
    return Options(fiscal_year=year or None, default_municipality=municipality.strip())


def upload(view: View, options: Options) -> None:
    """Draw the place to hand a file in, and check what comes: the file is dropped before the result is shown."""
    number = st.session_state.setdefault(ROUND, 0)
    with st.container(key="intake-upload"):
        st.html(tag("p", view.text("intake.drop"), class_="small", id="intake-drop").text)
        given = st.file_uploader(view.text("intake.upload"), EXTENSIONS, key=f"intake-file-{number}")
    if given is None:
        return
    with st.spinner(view.text("intake.checking")):
        kind = Kind(str(view.scope.file_kind))
        checked = checked_in_child((given.name, given.getvalue()), kind, options, data_folder())
    st.session_state[RESULT] = Result(checked, options)
    st.session_state[ROUND] = number + 1
    st.rerun()


def verdict(view: View, result: Result) -> None:
    """Draw what would become of the file: the outcome, the account of its rows, what to mend, and the files to take away."""
    report = result.checked.report
    outcome = view.text(f"outcome.{report.outcome}")
    head = tag("h3", f"{report.file}", class_="intake-file")
    said = tag("p", outcome, class_=f"outcome outcome-{report.outcome}", role="status")
    st.html(join([head, said, account(view, result), recognised(view, result)]).text)
    st.html(messages(view, report.messages).text)
    with st.container(key="intake-files", horizontal=True, gap="small"):
        files(view, result)
        st.button(view.text("intake.forget"), key="intake-forget", type="tertiary", on_click=forget)
    if report.is_usable and report.kind != Kind.PDF:
        command = f"ibasho import {quoted(report.file)} --kind {report.kind} --source SOURCE_ID"
        st.html(join([tag("p", view.text("intake.next"), class_="small"), tag("code", command)]).text)


def quoted(name: str) -> str:
    """Return a file name as a shell takes it.

    >>> quoted("一覧 (2).csv")
    "'一覧 (2).csv'"
    """
    return "'" + name.replace("'", "'\\''") + "'"


def forget() -> None:
    """Drop the result."""
    st.session_state.pop(RESULT, None)


def account(view: View, result: Result) -> Html:
    """Return where each row goes: rows = loaded + quarantined + duplicates + skipped."""
    report = result.checked.report
    if report.outcome is Outcome.REJECT:
        return Html("")
    columns = [parts.number_column(view, f"intake.{name}") for name in COUNTS]
    cells = [tuple(getattr(report, name) for name in COUNTS)]
    counted = table(view.text("intake.account"), columns, cells, is_caption_shown=False)
    return join([counted, tag("p", view.text("intake.account_law"), class_="small")])


def recognised(view: View, result: Result) -> Html:
    """Return how the file was read: encoding, separator, layout, sheet, row of the headings."""
    facts = result.checked.report.facts
    names = [name for name in ("layout", "encoding", "separator", "sheet", "heading_row") if facts.get(name)]
    told = (
        join([tag("dt", view.text(f"recognised.{name}")), tag("dd", facts[name], lang="ja")])
        for name in names
    )
    return tag("dl", *told, class_="facts", aria_label=view.text("intake.recognised"))


def messages(view: View, found: tuple[Message, ...]) -> Html:
    """Return what is to mend, then what was mended; the sentences of the check are Japanese."""
    if not found:
        return tag("p", view.text("intake.no_messages"))
    to_mend = [message for message in found if message.mend]
    others = [message for message in found if not message.mend]
    asked = ("mend", lambda message: tag("span", message.mend, lang="ja"))
    done = ("change", change)
    return join([_told(view, "to_mend", to_mend, asked), _told(view, "mended_rows", others, done)])


def _told(
    view: View, title: str, found: Sequence[Message], last: tuple[str, Callable[[Message], Part]]
) -> Html:
    """Return messages as a table whose last column is what to do, or what was changed."""
    if not found:
        return Html("")
    column, shown = last
    columns = [
        parts.number_column(view, "intake.row"),
        *(parts.text_column(view, f"intake.{name}") for name in ("column", "problem", column)),
    ]
    cells = (
        (
            message.row or view.text("intake.whole_file"),
            tag(
                "span",
                "" if message.column == WHOLE_ROW else message.column,
                lang="ja",
                class_="heading-name",
            ),
            tag("span", message.problem, lang="ja"),
            shown(message),
        )
        for message in found[:SHOWN]
    )
    caption = view.text(f"intake.{title}", count=f"{len(found):,}")
    rest = (
        tag("p", view.text("intake.messages_first", shown=SHOWN), class_="small")
        if len(found) > SHOWN
        else None
    )
    return join([table(caption, columns, cells), rest])


def change(message: Message) -> Part:
    """Return a changed cell as before → after."""
    if not message.before and not message.after:
        return None
    return join(
        [tag("del", message.before or "–", lang="ja"), " → ", tag("ins", message.after or "–", lang="ja")]
    )


def files(view: View, result: Result) -> None:
    """Offer the mended file and the list of faults."""
    checked = result.checked
    stem = checked.report.file.rsplit(".", 1)[0]
    if checked.report.is_usable and checked.report.kind in MENDABLE:
        form = mended(checked, result.options, lambda code: body_of(view, code))
        for extension, name in FORMATS.items():
            st.download_button(
                view.text("intake.mended", format=name),
                data=partial(FORMS[extension], form),
                file_name=f"{stem}_mended.{extension}",
                mime=MIME[extension],
                key=f"intake-mended-{extension}",
                help=view.text("intake.mended_help"),
                on_click="ignore",
            )
    if checked.report.messages:
        st.download_button(
            view.text("intake.faults", format="Excel"),
            data=partial(FORMS["xlsx"], faults(checked)),
            file_name=f"{stem}_faults.xlsx",
            mime=MIME["xlsx"],
            key="intake-faults",
            on_click="ignore",
        )


def body_of(view: View, code: str) -> Body:
    """Return the official names of an area as a list prints them."""
    area = view.store.areas[code]
    is_prefecture = area["kind"] == "prefecture"
    return Body(
        area["name"] if is_prefecture else area["prefecture_name"], "" if is_prefecture else area["name"]
    )


def templates(view: View) -> None:
    """Offer the form of the yearly confirmation, filled in with what is known of the prefecture in view."""
    heading = [
        tag("h3", view.text("intake.template_title")),
        tag("p", view.text("intake.template_lead"), class_="sub"),
    ]
    st.html(join(heading).text)
    if not view.scope.prefecture:
        st.html(tag("p", view.text("intake.template_choose"), class_="small").text)
        return
    for kind in (Kind.PLATFORMS, Kind.PLACES):
        with st.container(key=f"intake-templates-{kind}", horizontal=True, gap="small"):
            for extension, name in FORMATS.items():
                offer(view, kind, extension, name)


def offer(view: View, kind: Kind, extension: str, name: str) -> None:
    """A button whose form is written only when it is pressed."""
    scope = view.scope
    label = view.text(
        "intake.template_file",
        kind=view.text(f"file_kind.{kind}"),
        prefecture=view.area_name(scope.prefecture_area),
        year=view.words.year_name(scope.year),
        format=name,
    )
    st.download_button(
        label,
        data=lambda: template(kind, scope.prefecture, scope.year, view.store.build.database, extension),
        file_name=f"ibasho-atlas_{kind}_{scope.prefecture}_{scope.year}.{extension}",
        mime=MIME[extension],
        key=f"intake-template-{kind}-{extension}",
        on_click="ignore",
    )
