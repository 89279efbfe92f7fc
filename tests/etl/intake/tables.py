"""Small files as bytes, and their reading, for the tests of the readers."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from etl.intake.guard import Material, uploaded
from etl.intake.readers import read_sheet
from etl.intake.sheet import Sheet

HEADING = ("年度", "都道府県", "市区町村", "備考")
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def is_heading(cells: Sequence[str]) -> bool:
    """Whether the cells name a year and a municipality."""
    return {"年度", "市区町村"} <= set(cells)


def read(content: str | bytes | Material, *, most_rows: int = 1_000) -> Sheet:
    """Return the sheet of a file's content."""
    if isinstance(content, str):
        content = content.encode()
    material = content if isinstance(content, Material) else uploaded("表", content)
    return read_sheet(material, is_heading=is_heading, most_rows=most_rows)


def rows_of(sheet: Sheet) -> list[tuple[str, ...]]:
    """Return the records as tuples of text."""
    return list(zip(*(column.to_pylist() for column in sheet.columns.values()), strict=True))


def faults_of(sheet: Sheet) -> dict[int, str]:
    """Return the column of the first fault of each faulty row, by row number."""
    found: dict[int, str] = {}
    for fault in sheet.faults:
        found.setdefault(int(sheet.rows[fault.index]), fault.column)
    return found


def workbook(
    sheets: Mapping[str, str], *, hidden: Sequence[str] = (), extra: Mapping[str, str] | None = None
) -> bytes:
    """Return a workbook; each sheet is given as the XML inside of `worksheet`."""
    states = dict.fromkeys(hidden, ' state="hidden"')
    names = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"{states.get(name, "")}/>'
        for number, name in enumerate(sheets, start=1)
    )
    targets = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    main = f'<Relationship Id="a" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
    book = f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONS}"><sheets>{names}</sheets></workbook>'
    parts = {
        "_rels/.rels": f"<Relationships>{main}</Relationships>",
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": f"<Relationships>{targets}</Relationships>",
    }
    for number, inside in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = f'<worksheet xmlns="{SPREADSHEET}">{inside}</worksheet>'
    return packed(parts | dict(extra or {}))


def grid(*rows: Sequence[str | None], after: str = "") -> str:
    """Return rows of texts as the XML of a sheet; None is no cell, a text that begins with "<c" is the XML of a cell."""
    told = []
    for number, cells in enumerate(rows, start=1):
        inside = "".join(_cell(f"{chr(65 + place)}{number}", cell) for place, cell in enumerate(cells))
        told.append(f'<row r="{number}">{inside}</row>')
    return f"<sheetData>{''.join(told)}</sheetData>{after}"


def _cell(reference: str, cell: str | None) -> str:
    if cell is None:
        return ""
    if cell.startswith("<c"):
        return cell.replace("<c", f'<c r="{reference}"', 1)
    return f'<c r="{reference}" t="inlineStr"><is><t>{cell}</t></is></c>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return content.getvalue()
