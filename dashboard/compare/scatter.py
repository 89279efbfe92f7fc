"""Need × supply as a drawing: all areas as quiet points, the chosen ones by name, split at the medians. Pure: SVG as text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.compare.axes import Axis
from dashboard.compare.labels import LINE_PX, Box, placed, text_width
from dashboard.compare.measures import Floats
from dashboard.markup import Html, join, tag

NAME_PX = 13.0
GAP_PX = 6.0
"""Between two names on one line, so that they read as two."""
POINT_RADIUS = 6.5
FIRST_RADIUS = 8.0
TICK_GAP = 16.0
LEADER_FROM_PX = 14.0
"""A name farther from its point than this is joined to it by a line."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The sizes of a drawing in pixels: whole, and what lies around the plot."""

    width: float
    height: float
    left: float = 60
    right: float = 16
    top: float = 80
    bottom: float = 110

    @property
    def plot(self) -> Box:
        """Return the rectangle in which points lie."""
        return Box(
            self.left, self.top, self.width - self.left - self.right, self.height - self.top - self.bottom
        )


WIDE = Frame(720, 580)
NARROW = Frame(344, 490, left=46, right=16)
"""One for a screen of a desk, one for a telephone: letters keep their size on both."""


@dataclass(frozen=True, slots=True)
class Side:
    """One axis with its words: name, what stands at a tick, where the median lies and how it is named."""

    axis: Axis
    name: str
    tick: Callable[[float], str]
    median: float
    median_name: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A chosen area: its name, its two values, and what is said of it on hover."""

    name: str
    need: float
    supply: float
    said: str


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn: both axes, the points of all areas, the chosen ones, and the lines of text in the four corners."""

    title: str
    need: Side
    supply: Side
    cloud: tuple[Floats, Floats]
    spots: Sequence[Spot]
    corners: Sequence[Sequence[str]]


def drawing(plot: Plot, frame: Frame, *, class_: str) -> Html:
    """Return the drawing as SVG; corners are top left, top right, bottom left, bottom right."""
    return tag(
        "svg",
        _grid(plot, frame),
        _cloud(plot, frame),
        _medians(plot, frame),
        _corners(plot, frame),
        _spots(plot, frame),
        viewBox=f"0 0 {frame.width:g} {frame.height:g}",
        role="img",
        aria_label=plot.title,
        class_=f"scatter {class_}",
    )


def _across(frame: Frame, side: Side, value: float) -> float:
    return frame.plot.left + frame.plot.width * side.axis.at(value)


def _up(frame: Frame, side: Side, value: float) -> float:
    return frame.plot.top + frame.plot.height * (1 - side.axis.at(value))


def _line(class_: str, x1: float, y1: float, x2: float, y2: float) -> Html:
    return tag("path", d=f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}", class_=class_)


def _text(text: str, x: float, y: float, class_: str, anchor: str = "start") -> Html:
    return tag("text", text, x=f"{x:.1f}", y=f"{y:.1f}", class_=class_, text_anchor=anchor)


def _grid(plot: Plot, frame: Frame) -> Html:
    box = frame.plot
    foot, end = box.top + box.height, box.left + box.width
    across = [(_across(frame, plot.need, value), plot.need.tick(value)) for value in plot.need.axis.ticks]
    up = [(_up(frame, plot.supply, value), plot.supply.tick(value)) for value in plot.supply.axis.ticks]
    return join(
        [
            *(_line("grid", x, box.top, x, foot) for x, _ in across),
            *(_line("grid", box.left, y, end, y) for y, _ in up),
            *(_text(said, x, foot + TICK_GAP, "tick", "middle") for x, said in across),
            *(_text(said, box.left - 6, y + 4, "tick", "end") for y, said in up),
            _text(plot.need.name, end, foot + 2.3 * TICK_GAP, "axis", "end"),
            _text(plot.supply.name, 0, box.top - 10, "axis"),
        ]
    )


def _cloud(plot: Plot, frame: Frame) -> Html:
    """All points as one path of round dots: of those on one pixel one is drawn."""
    box = frame.plot
    x = np.rint(box.left + box.width * plot.need.axis.all_at(plot.cloud[0])).astype(int)
    y = np.rint(box.top + box.height * (1 - plot.supply.axis.all_at(plot.cloud[1]))).astype(int)
    dots = np.unique(np.stack([x, y], axis=1), axis=0).tolist()
    return tag("path", d="".join(f"M{across} {down}h0" for across, down in dots), class_="cloud")


def _medians(plot: Plot, frame: Frame) -> Html:
    box = frame.plot
    x, y = _across(frame, plot.need, plot.need.median), _up(frame, plot.supply, plot.supply.median)
    is_right = x > box.left + 0.7 * box.width
    return join(
        [
            _line("median", x, box.top, x, box.top + box.height),
            _line("median", box.left, y, box.left + box.width, y),
            _text(
                plot.need.median_name,
                x + (-4 if is_right else 4),
                box.top + 12,
                "note",
                "end" if is_right else "start",
            ),
            _text(plot.supply.median_name, box.left + box.width - 4, y - 5, "note", "end"),
        ]
    )


def _corners(plot: Plot, frame: Frame) -> Html:
    """What the four parts mean stands outside the plot, so that it never hides a point."""
    box, lines = frame.plot, len(plot.corners[0])
    tops = (12.0, 12.0, *(2 * [frame.height - 4 - (lines - 1) * TICK_GAP]))
    sides = (("start", 0.0), ("end", box.left + box.width)) * 2
    return join(
        _text(line, x, top + row * TICK_GAP, "corner" if row else "corner first", anchor)
        for corner, top, (anchor, x) in zip(plot.corners, tops, sides, strict=True)
        for row, line in enumerate(corner)
    )


def _spots(plot: Plot, frame: Frame) -> Html:
    points = [
        (_across(frame, plot.need, spot.need), _up(frame, plot.supply, spot.supply)) for spot in plot.spots
    ]
    boxes = placed(points, [text_width(spot.name, NAME_PX) + GAP_PX for spot in plot.spots], frame.plot)
    drawn = zip(plot.spots, points, boxes, strict=True)
    return join(_spot(spot, point, box, is_first=not place) for place, (spot, point, box) in enumerate(drawn))


def _spot(spot: Spot, point: tuple[float, float], box: Box, *, is_first: bool) -> Html:
    near = box.nearest(*point)
    away = abs(near[0] - point[0]) + abs(near[1] - point[1])
    return tag(
        "g",
        tag("title", spot.said),
        _line("leader", *point, *near) if away > LEADER_FROM_PX else None,
        tag(
            "circle",
            cx=f"{point[0]:.1f}",
            cy=f"{point[1]:.1f}",
            r=f"{FIRST_RADIUS if is_first else POINT_RADIUS:g}",
            class_="chosen first" if is_first else "chosen",
        ),
        _text(spot.name, box.left + box.width / 2, box.top + LINE_PX - 5, "name", "middle"),
    )
