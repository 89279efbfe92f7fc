"""Bytes of a text file → UTF-8, by the few encodings that Japanese lists come in; every other one is refused by its name.

Nothing is guessed by likelihood: UTF-8 if every byte fits, else CP932 if every byte fits and nothing speaks for another encoding.
UTF-16 needs its mark.
"""

import codecs
import io
import re
from dataclasses import dataclass

import pyarrow as pa

from etl.intake.report import RejectedError

SAVE_AS = "ファイル全体を UTF-8 か CP932（Shift_JIS）で保存し直してください"
FETCH_AGAIN = "もう一度取得してください"
_CHUNK = 1 << 20
_ESCAPES = re.compile(rb"\x1b(?:\$[@B(]|\([BJI])")
_NEVER_IN_EUC = bytes([*range(0x80, 0x8E), *range(0x90, 0xA1), 0xFF])
_EUC_SAMPLE = 1 << 20
_EUC_CHARACTERS = re.compile(rb"[\xa1-\xfe]{2}|\x8e[\xa1-\xdf]|\x8f[\xa1-\xfe]{2}")
_HIGH = bytes(range(0x80, 0x100))
# Three characters of Japanese in UTF-8. CP932 reads them as rare kanji in an order that no text has.
_UTF8_WORD = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){3}")
_UTF16_NULS = 20
"""UTF-16 without its mark: at least one byte in so many is NUL, for every separator and digit has one."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text as UTF-8 without a mark, and the encoding it came in: utf-8, utf-8-sig, cp932 or utf-16."""

    data: bytes
    encoding: str


