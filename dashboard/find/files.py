"""What is taken away of a search: the list as CSV and Excel, and as a printed page."""

from functools import partial
from typing import Any

import streamlit as st

from dashboard.closed_lists import Panel
from dashboard.controls.printing import print_button
from dashboard.find import facts
from dashboard.find.results import FIRST_ROWS, heading
from dashboard.find.saved_map import saved_map
from dashboard.find.search_box import area_in_full, point_sentence
from dashboard.offers import Found, Whereabouts
from dashboard.store import Row
from dashboard.view import View, turn
from dashboard.words import words
from etl.export import answer_bytes

MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
COLUMNS = (
    "number",
    "offer",
    "name",
    "name_en",
    "what",
    "distance_km",
    "measured_to",
    "code",
    "area",
    "address",
    "operator",
    "schedule",
    "targets",
    "status",
    "state",
    "since",
    "as_of",
    "published",
    "lat",
    "lon",
    "source",
    "document",
    "address_of_document",
    "locator",
    "also",
)
"""Columns of the file; the words say what each means, in both languages."""


def files(view: View, found: Found, at: Whereabouts) -> None:
    """Offer what is listed as files and as a page of paper; it is written only when asked for."""
    with st.container(key="find-files", horizontal=True, vertical_alignment="center", gap="medium"):
        print_button(
            view.text("find.print"),
            key="find-print",
            is_ready=Panel.ROWS in view.scope.open or len(found.rows) <= FIRST_ROWS,
            on_ask=lambda: turn(view.store, Panel.ROWS, is_open=True),
        )
        for extension, mime in MIME.items():
            st.download_button(
                view.text("datapage.download", format=extension.upper() if extension == "csv" else "Excel"),
                data=partial(listed_file, view, found, at, extension),
                file_name=f"ibasho-atlas_partners_{at.code}_{view.scope.reach}.{extension}",
                mime=mime,
                type="tertiary",
                key=f"find-{extension}",
                on_click="ignore",
            )
        st.download_button(
            view.text("find.save_map"),
            data=partial(saved_map, view, at),
            file_name=f"ibasho-atlas_partners_{at.code}_{view.scope.reach}.html",
            mime="text/html",
            type="tertiary",
            key="find-html",
            on_click="ignore",
        )


def listed_file(view: View, found: Found, at: Whereabouts, extension: str) -> bytes:
    """Return exactly what is listed, in its order, the nationwide grantees last, as csv or xlsx."""
    listed = (*facts.grouped(found, at).listed, *found.nationwide)
    rows = [_row(view, number, row) for number, row in enumerate(listed, start=1)]
    meanings = {
        column: (words("ja").text(f"find_column.{column}"), words("en").text(f"find_column.{column}"))
        for column in COLUMNS
    }
    return answer_bytes(f"{heading(view, found)} {point_sentence(view, at)}", rows, meanings, extension)


def _row(view: View, number: int, row: Row) -> dict[str, Any]:
    document = view.store.source(row["source_id"])
    cells = {
        "number": number,
        "offer": view.text(f"offers.{row['offer']}"),
        "name": facts.name_text(view, row),
        "name_en": row["name_en"],
        "what": facts.what_text(view, row),
        # As listed and no finer: many exact distances would give away a point that was pressed on the map.
        "distance_km": None if row["metres"] is None else round(row["metres"] / facts.METRES_PER_KM, 1),
        "measured_to": view.text(f"measured_to.{facts.measured_to(row)}"),
        "code": row["code"] or None,
        "area": area_in_full(view, row["code"] or ""),
        "targets": row["printed_targets"],
        "status": view.text(f"place_status.{row['place_status']}") if row["place_status"] else None,
        "since": row["since_year"],
        "lat": row["lat"] if facts.has_point(row) else None,
        "lon": row["lon"] if facts.has_point(row) else None,
        "published": row["published_on"],
        "source": row["source_id"],
        "document": facts.title(view, row["source_id"]),
        "address_of_document": document["url"] if document else None,
        "locator": row["source_locator"],
        "also": "; ".join(f"{source_id} {locator}" for source_id, locator in row["also"] or ()) or None,
    }
    same = ("address", "operator", "schedule", "state", "as_of")
    return {**cells, **{column: row[column] for column in same}}
