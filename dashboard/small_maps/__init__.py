"""Small maps side by side: light pictures of areas on plain canvases, one component and one legend for all of them."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NotRequired, TypedDict

import streamlit as st

from dashboard.area_map import LOST, LegendEntry, explained, packed
from dashboard.area_map.bundle import bundle_manifest


class SmallMap(TypedDict):
    """One picture.

    ``title`` and ``note`` are its name, also for the ear; ``is_incomplete`` draws a dashed frame, and then the note says
    what is missing; ``is_chosen`` marks the picture whose view the page shows, and the note says that too. ``geometry``,
    ``outline``, ``values``, ``fit``, ``inset`` and ``selected`` are those of `MapData`:
    ``values`` holds one legend key per area in code order, ``fit`` the beginning of the codes to frame.
    ``names`` is the address of the names in Latin letters, for an English page.
    """

    id: str
    title: str
    note: str
    geometry: str
    outline: str | None
    values: str
    fit: str
    inset: bool
    selected: NotRequired[str | None]
    is_incomplete: NotRequired[bool]
    names: NotRequired[str | None]
    is_chosen: NotRequired[bool]


_STUB = """\
export default (component) => {{
  let leave, gone = false;
  import(new URL("assets/{js}", document.baseURI).href).then((map) => {{ if (!gone) leave = map.smallMaps(component); }})
    .catch(() => {{ component.parentElement.textContent = "{lost}"; }});
  return () => {{ gone = true; leave?.(); }};
}};
"""


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    """Register the component once per process (a second registration would remount every picture)."""
    return st.components.v2.component(
        "ibasho_small_maps", js=_STUB.format(lost=LOST, js=bundle_manifest().js)
    )


def small_maps(
    maps: Sequence[SmallMap],
    *,
    key: str,
    legend: Sequence[LegendEntry],
    words: Mapping[str, str],
    height: int,
    columns: int,
    on_pick: Callable[[str], None] | None = None,
) -> None:
    """Draw `maps` in a grid of at most `columns` (fewer where the page is narrow: 5, 3, 2, 1) with one legend above.

    Args:
        maps: the pictures; their ids must differ.
        key: Streamlit key.
        legend: the states of all pictures; counts are shown if they are given.
        words: sentences of the component: `SMALL_WORDS`, ``label``, which names the whole, and ``hint_pick``, which says
            what a click does.
        height: CSS pixels of one picture without its title.
        columns: most pictures in a row.
        on_pick: gets the id of a picture that was clicked, or chosen with Enter. Without it the pictures are no buttons.

    Raises:
        BundleError: the front end has not been built.
        ValueError: a key of some values is not in the legend, or two pictures have one id.
    """
    _check(maps, legend)
    shown = {each["id"] for each in maps}

    def picked() -> None:
        chosen = _picked(st.session_state.get(key))
        if on_pick and chosen in shown:
            on_pick(chosen)

    _component()(
        key=key,
        data={
            "maps": [{**each, "values": packed(each["values"])} for each in maps],
            "legend": legend,
            "words": words,
            "height": height,
            "columns": columns,
            "picks": on_pick is not None,
        },
        default={"picked": None},
        on_picked_change=picked,
    )


SMALL_WORDS = (
    *("legend", "loading", "failed", "retry"),
    *("inset_southwest", "inset_sakishima", "inset_daito", "inset_izu", "inset_ogasawara"),
)
"""Names of the component's sentences in the section ``map`` of the words files."""


def _check(maps: Sequence[SmallMap], legend: Sequence[LegendEntry]) -> None:
    explained((each["values"] for each in maps), legend)
    if len({each["id"] for each in maps}) < len(maps):
        raise ValueError("two small maps have the same id")


def _picked(state: Any) -> str | None:
    """The browser sends ``{"id", "pick"}``: the second makes two clicks on one picture two events."""
    choice = state.get("picked") if state else None
    chosen = choice.get("id") if isinstance(choice, Mapping) else None
    return chosen if isinstance(chosen, str) else None
