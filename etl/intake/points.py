"""Latitudes and longitudes of a list → points that lie where their rows say, or the reason why not.

The whole list is read and located as columns; only rows that are unusual cost Python. Exchanged axes and a longitude less 360 are
mended only if the mended point lies in the municipality named, and a shifted datum only if the list declares it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from etl.intake.columns import side_by_side
from etl.intake.report import Indices
from geo.coordinates import (
    Datum,
    Degrees,
    Floats,
    Notation,
    datum_of,
    read_degrees,
    tokyo_to_world,
    written_degrees,
)
from geo.locate import NOWHERE, Codes, Locator, code_of
from geo.mesh import GRID_125M

Mask = npt.NDArray[np.bool_]

LEAST_TOLERANCE_M = 50.0
"""Real lists disagree with good boundaries by up to 30 m on borders and coasts, and by 116 m and more where they are wrong."""

_MEND_FORM = "十進の度（例：緯度35.668889、経度139.477778）で書くか、両方とも空にしてください"
_MEND_PLACE = "資料で確かめ、座標か市区町村を直してください"
_MEND_DATUM = "測地系は「JGD2011」「世界測地系」「旧日本測地系」のどれかで書いてください"
_NO_POINT = "市区町村だけに数え、地図に点を置きません"

AS_PRINTED, EXCHANGED, LESS_360 = 0, 1, 2
"""How a point had to be mended; the last two are flags that may stand together."""
_HOW = {EXCHANGED: "緯度と経度を入れ替えました", LESS_360: "経度に360を足しました"}


@dataclass(frozen=True, slots=True)
class PointRepair:
    """One coordinate brought into decimal degrees of the world datum on its right axis ("lat" or "lon")."""

    index: int
    axis: str
    before: str
    after: str
    problem: str


@dataclass(frozen=True, slots=True)
class PointFault:
    """Why the point of a row cannot be taken; it is told at the latitude."""

    index: int
    problem: str
    mend: str


@dataclass(frozen=True, slots=True)
class PointNote:
    """Something to know of a point that changes neither it nor the row's fate."""

    index: int
    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """Points of all rows, one entry per row.

    `lat` and `lon` are degrees of JGD2011, nan where a row has no point (or a fault). `codes_by_point` is the municipality of the
    point for rows that name none, "" for all others.
    """

    lat: Floats
    lon: Floats
    codes_by_point: Codes
    repairs: list[PointRepair] = field(default_factory=list)
    faults: list[PointFault] = field(default_factory=list)
    notes: list[PointNote] = field(default_factory=list)


def read_points(  # noqa: PLR0917 - four columns of the list, and what they are compared with
    lat: pa.Array,
    lon: pa.Array,
    codes: pa.Array,
    datum: pa.Array | None,
    locator: Locator,
    names: Callable[[str], str],
) -> Points:
    """Return the points of a list.

    `codes` are the municipalities of the rows (five digits; NN000 asks for the prefecture only, "" asks nothing), `datum` what
    each row says of its datum, `names` gives the full name of a code for messages.
    """
    return _Reader((_whole(lat), _whole(lon)), _whole(codes), locator, names).read(
        None if datum is None else _whole(datum)
    )


