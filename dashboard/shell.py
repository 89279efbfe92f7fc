"""What stands on every page: header, scope bar, completeness strip, notices and footer."""

from functools import partial
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from dashboard import citation, parts
from dashboard.atlas import counted_sentence, title
from dashboard.chosen import buttons, select
from dashboard.closed_lists import CountingRule, Language, ProofKind, TimeView
from dashboard.controls import copy_link
from dashboard.markup import Html, join, tag
from dashboard.scope import Refused, Scope
from dashboard.view import View, choices

YEAR_WIDTH_PX = 180
AREA_WIDTH_PX = {Language.JA: 150, Language.EN: 190}
LONGEST_QUERY = 2_000
"""Characters of a followed link that are read; a whole view has fewer than 300."""
NAVIGATION = ("overview", "map", "compare", "trend", "find", "slides", "data", "help")


def header(view: View, current: str) -> None:
    """Draw the name of the product, the pages and the language switch."""
    st.html(tag("a", view.text("app.skip"), href="#main", class_="skip").text)
    with st.container(key="topbar", horizontal=True, vertical_alignment="center", gap="medium"):
        st.html(tag("p", view.text("app.name"), class_="brand").text, width="content")
        with st.container(key="pages", horizontal=True, gap="small", width="stretch"):
            for page in NAVIGATION:
                with st.container(key=f"page-{'now' if page == current else page}", width="content"):
                    view.link(page, view.text(f"page.{page}"))
        buttons(view, "lang", Language)


def scope_bar(view: View) -> None:
    """Draw fiscal year, time view, area and counting rule, with reset, link and the completeness strip."""
    years = [row["fiscal_year"] for row in reversed(view.store.years)]
    areas = ["", *(row["code"] for row in view.store.prefectures)]
    with st.container(key="scopebar", horizontal=True, vertical_alignment="center", gap="small"):
        select(view, "year", years, shown=view.words.year, width=YEAR_WIDTH_PX)
        buttons(view, "view", TimeView)
        # A municipality in view shows as its prefecture.
        place, width = view.scope.prefecture_area, AREA_WIDTH_PX[view.scope.lang]
        select(view, "area", areas, shown=view.area_name, width=width, value=place)
        buttons(view, "rule", CountingRule)
        st.button(view.text("scope.reset"), type="tertiary", key="reset", on_click=_reset, args=(view,))
        copy_link(
            key="copy",
            data={
                "label": view.text("scope.copy"),
                "done": view.text("scope.copied"),
                "query": urlencode(view.scope.address()),
                "language": view.scope.lang,
                "spoken": spoken(view),
                "frame": view.text("mappage.places"),
                "close": view.text("proof.close"),
                "choose": view.text("intake.choose"),
                "remove": view.text("intake.remove"),
                "refused": view.text("intake.refused"),
                "proof": str(view.scope.proof or ""),
            },
            on_follow=partial(follow, view),
        )
        st.html(completeness(view).text, width="content")


def follow(view: View, query: str) -> None:
    """Show the view of a link that was pressed: its query is read like any address, and only what it means is written."""
    scope, _ = Scope.from_address(dict(parse_qsl(query[:LONGEST_QUERY])), choices(view.store))
    st.query_params.from_dict(scope.address())


def spoken(view: View) -> str:
    """Return what the present view comes to, for those who hear a change rather than see it."""
    rows = view.store.states(view.scope.year, view.scope.view, view.scope.prefecture)
    return f"{title(view, view.scope.layer)} {counted_sentence(view, rows, view.scope.layer)}"


def _reset(view: View) -> None:
    st.query_params.from_dict(Scope(view.store.latest_year_with_facts, lang=view.scope.lang).address())


def completeness(view: View) -> Html:
    """Return the strip that says of each year's list how much of it is registered; each year opens its list."""
    items = [tag("dt", view.text("strip.title"), class_="strip-title")]
    for row in view.store.years:
        year = row["fiscal_year"]
        known, state, hint = parts.list_known(view, row)
        short = view.words.year_short(year)
        shown = join([tag("b", short), " ", tag("span", known, class_=state)])
        opens = view.proof(shown, ProofKind.LIST, str(year), named=f"{short} {known} {hint}")
        items.append(tag("dd", opens, title=hint))
    return tag("dl", *items, class_="strip", aria_label=view.text("strip.title"))


def notices(view: View, refused: list[Refused]) -> None:
    """Say what of the address could not be used."""
    with st.container(key="refused"):
        if view.store.build.fallback_reason:
            st.html(tag("p", view.store.build.fallback_reason, class_="notice", role="alert").text)
        for fault in refused:
            text = (
                view.text("notice.page", value=fault.value)
                if fault.parameter == "page"
                else view.text("notice.refused", parameter=fault.parameter, value=fault.value)
            )
            st.html(tag("p", text, class_="notice", role="status").text)


def footer(view: View) -> None:
    """Name the sources, the licence, the boundary and the build."""
    info = view.store.build_info
    lines = [
        view.text("footer.sources"),
        citation.boundary(view, view.store.finest_precision_m(view.scope.year)),
        view.text(
            "footer.build",
            build=info.get("build_id", view.store.build.build_id),
            built=info.get("built_at", "")[:16].replace("T", " "),
        ),
    ]
    st.html(tag("footer", join(tag("p", line) for line in lines), class_="footer").text)
