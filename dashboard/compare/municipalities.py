"""All municipalities of a prefecture, by the people who would gain: a list for visits, on screen, in files and on paper."""

from collections.abc import Mapping
from functools import partial

import numpy as np
import streamlit as st

from dashboard.closed_lists import Panel, ProofKind
from dashboard.compare import measures
from dashboard.compare.measures import Kind, Measure, Profile, number, rounded, written
from dashboard.compare.plot import measures_of
from dashboard.compare.profile import profile_of
from dashboard.file_buttons import FORMATS
from dashboard.markup import Column, Html, Part, table, tag
from dashboard.panels import panel
from dashboard.parts import name_column, state_label, text_column
from dashboard.states import COUNTED, State
from dashboard.store import Row
from dashboard.view import View
from dashboard.words import words
from etl.export import answer_bytes

MEASURES = (
    Measure.POPULATION,
    Measure.AGEING,
    Measure.SINGLE,
    Measure.DISTANCE,
    Measure.LISTED,
    Measure.PLACES,
    Measure.GRANTS,
)
PEOPLE = "people"
"""The column of those who would gain: how many they are, where the need in view is a share."""


def municipalities(view: View, first: str) -> None:
    """Offer the list for the prefecture of the first area; its rows are sent only when it is opened."""
    prefecture = f"{first[:2]}000"
    name = view.text("compare.all", prefecture=view.area_name(prefecture))
    opened = panel(view, Panel.MUNICIPALITIES, name, key="compare-municipalities")
    if not opened.open:
        return
    with opened:
        st.html(municipalities_table(view, prefecture).text)
        st.html(tag("p", view.text("compare.all_order"), class_="small").text)
        with st.container(key="compare-municipalities-files", horizontal=True, gap="small"):
            for extension, fmt in FORMATS.items():
                st.download_button(
                    view.text("compare.file_button", format=fmt),
                    data=partial(municipalities_file, view, prefecture, extension),
                    file_name=f"ibasho-atlas_municipalities_{view.scope.year}_{view.scope.view}_{first[:2]}.{extension}",
                    key=f"compare-municipalities-{extension}",
                    on_click="ignore",
                )


def ordered(view: View, prefecture: str) -> list[Row]:
    """Return the municipalities (code, state): those that the rule does not count first, then by people who would gain.

    People are all of them, those aged 65 and over or one-person households, after the need in view; the unknown come last.
    """
    gain = _values(view, PEOPLE).values
    place = _profile(view).position
    states = view.store.states(view.scope.year, view.scope.view, prefecture[:2])
    counted = COUNTED[view.scope.rule]
    return sorted(
        states,
        key=lambda row: (
            State(row["state"]) in counted,
            -np.nan_to_num(gain[place[row["code"]]], nan=-1),
            row["code"],
        ),
    )


def municipalities_table(view: View, prefecture: str) -> Html:
    """Return the list, and below it the means of the prefecture and of the nation."""
    names = _columns(view)
    columns = [
        text_column(view, "table.code"),
        name_column(view, "table.municipality"),
        text_column(view, "table.state"),
        *(Column(_heading(view, name), is_number=True) for name in names),
    ]
    body = [_cells(view, row, names) for row in ordered(view, prefecture)]
    means = (
        ("", mean, "", *(shown(view, name, value, is_mean=True) for name, value in values.items()))
        for mean, values in _means(view, prefecture).items()
    )
    return table(title(view, prefecture), columns, [*body, *means])


def title(view: View, prefecture: str) -> str:
    """Return what the list holds, and in which order."""
    need, _ = measures_of(view)
    return view.text(
        "compare.all_title",
        prefecture=view.area_name(prefecture),
        count=len(ordered(view, prefecture)),
        rule=view.text(f"rule.{view.scope.rule}"),
        people=view.text(f"compare.people.{need}"),
        year=view.words.year(view.scope.year),
        view=view.text(f"view.{view.scope.view}"),
    )


