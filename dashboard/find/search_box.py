"""The search: where, how far, and what exactly was understood by it."""

import streamlit as st

from dashboard import citation
from dashboard.closed_lists import Reach
from dashboard.controls import PickRow, announcement, pick_list
from dashboard.find.origin import LONGEST_TEXT, TEXT, Finder, choose, finder, search
from dashboard.markup import Html, join, tag
from dashboard.offers import Whereabouts
from dashboard.view import View, go

DISTANCES = (Reach.KM5, Reach.KM10, Reach.KM20, Reach.KM50)
NEAREST = {Reach.NEAREST10: 10, Reach.NEAREST30: 30, Reach.NEAREST100: 100}


def search_box(view: View) -> None:
    """Draw the search box, the reach and the button, in one line where there is room."""
    asked = finder(view)
    # Python alone knows the text: the browser is asked not to keep it for the next person at the same machine.
    st.session_state[TEXT] = asked.text
    with st.container(key="card-search", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(tag("p", view.text("find.where"), class_="where").text, width="content")
        st.text_input(
            view.text("find.where"),
            key=TEXT,
            placeholder=view.text("find.placeholder"),
            max_chars=LONGEST_TEXT,
            autocomplete="off",
            label_visibility="collapsed",
            on_change=search,
            args=(view,),
        )
        _reach(view)
        st.button(view.text("find.search"), key="find-search", type="primary", on_click=search, args=(view,))


def _reach(view: View) -> None:
    """Kilometres and numbers of partners are two controls of one choice: the one that is not chosen shows none."""
    _reach_control(view, "find-km", list(DISTANCES), view.text("find.within"))
    st.html(tag("p", view.text("find.nearest"), class_="small").text, width="content")
    _reach_control(view, "find-nearest", list(NEAREST), view.text("find.nearest"))


def _reach_control(view: View, key: str, options: list[Reach], label: str) -> None:
    st.session_state[key] = view.scope.reach if view.scope.reach in options else None
    st.segmented_control(
        label,
        options,
        key=key,
        format_func=lambda reach: short_reach(view, reach),
        label_visibility="collapsed",
        on_change=lambda: _go_far(view, key),
    )


def _go_far(view: View, key: str) -> None:
    """Pressed twice, a choice stays: there is always a reach."""
    if st.session_state[key]:
        go(view.store, reach=st.session_state[key])


def short_reach(view: View, reach: Reach) -> str:
    """Return a reach as it stands beside its siblings: 5 km, 10件."""
    return view.text("find.count", count=NEAREST[reach]) if reach in NEAREST else view.text(f"reach.{reach}")


def understood(view: View, at: Whereabouts | None, outcome: str) -> None:
    """Say which point is used and how precise it is, or what could not be found; `outcome` is read aloud after a search."""
    asked = finder(view)
    sentence = _sentence(view, asked, at)
    with st.container(key="understood"):
        announcement(outcome or sentence, number=asked.number, key="find-said")
        lines = [tag("p", citation.marked(view, sentence), class_="point" if at else "point pending")]
        if asked.is_at_sea:
            lines.append(tag("p", view.text("find.sea"), class_="point pending"))
        lines.append(tag("p", _privacy(view, at), class_="sub"))
        st.html(join(lines).text)


def _sentence(view: View, asked: Finder, at: Whereabouts | None) -> str:
    if asked.candidates:
        return view.text("find.candidates", count=len(asked.candidates))
    if asked.is_lost:
        return view.text("find.lost", text=asked.text)
    return point_sentence(view, at) if at else view.text("find.start")


def point_sentence(view: View, at: Whereabouts) -> str:
    """Return which point is measured from, and how precise it is."""
    place = place_name(view, at)
    if at.precision == "point":
        precision = f"{view.store.finest_precision_m(view.scope.year):,.0f}"
        return view.text("find.at_point", place=place, precision=precision)
    if at.precision == "town":
        key = "find.at_town" if at.spread_m else "find.at_town_alone"
        return view.text(key, place=place, spread=f"{at.spread_m or 0:,.0f}")
    has_office = view.store.areas[at.code]["office_lon"] is not None
    return view.text("find.at_office" if has_office else "find.at_middle", place=place)


def place_name(view: View, at: Whereabouts) -> str:
    """Return a place with its prefecture: 東京都北区 滝野川; Kita-ku, Tokyo."""
    return view.words.joined("placed", [area_in_full(view, at.code), at.town or None])


def area_in_full(view: View, code: str) -> str:
    """Return an area's name with its prefecture, in the order of the language."""
    if not code:
        return view.text("scope.nation")
    if code.endswith("000"):
        return view.area_name(code)
    return view.text("find.area", prefecture=citation.prefecture(view, code), name=view.area_name(code))


def _privacy(view: View, at: Whereabouts | None) -> str:
    if at is None or at.precision == "municipality":
        return view.text("find.private")
    return view.words.joined(
        "apart", [view.text("find.private"), view.text("find.linked", area=view.area_name(at.code))]
    )


def candidates(view: View) -> None:
    """Draw the places that go by one name: the user chooses, nothing is guessed."""
    asked = finder(view)
    st.html(tag("h2", view.text("find.where")).text)
    rows = [
        PickRow(code=str(number), label=place_name(view, at), value=at.code)
        for number, at in enumerate(asked.candidates)
    ]
    pick_list(
        rows,
        key="find-candidates",
        label=view.text("find.where"),
        on_pick=lambda number: choose(view, number),
    )


def introduction(view: View) -> Html:
    """Return what the page is for, shown while there is no point."""
    steps = (view.text(f"find.step_{number}") for number in ("type", "click", "read"))
    return join(
        [tag("h2", view.text("find.how")), tag("ul", *(tag("li", step) for step in steps), class_="points")]
    )
