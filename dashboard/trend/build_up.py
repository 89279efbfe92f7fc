"""The build-up: a map that plays through the fiscal years in the browser; all of them are sent once and no run is needed."""

from collections import Counter
from dataclasses import replace

import streamlit as st

from dashboard import atlas
from dashboard.area_map import PLAYER_WORDS, Frame, LegendEntry, MapData, area_map, selected_code
from dashboard.closed_lists import Layer, Panel, TimeView
from dashboard.markup import join, tag
from dashboard.panels import panel
from dashboard.store import Rows
from dashboard.trend.year_maps import legend
from dashboard.trend.years import YearCount, counted_words, rule_words, year_counts
from dashboard.view import View, go

KEY = "trend-play"
MAP_HEIGHT_PX = 560


def build_up_panel(view: View) -> None:
    """Offer the map; it is drawn only when it is opened, and it does not move until it is asked to."""
    opened = panel(view, Panel.PLAY, view.text("trend.play"), key="trend-play-panel")
    if not opened.open:
        return
    with opened:
        area = view.area_name(view.scope.prefecture_area)
        title = view.text("trend.play_title", area=area)
        skip = tag("a", view.text("app.skip_map"), href=f"#past-{KEY}", class_="skip")
        sub = view.text("trend.play_sub", rule=rule_words(view))
        st.html(join([tag("h2", title), tag("p", sub, class_="sub"), skip]).text)
        area_map(key=KEY, data=play_data(view, title), height=MAP_HEIGHT_PX, on_select=lambda: _choose(view))
        st.html(tag("span", id=f"past-{KEY}", class_="anchor").text)


def play_data(view: View, title: str) -> MapData:
    """Return the cumulative map of the chosen year with one frame for each year."""
    shown = replace(view, scope=replace(view.scope, view=TimeView.CUMULATIVE))
    rows = view.store.states(shown.scope.year, shown.scope.view, shown.scope.prefecture)
    data = atlas.map_data(shown, rows, Layer.COVERAGE)
    words = {
        **data["words"],
        **{name: view.words.sentences[f"map.{name}"] for name in PLAYER_WORDS},
        "map_label": title,
        "save_title": title,
    }
    return {**data, "words": words, "legend": _counted_legend(shown, rows), "frames": frames(shown)}


def _counted_legend(view: View, rows: Rows) -> list[LegendEntry]:
    """Every state of every year, with the counts of the year that is shown before anything plays."""
    counts = Counter(row["state"] for row in rows)
    return [{**entry, "count": counts[entry["key"]]} for entry in legend(view)]


def frames(view: View) -> list[Frame]:
    """Return what each year shows: its label with the count and how complete its list is, and one letter for each area."""
    return [_frame(view, count) for count in year_counts(view)]


def _frame(view: View, count: YearCount) -> Frame:
    rows = view.store.states(count.year, view.scope.view, view.scope.prefecture)
    year = view.words.year_name(count.year)
    return Frame(
        label=view.text("trend.frame", year=year, counted=counted_words(view, count)),
        values="".join(row["state"] for row in rows),
        note=count.sentence,
    )


def _choose(view: View) -> None:
    if code := selected_code(KEY):
        go(view.store, area=code)