def shown(view: View, name: str, value: float | None, *, is_mean: bool = False) -> str:
    """Return a number as the list writes it; a listing that there is not is told as such."""
    if value is None:
        return view.text("table.no_listing" if name == Measure.LISTED else "table.unknown")
    return written(_measure(name), value, is_mean=is_mean)


def _cells(view: View, row: Row, names: tuple[str, ...]) -> tuple[Part, ...]:
    name = view.name(row)
    linked = view.proof(name, ProofKind.AREA, row["code"], named=view.text("table.proof_area", area=name))
    numbers = _numbers(view, row["code"])
    return (
        row["code"],
        linked,
        state_label(view, row["state"]),
        *(shown(view, each, numbers[each]) for each in names),
    )


def municipalities_file(view: View, prefecture: str, extension: str) -> bytes:
    """Return the rows of the list as csv or xlsx: numbers as numbers, an unknown one empty."""
    names = _columns(view)
    code, name, state = (view.text(f"table.{key}") for key in ("code", "municipality", "state"))
    rows: list[Row] = [
        {
            code: row["code"],
            name: view.name(row),
            state: " ".join((row["state"], view.text(f"state.{row['state']}"))),
            **_filed(view, _numbers(view, row["code"])),
        }
        for row in ordered(view, prefecture)
    ]
    rows += [
        {code: "", name: mean, state: "", **_filed(view, values, is_mean=True)}
        for mean, values in _means(view, prefecture).items()
    ]
    keys = {"code": code, "municipality": name, "state": state}
    meanings = {told: _both(f"table.{key}") for key, told in keys.items()}
    meanings |= {_heading(view, each): _both(_word(view, each)) for each in names}
    return answer_bytes(title(view, prefecture), rows, meanings, extension)


def _both(key: str) -> tuple[str, str]:
    return words("ja").text(key), words("en").text(key)


def _filed(
    view: View, values: Mapping[str, float | None], *, is_mean: bool = False
) -> dict[str, float | int | None]:
    return {
        _heading(view, name): None if value is None else rounded(_measure(name), value, is_mean=is_mean)
        for name, value in values.items()
    }


# -- numbers ------------------------------------------------------------------------------------------------------


def _profile(view: View) -> Profile:
    return profile_of(view.store, view.scope, Kind.MUNICIPALITY)


def _columns(view: View) -> tuple[str, ...]:
    """The measures, and behind the people those of the need in view where it is a share of them."""
    need, _ = measures_of(view)
    return MEASURES if need == Measure.POPULATION else (MEASURES[0], PEOPLE, *MEASURES[1:])


def _values(view: View, name: str) -> measures.Column:
    """A measure, or how many people or one-person households the need in view is about: the part of its share."""
    profile = _profile(view)
    if name != PEOPLE:
        return profile.columns[Measure(name)]
    part = profile.columns[measures_of(view)[0]].part
    return measures.Column(part, np.ones_like(part))


def _numbers(view: View, code: str) -> dict[str, float | None]:
    place = _profile(view).position[code]
    return {name: number(_values(view, name).values[place]) for name in _columns(view)}


def _means(view: View, prefecture: str) -> dict[str, dict[str, float | None]]:
    """The mean of the prefecture's municipalities and that of all, by their names."""
    inside = _profile(view).prefectures == prefecture[:2]
    own = view.text("compare.mean_prefecture", prefecture=view.area_name(prefecture))
    return {
        name: {each: _values(view, each).mean(mask) for each in _columns(view)}
        for name, mask in ((own, inside), (view.text("compare.mean_nation"), None))
    }


def _measure(name: str) -> Measure:
    return Measure.POPULATION if name == PEOPLE else Measure(name)


def _word(view: View, name: str) -> str:
    return f"compare.people.{measures_of(view)[0]}" if name == PEOPLE else f"compare.line.{name}"


def _heading(view: View, name: str) -> str:
    return view.text(_word(view, name))