def decoded(data: bytes) -> Decoded:
    """Return the text of a file as UTF-8.

    Raises:
        RejectedError: another encoding, two encodings in one file, or a file that is cut off inside a character.
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _unsupported("UTF-32")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(data)
    if data.startswith(codecs.BOM_UTF8):
        body = data[len(codecs.BOM_UTF8) :]
        if not is_utf8(body):
            raise _not_one_encoding(data)
        return Decoded(body, "utf-8-sig")
    if (nuls := data.count(0)) * _UTF16_NULS > len(data):
        # Every character of UTF-32 has two bytes of NUL at least.
        raise _unsupported(f"{'UTF-32' if nuls * 2 > len(data) else 'UTF-16'}（先頭の印 BOM のないもの）")
    if is_utf8(data):
        if data.isascii() and _ESCAPES.search(data):
            raise _unsupported("ISO-2022-JP（JIS コード）")
        return Decoded(data, "utf-8")
    return Decoded(_from_cp932(data), "cp932")


def is_utf8(data: bytes) -> bool:
    """Whether every byte fits UTF-8, without a copy of the text."""
    if data.isascii():
        return True
    ends = pa.array([0, len(data)], pa.int64()).buffers()[1]
    text = pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(data)])
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def row_at(data: bytes, offset: int) -> int:
    """Return the number of the record that holds a byte; a line break between quotes ends no record."""
    outside = data[:offset].split(b'"')[::2]
    return 1 + sum(part.count(b"\n") + part.count(b"\r") - part.count(b"\r\n") for part in outside)


def _unsupported(name: str) -> RejectedError:
    return RejectedError(f"文字コード {name} には対応していません", SAVE_AS)


def _truncated(data: bytes, offset: int) -> RejectedError:
    row = row_at(data, offset)
    problem = f"ファイルが文字の途中で切れています（最後の行、{offset + 1:,}バイト目）"
    return RejectedError(problem, FETCH_AGAIN, row=row)


def _utf16(data: bytes) -> Decoded:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as fault:
        before = data[: fault.start // 2 * 2].decode("utf-16", "replace").encode()
        if "truncated" in fault.reason or "unexpected end" in fault.reason:
            problem = f"ファイルが文字の途中で切れています（最後の行、{fault.start + 1:,}バイト目）"
            raise RejectedError(problem, FETCH_AGAIN, row=row_at(before, len(before))) from fault
        problem = f"UTF-16 として読めません（{fault.start + 1:,}バイト目）"
        raise RejectedError(problem, SAVE_AS, row=row_at(before, len(before))) from fault
    return Decoded(text.encode(), "utf-16")


def _from_cp932(data: bytes) -> bytes:
    """Return the UTF-8 of CP932, in pieces: a text of one piece would take four times the file."""
    if _is_euc(data):
        raise _unsupported("EUC-JP")
    decoder, text = codecs.getincrementaldecoder("cp932")(), io.BytesIO()
    try:
        for start in range(0, len(data), _CHUNK):
            text.write(decoder.decode(data[start : start + _CHUNK]).encode())
    except UnicodeDecodeError as fault:
        raise _not_one_encoding(data) from fault
    if _cut_at(data) is not None or _UTF8_WORD.search(data):
        raise _not_one_encoding(data)
    if decoder.getstate()[0]:
        raise _truncated(data, len(data) - 1)
    return text.getvalue()


def _is_euc(data: bytes) -> bool:
    """Whether the bytes are EUC-JP, which CP932 would read as half-width kana."""
    sample = data[:_EUC_SAMPLE]
    if len(sample.translate(None, _NEVER_IN_EUC)) < len(sample):
        return False
    left = _EUC_CHARACTERS.sub(b"", sample[:-1])
    return len(left) - len(left.translate(None, _HIGH)) <= 1


def _cut_at(data: bytes) -> int | None:
    """Return where a Japanese UTF-8 text ends inside a character, None where it does not."""
    for missing_from in range(max(0, len(data) - 3), len(data)):
        lead = data[missing_from]
        needed = (
            2 if 0xC2 <= lead <= 0xDF else 3 if 0xE0 <= lead <= 0xEF else 4 if 0xF0 <= lead <= 0xF4 else 0
        )
        rest = data[missing_from + 1 :]
        if needed > len(rest) + 1 and all(0x80 <= byte <= 0xBF for byte in rest):
            whole = data[:missing_from]
            return missing_from if not whole.isascii() and is_utf8(whole) else None
    return None


def _not_one_encoding(data: bytes) -> RejectedError:
    """Return the rejection that names the first row which does not fit the encoding of the rows before it."""
    cut = _cut_at(data)
    if cut is not None:
        return _truncated(data, cut)
    name, offset = "", 0
    for line in data.split(b"\n"):
        if not line.isascii():
            name = name or _encoding_of(line)
            bad = _misfit(line, name)
            if bad is not None:
                return _misfit_told(data, offset, bad, name)
        offset += len(line) + 1
    return RejectedError("文字コードを判別できません", SAVE_AS)


def _misfit_told(data: bytes, line_start: int, bad: int, name: str) -> RejectedError:
    row, place = row_at(data, line_start), f"{line_start + bad + 1:,}バイト目"
    if not name:
        return RejectedError(f"文字コードを判別できません（{place}）", SAVE_AS, row=row)
    line = data[line_start:].split(b"\n", 1)[0]
    other = _encoding_of(line)
    doubt = f"。この行は {other} のようで、2つの文字コードが混ざっています" if other not in ("", name) else ""
    return RejectedError(f"{place}が {name} として読めません{doubt}", SAVE_AS, row=row)


def _encoding_of(line: bytes) -> str:
    return next((name for name in ("UTF-8", "CP932") if _first_bad(line, name) is None), "")


def _misfit(line: bytes, name: str) -> int | None:
    """Return the first byte of a line that does not fit; a line of UTF-8 among CP932 misfits at its first character."""
    if not name:
        return _first_bad(line, "utf-8")
    bad = _first_bad(line, name)
    if bad is None and name == "CP932" and _UTF8_WORD.search(line) and is_utf8(line):
        return next(place for place, byte in enumerate(line) if byte > 0x7F)
    return bad


def _first_bad(data: bytes, encoding: str) -> int | None:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as fault:
        return fault.start
    return None
