"""The list of partners: first those whose own area the point lies in, then the nearest, the nationwide ones apart."""

import streamlit as st

from dashboard import citation, parts
from dashboard.closed_lists import Offer, Panel, Reach
from dashboard.find import facts
from dashboard.find.filters import active
from dashboard.find.search_box import NEAREST, area_in_full, point_sentence
from dashboard.markup import Html, Part, join, table, tag
from dashboard.offers import Found, Whereabouts
from dashboard.panels import panel
from dashboard.store import Row, Rows
from dashboard.view import View, go, turn

MAP_ANCHOR = "partner-map"
FIRST_ROWS = 20
"""Rows of the list before all are asked for: a phone draws them at once."""


def result_list(view: View, found: Found, at: Whereabouts) -> None:
    """Draw the list, or what silence means and the way on."""
    if not found.rows:
        nothing(view, found)
        return
    body: list[Part] = [
        printed_heading(view, found, at),
        tag("h2", heading(view, found)),
        tag("p", view.text("find.at_least"), class_="sub"),
        # On a phone the map stands below the list, many screens away.
        tag("p", tag("a", view.text("find.to_map"), href=f"#{MAP_ANCHOR}"), class_="to-map"),
        tag("p", _cut(view, found), class_="sub") if found.total > len(found.rows) else None,
        *_groups(view, facts.grouped(found, at)),
    ]
    body += [tag("p", note, class_="sub") for note in _elsewhere(view, found)]
    st.html(join(body).text)
    _more(view, found)


def printed_heading(view: View, found: Found, at: Whereabouts) -> Html:
    """Return what stands over the printed list: what was looked for, from where, how precise, on which data."""
    reach = view.text(f"reach.{view.scope.reach}")
    build = view.text("footer.build", build=view.store.build.build_id, built=view.store.build.built_at[:10])
    lines = [
        view.text("find.print_title", place=area_in_full(view, at.code), reach=reach),
        point_sentence(view, at),
        view.words.joined("apart", [heading(view, found), *active(view, found).values()]),
        view.text("find.silence"),
        view.text("find.print_terms"),
        build,
    ]
    return tag("div", join(tag("p", citation.marked(view, line)) for line in lines), class_="print-head")


def heading(view: View, found: Found) -> str:
    """Return how many partners there are, and how many of them are listed."""
    if found.total > len(found.rows):
        return view.text("find.nearest_of", total=f"{found.total:,}", shown=f"{len(found.rows):,}")
    return view.text("find.nearest_first", count=f"{found.total:,}")


def _cut(view: View, found: Found) -> str:
    """Say how far the listed places reach where there are more, and how to see those beyond."""
    far = max(row["metres"] or 0.0 for row in found.rows if row["offer"] == Offer.PLACE)
    return view.text("find.cut", far=facts.kilometres(far))


def _groups(view: View, groups: facts.Groups) -> list[Part]:
    """The parts of the list with their headings; only the first rows until all are asked for."""
    room = FIRST_ROWS if Panel.ROWS not in view.scope.open else len(groups.listed)
    drawn: list[Part] = []
    for title, rows in (
        ("find.local", groups.local),
        ("find.by_distance", groups.near),
        ("find.pointless_places", groups.pointless),
    ):
        if rows[:room]:
            # The heading of the card says already that the list goes by distance.
            is_said = title == "find.by_distance" and not drawn
            drawn += [
                None if is_said else tag("h3", view.text(title)),
                _items(view, rows[:room], label=view.text(title)),
            ]
        room = max(0, room - len(rows))
    return drawn


def _elsewhere(view: View, found: Found) -> list[str]:
    """Say how many partners could be near and no source says where: they are not near, and they are not nowhere."""
    keys = {"position": "find.no_position", "activity_area": "find.no_activity_area"}
    return [
        view.text(key, count=f"{found.unknown[name]:,}")
        for name, key in keys.items()
        if found.unknown.get(name)
    ]


def _items(view: View, rows: Rows, *, label: str) -> Html:
    return tag("ol", *(_item(view, row) for row in rows), class_="partners", aria_label=label)


def _item(view: View, row: Row) -> Html:
    said: list[Part] = [facts.where(view, row), *facts.details(view, row)]
    who = tag(
        "p",
        facts.name(view, row),
        " ",
        tag("span", facts.what(view, row), class_=f"kind kind-{row['offer']}"),
    )
    about = tag("p", join(said, view.words.separator("dotted")), class_="small")
    printed = tag("div", facts.sources_in_full(view, row), class_="printed small")
    seen = tag("p", facts.sources(view, row), _checked(view, row), class_="seen")
    return tag("li", _way(view, row), tag("div", who, about, printed), seen, id=None, class_="partner")


