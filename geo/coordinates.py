"""Printed latitudes and longitudes → degrees of JGD2011, in every notation that Japanese lists use.

Plain decimals are read as a whole column; the rest (full-width digits, 35°40′08″, 35度40分8秒, 35.40.08, N35.66, 北緯35.66) once
for each distinct text. Nothing is judged here: whether a number is a latitude, and whether the point is where the row says.
"""

import math
import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Floats = npt.NDArray[np.float64]

DECIMALS = 6
"""Of a coordinate written by us: 0.1 m, finer than any list measures."""

# Signs that NFKC would turn into something else (º into o, ″ into two primes).
_SIGNS = str.maketrans(
    dict.fromkeys("º˚゜ﾟ", "°")
    | dict.fromkeys("″”“＂〃", '"')
    | dict.fromkeys("′’‘＇´｀`", "'")
    | dict.fromkeys("−‐‑–—―─ー", "-")
)
_PLAIN = r"^-?[0-9]{1,15}(\.[0-9]{0,17})?$"
_ANGLE = re.compile(
    r"(?P<before>北緯|南緯|東経|西経|緯度|経度|[NSEW])?\s*[:=]?\s*(?P<sign>[+-]?)\s*(?P<degrees>[0-9]{1,3})"
    r"(?:(?P<fraction>\.[0-9]*)?\s*[°度]?"
    r"|\s*[°度]\s*(?P<minutes>[0-9]{1,2}(?:\.[0-9]*)?)\s*['分]?(?:\s*(?P<seconds>[0-9]{1,2}(?:\.[0-9]*)?)\s*(?:\"|''|秒)?)?"
    r"|(?P<mark>[:\s]|\.)(?P<minutes2>[0-9]{1,2})(?P=mark)(?P<seconds2>[0-9]{1,2}(?:\.[0-9]*)?)"
    r")\s*(?P<after>[NSEW])?"
)
_EXPONENT = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?[Ee][+-]?[0-9]{1,3}")
_NOTHING = re.compile(r"[\s-]*")
_NEGATIVE = frozenset({"南緯", "西経", "S", "W"})


class CoordinateError(ValueError):
    """A text that is no latitude or longitude in any notation."""


class Notation(IntEnum):
    """How a coordinate is printed."""

    EMPTY = 0
    PLAIN = 1
    MENDED = 2
    UNREADABLE = 3


class Datum(StrEnum):
    """What a list says its coordinates are measured from. The world datums agree within about a metre where nothing moved."""

    WORLD = "world"
    TOKYO = "tokyo"


@dataclass(frozen=True, slots=True)
class Degrees:
    """A column of coordinates: `values` in degrees (nan where there is none), and the `Notation` of each."""

    values: Floats
    notations: npt.NDArray[np.uint8]


def read_degrees(printed: pa.Array) -> Degrees:
    """Return the degrees of a column of text."""
    texts = pc.utf8_trim_whitespace(pc.fill_null(printed, ""))
    is_plain = pc.match_substring_regex(texts, _PLAIN)
    values = pc.cast(pc.if_else(is_plain, texts, None), pa.float64()).to_numpy(zero_copy_only=False)
    notations = np.where(is_plain.to_numpy(zero_copy_only=False), Notation.PLAIN, Notation.EMPTY).astype(
        np.uint8
    )
    rest = np.flatnonzero(
        pc.and_(pc.invert(is_plain), pc.not_equal(texts, "")).to_numpy(zero_copy_only=False)
    )
    if len(rest):
        values = values.copy()
        known = texts.take(pa.array(rest)).dictionary_encode()
        read = [_read_or_none(text) for text in known.dictionary.to_pylist()]
        which = known.indices.to_numpy()
        values[rest] = np.array([value for value, _ in read])[which]
        notations[rest] = np.array([notation for _, notation in read], np.uint8)[which]
    return Degrees(values, notations)


