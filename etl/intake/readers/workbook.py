"""What a workbook (.xlsx) says outside of its sheets: their names and places, the shared texts, and how numbers are shown.

The parts are read as a stream without building a tree. A document type is refused, so nothing can be expanded or fetched.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from xml.parsers import expat

from etl.intake.guard import checked_members
from etl.intake.readers.cell_text import Style, styles_of
from etl.intake.readers.records import without_halves
from etl.intake.report import RejectedError

DAMAGED = "Excel ブックが壊れているか、途中で切れています"
SAVE_AGAIN = "Excel で開いて保存し直すか、もう一度取得してください"
CHUNK = 1 << 16
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Events(Protocol):
    """What a part's elements are told to; names come without their prefix."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """A piece of text."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet: its name, where it is stored, and whether it is shown."""

    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened workbook: its sheets are read from `archive` when they are asked for."""

    archive: zipfile.ZipFile
    sheets: tuple[SheetPart, ...]
    shared: list[str]
    styles: list[Style]
    is_1904: bool


def opened(data: bytes) -> Workbook:
    """Return a workbook, its sheets still unread.

    Raises:
        RejectedError: an archive that must not be unpacked, or no workbook inside it.
    """
    members = {member.filename for member in checked_members(data)}
    archive = zipfile.ZipFile(io.BytesIO(data))
    main = _targets(archive, "", "_rels/.rels").of_type("/officeDocument", "xl/workbook.xml")
    if main not in members:
        raise RejectedError(DAMAGED, SAVE_AGAIN)
    folder, name = posixpath.split(main)
    targets = _targets(archive, folder, f"{folder}/_rels/{name}.rels")
    book, shared, styles = _Book(), _SharedTexts(), _Styles()
    parse(archive, main, book)
    for kind, default, events in (
        ("/sharedStrings", "xl/sharedStrings.xml", shared),
        ("/styles", "xl/styles.xml", styles),
    ):
        part = targets.of_type(kind, default)
        if part in members:
            parse(archive, part, events)
    sheets = tuple(
        SheetPart(title, targets.parts[key], hidden)
        for title, key, hidden in book.sheets
        if targets.parts.get(key) in members and targets.types[key].endswith("/worksheet")
    )
    return Workbook(archive, sheets, shared.texts, styles_of(styles.formats, styles.codes), book.is_1904)


def parse(archive: zipfile.ZipFile, part: str, events: Events) -> None:
    """Tell the elements of a part to `events`.

    Raises:
        RejectedError: damaged, or with a document type.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.CharacterDataHandler = events.text
    _begin(parser, events)
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except (
        expat.ExpatError,
        zipfile.BadZipFile,
        RuntimeError,
        zlib.error,
        EOFError,
        ValueError,
        LookupError,
    ) as fault:
        raise RejectedError(DAMAGED, SAVE_AGAIN) from fault


def _begin(parser: expat.XMLParserType, events: Events) -> None:
    """Some programs write every element with a prefix (x:row): that of the first one is taken off all."""

    def first(name: str, attributes: dict[str, str]) -> None:
        prefix = name[: name.find(":") + 1]
        if prefix:
            parser.StartElementHandler = lambda name, attributes: events.start(
                name.removeprefix(prefix), attributes
            )
            parser.EndElementHandler = lambda name: events.end(name.removeprefix(prefix))
        else:
            parser.StartElementHandler, parser.EndElementHandler = events.start, events.end
        events.start(name.removeprefix(prefix), attributes)

    parser.StartElementHandler = first


def _refuse_document_type(*_: object) -> None:
    raise RejectedError("Excel ブックの中に文書型宣言（DOCTYPE）があります。安全のため読みません", SAVE_AGAIN)


def unescaped(text: str) -> str:
    """Return a text with its written-out control characters (_x000D_) as themselves."""
    if "_x" not in text:
        return text
    return without_halves(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))


class _Quiet:
    """Takes no notice of what it is told."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """A piece of text."""


class _Targets(_Quiet):
    """The parts that a part refers to, by their key."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.parts: dict[str, str] = {}
        self.types: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            key, target = attributes.get("Id", ""), attributes.get("Target", "")
            self.parts[key] = posixpath.normpath(posixpath.join("/", self.folder, target)).lstrip("/")
            self.types[key] = attributes.get("Type", "")

    def of_type(self, ending: str, default: str) -> str:
        return next((self.parts[key] for key, kind in self.types.items() if kind.endswith(ending)), default)


def _targets(archive: zipfile.ZipFile, folder: str, part: str) -> _Targets:
    targets = _Targets(folder)
    if part.lstrip("/") in archive.namelist():
        parse(archive, part.lstrip("/"), targets)
    return targets


class _Book(_Quiet):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.is_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            key = next((value for attribute, value in attributes.items() if attribute.endswith(":id")), "")
            self.sheets.append(
                (attributes.get("name", ""), key, attributes.get("state", "visible") != "visible")
            )
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904") in ("1", "true")


class _SharedTexts(_Quiet):
    """Texts in order; the reading aids (furigana, `rPh`) beside a text are no part of it."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._is_text = self._is_aid = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - as `Events` has it
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._is_aid = True
        elif name == "t":
            self._is_text = not self._is_aid

    def end(self, name: str) -> None:
        if name == "si":
            self.texts.append(unescaped("".join(self._pieces)))
        elif name == "rPh":
            self._is_aid = False
        elif name == "t":
            self._is_text = False

    def text(self, data: str) -> None:
        if self._is_text:
            self._pieces.append(data)


class _Styles(_Quiet):
    """The number format of each cell format, and the codes of the formats that the workbook brings itself."""

    def __init__(self) -> None:
        self.formats: list[int] = []
        self.codes: dict[int, str] = {}
        self._is_cell_formats = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "cellXfs":
            self._is_cell_formats = True
        elif name == "xf" and self._is_cell_formats:
            self.formats.append(int(attributes.get("numFmtId", "0")))
        elif name == "numFmt":
            self.codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_cell_formats = False
