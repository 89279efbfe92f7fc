"""使い方・用語: where to begin, what the states and counts mean, what the map does not show, and the terms.

No number of a fact stands in the words: years, denominators and the example come from the database. Lists
(limits, terms, accessibility) have the order of the words file, so that a new entry needs no change here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from enum import StrEnum
from urllib.parse import urlencode

import streamlit as st

from dashboard import parts, tables
from dashboard.closed_lists import (
    Block,
    Colouring,
    CountingRule,
    DataTab,
    FileKind,
    Language,
    Layer,
    Need,
    Offer,
    Panel,
    PaperKind,
    PlaceStatus,
    Reach,
    SheetKind,
    Supply,
    TimeView,
    Unknown,
)
from dashboard.markup import Column, Html, Part, join, table, tag
from dashboard.scope import Scope
from dashboard.store import Row
from dashboard.view import View

FRESH: Mapping[str, object] = {
    "view": TimeView.CUMULATIVE,
    "rule": CountingRule.STRICT,
    "layer": Layer.COVERAGE,
    "tab": DataTab.TABLES,
    "source": "",
    "table": "",
    "beside": "",
    "file_kind": FileKind.PLATFORMS,
    "find": "",
    "open": frozenset(),
    "areas": (),
    "need_measure": Need.AGEING,
    "supply_measure": Supply.DISTANCE,
    "reach": Reach.KM10,
    "offers": frozenset(),
    "place_kind": "",
    "target": "",
    "theme": "",
    "place_status": "",
    "newer": "",
    "unknown": Unknown.WITH,
    "years": frozenset(),
    "block": "",
    "colouring": Colouring.COLOUR,
    "paper": PaperKind.SLIDE,
    "sheet": SheetKind.YEAR,
    "present": "",
}
"""What a step does not name is set back: its link must open what its sentence says."""
ANNUAL: Mapping[str, object] = {"view": TimeView.ANNUAL}
STEPS: Mapping[str, Mapping[str, tuple[str, Mapping[str, object]]]] = {
    "desk": {
        "answer": ("overview", ANNUAL),
        "trend": ("trend", {}),
        "excel": ("data", {"tab": DataTab.TABLES}),
        "check": ("data", {"tab": DataTab.RECONCILIATION}),
        "pages": ("data", {"tab": DataTab.DOCUMENTS}),
    },
    "prefecture": {
        "map": ("map", {}),
        "table": ("overview", {}),
        "compare": ("compare", {}),
        "visits": ("compare", {"open": frozenset({Panel.MUNICIPALITIES})}),
        "need": ("map", {"layer": Layer.SINGLE}),
        "send": ("data", {"tab": DataTab.TABLES}),
    },
    "npo": {
        "municipality": ("map", {}),
        "find": ("find", {}),
        "grants": ("map", {"layer": Layer.GRANTS}),
        "places": ("map", {"layer": Layer.PLACES}),
        "cite": ("data", {"tab": DataTab.DOCUMENTS}),
    },
    "speaker": {
        "finding": ("overview", {}),
        "deck": ("slides", ANNUAL),
        "picture": ("map", ANNUAL),
        "years": ("trend", {}),
        "language": ("overview", {"lang": None}),
        "credit": ("data", {"tab": DataTab.LICENCES}),
    },
}
"""User group → step → page and the choices of its link. The language None is the other one."""
EXAMPLES = {"prefecture": "34000", "npo": "13000"}
"""Groups that work in one prefecture, and the one shown to them while the view is of all Japan."""
CLOSED_LISTS: Mapping[str, type[StrEnum]] = {
    "view": TimeView,
    "rule": CountingRule,
    "lang": Language,
    "layer": Layer,
    "tab": DataTab,
    "file_kind": FileKind,
    "open": Panel,
    "need_measure": Need,
    "supply_measure": Supply,
    "reach": Reach,
    "offers": Offer,
    "place_status": PlaceStatus,
    "unknown": Unknown,
    "block": Block,
    "colouring": Colouring,
    "paper": PaperKind,
    "sheet": SheetKind,
}
"""Parameter of the address, which is also the section of the words with its labels → its values."""
NOTHING = "help.address.nothing"
FREE = {
    "area": ("help.address.area_values", "scope.nation"),
    "source": ("help.address.source_values", "datapage.all_documents"),
    "table": ("help.address.table_values", "help.address.table_default"),
    "beside": ("help.address.beside_values", "beside.none"),
    "find": ("help.address.find_values", "help.address.nothing"),
    "proof": ("help.address.proof_values", "help.address.nothing"),
    "areas": ("help.address.areas_values", "help.address.nothing"),
    "place_kind": ("help.address.place_kind_values", "help.address.all"),
    "target": ("help.address.target_values", "help.address.all"),
    "theme": ("help.address.theme_values", "help.address.all"),
    "newer": ("help.address.newer_values", "help.address.all"),
    "years": ("help.address.years_values", "help.address.years_default"),
    "present": ("help.address.present_values", "help.address.nothing"),
}
"""Parameter of the address whose values are too many to list → the words for them and for what holds without it."""


def render(view: View) -> None:
    """Draw the page: a heading for each section, in cards."""
    title = tag("h1", view.text("help.title"), id="main", class_="headline")
    st.html(join([title, _prose(view.text("help.lead")), _contents(view)]).text)
    purposes(view)
    for row in CARDS:
        for column, (name, draw) in zip(st.columns(len(row), gap="small"), row.items(), strict=True):
            with column, st.container(key=f"card-help-{name}"):
                st.html(_heading(view, name).text)
                draw(view)


def _contents(view: View) -> Html:
    names = ("purposes", *(name for row in CARDS for name in row))
    links = (tag("a", view.text(f"help.section.{name}"), href=f"#help-{name}") for name in names)
    items = tag("ul", *(tag("li", link) for link in links), class_="contents")
    return tag("nav", items, aria_label=view.text("help.contents"))


def _heading(view: View, section: str) -> Html:
    return tag("h2", view.text(f"help.section.{section}"), id=f"help-{section}")


def _prose(*sentences: str) -> Html:
    return join(tag("p", parts.emphasised(sentence), class_="prose") for sentence in sentences)


def _names(view: View, section: str) -> list[str]:
    """Return the entries of a section of the words file, in its order."""
    start = f"help.{section}."
    found = (key.removeprefix(start).split(".")[0] for key in view.words.sentences if key.startswith(start))
    return list(dict.fromkeys(found))


# -- purposes ------------------------------------------------------------------------------------------------


def purposes(view: View) -> None:
    """Draw, for each user group, its first steps with links that open the right view."""
    st.html(join([_heading(view, "purposes"), _prose(view.text("help.purposes.intro"))]).text)
    for pair in (("desk", "prefecture"), ("npo", "speaker")):
        for column, group in zip(st.columns(2, gap="small"), pair, strict=True):
            with column, st.container(key=f"card-help-{group}"):
                _group(view, group)


def _group(view: View, group: str) -> None:
    title = tag("h3", view.text(f"help.{group}.title"))
    st.html(join([title, tag("p", view.text(f"help.{group}.aim"), class_="sub")]).text)
    area = (view.scope.prefecture_area or EXAMPLES[group]) if group in EXAMPLES else ""
    years = {"latest": view.store.latest_year_with_facts, "year": complete_year(view)}
    told = {"area": view.area_name(area)} | {name: view.words.year_name(year) for name, year in years.items()}
    for number, (step, (page, changes)) in enumerate(STEPS[group].items(), start=1):
        sentence = tag("span", view.text(f"help.{group}.{step}.text", **told))
        st.html(tag("p", tag("b", number), " ", sentence, class_="step").text)
        year = years["year" if changes is ANNUAL else "latest"]
        chosen = {"year": year, "area": area, "lang": view.scope.lang, **FRESH, **changes}
        if chosen["lang"] is None:
            chosen["lang"] = Language.JA if view.scope.lang == Language.EN else Language.EN
        view.link(page, view.text(f"help.{group}.{step}.link", **told), **chosen)


def complete_year(view: View) -> int:
    """Return the last fiscal year whose list is registered whole: an example must not carry an "at least"."""
    years = [row["fiscal_year"] for row in view.store.years if row["list_state"] == "complete"]
    return max(years, default=view.store.latest_year_with_facts)


# -- what is counted -----------------------------------------------------------------------------------------


def states(view: View) -> None:
    """Draw the six states, the three counting rules and an example of how they differ."""
    st.html(_prose(view.text("help.states.intro")).text)
    tables.definitions(view)
    year = complete_year(view)
    counts = view.store.national_coverage(year, TimeView.ANNUAL)
    told = {
        "municipalities": f"{counts[CountingRule.STRICT]['municipalities_total']:,}",
        "prefectures": len(view.store.prefectures),
    }
    about = _prose(view.text("help.states.order"), view.text("help.states.rules", **told))
    st.html(join([about, _example(view, year, counts)]).text)


def _example(view: View, year: int, counts: Mapping[str, Row]) -> Html:
    heads = (view.text(f"help.states.{name}") for name in ("rule", "counted", "municipalities", "people"))
    columns = [Column(head, is_heading=at == 0, is_number=at > 1) for at, head in enumerate(heads)]
    rows = (
        (
            view.text(f"rule.{rule}"),
            view.text(f"rule_meaning.{rule}"),
            _of(view, counts[rule], "municipalities"),
            _of(view, counts[rule], "population"),
        )
        for rule in CountingRule
    )
    return table(view.text("help.states.example", year=view.words.year_name(year)), columns, rows)


def _of(view: View, row: Row, measure: str) -> Html:
    part, whole = row[measure], row[f"{measure}_total"]
    return join([f"{part:,} / {whole:,} ", tag("span", view.words.share(part, whole), class_="small")])


def times(view: View) -> None:
    """Draw the two time views and what the completeness strip says, year by year."""
    about = (view.text(f"help.times.{name}") for name in ("annual", "cumulative", "strip"))
    now = tag("h3", view.text("help.times.now"))
    listed = tag("ul", *(tag("li", _registered(view, row)) for row in view.store.years), class_="plain")
    st.html(join([_prose(*about), now, listed]).text)


def _registered(view: View, row: Row) -> str:
    state = {"complete": "done", "partial": "part"}.get(row["list_state"], "none")
    if state == "part" and row["published_total"] is None:
        state = "open"
    year = view.words.year_name(row["fiscal_year"])
    return view.text(f"strip.{state}", year=year, named=row["named"], total=row["published_total"])


def limits(view: View) -> None:
    """Draw what the map does not show."""
    _points(view, "limits", precision=f"{view.store.finest_precision_m(view.scope.year):,.0f}")


def _points(view: View, section: str, **told: object) -> None:
    sentences = (view.text(f"help.{section}.{name}.text", **told) for name in _names(view, section))
    st.html(tag("ul", *(tag("li", parts.emphasised(each)) for each in sentences), class_="points").text)


def terms(view: View) -> None:
    """Draw the glossary."""
    names = (f"help.terms.{name}" for name in _names(view, "terms"))
    st.html(
        _definition_list((view.text(f"{name}.term"), view.text(f"{name}.meaning")) for name in names).text
    )


def _definition_list(pairs: Iterable[tuple[Part, Part]]) -> Html:
    """Each pair has a box of its own, so that it never breaks over a column or a page."""
    boxes = (tag("div", tag("dt", term), tag("dd", meaning)) for term, meaning in pairs)
    return tag("dl", *boxes, class_="glossary")


# -- address, commands, accessibility, licences --------------------------------------------------------------


def address(view: View) -> None:
    """Draw the parameters of the address with their closed lists, and those of the present view."""
    heads = (view.text(f"help.address.{name}") for name in ("parameter", "meaning", "values", "default"))
    columns = [Column(head, is_heading=at == 0) for at, head in enumerate(heads)]
    rows = (
        (tag("code", name), view.text(f"help.parameter.{name}"), *_values(view, name, default))
        for name, default in ((each.name, each.default) for each in fields(Scope))
    )
    listed = table(view.text("help.section.address"), columns, rows, is_caption_shown=False)
    now = tag("p", view.text("help.address.example"), " ", tag("code", f"?{urlencode(view.scope.address())}"))
    st.html(join([_prose(view.text("help.address.intro")), listed, now]).text)


def _values(view: View, name: str, default: object) -> tuple[Part, Part]:
    """Return what a parameter may hold, and what holds when it is left out."""
    if name in CLOSED_LISTS:
        items = (
            tag("li", tag("code", value), " ", view.text(f"{name}.{value}")) for value in CLOSED_LISTS[name]
        )
        left_out = tag("code", str(default)) if default in set(CLOSED_LISTS[name]) else view.text(NOTHING)
        return tag("ul", *items, class_="plain"), left_out
    if name == "year":
        years = join((tag("code", str(row["fiscal_year"])) for row in view.store.years), " ")
        return years, view.text("help.address.year_default")
    values, left_out = FREE[name]
    return view.text(values), view.text(left_out)


def offline(view: View) -> None:
    """Draw how the atlas works without internet, and its commands."""
    names = _names(view, "command")
    pairs = ((tag("code", f"ibasho {name}"), view.text(f"help.command.{name}")) for name in names)
    about, options = (_prose(view.text(f"help.offline.{name}")) for name in ("intro", "options"))
    st.html(join([about, _definition_list(pairs), options]).text)


def access(view: View) -> None:
    """Draw the statement on accessibility."""
    _points(view, "access")


def lists(view: View) -> None:
    """Draw how a list that was sent is checked, mended, taken in and taken back."""
    st.html(_prose(view.text("help.lists_intro")).text)
    _points(view, "lists")
    view.link("data", view.text("help.lists_link"), tab=DataTab.IMPORT)


def licences(view: View) -> None:
    """Draw the terms of use in short, and the way to those of each document."""
    st.html(_prose(view.text("help.licences.program"), view.text("help.licences.data")).text)
    view.link("data", view.text("help.licences.link"), tab=DataTab.LICENCES)


CARDS: tuple[Mapping[str, Callable[[View], None]], ...] = (
    {"states": states},
    {"times": times, "limits": limits},
    {"terms": terms},
    {"lists": lists},
    {"address": address},
    {"offline": offline, "access": access},
    {"licences": licences},
)
"""The sections after the purposes: the cards of each row and what draws them."""
