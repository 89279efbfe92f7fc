"""What a list of participants would change, to be looked at before it is taken in: rows that come, go, or say something else."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import duckdb

from etl.checked_file import CheckedFile
from etl.imports import messages_table, new_import, preview, write_parts
from etl.intake.child import folder_in_memory
from etl.intake.facts import Kind

STATUS_WORDS: Mapping[str, str] = {
    "new": "新規",
    "continuing": "継続",
    "returning": "再参加",
    "unknown": "参加",
    "partner": "連携",
    "disputed": "資料により異なる（数えない）",
}
ABSENT = "参画の確認なし"
NEEDED_BYTES = 50 * 10**6
"""Room for the rows of a list while they are compared; nothing of a list that is only looked at is to reach the disk."""
_BODIES = """
SELECT fiscal_year, code, prefecture_name, name, status, source_id, import_id IS NULL AS is_registered
FROM participation
"""
_SAID_ABSENT = "SELECT fiscal_year, code FROM said WHERE says_absent(status_printed)"


class Effect(StrEnum):
    """What happens to a body in a fiscal year."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    KEPT = "kept"

    @property
    def needs_approval(self) -> bool:
        """Whether something that was shown so far is no longer shown, or differently."""
        return self in {Effect.REMOVED, Effect.CHANGED}


EFFECT_WORDS: Mapping[Effect, str] = {
    Effect.ADDED: "追加",
    Effect.REMOVED: "削除",
    Effect.CHANGED: "変更",
    Effect.CONFIRMED: "確認（出典が新しくなります）",
    Effect.KEPT: "そのまま（登録済みの資料に記載があるため）",
}


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One body in one fiscal year: what was shown before and what will be (in Japanese; empty = nothing)."""

    fiscal_year: int
    code: str
    prefecture: str
    name: str
    effect: Effect
    before: str
    after: str

    def line(self) -> str:
        """Return one line for a terminal."""
        body = self.name if self.name == self.prefecture else f"{self.prefecture}{self.name}"
        said = f"{self.before or ABSENT} → {self.after or ABSENT}"
        return f"{EFFECT_WORDS[self.effect]}: {self.fiscal_year}年度 {body}（{said}）"


@dataclass(frozen=True, slots=True)
class _Body:
    prefecture: str
    name: str
    status: str
    source_id: str
    is_registered: bool


def changes(file: CheckedFile, source_id: str, data: Path) -> list[Change]:
    """Return what a checked list of participants would change in today's data, by fiscal year and code; nothing is written.

    Lists of other kinds only add rows: they change nothing.

    Raises:
        CuratedTableError, ImportStoreError, LoadError, CheckError: the data, or the data with the file, cannot be built.
    """
    if file.kind is not Kind.PLATFORMS or not file.report.is_usable:
        return []
    entry = new_import(file, source_id, data)
    with tempfile.TemporaryDirectory(prefix="ibasho-changes-", dir=folder_in_memory(NEEDED_BYTES)) as folder:
        place = Path(folder)
        write_parts(place, entry, file.checked.facts, file.checked.held, messages_table(()))
        with preview(data) as con:
            before = _bodies(con)
        with preview(data, entry, place) as con:
            after = _bodies(con)
            con.register("said", file.checked.facts)
            absent = {(year, code) for year, code in con.execute(_SAID_ABSENT).fetchall()}
    found = (
        _change(key, before.get(key), after.get(key), says_absent=key in absent)
        for key in sorted(before.keys() | after.keys())
    )
    return [change for change in found if change is not None]


def _bodies(con: duckdb.DuckDBPyConnection) -> dict[tuple[int, str], _Body]:
    return {(row[0], row[1]): _Body(*row[2:]) for row in con.execute(_BODIES).fetchall()}


def _change(
    key: tuple[int, str], before: _Body | None, after: _Body | None, *, says_absent: bool
) -> Change | None:
    shown = after or before
    effect = _effect(before, after, says_absent=says_absent)
    if shown is None or effect is None:
        return None
    words = [STATUS_WORDS[body.status] if body else "" for body in (before, after)]
    return Change(*key, shown.prefecture, shown.name, effect, *words)


def _effect(before: _Body | None, after: _Body | None, *, says_absent: bool) -> Effect | None:
    if before is None:
        return Effect.ADDED
    if after is None:
        return Effect.REMOVED
    if says_absent and after.is_registered:
        return Effect.KEPT
    if before.status != after.status:
        return Effect.CHANGED
    return Effect.CONFIRMED if before.source_id != after.source_id else None