def parse_degrees(printed: str) -> float:
    """Return the degrees of one printed coordinate; south and west are negative.

    Raises:
        CoordinateError: words, infinity, minutes or seconds of 60 and more.

    >>> [round(parse_degrees(s), 6) for s in ("35°40′08″", "３５．５", "35.40.08", "北緯35度40分8秒", "E139.5")]
    [35.668889, 35.5, 35.668889, 35.668889, 139.5]
    """
    text = unicodedata.normalize("NFKC", printed.translate(_SIGNS)).translate(_SIGNS).strip()
    if _EXPONENT.fullmatch(text):
        value = float(text)
        if not math.isfinite(value):
            raise CoordinateError("not finite")
        return value
    found = _ANGLE.fullmatch(text)
    if found is None:
        raise CoordinateError("no coordinate in any notation")
    return -_size(found) if _is_negative(found) else _size(found)


def tokyo_to_world(lat: Any, lon: Any) -> tuple[Any, Any]:
    """Return latitude and longitude of JGD from those of the Tokyo Datum (旧日本測地系), in degrees.

    The linear approximation in common use. It stays within 0.0002° (20 m) of the three-parameter shift north of 30° N, and within
    0.00025° in the southern islands.
    """
    world_lat = lat - 0.00010695 * lat + 0.000017464 * lon + 0.0046017
    world_lon = lon - 0.000046038 * lat - 0.000083043 * lon + 0.010040
    return world_lat, world_lon


def datum_of(printed: str) -> Datum | None:
    """Return the datum a cell or file names; nothing said is the world's, None is not known.

    >>> datum_of("旧日本測地系"), datum_of("日本測地系2011"), datum_of("EPSG:4301")
    (<Datum.TOKYO: 'tokyo'>, <Datum.WORLD: 'world'>, <Datum.TOKYO: 'tokyo'>)
    """
    text = re.sub(r"[\s\-_.:/()]", "", unicodedata.normalize("NFKC", printed)).upper()
    return _DATUMS.get(text)


_DATUMS = {
    **dict.fromkeys(
        ("旧日本測地系", "日本測地系", "旧測地系", "日本測地系旧", "日本測地系TOKYO", "旧日本測地系TOKYO"),
        Datum.TOKYO,
    ),
    **dict.fromkeys(
        ("TOKYO", "TOKYODATUM", "TOKYO97", "EPSG4301", "4301", "BESSEL", "ベッセル"), Datum.TOKYO
    ),
    **dict.fromkeys(
        ("", "世界測地系", "新測地系", "日本測地系2000", "日本測地系2011", "日本測地系2024"), Datum.WORLD
    ),
    **dict.fromkeys(
        ("JGD2000", "JGD2011", "JGD2024", "世界測地系JGD2000", "世界測地系JGD2011", "世界測地系JGD2024"),
        Datum.WORLD,
    ),
    **dict.fromkeys(
        ("WGS84", "世界測地系WGS84", "ITRF94", "GRS80", "EPSG4326", "EPSG4612", "EPSG6668"), Datum.WORLD
    ),
    **dict.fromkeys(("4326", "4612", "6668", "WGS1984"), Datum.WORLD),
    **dict.fromkeys(("測地成果2000", "測地成果2011", "測地成果2024"), Datum.WORLD),
    **dict.fromkeys(
        ("世界測地系測地成果2000", "世界測地系測地成果2011", "世界測地系測地成果2024"), Datum.WORLD
    ),
}


def written_degrees(value: float) -> str:
    """Return degrees as a list writes them: 35.668889, without needless zeros."""
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")


def _read_or_none(text: str) -> tuple[float, Notation]:
    if _NOTHING.fullmatch(unicodedata.normalize("NFKC", text.translate(_SIGNS))):
        return math.nan, Notation.EMPTY
    try:
        return parse_degrees(text), Notation.MENDED
    except CoordinateError:
        return math.nan, Notation.UNREADABLE


def _size(found: re.Match[str]) -> float:
    minutes = found["minutes"] or found["minutes2"] or "0"
    seconds = found["seconds"] or found["seconds2"] or "0"
    if float(minutes) >= 60 or float(seconds) >= 60 or ("." in minutes and found["seconds"]):
        raise CoordinateError("minutes or seconds that do not exist")
    whole = float(found["degrees"] + (found["fraction"] or ""))
    return whole + float(minutes) / 60 + float(seconds) / 3600


def _is_negative(found: re.Match[str]) -> bool:
    return found["sign"] == "-" or found["before"] in _NEGATIVE or found["after"] in _NEGATIVE
