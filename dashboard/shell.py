"""What stands on every page: header, scope bar, completeness strip, notices and footer."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

import streamlit as st

from dashboard.atlas import counted_sentence, title
from dashboard.controls import copy_link
from dashboard.markup import Html, join, tag
from dashboard.scope import CountingRule, Language, Refused, Scope, TimeView
from dashboard.view import View, go

T = TypeVar("T")
AREA_WIDTH_PX = {Language.JA: 150, Language.EN: 190}
NAVIGATION = ("overview", "map", "data", "help")


def header(view: View, current: str) -> None:
    """Draw the name of the product, the pages and the language switch."""
    st.html(tag("a", view.text("app.skip"), href="#main", class_="skip").text)
    with st.container(key="topbar", horizontal=True, vertical_alignment="center", gap="medium"):
        st.html(tag("p", view.text("app.name"), class_="brand").text, width="content")
        with st.container(key="pages", horizontal=True, gap="small", width="stretch"):
            for page in NAVIGATION:
                with st.container(key=f"page-{'now' if page == current else page}", width="content"):
                    view.link(page, view.text(f"page.{page}"))
        _choice(view, "lang", Language)


def scope_bar(view: View) -> None:
    """Draw fiscal year, time view, area and counting rule, with reset, link and the completeness strip."""
    years = [row["fiscal_year"] for row in reversed(view.store.years)]
    areas = ["", *(row["code"] for row in view.store.prefectures)]
    with st.container(key="scopebar", horizontal=True, vertical_alignment="center", gap="small"):
        _select(view, "year", years, shown=view.words.year, width=180)
        _choice(view, "view", TimeView)
        _select(view, "area", areas, shown=view.area_name, width=AREA_WIDTH_PX[view.scope.lang])
        _choice(view, "rule", CountingRule)
        st.button(view.text("scope.reset"), type="tertiary", key="reset", on_click=_reset, args=(view,))
        copy_link(
            key="copy",
            label=view.text("scope.copy"),
            done=view.text("scope.copied"),
            query=urlencode(view.scope.address()),
            language=view.scope.lang,
            spoken=spoken(view),
            frame=view.text("mappage.places"),
        )
        st.html(completeness(view).text, width="content")


def spoken(view: View) -> str:
    """Return what the present view comes to, for those who hear a change rather than see it."""
    rows = view.store.states(view.scope.year, view.scope.view, view.scope.prefecture)
    return f"{title(view, view.scope.layer)} {counted_sentence(view, rows)}"


def _select(view: View, name: str, options: Sequence[T], *, shown: Callable[[T], str], width: int) -> None:
    """A closed list too long for buttons; a municipality in view shows as its prefecture."""
    key = f"scope-{name}"
    st.session_state[key] = view.scope.prefecture_area if name == "area" else getattr(view.scope, name)
    st.selectbox(
        view.text(f"scope.{name}"),
        options,
        key=key,
        format_func=shown,
        width=width,
        label_visibility="collapsed",
        on_change=_changed,
        args=(view, name, key),
        filter_mode="contains",
    )


def _choice(view: View, name: str, options: type[StrEnum]) -> None:
    """A closed list short enough to be seen whole."""
    key = f"scope-{name}"
    st.session_state[key] = getattr(view.scope, name)
    st.segmented_control(
        view.text(f"scope.{name}"),
        list(options),
        key=key,
        format_func=lambda value: view.text(f"{name}.{value}"),
        required=True,
        label_visibility="collapsed",
        on_change=_changed,
        args=(view, name, key),
    )


def _changed(view: View, name: str, key: str) -> None:
    go(view.store, **{name: st.session_state[key]})


def _reset(view: View) -> None:
    st.query_params.from_dict(Scope(view.store.latest_year_with_facts, lang=view.scope.lang).address())


def completeness(view: View) -> Html:
    """Return the strip that says of each year's list how much of it is registered."""
    items = [tag("dt", view.text("strip.title"), class_="strip-title")]
    for row in view.store.years:
        year = tag("b", view.words.year_short(row["fiscal_year"]))
        if row["published_total"] is None:
            known, state, spoken = "–", "none", "strip.none"
        else:
            done = row["named"] == row["published_total"]
            known = f"{row['named']}/{row['published_total']}{' ✓' if done else ''}"
            state, spoken = ("done", "strip.done") if done else ("part", "strip.part")
        hint = view.text(
            spoken,
            year=view.words.year_name(row["fiscal_year"]),
            named=row["named"],
            total=row["published_total"],
        )
        items.append(tag("dd", year, " ", tag("span", known, class_=state), title=hint))
    return tag("dl", *items, class_="strip", aria_label=view.text("strip.title"))


def notices(view: View, refused: list[Refused]) -> None:
    """Say what of the address could not be used."""
    with st.container(key="refused"):
        if view.store.build.fallback_reason:
            st.html(tag("p", view.store.build.fallback_reason, class_="notice", role="alert").text)
        for fault in refused:
            text = view.text("notice.refused", parameter=fault.parameter, value=fault.value)
            st.html(tag("p", text, class_="notice", role="status").text)


def footer(view: View) -> None:
    """Name the sources, the licence, the boundary and the build."""
    info = view.store.build_info
    precision = f"{view.store.finest_precision_m:,.0f}"
    lines = [
        view.text("footer.sources"),
        view.text("footer.boundary", precision=precision),
        view.text(
            "footer.build",
            build=info.get("build_id", view.store.build.build_id),
            built=info.get("built_at", "")[:16].replace("T", " "),
        ),
    ]
    st.html(tag("footer", join(tag("p", line) for line in lines), class_="footer").text)
