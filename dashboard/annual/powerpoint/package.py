"""The zip file around the slides: the same bytes for the same slides, whatever the clock says."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST = ("[Content_Types].xml", "_rels/.rels")
NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can hold."""
LEVEL = 6


def packed(parts: dict[str, bytes]) -> bytes:
    """Return the parts of a package, by name, as a zip file."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name in sorted(parts, key=lambda name: (name not in FIRST, name)):
            entry = ZipInfo(name, NO_TIME)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, parts[name])
    return made.getvalue()


def unpacked(package: bytes) -> dict[str, bytes]:
    """Return the parts of a zip file by name."""
    with ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
