"""Bytes that should be JSON → what they say, or one sentence about what is wrong with them."""

import codecs
import json
import re
from typing import Any

from etl.intake.limits import NESTING
from etl.intake.polygons.layer import ASK_AGAIN
from etl.intake.report import RejectedError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# So many that are opened without one that is closed between them.
_DEEP = re.compile(rf"(?:[\[{{][^\[\]{{}}]*+){{{NESTING + 1}}}")


def looks_like_json(data: bytes) -> bool:
    """Whether the first sign of the file opens an object or a list."""
    head = data[:200]
    for mark, name in _MARKS:
        if head.startswith(mark):
            head = head[: len(head) // 2 * 2].decode(name, "ignore").encode()
    return head.lstrip()[:1] in (b"{", b"[")


def parsed(data: bytes) -> tuple[Any, str]:
    """Return what the file says and its encoding.

    Raises:
        RejectedError: it is no JSON, is cut off, is nested too deep, or has numbers that are none.
    """
    text, encoding = _decoded(data)
    if _DEEP.search(text):
        raise _too_deep()
    try:
        return json.loads(text, parse_constant=_no_number), encoding
    except RecursionError as fault:
        raise _too_deep() from fault
    except json.JSONDecodeError as fault:
        raise _broken(text, fault) from fault


def _decoded(data: bytes) -> tuple[str, str]:
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    for name in (marked,) if marked else ("utf-8", "cp932"):
        try:
            return data.decode(name), name
        except UnicodeDecodeError:
            continue
    raise RejectedError(
        "文字コードを読めません（UTF-8 でも CP932 でもありません）", "UTF-8 で保存し直してください"
    )


def _no_number(name: str) -> None:
    raise RejectedError(f"数ではない値 {name} があります", ASK_AGAIN)


def _too_deep() -> RejectedError:
    return RejectedError(
        f"JSON の入れ子が深すぎます（上限 {NESTING}段）", "市区町村の境界の GeoJSON か確かめてください"
    )


def _broken(text: str, fault: json.JSONDecodeError) -> RejectedError:
    if fault.pos >= len(text.rstrip()) or fault.msg.startswith("Unterminated string"):
        problem = f"JSON が {len(text):,}文字目で途切れています（途中までのファイルです）"
        return RejectedError(problem, ASK_AGAIN)
    problem = f"JSON として読めません（{fault.lineno}行目 {fault.colno}文字目）"
    return RejectedError(problem, ASK_AGAIN)
