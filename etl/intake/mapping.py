"""Own layouts: which heading of a file is which of our columns, proposed, confirmed by a person, and kept as TOML.

Nothing of a proposal is taken by itself: a mapping counts once a person has handed it in with the file.
"""

import json
from collections.abc import Mapping, Sequence

from etl.intake.facts import Kind
from etl.intake.layouts import Layout, hints, layouts_of, normal, words_of

_UNSEEN_BY_JSON = {0x7F: "\\u007f"}


def needed(kind: Kind) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns that a list of this kind must have, and those of which it must have one."""
    ground = _ground(kind)
    return ground.required, ground.needs_one_of


def proposed(kind: Kind, headings: Sequence[str]) -> dict[str, str]:
    """Return, for each column that one of `headings` may be, that heading; each heading for one column.

    >>> proposed(Kind.PLACES, ["サロンの名前", "所在地", "緯度"])
    {'address': '所在地', 'lat': '緯度', 'name': 'サロンの名前'}
    """
    left = {normal(heading): heading for heading in reversed(headings)}
    found: dict[str, str] = {}
    for name in words_of(kind):
        known = (each for layout in layouts_of(kind) for each in layout.columns.get(name, ()))
        if (key := next((each for each in known if each in left), None)) is not None:
            found[name] = left.pop(key)
    for name, marks in hints().items():
        likely = (key for key in map(normal, headings) if key in left and any(mark in key for mark in marks))
        if name in words_of(kind) and name not in found and (key := next(likely, None)) is not None:
            found[name] = left.pop(key)
    return found


def mapping_toml(kind: Kind, mapping: Mapping[str, str]) -> str:
    """Return a mapping as `ibasho check --mapping` reads it: one line for each column that has a heading.

    >>> print(mapping_toml(Kind.PLACES, {"name": "集まりの名前"}).splitlines()[-1])
    name = "集まりの名前"
    """
    words = words_of(kind)
    first = (
        f"# 列の対応（--kind {kind}）: 列 = 見出し。 ibasho check FILE --kind {kind} --mapping この表.toml"
    )
    lines = (
        f"# {words[name]}\n{name} = {_text(heading)}"
        for name, heading in mapping.items()
        if heading and name in words
    )
    return "\n".join((first, *lines, ""))


def _ground(kind: Kind) -> Layout:
    """The layout that a mapping stands on: the first that asks for no heading of its own."""
    return next(layout for layout in layouts_of(kind) if not layout.marks and not layout.refused)


def _text(heading: str) -> str:
    """A TOML string: JSON's, but for the one sign that JSON leaves as it is."""
    return json.dumps(heading, ensure_ascii=False).translate(_UNSEEN_BY_JSON)
