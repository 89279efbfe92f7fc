"""Checks of a finished database: SQL files that must return no row. One that does stops the build."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.fault import BuildError

CHECK_FOLDER = Path(__file__).parent / "checks"
MOST_SHOWN_ROWS = 5


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """One promise that does not hold: the file, its first comment line, and rows that break it."""

    file: str
    promise: str
    count: int
    rows: tuple[str, ...]

    def __str__(self) -> str:
        """Return the promise and the rows that break it, indented."""
        more = f"\n    … ほか {self.count - len(self.rows)} 行" if self.count > len(self.rows) else ""
        return f"  {self.promise}（{self.file}）\n    " + "\n    ".join(self.rows) + more


class CheckError(BuildError):
    """The database breaks at least one promise; the error lists all of them."""

    def __init__(self, failed: list[FailedCheck]) -> None:
        """Keep the failures; the message shows some rows of each."""
        self.failed = tuple(failed)
        super().__init__(f"作ったデータが{len(failed)}件の検査に通りません。\n" + "\n".join(map(str, failed)))


def run_checks(con: duckdb.DuckDBPyConnection, folder: Path = CHECK_FOLDER) -> None:
    """Run every check of `folder`.

    Raises:
        CheckError: at least one check returned rows.
    """
    failed = [found for path in sorted(folder.glob("*.sql")) if (found := _failure(con, path)) is not None]
    if failed:
        raise CheckError(failed)


def _failure(con: duckdb.DuckDBPyConnection, path: Path) -> FailedCheck | None:
    query = path.read_text(encoding="utf-8")
    answer = con.execute(query)
    names = [column[0] for column in answer.description or ()]
    rows = answer.fetchall()
    if not rows:
        return None
    shown = tuple(
        ", ".join(f"{name}={value}" for name, value in zip(names, row, strict=True))
        for row in rows[:MOST_SHOWN_ROWS]
    )
    return FailedCheck(path.name, query.splitlines()[0].removeprefix("--").strip(), len(rows), shown)
