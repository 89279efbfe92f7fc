"""One cell of a curated table: the printed text → a typed value, or why not.

Typed values are strict on purpose: Python itself would read １２, 1_000 and " 12 " as numbers.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from etl.schema import Column, FieldType

TYPE_NAMES = {
    FieldType.INTEGER: "整数",
    FieldType.NUMBER: "数",
    FieldType.BOOLEAN: "true か false",
    FieldType.DATE: "日付（例 2022-07-29）",
    FieldType.YEAR: "年度を表す西暦4桁",
}
Printed = TypeVar("Printed")
Read = TypeVar("Read")
Value = str | int | float | bool | date

_SHAPES = {
    FieldType.INTEGER: re.compile(r"-?(?:0|[1-9][0-9]{0,17})"),
    FieldType.NUMBER: re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]+)?"),
    FieldType.BOOLEAN: re.compile(r"true|false"),
    FieldType.DATE: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    FieldType.YEAR: re.compile(r"[12][0-9]{3}"),
}
_CONVERT: dict[FieldType, Callable[[str], Value]] = {
    FieldType.STRING: str,
    FieldType.INTEGER: int,
    FieldType.NUMBER: float,
    FieldType.BOOLEAN: "true".__eq__,
    FieldType.DATE: date.fromisoformat,
    FieldType.YEAR: int,
}
# Control characters, zero-width and direction marks: never seen on screen, never equal to what they look like.
# Variation selectors (U+FE00…, U+E0100…) stay: printed names use them.
_INVISIBLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def hidden_character(text: str) -> str:
    """Return the code point of the first invisible character, or an empty string."""
    found = _INVISIBLE.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def typed(text: str, column: Column) -> tuple[Value | None, str, str]:
    """Return (value, problem, mend) of one non-empty cell; the problem is empty when all is well."""
    if hidden_character(text):
        return None, f"見えない文字 {hidden_character(text)} があります", "その文字を消してください"
    if text != text.strip():
        return None, "前後に空白があります", "空白を消してください"
    shape = _SHAPES.get(column.type)
    if shape is not None and not shape.fullmatch(text):
        return None, f"「{shown(text)}」は{TYPE_NAMES[column.type]}ではありません", "半角で書き直してください"
    try:
        value = _CONVERT[column.type](text)
    except ValueError:
        return None, f"「{shown(text)}」という日はありません", "資料の日付を確かめてください"
    problem, mend = _broken_rule(text, value, column)
    return (None if problem else value), problem, mend


def or_none(read: Callable[[Printed], Read], printed: Printed) -> Read | None:
    """Return what `read` makes of something printed, or None where it refuses it (a fault of its own)."""
    try:
        return read(printed)
    except ValueError:
        return None


def shown(text: str) -> str:
    """Shorten a cell for a message."""
    return text if len(text) <= 40 else text[:40] + "…"


def _broken_rule(text: str, value: Value, column: Column) -> tuple[str, str]:
    if column.allowed and text not in column.allowed:
        return f"「{shown(text)}」は使えない値です", f"次のどれかにしてください: {'・'.join(column.allowed)}"
    if column.pattern is not None and not column.pattern.fullmatch(text):
        return f"「{shown(text)}」の形が違います", f"形は {column.pattern.pattern} です"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if column.minimum is not None and value < column.minimum:
            return f"{text} は小さすぎます", f"{column.minimum:g} 以上です。資料を確かめてください"
        if column.maximum is not None and value > column.maximum:
            return f"{text} は大きすぎます", f"{column.maximum:g} 以下です。資料を確かめてください"
    return "", ""
