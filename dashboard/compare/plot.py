"""The scatter of a view: which measures, what it finds, and the drawing."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.closed_lists import Need, Supply
from dashboard.compare.axes import SCALES, Axis, Scale, axis
from dashboard.compare.comparison import full_name, label
from dashboard.compare.measures import FORMS, PLAIN, Measure, kind_of, written
from dashboard.compare.points import corner_name, points, sides
from dashboard.compare.profile import profile_of
from dashboard.compare.quadrants import QUADRANTS, Quadrant, Quadrants, fullest
from dashboard.compare.scatter import NARROW, WIDE, Plot, Side, Spot, drawing
from dashboard.compare.scene import Scene
from dashboard.markup import Html, join, tag
from dashboard.view import View, go

MAN = 10_000
CHOICES = {"need_measure": Need, "supply_measure": Supply}


def measure_choice(view: View) -> None:
    """Draw the choice of the two measures: of need, and of what there is."""
    with st.container(key="compare-measures", horizontal=True, gap="medium"):
        for name, options in CHOICES.items():
            key = f"compare-{name}"
            st.session_state[key] = getattr(view.scope, name)
            st.segmented_control(
                view.text(f"compare.{name}"),
                list(options),
                key=key,
                format_func=partial(_choice_name, view, name),
                required=True,
                on_change=partial(_changed, view, name, key),
            )


def _choice_name(view: View, name: str, value: str) -> str:
    return view.text(f"{name}.{value}")


def _changed(view: View, name: str, key: str) -> None:
    go(view.store, **{name: st.session_state[key]})


def measures_of(view: View) -> tuple[Measure, Measure]:
    """Return the measures of need and supply in view."""
    return Measure(str(view.scope.need_measure)), Measure(str(view.scope.supply_measure))


def scene_of(view: View, codes: tuple[str, ...]) -> Scene:
    """Return what is drawn: areas of the first one's kind, municipalities where none is chosen."""
    profile = profile_of(view.store, view.scope, kind_of(codes[0] if codes else ""))
    return Scene(profile, *measures_of(view), tuple(code for code in codes if kind_of(code) == profile.kind))


def scatter(view: View, codes: tuple[str, ...]) -> None:
    """Draw need × supply and offer the equal table."""
    scene = scene_of(view, codes)
    split = scene.split
    if split is None:
        none = view.text("compare.plot_none", **_labels(view, scene))
        st.html(tag("h2", none).text)
        return
    about = view.text("compare.plot_kind", **_labels(view, scene), when=_when(view))
    st.html(join([tag("h2", finding(view, scene, split)), tag("p", about, class_="sub")]).text)
    plot = _plot(view, scene, split)
    drawn = join([drawing(plot, WIDE, class_="wide"), drawing(plot, NARROW, class_="narrow")])
    # st.html takes every SVG element away; Markdown leaves a block of HTML as it is.
    st.markdown(" ".join(tag("figure", drawn, class_="scatters").text.split()), unsafe_allow_html=True)
    st.html(_reading(view, scene, split).text)
    points(view, scene, split)


def _labels(view: View, scene: Scene) -> dict[str, str]:
    return {"need": label(view, scene.need), "supply": label(view, scene.supply)}


def _when(view: View) -> str:
    year = view.words.year_name(view.scope.year)
    return view.words.joined("dotted", (year, view.text(f"view.{view.scope.view}")))


def finding(view: View, scene: Scene, split: Quadrants) -> str:
    """Return in one sentence where the chosen areas lie; without any, how many areas lie above both medians."""
    chosen = scene.chosen
    if not chosen:
        both = corner_name(view, scene, (True, True))
        count = f"{split.counts[True, True]:,}"
        return view.text("compare.plot_all", both=both, count=count, total=f"{split.known:,}")
    most = fullest([scene.place(code) for code in chosen])
    if most is None:
        return view.text("compare.plot_unknown")
    where = corner_name(view, scene, most[0])
    if len(chosen) == 1:
        return view.text("compare.plot_one", area=full_name(view, chosen[0]), where=where)
    return view.text("compare.plot_some", count=most[1], total=len(chosen), where=where)


