"""What partners are narrowed by: chips of their kinds with counts, and filters that never hide the unknown in silence."""

from collections.abc import Iterable

import streamlit as st

from dashboard import citation
from dashboard.closed_lists import Offer, PlaceStatus, Unknown
from dashboard.find.search_box import NEAREST
from dashboard.offers import Found, Wanted
from dashboard.scope import Scope
from dashboard.view import View, go, plain

SHAPES = {Offer.PLATFORM: "■", Offer.GRANTEE: "▲", Offer.PLACE: "●"}
"""A kind of partner is told by its shape in the list, on the map and in print; its colour only helps."""
ALL = "all"
FILTERS = ("place_kind", "target", "theme", "place_status", "newer")
FILTER_WIDTH_PX = 132


def wanted(scope: Scope) -> Wanted:
    """Return the filters of the view as the question is asked."""
    return Wanted(
        reach=scope.reach,
        offers=frozenset(map(str, scope.offers)),
        place_kind=scope.place_kind,
        target=scope.target,
        theme=scope.theme,
        place_status=scope.place_status,
        newer=scope.newer,
        with_unknown=scope.unknown == Unknown.WITH,
        year=scope.year,
        view=scope.view,
    )


def filters(view: View, found: Found) -> None:
    """Draw the chips with their counts, the filters and what of them is active."""
    with st.container(key="find-filters", horizontal=True, vertical_alignment="center", gap="small"):
        _offers(view, found)
        for name in FILTERS:
            _filter(view, name)
    with st.container(key="find-active", horizontal=True, vertical_alignment="center", gap="small"):
        _active(view, found)


def _offers(view: View, found: Found) -> None:
    counts = {str(offer): found.counts.get(offer, 0) for offer in Offer}
    # Of the nearest so many, each kind has its own: together they are no more.
    most = NEAREST.get(view.scope.reach, sum(counts.values()))
    shown = {ALL: view.text("find.all", count=f"{min(most, sum(counts.values())):,}")} | {
        str(offer): _offer_label(view, offer, counts[offer], len(found.nationwide)) for offer in Offer
    }
    st.session_state["find-offers"] = sorted(map(str, view.scope.offers)) or [ALL]
    st.pills(
        view.text("find.offers"),
        [ALL, *map(str, Offer)],
        key="find-offers",
        selection_mode="multi",
        format_func=shown.__getitem__,
        label_visibility="collapsed",
        on_change=lambda: _offers_changed(view),
    )


def _offer_label(view: View, offer: Offer, count: int, nationwide: int) -> str:
    label = f"{SHAPES[offer]} {view.text(f'offers.{offer}')} {count:,}"
    if offer == Offer.GRANTEE and nationwide:
        return label + view.words.bracketed(view.text("find.and_nationwide", count=f"{nationwide:,}"))
    return label


def _offers_changed(view: View) -> None:
    """All is the absence of a choice: it goes when a kind is chosen, and comes back when none or every kind is."""
    picked = set(st.session_state["find-offers"])
    is_all_new = ALL in picked and view.scope.offers
    kinds = frozenset(Offer(name) for name in picked - {ALL})
    go(view.store, offers=frozenset() if is_all_new or len(kinds) == len(Offer) else kinds)


def _filter(view: View, name: str) -> None:
    key = f"find-{name}"
    st.session_state[key] = str(getattr(view.scope, name))
    st.selectbox(
        view.text(f"find_filter.{name}"),
        ["", *options(view, name)],
        key=key,
        format_func=lambda value: (
            filter_label(view, name, value) if value else view.text(f"find_filter.{name}")
        ),
        width=FILTER_WIDTH_PX,
        label_visibility="collapsed",
        on_change=lambda: _set(view, name, st.session_state[key]),
        filter_mode="contains",
    )


def options(view: View, name: str) -> list[str]:
    """Return the values of one filter: those of the build, or of a closed list."""
    store = view.store
    found: dict[str, Iterable[object]] = {
        "place_kind": store.place_kinds,
        "target": [row["target_id"] for row in store.targets],
        "theme": [row["theme_id"] for row in store.themes],
        "place_status": list(PlaceStatus),
        "newer": sorted(store.source_years, reverse=True),
    }
    return [str(value) for value in found[name]]


def filter_label(view: View, name: str, value: str) -> str:
    """Return a value of a filter in the words of the view."""
    if name == "place_kind":
        return citation.kind(view, value)
    if name == "place_status":
        return view.text(f"place_status.{value}")
    if name == "newer":
        return view.text("find.newer", year=value)
    rows, key = (view.store.targets, "target_id") if name == "target" else (view.store.themes, "theme_id")
    return next(citation.plain(view, row, "name") for row in rows if row[key] == value)


def _set(view: View, name: str, value: str) -> None:
    go(view.store, **{name: PlaceStatus(value) if name == "place_status" and value else value})


def active(view: View, found: Found) -> dict[str, str]:
    """Return what is filtered by, name → words with the number of partners of which it is unknown."""
    return {name: _active_label(view, found, name) for name in FILTERS if getattr(view.scope, name)}


def _active_label(view: View, found: Found, name: str) -> str:
    label = view.words.joined(
        "named",
        [view.text(f"find_filter.{name}"), filter_label(view, name, str(getattr(view.scope, name)))],
    )
    unknown = found.unknown.get(name, 0)
    if unknown and view.scope.unknown == Unknown.WITH:
        return label + view.words.bracketed(view.text("find.unknown_in", count=f"{unknown:,}"))
    return label


def _active(view: View, found: Found) -> None:
    """Each filter as a chip that takes it away, the switch for the unknown, and one way back."""
    narrowed = active(view, found)
    for name, label in narrowed.items():
        st.button(
            f"{plain(label)} ✕",
            key=f"find-drop-{name}",
            on_click=_set,
            args=(view, name, ""),
        )
    if not narrowed:
        return
    st.session_state["find-unknown"] = view.scope.unknown == Unknown.WITH
    st.toggle(
        view.text("find.with_unknown"),
        key="find-unknown",
        on_change=lambda: go(
            view.store, unknown=Unknown.WITH if st.session_state["find-unknown"] else Unknown.WITHOUT
        ),
    )
    st.button(
        view.text("find.reset"),
        key="find-reset",
        type="tertiary",
        on_click=lambda: go(view.store, **UNFILTERED),
    )


UNFILTERED: dict[str, object] = {
    **dict.fromkeys(FILTERS, ""),
    "offers": frozenset(),
    "unknown": Unknown.WITH,
}
