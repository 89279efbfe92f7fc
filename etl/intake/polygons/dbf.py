"""The table of a shapefile (dBASE III): text by column, in the encoding that it is really in.

Read here and not by GDAL, because files of 国土数値情報 up to 2022 are in CP932 and many do not say so.
"""

import codecs
import struct

import numpy as np
import numpy.typing as npt

from etl.intake.polygons.layer import ASK_AGAIN
from etl.intake.report import RejectedError

_CODECS = {"932": "cp932", "SHIFT_JIS": "cp932", "SHIFT-JIS": "cp932", "SJIS": "cp932", "MS932": "cp932"}
_CODECS |= {"ANSI 932": "cp932", "WINDOWS-31J": "cp932", "65001": "utf-8"}
_DESCRIPTOR = 32
_END_OF_FIELDS = 0x0D
_DELETED = ord("*")

Table = tuple[dict[str, list[str]], npt.NDArray[np.int64]]


def read_dbf(data: bytes, said: str) -> tuple[Table, str]:
    """Return the columns, the numbers (from 0) of the records that are not deleted, and the encoding found.

    `said` is the content of the .cpg file, "" without one; where it proves wrong the other Japanese encoding is tried.

    Raises:
        RejectedError: the table is damaged, or in no encoding that is allowed.
    """
    try:
        count, header, length = struct.unpack("<IHH", data[4:12])
        fields = _fields(data[:header])
        records = np.frombuffer(data, np.uint8, count * length, header).reshape(count, length)
    except (struct.error, ValueError, IndexError) as fault:
        raise RejectedError("属性の表（.dbf）が壊れています", ASK_AGAIN) from fault
    kept = np.flatnonzero(records[:, 0] != _DELETED) if count else np.zeros(0, np.int64)
    for encoding in _candidates(said):
        try:
            return (_columns(records[kept], fields, encoding), kept), encoding
        except UnicodeDecodeError:
            continue
    raise RejectedError(
        "属性の表（.dbf）の文字コードを読めません", "UTF-8 か CP932（Shift_JIS）で保存し直してください"
    )


def _candidates(said: str) -> list[str]:
    name = said.strip().strip("\0").upper()
    try:
        first = [codecs.lookup(_CODECS.get(name, name)).name] if name else []
    except LookupError:
        first = []
    return list(dict.fromkeys([*(name for name in first if name in {"utf-8", "cp932"}), "utf-8", "cp932"]))


def _fields(header: bytes) -> list[tuple[bytes, int, int]]:
    """Return name, offset in the record and length of each field; the first byte of a record marks deletion."""
    fields, offset, place = [], 1, _DESCRIPTOR
    while header[place] != _END_OF_FIELDS:
        length = header[place + 16]
        fields.append((header[place : place + 11].split(b"\0")[0], offset, length))
        offset, place = offset + length, place + _DESCRIPTOR
    return fields


def _columns(
    records: npt.NDArray[np.uint8], fields: list[tuple[bytes, int, int]], encoding: str
) -> dict[str, list[str]]:
    return {
        name.decode(encoding).strip(): _texts(records[:, offset : offset + length], encoding)
        for name, offset, length in fields
    }


def _texts(cells: npt.NDArray[np.uint8], encoding: str) -> list[str]:
    if not cells.size:
        return [""] * len(cells)
    packed = np.ascontiguousarray(cells).view(f"S{cells.shape[1]}").ravel()
    values, place = np.unique(packed, return_inverse=True)
    # Two bytes of CP932 may hold a blank's or NUL's value only as the first, so that stripping bytes is safe at the end alone.
    texts = [bytes(value).rstrip(b" \0").decode(encoding).strip() for value in values]
    return [texts[index] for index in place]
