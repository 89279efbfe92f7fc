"""What a file of polygons holds: texts by column, shapes as drawn, and what is odd about single shapes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from etl.intake.report import RejectedError

Geometries = npt.NDArray[np.object_]
GEOMETRY = "geometry"
"""Column of messages about a shape."""
ASK_AGAIN = "取得し直したファイルを使ってください"


@dataclass(frozen=True, slots=True)
class ShapeChange:
    """A shape that a reader had to change to read it."""

    index: int
    problem: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShapeFault:
    """A feature whose shape cannot be used."""

    index: int
    problem: str
    mend: str


@dataclass(frozen=True, slots=True)
class Layer:
    """The features of a file.

    All columns and `shapes` have the same length; a missing value is "", a missing or unusable shape is None and has a fault.
    `crs` is what the file (or its format) says, as pyproj understands it; shapes are in it.
    """

    form: str
    columns: Mapping[str, Sequence[str]]
    shapes: Geometries
    crs: str
    changes: tuple[ShapeChange, ...] = ()
    faults: tuple[ShapeFault, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    """What was recognised beside: encoding, member."""

    def __len__(self) -> int:
        return len(self.shapes)


@dataclass(slots=True)
class Drawing:
    """The shapes of a file while they are read, with what is odd about them."""

    shapes: list[Any] = field(default_factory=list)
    changes: list[ShapeChange] = field(default_factory=list)
    faults: list[ShapeFault] = field(default_factory=list)

    def add(self, shape: Any) -> None:
        """Take the next shape; None has a fault already."""
        self.shapes.append(shape)

    def change(self, problem: str, before: str, after: str) -> None:
        """Log a change of the shape that comes next; the same change is logged once."""
        change = ShapeChange(len(self.shapes), problem, before, after)
        if change not in self.changes[-3:]:
            self.changes.append(change)

    def fault(self, problem: str, mend: str) -> None:
        """Say why the shape that comes next cannot be used."""
        self.faults.append(ShapeFault(len(self.shapes), problem, mend))


def texts_of(properties: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the properties of features as columns of text; what is no text or number counts as missing."""
    names = dict.fromkeys(name for entry in properties for name in entry)
    return {name: [text_of(entry.get(name)) for entry in properties] for name in names}


def text_of(value: Any) -> str:
    """Return a property as text: a whole number without a decimal point, nothing for null, lists and objects."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        return ""
    return str(int(value)) if np.isfinite(value) and value == int(value) else str(value)


def require_features(number: int) -> None:
    """Check that a file is not empty.

    Raises:
        RejectedError: it has no features.
    """
    if not number:
        raise RejectedError("地物が1件もありません", ASK_AGAIN)


def objects(shapes: Sequence[Any]) -> Geometries:
    """Return shapes as an array of objects."""
    found = np.empty(len(shapes), object)
    found[:] = shapes
    return found
