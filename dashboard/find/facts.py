"""A partner in words: the same for the list, the table, the map and the files."""

import re
from typing import NamedTuple
from urllib.parse import urlencode

from dashboard import citation
from dashboard.closed_lists import DataTab, Offer, ProofKind
from dashboard.find.filters import SHAPES
from dashboard.find.search_box import area_in_full
from dashboard.markup import Html, Part, join, link, tag
from dashboard.offers import Found, Whereabouts
from dashboard.store import Row, Rows
from dashboard.view import View

METRES_PER_KM = 1_000
SHORTEST_KM = 0.05
"""Nearer than this a distance would read 0.0."""
WHOLE_FROM_KM = 100
DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")


class Groups(NamedTuple):
    """The partners of an answer as they are listed."""

    local: Rows
    """Their own area holds the point."""
    near: Rows
    """Nearest first."""
    pointless: Rows
    """Places of which only the municipality is known: the way to its office says little of the way to them."""

    @property
    def listed(self) -> Rows:
        """All of them, in the order of the list."""
        return (*self.local, *self.near, *self.pointless)


def grouped(found: Found, at: Whereabouts) -> Groups:
    """Return what was found as it is listed."""
    local = tuple(row for row in found.rows if is_local(row, at))
    others = [row for row in found.rows if not is_local(row, at)]
    near = tuple(row for row in others if row["offer"] != Offer.PLACE or has_point(row))
    return Groups(
        local, near, tuple(row for row in others if row["offer"] == Offer.PLACE and not has_point(row))
    )


def is_local(row: Row, at: Whereabouts) -> bool:
    """Return whether the point lies in the area of a platform or grantee; a place has a point and no area."""
    if row["offer"] == Offer.PLACE:
        return False
    return row["measured_to"] == "inside" or row["code"] in (at.code, f"{at.code[:2]}000")


def has_point(row: Row) -> bool:
    """Return whether a partner stands on the map: a place at its municipality's office would be in a wrong place there."""
    return row["lat"] is not None and (row["offer"] != Offer.PLACE or row["measured_to"] == "point")


def kilometres(metres: float) -> str:
    """Return a distance as it is read: 4.9, 128; below 50 m "<0.1".

    >>> [kilometres(metres) for metres in (0, 49, 4_940, 128_400)]
    ['<0.1', '<0.1', '4.9', '128']
    """
    km = metres / METRES_PER_KM
    if km < SHORTEST_KM:
        return "<0.1"
    return f"{km:,.0f}" if km >= WHOLE_FROM_KM else f"{km:.1f}"


def distance(view: View, row: Row) -> str:
    """Return how far a partner is, as text."""
    if row["metres"] is None:
        return view.text("find.inside" if row["measured_to"] == "inside" else "scope.nation")
    return f"{kilometres(row['metres'])} km"


def measured_to(row: Row) -> str:
    """Return what a distance is measured to, as a key of [measured_to]: of a prefecture it is the nearest office in it."""
    if row["measured_to"] == "office" and (row["code"] or "").endswith("000"):
        return "nearest_office"
    return str(row["measured_to"] or "nationwide")


def to_office(view: View, row: Row) -> str | None:
    """Return the words beside a distance that does not end at the partner's own point, None where it does."""
    if row["metres"] is None or row["measured_to"] != "office":
        return None
    return view.text("find.to_nearest_office" if measured_to(row) == "nearest_office" else "find.to_office")


def what(view: View, row: Row) -> Html:
    """Return what a partner is, after the shape of its kind: ● こども食堂, ■ 市区町村が設置・参画（令和4年度から）."""
    return join(
        [
            tag("span", SHAPES[Offer(row["offer"])], aria_hidden="true"),
            " ",
            citation.marked(view, what_text(view, row)),
        ]
    )


def what_text(view: View, row: Row) -> str:
    """Return what a partner is in words that tell its kind without the shape."""
    if row["offer"] == Offer.PLACE:
        return citation.kind(view, row["what"]) if row["what"] else view.text("find.place")
    if row["offer"] == Offer.GRANTEE:
        return view.words.joined("named", [view.text("find.grantee"), citation.plain(view, row, "what")])
    is_prefecture = (row["code"] or "").endswith("000")
    label = view.text("find.prefecture_takes_part" if is_prefecture else f"state.{row['state']}")
    if row["since_year"]:
        label += view.words.bracketed(view.text("find.since", year=view.words.year_name(row["since_year"])))
    return label


def name(view: View, row: Row, *, is_linked: bool = True) -> Html:
    """Return a partner's name: a body's leads to its evidence (if `is_linked`), another's to its own page where it has one."""
    if not row["name"]:
        return tag("span", view.text("table.unnamed"))
    if row["offer"] == Offer.PLATFORM:
        body = view.area_name(row["code"])
        if not is_linked:
            return join([body])
        return view.proof(body, ProofKind.AREA, row["code"], named=view.text("table.proof_area", area=body))
    return link(citation.gloss(view, row, "name"), row["url"] if row["offer"] == Offer.PLACE else None)


