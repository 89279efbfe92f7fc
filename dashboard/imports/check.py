"""取り込み確認: what would become of a list that someone sent, row by row. It is read in memory and never stored.

The upload is taken out of Streamlit's hands as soon as it was read; only the result stays, in the memory of this session, until
it is forgotten or the page is closed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from shlex import quote

import streamlit as st

from dashboard.chosen import select
from dashboard.closed_lists import FileKind
from dashboard.controls import announcement
from dashboard.imports import findings
from dashboard.imports.mapping import MAPPING_FILE, ROUND, headings_of, own_layout
from dashboard.imports.taken_in import import_list
from dashboard.imports.templates import FORMATS, MIME, templates
from dashboard.markup import Html, join, tag
from dashboard.view import View
from etl.changes import Change, Effect, changes
from etl.checked_file import CheckedFile, check_upload
from etl.fault import BuildError
from etl.form_sheet import FORMS, Form
from etl.inputs import data_folder
from etl.intake.area_difference import area_differences, municipalities
from etl.intake.facts import Checked, Kind, Options
from etl.intake.mended import MENDABLE, Body, candidates, faults, mended
from etl.intake.report import Report

RESULT = "intake-result"
EXTENSIONS = ("csv", "tsv", "txt", "xlsx", "parquet", "json", "geojson", "topojson", "zip", "gpkg", "pdf")
LISTS = frozenset({FileKind.PLATFORMS, FileKind.GRANTEES, FileKind.PLACES})
"""Kinds whose rows belong to a fiscal year and a municipality."""


@dataclass(frozen=True, slots=True)
class Result:
    """A checked file and what was said about it. The file itself is gone.

    `changed` is what a list of participants would change in what is shown now: None until it was asked, a sentence if the data
    cannot be built with it.
    """

    file: CheckedFile
    changed: tuple[Change, ...] | str | None = None

    @property
    def checked(self) -> Checked:
        """What the check found."""
        return self.file.checked


def import_check(view: View) -> None:
    """Draw the part of the page: choices, upload, verdict, templates to send out, and what was imported so far."""
    title, lead = view.text("intake.title"), view.text("intake.lead")
    st.html(join([tag("h2", title), tag("p", lead, class_="sub")]).text)
    options = choices(view)
    upload(view, options)
    with st.container(key="intake-result-area"):
        result = st.session_state.get(RESULT)
        said = verdict_sentence(view, result) if result else ""
        # Always there, so that a reader of the screen hears it change.
        announcement(said, number=st.session_state[ROUND], key="intake-said")
        if result:
            verdict(view, result)
    with st.container(key="intake-send"):
        templates(view)
    with st.container(key="intake-so-far"):
        import_list(view)


def choices(view: View) -> Options:
    """Draw what a person can say about the file; boundaries, PDFs and lists of sources have no year and no default."""
    year, municipality = 0, ""
    with st.container(key="intake-choices", horizontal=True, vertical_alignment="bottom", gap="small"):
        select(
            view,
            "file_kind",
            list(FileKind),
            label=view.text("intake.kind"),
            shown=lambda kind: view.text(f"file_kind.{kind}"),
            key="intake-kind",
            width=260,
            is_label_shown=True,
        )
        if view.scope.file_kind in LISTS:
            year = st.selectbox(
                view.text("intake.year"),
                [0, *(row["fiscal_year"] for row in reversed(view.store.years))],
                key="intake-year",
                format_func=lambda year: view.words.year(year) if year else view.text("intake.year_none"),
                width=250,
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
    """Draw the place to hand a file in, and check what comes."""
    number = st.session_state.setdefault(ROUND, 0)
    with st.container(key="intake-upload"):
        label = view.text("intake.upload")
        given = st.file_uploader(label, EXTENSIONS, key=f"intake-file-{number}")
    if given is not None:
        with st.spinner(view.text("intake.checking")):
            checked = checked_upload(view, given.name, given.getvalue(), options)
        keep(checked)


def checked_upload(view: View, name: str, content: bytes, options: Options) -> CheckedFile:
    """Check what was handed in as the kind that is chosen."""
    return check_upload(name, content, Kind(str(view.scope.file_kind)), options, data=data_folder())


def keep(file: CheckedFile) -> None:
    """Show a result from now on; the upload that it came from leaves the memory, because its place is drawn anew."""
    st.session_state[RESULT] = Result(file)
    st.session_state[ROUND] += 1
    st.rerun()


def check_again(view: View, name: str, content: bytes, options: Options) -> None:
    """Check a file once more, with what was said about its columns."""
    keep(checked_upload(view, name, content, options))


def forget() -> None:
    """Drop the result."""
    st.session_state.pop(RESULT, None)


# -- the verdict --------------------------------------------------------------------------------------------------------


def verdict(view: View, result: Result) -> None:
    """Draw what would become of the file: the outcome, the account of its rows, what to mend, and the files to take away."""
    report = result.checked.report
    kind = tag("span", view.text(f"file_kind.{report.kind}"), class_="small")
    head = tag("h3", tag("span", report.file, lang="ja"), " ", kind, class_="intake-file")
    said = tag("p", outcome(view, report), class_=f"outcome outcome-{report.outcome}")
    numbers = (findings.account(view, report), findings.recognised(view, report))
    st.html(join([head, said, *numbers]).text)
    with st.container(key="intake-files", horizontal=True, vertical_alignment="center", gap="small"):
        files(view, result)
        st.button(view.text("intake.forget"), key="intake-forget", type="tertiary", on_click=forget)
    st.html(found(view, result.checked).text)
    if headings := headings_of(report):
        with st.container(key="intake-own"):
            read = (result.file.kind, report.file, headings)
            own_layout(view, read, result.file.options, partial(check_again, view))
    if report.loaded and report.kind == Kind.PLATFORMS:
        would_change(view, result)
    if report.loaded or (report.kind == Kind.PDF and report.is_usable):
        next_step(view, result)


def outcome(view: View, report: Report) -> str:
    """Return the verdict in a few words; of a PDF nothing is taken in, however well it was read."""
    if report.kind == Kind.PDF and report.is_usable:
        return view.text("intake.for_review")
    return view.text(f"outcome.{report.outcome}")


def found(view: View, checked: Checked) -> Html:
    """Return what was found in the rows: of a PDF its candidates, of boundaries also how their areas compare."""
    report = checked.report
    if report.kind == Kind.PDF and report.is_usable:
        return findings.candidates_table(view, checked)
    told = findings.messages(view, report.messages)
    if report.kind != Kind.BOUNDARIES or not report.is_usable:
        return told
    known = {code: area["area_km2"] for code, area in view.store.areas.items()}
    compared = area_differences(checked.facts, known)
    return join([findings.areas_table(view, compared, municipalities(checked.facts)), told])


def verdict_sentence(view: View, result: Result) -> str:
    """Return the verdict as it is read aloud: file, outcome, and how many rows are taken in and held back."""
    report = result.checked.report
    return view.text(
        "intake.said" if report.is_usable else "intake.said_reject",
        file=report.file,
        outcome=outcome(view, report),
        rows=f"{report.rows:,}",
        loaded=f"{report.loaded:,}",
        held=f"{report.quarantined:,}",
    )


def would_change(view: View, result: Result) -> None:
    """Draw what the list would change in what is shown now; it takes seconds, so the verdict stands already."""
    st.html(tag("h3", view.text("intake.changes_title")).text)
    if result.changed is None:
        with st.spinner(view.text("intake.comparing")):
            result = replace(result, changed=changes_of(result.file, min(view.store.source_ids)))
        st.session_state[RESULT] = result
    if isinstance(result.changed, str):
        st.html(tag("p", view.text("intake.changes_fault"), " ", tag("span", result.changed, lang="ja")).text)
        return
    lead = tag("p", view.text("intake.changes_lead"), class_="sub") if result.changed else None
    st.html(join([lead, findings.changes_table(view, result.changed or ())]).text)


def changes_of(file: CheckedFile, source_id: str) -> tuple[Change, ...] | str:
    """Return what would change, or why the data cannot be built with the list.

    No source is named yet: any known one stands in for it, and rows that would only get another source are left out.
    """
    try:
        found = changes(file, source_id, data_folder())
    except BuildError as fault:
        return str(fault)
    return tuple(each for each in found if each.effect is not Effect.CONFIRMED)


# -- what can be taken away ---------------------------------------------------------------------------------------------


def files(view: View, result: Result) -> None:
    """Offer the mended file or the candidates of a PDF, and the list of faults."""
    checked = result.checked
    report = checked.report
    if report.is_usable and report.kind in MENDABLE:
        form = partial(mended, checked, result.file.options, lambda code: body_of(view, code))
        for extension in FORMATS:
            offer(view, report.file, "mended", extension, form)
    if report.is_usable and report.kind == Kind.PDF:
        for extension in FORMATS:
            offer(view, report.file, "candidates", extension, partial(candidates, checked))
    elif report.messages:
        offer(view, report.file, "faults", "xlsx", partial(faults, checked))


def offer(view: View, file: str, what: str, extension: str, form: Callable[[], Form]) -> None:
    """A button whose file is written only when it is pressed."""
    st.download_button(
        view.text(f"intake.save_{what}", format=FORMATS[extension]),
        data=lambda: FORMS[extension](form()),
        file_name=f"{file.rsplit('.', 1)[0]}_{what}.{extension}",
        mime=MIME[extension],
        key=f"intake-{what}-{extension}",
        help=view.text("intake.mended_help") if what == "mended" else None,
        on_click="ignore",
    )


def body_of(view: View, code: str) -> Body:
    """Return the official names of an area as a list prints them."""
    area = view.store.areas[code]
    is_prefecture = area["kind"] == "prefecture"
    return Body(
        area["name"] if is_prefecture else area["prefecture_name"], "" if is_prefecture else area["name"]
    )


def next_step(view: View, result: Result) -> None:
    """Say how the list is taken in: with a command, never from this page."""
    kind = result.file.kind
    if kind is Kind.PDF:
        st.html(tag("p", view.text("intake.next_pdf"), class_="small").text)
        return
    told = view.text("intake.next_boundaries" if kind is Kind.BOUNDARIES else "intake.next")
    st.html(join([tag("p", told, class_="small"), tag("pre", tag("code", command(result.file)))]).text)


def command(file: CheckedFile) -> str:
    """Return the command that takes a checked file in, with all that was said about it."""
    name = quote(file.report.file)
    if file.kind is Kind.BOUNDARIES:
        return f"ibasho boundaries use {name}"
    said: Mapping[str, str | int | None] = {
        "--source": None if file.kind is Kind.SOURCES else "SOURCE_ID",
        "--fiscal-year": file.options.fiscal_year,
        "--default-municipality": quote(file.options.default_municipality)
        if file.options.default_municipality
        else None,
        "--mapping": MAPPING_FILE if file.options.mapping else None,
    }
    given = "".join(f" {option} {value}" for option, value in said.items() if value)
    return f"ibasho import {name} --kind {file.kind}{given}"
