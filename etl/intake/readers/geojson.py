"""GeoJSON of points → a `Sheet`: properties and the point's 緯度 and 経度 as text; a record's row is the feature's number."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from etl.intake.decoding import decoded
from etl.intake.guard import Material
from etl.intake.limits import NESTING
from etl.intake.readers.cell_text import Style, number_text
from etl.intake.readers.heading import HeadingNotFoundError, IsHeading, cleaned, named_apart, refuse_wide
from etl.intake.readers.records import Read, refuse_long, sheet_of, texts, without_halves
from etl.intake.report import RejectedError
from etl.intake.sheet import CellFault, Sheet

LATITUDE, LONGITUDE = "緯度", "経度"
_ASK_AGAIN = "もう一度取得してください"
_DEGREES = ("CRS84", "4326", "6668", "4612", "6697")
"""Systems of longitude and latitude that differ by less than a metre or so in Japan."""
_CHUNK = 4 << 20
_STEPS = np.zeros(256, np.int8)
_STEPS[[*b"[{"]], _STEPS[[*b"]}"]] = 1, -1
_MEND_NUMBER = "経度・緯度の順に十進の数で書いてください"


def read_points(material: Material, is_heading: IsHeading, most_rows: int) -> Sheet:
    """Return the features of a FeatureCollection as rows.

    Raises:
        HeadingNotFoundError: the properties are not the columns that are sought.
        RejectedError: no GeoJSON, cut off, nested too deep, other coordinates than degrees, too much of anything.
    """
    text = decoded(material.data)
    features = _features(_parsed(text.data))
    refuse_long(len(features), most_rows)
    read = _read(features, is_heading)
    read.facts["encoding"] = text.encoding
    return sheet_of(read, most_rows)


def _parsed(data: bytes) -> Any:
    deepest, left_open = depth_of(data)
    if deepest > NESTING:
        problem = f"JSON の入れ子が深すぎます（上限 {NESTING}段）"
        raise RejectedError(problem, "点の一覧の GeoJSON か確かめてください")
    text = data.decode()
    if left_open:
        raise RejectedError(
            f"JSON が {len(text):,}文字目で途切れています（途中までのファイルです）", _ASK_AGAIN
        )
    try:
        return json.loads(text)
    except json.JSONDecodeError as fault:
        place = f"{fault.lineno}行目、先頭から {fault.pos + 1:,}文字目"
        raise RejectedError(f"JSON として読めません（{place}）", _ASK_AGAIN) from fault
    except (ValueError, RecursionError) as fault:  # a number of thousands of digits
        raise RejectedError("JSON として読めません", _ASK_AGAIN) from fault


def depth_of(data: bytes) -> tuple[int, bool]:
    """Return how deep a JSON text is nested, and whether it ends inside a list, an object or a text.

    It is looked at before anything is parsed, and without parsing: brackets outside of quotes are counted.
    """
    if b"\\" in data:
        data = data.replace(b"\\\\", b"__").replace(b'\\"', b"__")
    deepest, depth, is_quoted = 0, 0, False
    for start in range(0, len(data), _CHUNK):
        signs = np.frombuffer(data, np.uint8, min(_CHUNK, len(data) - start), start)
        quoted = _quoted(signs) ^ is_quoted
        depths = np.cumsum(np.where(quoted, 0, _STEPS[signs]), dtype=np.int64) + depth
        deepest, depth, is_quoted = max(deepest, int(depths.max())), int(depths[-1]), bool(quoted[-1])
    return deepest, depth > 0 or is_quoted


def _quoted(signs: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    return np.logical_xor.accumulate(signs == ord('"'))


def _features(document: Any) -> list[Any]:
    kind = document.get("type") if isinstance(document, dict) else None
    features = (
        document.get("features") if kind == "FeatureCollection" else [document] if kind == "Feature" else None
    )
    if not isinstance(features, list):
        raise RejectedError(
            "GeoJSON ではありません（FeatureCollection がありません）",
            "点の一覧の GeoJSON か CSV を使ってください",
        )
    system = json.dumps(document.get("crs") or "")
    if document.get("crs") and not any(name in system for name in _DEGREES):
        raise RejectedError(
            "座標系が経度・緯度（JGD2011、WGS84）ではありません", "EPSG:6668 か EPSG:4326 に変換してください"
        )
    return features


def _read(features: Sequence[Any], is_heading: IsHeading) -> Read:
    properties = [_properties(feature) for feature in features]
    keys = list(dict.fromkeys(key for each in properties for key in each))
    refuse_wide(len(keys) + 2, 0)
    names = named_apart([LATITUDE, LONGITUDE, *cleaned(map(without_halves, keys))])
    headings = [*names[2:], LATITUDE, LONGITUDE]
    if not is_heading(headings):
        raise HeadingNotFoundError([headings])
    columns = {
        name: texts([_text(each.get(key)) for each in properties])
        for key, name in zip(keys, names[2:], strict=True)
    }
    points = [_point(feature) for feature in features]
    columns[LATITUDE], columns[LONGITUDE] = (
        texts(lat for lat, _, _ in points),
        texts(lon for _, lon, _ in points),
    )
    faults = [
        CellFault(index, LATITUDE, problem, _MEND_NUMBER)
        for index, (_, _, problem) in enumerate(points)
        if problem
    ]
    return Read(
        columns, np.arange(1, len(features) + 1, dtype=np.int64), faults=faults, facts={"heading_row": "0"}
    )


def _properties(feature: Any) -> Mapping[str, Any]:
    found = feature.get("properties") if isinstance(feature, dict) else None
    return found if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    """Return a property as text; "" where there is none."""
    if value is None:
        return ""
    if isinstance(value, str):
        return without_halves(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return number_text(repr(value), Style()) or repr(value)
    return without_halves(json.dumps(value, ensure_ascii=False))


def _point(feature: Any) -> tuple[str, str, str]:
    """Return latitude, longitude and what is wrong with them; a feature without geometry has no point, which is allowed."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if geometry is None:
        return "", "", "" if isinstance(feature, dict) else "地物ではありません"
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind != "Point":
        return "", "", "点（Point）ではない図形です"
    pair = geometry.get("coordinates")
    if pair == []:
        return "", "", ""
    numbers = pair[:2] if isinstance(pair, list) else []
    if len(numbers) < 2 or not all(
        isinstance(each, (int, float)) and not isinstance(each, bool) for each in numbers
    ):
        return "", "", "座標が2つの数ではありません"
    lon, lat = (_text(each) for each in numbers)
    is_finite = all(math.isfinite(each) for each in numbers)
    return lat, lon, "" if is_finite else "座標が数ではありません（NaN か無限大）"
