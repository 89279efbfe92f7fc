"""A file of boundaries, checked: every feature is a municipality (or a ward or island of one) with a sound shape, or is held."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from etl.intake.bodies import BodyReading
from etl.intake.facts import HELD, ROW, Checked, Kind
from etl.intake.guard import Material
from etl.intake.limits import UNPACKED_BYTES
from etl.intake.polygons import read_layer
from etl.intake.polygons.attributes import UNASSIGNED, Attributes, Name, attributes_of
from etl.intake.polygons.layer import GEOMETRY, Geometries, Layer
from etl.intake.polygons.naming import Names, municipality_of
from etl.intake.polygons.position import in_degrees, outside
from etl.intake.report import Fate, Ledger, Message, RejectedError, Report
from geo.area import Area
from geo.official import km2_of, mended, overlaps

BOUNDARY_FACTS = pa.schema(
    [
        ROW,
        pa.field("code", pa.string()),
        pa.field("name", pa.string()),
        pa.field("prefecture", pa.string()),
        pa.field("area_km2", pa.float64()),
    ]
)
"""One row per feature that is loaded; a municipality of several islands has several."""
CHECK_CODE = "コードと名前のどちらが正しいか確かめてください"
REDRAW = "どちらの境界が正しいか確かめ、重なりのないものを使ってください"


@dataclass(frozen=True, slots=True)
class Boundaries:
    """A checked file with its usable shapes: valid, longitude and latitude of JGD2011, one code (of a municipality) a shape."""

    checked: Checked
    codes: npt.NDArray[np.object_] = field(default_factory=lambda: np.empty(0, object))
    shapes: Geometries = field(default_factory=lambda: np.empty(0, object))
    headings: Mapping[str, str] = field(default_factory=dict)


def check_boundaries(material: Material, context: Names) -> Checked:
    """Return the account of a file of boundaries; never raises for bad input."""
    return read_boundaries(material, context).checked


def read_boundaries(
    material: Material, names: Names, *, crs: str = "", most_unpacked: int = UNPACKED_BYTES
) -> Boundaries:
    """Return a checked file with its shapes; see `read_layer` for what may be said about it."""
    told = {"sha256": material.sha256}
    try:
        layer = read_layer(material, crs=crs, most_unpacked=most_unpacked)
        told |= {"form": layer.form, **layer.facts}
        attributes = attributes_of(layer)
        shapes, told["crs"] = in_degrees(layer.shapes, layer.crs)
        work = _Work(layer, attributes, names, shapes)
        work.run(outside(shapes))
    except RejectedError as fault:
        report = Report.rejected(material.name, Kind.BOUNDARIES, fault, told)
        return Boundaries(Checked(report, BOUNDARY_FACTS.empty_table(), HELD.empty_table()))
    report = Report.of(material.name, Kind.BOUNDARIES, work.ledger, told)
    checked = Checked(report, work.facts(), work.held())
    loaded = work.ledger.loaded()
    return Boundaries(checked, work.codes[loaded], work.shapes[loaded], attributes.headings)


class _Work:
    """The features of one file on their way through the check; every step speaks of them by their index."""

    def __init__(self, layer: Layer, attributes: Attributes, names: Names, shapes: Geometries) -> None:
        self.layer, self.attributes, self.names, self.shapes = layer, attributes, names, shapes
        self.ledger = Ledger(np.arange(1, len(layer) + 1, dtype=np.int64))
        self.areas: list[Area | None] = [None] * len(layer)
        self.codes = np.full(len(layer), "", object)
        self.km2 = np.zeros(len(layer))

    def run(self, away: npt.NDArray[np.bool_]) -> None:
        """Give every feature its fate.

        Raises:
            RejectedError: none of them is of a municipality.
        """
        self._name()
        if (self.ledger.fates == Fate.SKIPPED).all():
            raise RejectedError(
                "市区町村の地物がありません（すべて所属未定地です）", "市区町村の境界を使ってください"
            )
        self._draw(away)
        self._count_once()
        self._hold_overlaps()

    def facts(self) -> pa.Table:
        """Return the features that are loaded."""
        loaded = self.ledger.loaded().tolist()
        areas = [self.areas[index] for index in loaded]
        columns = {
            "row": self.ledger.rows[loaded],
            "code": [self.codes[index] for index in loaded],
            "name": [area.name if area else "" for area in areas],
            "prefecture": [area.prefecture_name if area else "" for area in areas],
            "area_km2": self.km2[loaded],
        }
        return pa.table(columns, BOUNDARY_FACTS)

    def held(self) -> pa.Table:
        """Return the features in quarantine: the first fault of each, and its properties."""
        first: dict[int, Message] = {}
        for message in self.ledger.messages:
            if message.mend:
                first.setdefault(message.row, message)
        indices = self.ledger.held().tolist()
        said = [first[int(self.ledger.rows[index])] for index in indices]
        cells = [
            json.dumps({name: texts[index] for name, texts in self.layer.columns.items()}, ensure_ascii=False)
            for index in indices
        ]
        columns = {
            "row": self.ledger.rows[indices],
            "column": [message.column for message in said],
            "problem": [message.problem for message in said],
            "mend": [message.mend for message in said],
            "cells": cells,
        }
        return pa.table(columns, HELD)

    def _name(self) -> None:
        """Find the municipality of each feature; every different name is read once."""
        readings: dict[Name, BodyReading] = {}
        for index, name in enumerate(self.attributes.names):
            if UNASSIGNED in name.municipality:
                self.ledger.skip(index, "所属未定地のため対象外とします（市区町村に数えません）")
                continue
            if name not in readings:
                readings[name] = municipality_of(name, self.names)
            self._take(index, readings[name])

    def _take(self, index: int, reading: BodyReading) -> None:
        headings = self.attributes.headings
        fallback = self.attributes.name_heading
        if reading.fault is not None or reading.area is None:
            fault = reading.fault
            column = headings.get(fault.role, fallback) if fault else fallback
            problem, mend = (fault.problem, fault.mend) if fault else ("市区町村が分かりません", CHECK_CODE)
            self.ledger.hold(index, column, problem, mend)
            return
        self.areas[index] = reading.area
        self.codes[index] = reading.area.whole_code
        for repair in reading.repairs:
            column = headings.get(repair.role, fallback)
            self.ledger.repair(index, column, repair.problem, before=repair.before, after=repair.after)

    def _draw(self, away: npt.NDArray[np.bool_]) -> None:
        """Mend the shapes, and hold what cannot be mended."""
        for change in self.layer.changes:
            self.ledger.repair(
                change.index, GEOMETRY, change.problem, before=change.before, after=change.after
            )
        for fault in self.layer.faults:
            self.ledger.hold(fault.index, GEOMETRY, fault.problem, fault.mend)
        for index in np.flatnonzero(away).tolist():
            self.ledger.hold(index, GEOMETRY, "日本の外にあります", "座標と座標系を確かめてください")
        drawn = np.flatnonzero(~shapely.is_missing(self.shapes))
        broken = drawn[~shapely.is_valid(self.shapes[drawn])]
        before = km2_of(self.shapes[broken])
        self.shapes[broken] = mended(self.shapes[broken])
        whole = drawn[~shapely.is_missing(self.shapes[drawn])]
        self.km2[whole] = km2_of(self.shapes[whole])
        for index, km2 in zip(broken.tolist(), before.tolist(), strict=True):
            self._tell_mended(index, km2)
        for index in whole[self.km2[whole] <= 0].tolist():
            self.ledger.hold(index, GEOMETRY, "面積がありません", "形を直したファイルを使ってください")

    def _tell_mended(self, index: int, before: float) -> None:
        if self.shapes[index] is None:
            self.ledger.hold(index, GEOMETRY, "面積がありません", "形を直したファイルを使ってください")
            return
        after = f"{self.km2[index]:,.3f} km²"
        self.ledger.repair(
            index, GEOMETRY, "線の交差など形の誤りを直しました", before=f"{before:,.3f} km²", after=after
        )

    def _count_once(self) -> None:
        """Count a shape that is there twice for the same municipality once."""
        first: dict[tuple[object, ...], int] = {}
        loaded = self.ledger.loaded()
        bounds = shapely.bounds(self.shapes[loaded])
        for index, box in zip(loaded.tolist(), bounds.tolist(), strict=True):
            key = (self.codes[index], *box, round(self.km2[index], 9))
            other = first.setdefault(key, index)
            if other != index and self.shapes[index].equals(self.shapes[other]):
                self.ledger.count_once(index, other)

    def _hold_overlaps(self) -> None:
        loaded = self.ledger.loaded()
        if not len(loaded):
            return
        for overlap in overlaps(self.codes[loaded].tolist(), self.shapes[loaded]):
            indices = loaded[list(overlap.indices)].tolist()
            for index in indices:
                others = [other for other in indices if self.codes[other] != self.codes[index]]
                named = self._named(others[0])
                problem = (
                    f"{self._named(index)}と{named}が {overlap.km2:,.2f} km² 重なっています"
                    f"（{_rows(self.ledger, others)}）"
                )
                self.ledger.hold(index, GEOMETRY, problem, REDRAW)

    def _named(self, index: int) -> str:
        area = self.areas[index]
        return f"{area.prefecture_name}{area.name}（{self.codes[index]}）" if area else str(self.codes[index])


def _rows(ledger: Ledger, indices: list[int]) -> str:
    shown = "、".join(str(ledger.rows[index]) for index in indices[:5])
    return f"{shown}行目" if len(indices) <= 5 else f"{shown}行目ほか"