def name_text(view: View, row: Row) -> str:
    """Return a partner's name as text alone."""
    if not row["name"]:
        return view.text("table.unnamed")
    return (
        view.area_name(row["code"]) if row["offer"] == Offer.PLATFORM else citation.plain(view, row, "name")
    )


def where(view: View, row: Row) -> str:
    """Return the municipality, prefecture or nation that a partner works in."""
    return area_in_full(view, row["code"] or "")


def details(view: View, row: Row) -> list[Html]:
    """Return what a list says of a place (days, target group as printed, address); what it does not say is unknown."""
    if row["offer"] == Offer.PLATFORM:
        return [citation.own(view, row, "what")] if row["what"] else []
    if row["offer"] == Offer.GRANTEE:
        theme = [_told(view, "theme", _theme(view, row["theme"]))] if row["theme"] else []
        return [*theme, _told(view, "target", row["printed_targets"])]
    told: list[Part] = [
        _told(view, "schedule", row["schedule"]),
        _told(view, "target", row["printed_targets"]),
    ]
    if row["place_status"] in ("closed", "unclear"):
        told.append(tag("span", view.text(f"place_status.{row['place_status']}"), class_="flag"))
    told += [citation.marked(view, row[column]) for column in ("address", "operator") if row[column]]
    return [join([part]) for part in told]


def _theme(view: View, theme: str) -> str:
    return next(
        (citation.plain(view, row, "name") for row in view.store.themes if row["theme_id"] == theme), theme
    )


def _told(view: View, column: str, printed: str | None) -> Html:
    said: Part = citation.marked(view, printed) if printed else view.text("table.unknown")
    return join([view.text(f"find.{column}"), view.words.separator("named"), said])


def checked(view: View, row: Row) -> str:
    """Return when a list was true, as printed, else when it was published, else that it does not say."""
    if row["as_of"] and row["as_of"] != row["published_on"]:
        return view.text("find.as_of", date=view.words.as_of(str(row["as_of"])))
    if row["published_on"]:
        return view.text("find.published", date=view.words.date(str(row["published_on"])))
    return view.text("find.undated")


def checked_shortly(view: View, row: Row) -> str:
    """Return the same with the first date alone where a list prints a sentence about its dates."""
    day = DAY.search(str(row["as_of"] or "")) if row["as_of"] != row["published_on"] else None
    return view.text("find.as_of", date=day.group()) if day else checked(view, row)


def cited(row: Row) -> list[tuple[str, str]]:
    """Return every document that lists a partner, with the position in it: (source id, locator)."""
    return [(row["source_id"], row["source_locator"]), *(row["also"] or ())]


def sources(view: View, row: Row) -> Html:
    """Return the documents that list a partner as short links, each named by its title and the position in it."""
    links = [
        _short(view, source_id, locator, view.text("find.source" if index == 0 else "find.also"))
        for index, (source_id, locator) in enumerate(cited(row))
    ]
    return join(links, " ")


def _short(view: View, source_id: str, locator: str, label: str) -> Html:
    """A link as short as its label to the eye; who hears it is told the title and the position, each in its language."""
    address, is_outside = document_address(view, source_id)
    named = [
        citation.marked(view, title(view, source_id)),
        citation.locator(view, {"source_locator": locator}),
    ]
    way = {"target": "_blank", "rel": "noopener noreferrer"} if is_outside else {"target": "_self"}
    return tag("a", label, tag("span", " ", join(named, " "), class_="unseen"), href=address, **way)


def document_address(view: View, source_id: str) -> tuple[str, bool]:
    """Return where a document is read, and whether that is outside: its own address, or its rows on the data page."""
    source = view.store.source(source_id)
    url = str(source["url"] or "") if source else ""
    if url.startswith(("http://", "https://")):
        return url, True
    here = {"tab": DataTab.DOCUMENTS, "source": source_id, "lang": view.words.language}
    return f"data?{urlencode(here)}", False


def title(view: View, source_id: str) -> str:
    """Return a document's title."""
    source = view.store.source(source_id)
    return citation.plain(view, source, "title") if source else source_id


def sources_in_full(view: View, row: Row, *, is_linked: bool = True) -> Html:
    """Return the documents with title, publisher, date and position, as the table and the print show them.

    `is_linked`: a document without an address leads to its rows in the app.
    """
    parts = []
    for source_id, locator in cited(row):
        source = view.store.source(source_id)
        shown = _document(view, source, is_linked=is_linked) if source else join([source_id])
        place = citation.locator(view, {"source_locator": locator})
        parts.append(tag("div", join([shown, place], view.words.separator("named"))))
    return join(parts)


def _document(view: View, source: Row, *, is_linked: bool) -> Html:
    if is_linked or source["url"]:
        return citation.document(view, source)
    return join([citation.gloss(view, source, "title"), citation.published(view, source)], " ")
