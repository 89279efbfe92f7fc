"""Rows that were held back and come again: a list of held rows that was handed out says of each where it stood.

So the import that holds a row back is known to the one that brings it mended, and undoing the second opens the row again.
"""

import json
import re
from collections.abc import Mapping

from etl.intake.report import Fate, Ledger
from etl.intake.sheet import Sheet

IMPORT_HEADING = "元の取り込み"
ROW_HEADING = "元の行"
FACT = "brings_again"
"""Name of what is remembered of a file: a JSON object, import → the numbers of its rows that the file brings again."""

_ROW = re.compile(r"[1-9][0-9]{0,7}")


def rows_brought_again(sheet: Sheet, ledger: Ledger, kind: str) -> dict[str, str]:
    """Return what is to be remembered of a file under `FACT`; nothing if it brings no row of an import of this kind again.

    A row that is held back once more is brought again too: its account goes on in the new import. One that is skipped is not.
    """
    if not {IMPORT_HEADING, ROW_HEADING} <= sheet.columns.keys():
        return {}
    an_import = re.compile(rf"{re.escape(kind)}-[0-9a-f]{{8,16}}")
    found: dict[str, set[int]] = {}
    columns = (sheet.columns[heading].to_pylist() for heading in (IMPORT_HEADING, ROW_HEADING))
    for import_id, row, fate in zip(*columns, ledger.fates.tolist(), strict=True):
        said_import, said_row = (import_id or "").strip(), (row or "").strip()
        if fate != Fate.SKIPPED and an_import.fullmatch(said_import) and _ROW.fullmatch(said_row):
            found.setdefault(said_import, set()).add(int(said_row))
    return {FACT: json.dumps({name: sorted(rows) for name, rows in found.items()})} if found else {}


def brought_again(facts: Mapping[str, str]) -> dict[str, list[int]]:
    """Return, from what is remembered of a file, the rows that it brings again, by the import that held them back."""
    told: dict[str, list[int]] = json.loads(facts.get(FACT, "{}"))
    return told
