"""The map of a search as one file that opens without a network.

The file leaves this machine: a point that was pressed on the map stays here, and all is measured anew from the office of its
municipality.
"""

from dashboard.clustered import Shape
from dashboard.find.filters import active, wanted
from dashboard.find.frame import reach_m
from dashboard.find.partner_map import LOOKS_OF, spots
from dashboard.find.results import as_table, heading, nationwide_table
from dashboard.find.search_box import area_in_full, place_name, point_sentence
from dashboard.markup import join
from dashboard.offers import Whereabouts
from dashboard.standalone import point_sheet
from dashboard.view import View


def saved_map(view: View, at: Whereabouts) -> bytes:
    """Return the map and table of a search as one HTML file."""
    is_moved = at.precision == "point"
    start = view.store.whereabouts_of(at.code) if is_moved else at
    found = view.store.partners(start, wanted(view.scope))
    tables = [as_table(view, found, start, is_linked=False)]
    if found.nationwide:
        tables.append(nationwide_table(view, found))
    reach = view.text(f"reach.{view.scope.reach}")
    return point_sheet(
        view,
        start,
        name=place_name(view, start),
        title=view.text("find.print_title", place=area_in_full(view, start.code), reach=reach),
        about=view.words.joined("apart", [heading(view, found), *active(view, found).values()]),
        spots=spots(view, found),
        meanings=meanings(view),
        table=join(tables),
        notes=[point_sentence(view, start), view.text("find.at_least"), view.text("find.print_terms")],
        metres=reach_m(view.scope),
        is_moved=is_moved,
    )


def meanings(view: View) -> dict[Shape, str]:
    """Return what each shape of the map stands for."""
    return {shape: view.text(f"offers.{offer}") for offer, (shape, _) in LOOKS_OF.items()}