class _Reader:
    """The columns of one list on their way to points; `is_open` are the rows whose point is still to be taken."""

    def __init__(
        self,
        printed: tuple[pa.Array, pa.Array],
        codes: pa.Array,
        locator: Locator,
        names: Callable[[str], str],
    ) -> None:
        self._printed = printed
        self._codes = pc.fill_null(codes, "").dictionary_encode()
        self._locator, self._names = locator, names
        self._tolerance = max(LEAST_TOLERANCE_M, locator.precision_m)
        self._measured: dict[tuple[str, float, float], float] = {}
        self._read = tuple(side_by_side(read_degrees, printed))
        self._lat, self._lon = (axis.values for axis in self._read)
        rows = len(codes)
        self._how = np.zeros(rows, np.uint8)
        self._is_open: Mask = np.ones(rows, np.bool_)
        self._is_shifted: Mask = np.zeros(rows, np.bool_)
        self._points = Points(np.full(rows, np.nan), np.full(rows, np.nan), np.full(rows, "", object))

    def read(self, datum: pa.Array | None) -> Points:
        self._close_unreadable(*self._read)
        self._close_without_point(*self._read)
        self._orient()
        if datum is not None:
            self._shift(datum)
        self._locate()
        kept = self._is_open
        self._points.lat[kept], self._points.lon[kept] = self._lat[kept], self._lon[kept]
        self._points.repairs.extend(self._repairs())
        self._points.faults.sort(key=lambda fault: fault.index)
        self._points.notes.sort(key=lambda note: note.index)
        return self._points

    def _fault(self, index: int | np.int64, problem: str, mend: str) -> None:
        self._is_open[index] = False
        self._points.faults.append(PointFault(int(index), problem, mend))

    def _note(self, index: int | np.int64, text: str) -> None:
        self._points.notes.append(PointNote(int(index), text))

    def _close_unreadable(self, lat: Degrees, lon: Degrees) -> None:
        is_unreadable = (lat.notations == Notation.UNREADABLE) | (lon.notations == Notation.UNREADABLE)
        for index in np.flatnonzero(is_unreadable):
            self._fault(index, "緯度・経度を数として読めません", _MEND_FORM)

    def _close_without_point(self, lat: Degrees, lon: Degrees) -> None:
        """Close rows without coordinates: they count for their municipality."""
        has_lat, has_lon = lat.notations != Notation.EMPTY, lon.notations != Notation.EMPTY
        empty = np.flatnonzero(self._is_open & ~has_lat & ~has_lon)
        half = np.flatnonzero(self._is_open & (has_lat != has_lon))
        zero = np.flatnonzero(self._is_open & (self._lat == 0) & (self._lon == 0))
        if len(empty):
            self._note(empty[0], f"緯度・経度が空の行（この行から数えて{len(empty):,}行）は、{_NO_POINT}")
        for index in half:
            self._note(index, f"緯度・経度の一方しかないため、{_NO_POINT}")
        for index in zero:
            self._note(index, f"緯度・経度が0,0のため、{_NO_POINT}")
        for indices in (empty, half, zero):
            self._is_open[indices] = False

    def _orient(self) -> None:
        """Exchange axes and add 360 degrees where only that brings a point to Japan; whether rightly is asked when locating."""
        outside = np.flatnonzero(self._is_open & ~_in_japan(self._lat, self._lon))
        lat, lon = self._lat[outside], self._lon[outside]
        settled = np.zeros(len(outside), np.bool_)
        for how, tried in (
            (EXCHANGED, (lon, lat)),
            (LESS_360, (lat, lon + 360)),
            (EXCHANGED | LESS_360, (lon, lat + 360)),
        ):
            fits = ~settled & _in_japan(*tried)
            rows = outside[fits]
            if len(rows):
                self._lat, self._lon = self._lat.copy(), self._lon.copy()
                self._lat[rows], self._lon[rows], self._how[rows] = tried[0][fits], tried[1][fits], how
            settled |= fits
        has_code = self._named(outside) != NOWHERE
        for index in outside[~(settled & has_code)]:
            self._fault(
                index, "緯度・経度が日本の範囲（緯度20～46度、経度122～154度）にありません", _MEND_FORM
            )

    def _shift(self, datum: pa.Array) -> None:
        """Convert the points of rows that declare the Tokyo Datum."""
        declared = pc.fill_null(datum, "").dictionary_encode()
        which = declared.indices.to_numpy(zero_copy_only=False)
        known = [datum_of(text) for text in declared.dictionary.to_pylist()]
        is_unknown = np.array([one is None for one in known], np.bool_)[which]
        for index in np.flatnonzero(self._is_open & is_unknown):
            self._fault(index, "測地系の名前が分かりません", _MEND_DATUM)
        is_tokyo = np.array([one is Datum.TOKYO for one in known], np.bool_)[which]
        self._is_shifted = self._is_open & is_tokyo
        world = tokyo_to_world(self._lat, self._lon)
        self._lat = np.where(self._is_shifted, world[0], self._lat)
        self._lon = np.where(self._is_shifted, world[1], self._lon)

    def _locate(self) -> None:
        """Compare every point with the municipality of its row."""
        rows = np.flatnonzero(self._is_open)
        found, named = self._locator.numbers(self._lon[rows], self._lat[rows]), self._named(rows)
        for place in np.flatnonzero((found != named) | (named == NOWHERE)):
            index, code, by_point = int(rows[place]), code_of(named[place]), code_of(found[place])
            if not code:
                self._take_code(index, by_point)
            elif not (code.endswith("000") and by_point.startswith(code[:2])):
                self._judge(index, code, by_point)

    def _named(self, rows: Indices) -> Indices:
        """Return the number of the municipality that each row names."""
        numbers = [int(code or NOWHERE) for code in self._codes.dictionary.to_pylist()]
        named: Indices = np.array(numbers, np.int64)[self._codes.indices.to_numpy()[rows]]
        return named

    def _take_code(self, index: int, by_point: str) -> None:
        """Give a row that names no municipality the one of its point."""
        metres = 0.0
        if not by_point:
            by_point, metres = self._locator.nearest(float(self._lon[index]), float(self._lat[index]))
        if metres > self._tolerance:
            said = (
                f"点はどの市区町村の区域にもありません（最も近い{self._names(by_point)}まで{_far(metres)}）"
            )
            self._fault(index, said, "緯度・経度を確かめるか、市区町村名を書いてください")
            return
        self._points.codes_by_point[index] = by_point
        if metres:
            self._note(
                index, f"点は{self._names(by_point)}の区域から{_far(metres)}外ですが、境界の精度の範囲内です"
            )

    def _judge(self, index: int, code: str, by_point: str) -> None:
        """Accept a point just outside its municipality; refuse one that contradicts it."""
        metres = self._metres_to(code, index)
        if metres == 0:  # exactly on a border, where the smaller code was found
            return
        name = self._names(code)
        if metres <= self._tolerance:
            self._note(index, f"点は{name}の区域から{_far(metres)}外ですが、境界の精度の範囲内です")
            return
        where = (
            f"点は{self._names(by_point)}にあり"
            if by_point
            else "点は海の上など、どの市区町村の区域でもない場所にあり"
        )
        distance = f"{_far(metres)}離れています" if np.isfinite(metres) else "離れています"
        said = f"{where}、市区町村の{name}から{distance}"
        if self._how[index] & EXCHANGED:
            said = f"緯度と経度が逆のようですが、入れ替えても{name}に入りません（{said}）"
        self._fault(index, said, _MEND_PLACE)

    def _metres_to(self, code: str, index: int) -> float:
        key = (code, float(self._lon[index]), float(self._lat[index]))
        if key not in self._measured:
            self._measured[key] = self._locator.metres_to(*key)
        return self._measured[key]

    def _repairs(self) -> Iterator[PointRepair]:
        """Yield each coordinate that is not loaded as it is printed."""
        lat, lon = (axis.notations == Notation.MENDED for axis in self._read)
        changed = np.flatnonzero(self._is_open & (lat | lon | (self._how != AS_PRINTED) | self._is_shifted))
        for index in changed:
            yield from self._row_repairs(int(index), (bool(lat[index]), bool(lon[index])))

    def _row_repairs(self, index: int, is_mended: tuple[bool, bool]) -> Iterator[PointRepair]:
        how, is_shifted = int(self._how[index]), bool(self._is_shifted[index])
        texts = [column[index].as_py() or "" for column in self._printed]
        for axis, (name, value) in enumerate((("lat", self._lat[index]), ("lon", self._lon[index]))):
            source = 1 - axis if how & EXCHANGED else axis
            is_360 = bool(how & LESS_360) and axis == 1
            if not (how & EXCHANGED or is_360 or is_shifted or is_mended[axis]):
                continue
            is_text_kept = not (is_360 or is_shifted or is_mended[source])
            after = texts[source].strip() if is_text_kept else written_degrees(float(value))
            said = [words for flag, words in _HOW.items() if how & flag]
            said += ["旧日本測地系から換算しました"] * is_shifted + ["度の小数に直しました"] * is_mended[
                source
            ]
            yield PointRepair(index, name, texts[axis], after, "、".join(said))


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _in_japan(lat: Floats, lon: Floats) -> Mask:
    west, south = GRID_125M.lonlat_of(0, 0)
    east, north = GRID_125M.lonlat_of(GRID_125M.cols, GRID_125M.rows)
    inside: Mask = (lat >= south) & (lat <= north) & (lon >= west) & (lon <= east)
    return inside


def _far(metres: float) -> str:
    """Return a distance in words: 約30m, 約1.1km, 約150km."""
    if metres < 1000:
        return f"約{max(round(metres), 1)}m"
    return f"約{metres / 1000:.1f}km" if metres < 10_000 else f"約{metres / 1000:,.0f}km"