def _plot(view: View, scene: Scene, split: Quadrants) -> Plot:
    need, supply = scene.cloud
    return Plot(
        title=view.text("compare.plot_label", **_labels(view, scene)),
        need=_side(view, scene.need, axis(need, _scale(scene.need)), split.need),
        supply=_side(view, scene.supply, axis(supply, _scale(scene.supply)), split.supply),
        cloud=scene.cloud,
        spots=[spot for code in scene.chosen if (spot := _spot(view, scene, code)) is not None],
        corners=[_corner(view, scene, split, place) for place in QUADRANTS],
    )


def _corner(view: View, scene: Scene, split: Quadrants, place: Quadrant) -> tuple[str, ...]:
    count = split.counts[place]
    share = view.words.share(count, split.known)
    return (*sides(view, scene, place), view.text("compare.corner_count", count=f"{count:,}", share=share))


def _scale(measure: Measure) -> Scale:
    return SCALES.get(measure, Scale.LINEAR)


def _side(view: View, measure: Measure, drawn: Axis, middle: float) -> Side:
    name = view.text(f"compare.axis.{measure}")
    laid_out = (
        "" if drawn.scale == Scale.LINEAR else view.words.bracketed(view.text(f"compare.scale.{drawn.scale}"))
    )
    median = view.text("compare.median", value=written(measure, middle))
    return Side(drawn, f"{name}{laid_out}", _tick(view, measure), middle, median)


def _tick(view: View, measure: Measure) -> Callable[[float], str]:
    """Return how a measure is written at a tick: as short as can be."""
    form = FORMS.get(measure, PLAIN)

    def short(value: float) -> str:
        scaled = round(value * form.factor, 6)
        if measure != Measure.POPULATION:
            return f"{scaled:g}{form.unit if form.unit == '%' else ''}"
        if view.words.language == "ja":
            return f"{scaled / MAN:,.0f}万" if scaled >= MAN else f"{scaled:,.0f}"
        return (
            f"{scaled / 1e6:g}M"
            if scaled >= 1e6
            else f"{scaled / 1e3:g}k"
            if scaled >= 1e3
            else f"{scaled:g}"
        )

    return short


def _spot(view: View, scene: Scene, code: str) -> Spot | None:
    need, supply = scene.pair(code)
    if need is None or supply is None:
        return None
    pairs = ((scene.need, need), (scene.supply, supply))
    said = (f"{label(view, measure)} {written(measure, value)}" for measure, value in pairs)
    return Spot(
        _name(view, scene, code), need, supply, f"{full_name(view, code)} {view.text('comma').join(said)}"
    )


def _name(view: View, scene: Scene, code: str) -> str:
    """The name alone, as long as no other chosen area has it too."""
    name = view.area_name(code)
    alone = [view.area_name(other) for other in scene.chosen].count(name) == 1
    return name if alone else full_name(view, code)


def _reading(view: View, scene: Scene, split: Quadrants) -> Html:
    """How to read it: what the lines are, how many areas are drawn, and which are not because something is unknown."""
    kind = view.text(f"compare.kind.{scene.profile.kind}")
    counts = {"count": f"{split.known:,}", "total": f"{len(scene.profile.codes):,}"}
    said = [view.text("compare.plot_reading", kind=kind, **counts)]
    if split.unknown:
        said.append(view.text("compare.plot_rest", count=f"{split.unknown:,}"))
    if unknown := [full_name(view, code) for code in scene.chosen if None in scene.pair(code)]:
        said.append(view.text("compare.plot_missing", areas=view.text("comma").join(unknown)))
    return tag("p", " ".join(said), class_="small")
