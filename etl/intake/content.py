"""What a file is by its bytes, whatever its name says."""

import codecs
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from enum import StrEnum

from etl.intake.guard import Material, refuse_long_directory
from etl.intake.report import RejectedError


class Content(StrEnum):
    """Kinds of content. Only the first five can hold a table that is taken in."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    JSON = "json"
    ZIP = "zip"
    PDF = "pdf"
    XLS = "xls"
    XLSB = "xlsb"
    ENCRYPTED = "encrypted"
    ODS = "ods"
    NUMBERS = "numbers"
    DOCUMENT = "document"
    HTML = "html"
    XML = "xml"
    IMAGE = "image"
    ARCHIVE = "archive"
    SQLITE = "sqlite"
    DUCKDB = "duckdb"
    PICKLE = "pickle"
    ARROW = "arrow"
    UNKNOWN = "unknown"


SAVE_AS = "Excel ブック（.xlsx）か CSV で保存し直してください"
FETCH_AGAIN = "取得し直してください（ページではなくファイルそのものを保存します）"
CONVERT = "CSV に書き出したファイルを使ってください"
WORDS: Mapping[Content, tuple[str, str]] = {
    Content.PDF: ("PDF です。表として読めません", "Excel か CSV の一覧を使ってください"),
    Content.XLS: ("古い形式の Excel ブック（.xls）です", SAVE_AS),
    Content.XLSB: ("バイナリ形式の Excel ブック（.xlsb）です", SAVE_AS),
    Content.ENCRYPTED: ("パスワードの付いた Excel ブックです", "パスワードを外して保存し直してください"),
    Content.ODS: ("OpenDocument の表（.ods）です", SAVE_AS),
    Content.NUMBERS: ("Numbers の書類（.numbers）です", SAVE_AS),
    Content.DOCUMENT: ("Word や PowerPoint などの文書です。表ではありません", SAVE_AS),
    Content.HTML: ("HTML（ウェブページ）です。一覧のファイルではありません", FETCH_AGAIN),
    Content.XML: ("XML です。一覧のファイルではありません", "CSV、Excel、GeoJSON のファイルを使ってください"),
    Content.IMAGE: ("画像です。一覧のファイルではありません", "Excel か CSV の一覧を使ってください"),
    Content.ZIP: (
        "zip（圧縮ファイル）です。一覧のファイルではありません",
        "展開した中の CSV か Excel を使ってください",
    ),
    Content.ARCHIVE: (
        "圧縮ファイルです。一覧のファイルではありません",
        "展開した中の CSV か Excel を使ってください",
    ),
    Content.SQLITE: ("データベース（SQLite）です。安全のため開きません", CONVERT),
    Content.DUCKDB: ("データベース（DuckDB）です。安全のため開きません", CONVERT),
    Content.PICKLE: ("Python の pickle です。安全のため開きません", CONVERT),
    Content.ARROW: (
        "Arrow のファイルです。読めません",
        "Parquet か CSV に書き出したファイルを使ってください",
    ),
    Content.UNKNOWN: (
        "CSV、Excel、Parquet、GeoJSON のどれでもありません",
        "CSV か Excel（.xlsx）で保存し直してください",
    ),
}
"""Why a content is no table, and the mend."""

_MAGIC: Iterable[tuple[bytes, Content]] = (
    (b"PAR1", Content.PARQUET),
    (b"PARE", Content.PARQUET),
    (b"%PDF", Content.PDF),
    (b"SQLite format 3\0", Content.SQLITE),
    (b"ARROW1", Content.ARROW),
    (b"\x89PNG", Content.IMAGE),
    (b"\xff\xd8\xff", Content.IMAGE),
    (b"GIF8", Content.IMAGE),
    (b"II*\0", Content.IMAGE),
    (b"\x1f\x8b", Content.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Content.ARCHIVE),
    (b"Rar!\x1a\x07", Content.ARCHIVE),
    (b"BZh9", Content.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Content.ARCHIVE),
    (b"\xfd7zXZ\0", Content.ARCHIVE),
    (b"MIME-Version:", Content.HTML),
    *(
        (b"\x09" + version, Content.XLS)
        for version in (b"\x00\x04\x00", b"\x02\x06\x00", b"\x04\x06\x00", b"\x08\x08\x00")
    ),
    (b"\x09\x08\x10\x00", Content.XLS),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICKLE = re.compile(rb"\x80[\x02-\x05][\x80-\x95(}\])cKMUXN.]")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|script|div|table)\b", re.IGNORECASE)
_XML = re.compile(rb"<(?:\?xml|!DOCTYPE|!--|[A-Za-z_][\w.:-]*[\s/>])", re.IGNORECASE)
_JSON = re.compile(rb'\{\s*(?:["}]|\Z)|\[\s*(?:[\[{"\]\d-]|\Z)')
_UNPRINTED = bytes({*range(1, 32), 127} - {*b"\t\r\n\x0b\x0c\x1a\x1b"})
"""Control characters that no text has; ESC is left to the encoding, NUL to the reader."""
_HEAD = 4_096
_SPACES = str.maketrans("\t\u3000\r", "  \n")


def content_of(material: Material) -> Content:
    """Return what the bytes are. Text that is nothing else is `CSV`; a damaged archive is `ZIP`.

    Raises:
        RejectedError: an archive with far too many members.
    """
    data = material.data
    head = data[:_HEAD]
    known = next((content for magic, content in _MAGIC if head.startswith(magic)), None)
    if known:
        return known
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    if head.startswith(_COMPOUND):
        return _compound(data)
    if head[8:12] == b"DUCK":
        return Content.DUCKDB
    return Content.PICKLE if _PICKLE.match(head) else _written(head)


def refuse_unless_table(content: Content) -> None:
    """Raise a `RejectedError` that names the content, unless a reader exists for it."""
    if content in WORDS:
        problem, mend = WORDS[content]
        raise RejectedError(problem, mend)


def _written(head: bytes) -> Content:
    text = head
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            text = head[2:].decode(encoding, "ignore").encode("utf-8", "ignore")
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)) or _is_unmarked(head):
        return Content.CSV
    text = text.removeprefix(codecs.BOM_UTF8).lstrip()
    if _HTML.match(text) or (text.startswith(b"<?xml") and _HTML.search(text)):
        return Content.HTML
    if _XML.match(text):
        return Content.XML
    if _JSON.match(text):
        return Content.JSON
    odd = len(text) - len(text.translate(None, _UNPRINTED))
    is_binary = odd > max(2, len(text) // 50) or 4 * text.count(0) > len(text)
    return Content.UNKNOWN if is_binary else Content.CSV


def _is_unmarked(head: bytes) -> bool:
    """Whether the bytes are text in UTF-16 or UTF-32 without its mark, which the decoding refuses by its name."""
    for encoding, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        try:
            text = head[: len(head) // width * width].decode(encoding)
        except UnicodeDecodeError:
            continue
        lines = text.translate(_SPACES).split("\n")
        if b"\0" in head and len(lines) > 1 and all(map(str.isprintable, lines)):
            return True
    return False


def _packed(data: bytes) -> Content:
    """Tell office files apart by their members' names; the names are looked at, nothing is unpacked."""
    refuse_long_directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return Content.XLSX if b"xl/" in data[:_HEAD] else Content.ZIP
    if "xl/workbook.bin" in names:
        return Content.XLSB
    if any(name.startswith("xl/") for name in names):
        return Content.XLSX
    if "mimetype" in names and "content.xml" in names:
        return Content.ODS
    if any(name.endswith(".iwa") for name in names) or "Index.zip" in names:
        return Content.NUMBERS
    return Content.DOCUMENT if "[Content_Types].xml" in names else Content.ZIP


def _compound(data: bytes) -> Content:
    """A compound file is an old workbook, an old document, or the wrapping of an encrypted new one."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Content.ENCRYPTED
    if any(name.encode("utf-16-le") in data for name in ("WordDocument", "PowerPoint Document")):
        return Content.DOCUMENT
    return Content.XLS
