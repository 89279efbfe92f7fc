"""A table that a person can edit: every width, height, fill and border is its own, none comes from a style."""

from dashboard.annual.drawing.plain_marks import (
    HAIRLINE,
    HEADING_FILL,
    HEADING_LINE,
    STRIPE_FILL,
    cell_padding,
)
from dashboard.annual.marks import Align, Cell, Ink, Paragraph, Run, Table
from dashboard.annual.powerpoint.elements import Xml, element, emu
from dashboard.annual.powerpoint.ink import fill, line
from dashboard.annual.powerpoint.shapes import named, placed
from dashboard.annual.powerpoint.text import body

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
""""No Style, No Grid", which every PowerPoint knows."""
KIND = "http://schemas.openxmlformats.org/drawingml/2006/table"


def table(mark: Table, number: int, language: str) -> Xml:
    """Return a table as a frame of the slide."""
    style = element("a:tableStyleId", Xml(NO_STYLE))
    columns = (element("a:gridCol", w=emu(width)) for width in mark.widths)
    rows = (
        element(
            "a:tr",
            *(_cell(cell, mark, language, at) for cell in row),
            h=emu(mark.row_height),
        )
        for at, row in enumerate(mark.rows)
    )
    grid = element(
        "a:tbl",
        element("a:tblPr", style, firstRow=1, bandRow=0),
        element("a:tblGrid", *columns),
        *rows,
    )
    locks = element("p:cNvGraphicFramePr", element("a:graphicFrameLocks", noGrp=1))
    kind = element("p:nvGraphicFramePr", named(number, mark.name, alt=mark.alt), locks, element("p:nvPr"))
    data = element("a:graphic", element("a:graphicData", grid, uri=KIND))
    return element("p:graphicFrame", kind, placed(mark.at, name="p:xfrm"), data)


def _cell(cell: Cell, mark: Table, language: str, row: int) -> Xml:
    run = Run(cell.text, mark.size, is_bold=cell.is_bold or row == 0, colour=cell.colour)
    written = body([Paragraph((run,), cell.align)], language, element("a:bodyPr"), name="a:txBody")
    ground = cell.fill or (HEADING_FILL if row == 0 else STRIPE_FILL if row % 2 == 0 else None)
    margins = _margins(cell, cell_padding(mark.size))
    sides = (line(Ink(), name="a:lnL"), line(Ink(), name="a:lnR"), *_rules(row, len(mark.rows)))
    looks = element("a:tcPr", *sides, fill(Ink(fill=ground)), anchor="ctr", **margins)
    return element("a:tc", written, looks)


def _margins(cell: Cell, padding: float) -> dict[str, int]:
    """A cell always wraps its text: none is lost on the side that the text does not lean on, lest it wraps for a hair."""
    left = padding if cell.align is Align.LEFT else 0.0
    right = padding if cell.align is Align.RIGHT else 0.0
    return {"marL": emu(left), "marR": emu(right), "marT": 0, "marB": 0}


def _rules(row: int, rows: int) -> tuple[Xml, Xml]:
    """The lines above and below a row: dark below the headings and at the end, hairlines else."""
    above, below = (HEADING_LINE if edge in {1, rows} else HAIRLINE for edge in (row, row + 1))
    return line(above, name="a:lnT"), line(below, name="a:lnB")