def _checked(view: View, row: Row) -> Html:
    return tag("span", citation.marked(view, facts.checked_shortly(view, row)), class_="small")


def _way(view: View, row: Row) -> Html:
    """The distance, and what it is measured to where that is not the partner's own point."""
    if row["metres"] is None:
        return tag("p", view.text("find.inside"), class_="far inside-area")
    far = tag("span", facts.kilometres(row["metres"]), class_="metres")
    office = facts.to_office(view, row)
    to = tag("span", office, class_="small") if office else None
    look = "far" if facts.has_point(row) else "far far-unsure"
    return tag("p", far, tag("span", "km", class_="unit"), to, class_=look)


def _more(view: View, found: Found) -> None:
    """All rows at once, or the first again; where there are few, neither."""
    is_whole = Panel.ROWS in view.scope.open
    if len(found.rows) > FIRST_ROWS:
        st.button(
            view.text("find.fewer" if is_whole else "find.show_all", count=f"{len(found.rows):,}"),
            key="find-more",
            type="tertiary",
            on_click=lambda: turn(view.store, Panel.ROWS, is_open=not is_whole),
        )


def nothing(view: View, found: Found) -> None:
    """Say that silence is no absence, and offer the nearest reach that finds something."""
    lines = [tag("h2", view.text("find.none")), tag("p", view.text("find.silence"))]
    st.html(tag("div", *lines, class_="nothing", role="status").text)
    if found.widened:
        reach = Reach(found.widened)
        st.button(
            view.text(
                "find.widen_to_nearest" if reach in NEAREST else "find.widen",
                reach=view.text(f"reach.{reach}"),
            ),
            key="find-widen",
            type="primary",
            on_click=lambda: go(view.store, reach=reach),
        )


def nationwide_list(view: View, found: Found) -> None:
    """Draw the grantees that work everywhere: no distance would be true of them."""
    if not found.nationwide or (view.scope.offers and Offer.GRANTEE not in view.scope.offers):
        return
    lines = [
        tag("h2", view.text("find.nationwide", count=f"{len(found.nationwide):,}")),
        tag("p", view.text("find.nationwide_sub"), class_="sub"),
        tag("ol", *(_item_nationwide(view, row) for row in found.nationwide), class_="partners"),
    ]
    with st.container(key="card-nationwide"):
        st.html(join(lines).text)


def _item_nationwide(view: View, row: Row) -> Html:
    who = tag("p", facts.name(view, row), " ", tag("span", facts.what(view, row), class_="kind kind-grantee"))
    printed = tag("div", facts.sources_in_full(view, row), class_="printed small")
    seen = tag("p", facts.sources(view, row), _checked(view, row), class_="seen")
    return tag("li", tag("div", who, printed), seen, class_="partner partner-nationwide")


def result_table(view: View, found: Found, at: Whereabouts) -> None:
    """Draw every listed partner as a table: what the map shows, and more."""
    opened = panel(view, Panel.TABLE, view.text("find.table"), key="find-table")
    if opened.open:
        with opened:
            st.html(as_table(view, found, at).text)


def as_table(view: View, found: Found, at: Whereabouts, *, is_linked: bool = True) -> Html:
    """Return the listed partners in the order of the list; `is_linked`: they lead to their evidence in the app."""
    listed = facts.grouped(found, at).listed
    return _table(view, view.text("find.table_title"), listed, is_linked=is_linked)


def nationwide_table(view: View, found: Found) -> Html:
    """Return the grantees that work everywhere, for a file that stands alone."""
    title = view.text("find.nationwide", count=f"{len(found.nationwide):,}")
    return _table(view, title, found.nationwide, is_linked=False)


def _table(view: View, title: str, rows: Rows, *, is_linked: bool) -> Html:
    columns = [
        parts.number_column(view, "find.number"),
        parts.name_column(view, "find.name"),
        parts.text_column(view, "find.what"),
        parts.text_column(view, "find.distance"),
        parts.text_column(view, "table.municipality"),
        parts.text_column(view, "find.details"),
        parts.text_column(view, "find.checked"),
        parts.text_column(view, "table.document"),
    ]
    cells = [(number, *_cells(view, row, is_linked=is_linked)) for number, row in enumerate(rows, start=1)]
    return table(title, columns, cells)


def _cells(view: View, row: Row, *, is_linked: bool) -> tuple[Part, ...]:
    far, office = facts.distance(view, row), facts.to_office(view, row)
    return (
        facts.name(view, row, is_linked=is_linked),
        facts.what(view, row),
        far + view.words.bracketed(office) if office else far,
        facts.where(view, row),
        join(facts.details(view, row), view.words.separator("dotted")),
        citation.marked(view, facts.checked(view, row)),
        facts.sources_in_full(view, row, is_linked=is_linked),
    )
