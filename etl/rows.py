"""A curated CSV file → its cells as printed, with the row numbers that a spreadsheet would show."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from etl.fault import Fault
from etl.schema import TableSchema

LARGEST_FILE_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """Cells as text: `cells[column][i]` stands in spreadsheet row `rows[i]`.

    Rows of a wrong length are faults and stand in `misshapen` alone: what refers to them is no fault of its own.
    `is_readable` is false when no row at all could be read.
    """

    schema: TableSchema
    rows: list[int]
    cells: dict[str, list[str]]
    misshapen: dict[str, list[str]]
    is_readable: bool = True

    def each(self, *names: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield (index, the cells of the named columns) of every row."""
        return enumerate(zip(*(self.cells[name] for name in names), strict=True))

    def fault(self, index: int, column: str, problem: str, mend: str) -> Fault:
        """Return a fault at the row with this index."""
        return Fault(self.schema.path, self.rows[index], column, problem, mend)


def read_printed(folder: Path, schema: TableSchema, faults: list[Fault]) -> PrintedTable:
    """Return the table as printed; whatever is wrong with file, header or shape of a row goes to `faults`."""
    nothing = PrintedTable(schema, [], _cells([], {}, schema), _cells([], {}, schema), is_readable=False)
    text = _text(folder / schema.path, schema.path, faults)
    if text is None:
        return nothing
    records = list(_records(text, schema.path, faults))
    if not records:
        faults.append(Fault(schema.path, 0, "", "何も書かれていません", "見出しの行から書いてください"))
        return nothing
    header = records[0][1]
    if not _header_is_good(header, schema, faults):
        return nothing
    whole: list[list[str]] = []
    rows: list[int] = []
    misshapen: list[list[str]] = []
    for row, record in records[1:]:
        if _length_is_good(row, record, header, schema.path, faults):
            whole.append(record)
            rows.append(row)
        else:
            misshapen.append(record + [""] * len(header))
    position = {name: header.index(name) for name in schema.column_names}
    return PrintedTable(schema, rows, _cells(whole, position, schema), _cells(misshapen, position, schema))


def _cells(
    records: list[list[str]], position: Mapping[str, int], schema: TableSchema
) -> dict[str, list[str]]:
    return {name: [record[position[name]] for record in records] for name in schema.column_names}


def _text(path: Path, shown: str, faults: list[Fault]) -> str | None:
    if not path.is_file() or path.is_symlink():
        faults.append(
            Fault(
                shown, 0, "", "ファイルがありません", "ファイルを戻すか datapackage.json から外してください"
            )
        )
        return None
    if path.stat().st_size > LARGEST_FILE_BYTES:
        faults.append(
            Fault(shown, 0, "", "大きすぎます（64 MB まで）", "別のファイルではないか確かめてください")
        )
        return None
    content = path.read_bytes()
    if content.startswith(b"\xef\xbb\xbf"):
        faults.append(Fault(shown, 1, "", "先頭に BOM があります", "BOM なしの UTF-8 で保存してください"))
        content = content[3:]
    if b"\0" in content:
        row = content[: content.index(b"\0")].count(b"\n") + 1
        faults.append(Fault(shown, row, "", "NUL 文字があります", "その文字を消してください"))
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        row = content[: fault.start].count(b"\n") + 1
        problem = f"UTF-8 ではない文字があります（{content[fault.start]:#04x}）"
        faults.append(Fault(shown, row, "", problem, "UTF-8 で保存し直してください"))
        return None


def _records(text: str, shown: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Yield (spreadsheet row, cells); a record with line breaks inside quotes is one row of a spreadsheet."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    row = 0
    while True:
        row += 1
        try:
            yield row, next(reader)
        except StopIteration:
            return
        except csv.Error:
            faults.append(
                Fault(shown, row, "", '引用符（"）の使い方が壊れています', "この行の引用符を直してください")
            )


def _header_is_good(header: list[str], schema: TableSchema, faults: list[Fault]) -> bool:
    found = Counter(header)
    problems = {name: "見出しが2回あります" for name, times in found.items() if times > 1}
    problems |= {name: "見出しがありません" for name in schema.column_names if name not in found}
    mends = dict.fromkeys(problems, "見出しの行を datapackage.json のとおりにしてください")
    for name in found.keys() - set(schema.column_names):
        problems[name] = "知らない列です"
        mends[name] = "列を消すか datapackage.json に書き加えてください"
    faults.extend(Fault(schema.path, 1, name, problems[name], mends[name]) for name in problems)
    return not problems


def _length_is_good(row: int, record: list[str], header: list[str], shown: str, faults: list[Fault]) -> bool:
    if len(record) == len(header):
        return True
    problem = f"セルが {len(record)} 個です（見出しは {len(header)} 個）" if record else "空の行です"
    mend = "コンマの数と引用符を確かめてください" if record else "行を消してください"
    faults.append(Fault(shown, row, "", problem, mend))
    return False
