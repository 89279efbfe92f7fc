"""How much of an unknown file is too much; every limit of the intake stands here."""

FILE_BYTES = 200 * 10**6
UPLOAD_BYTES = 10 * 10**6
UNPACKED_BYTES = 100 * 10**6
UNPACKED_RATIO = 100
"""Times its packed size that an archive or workbook may unfold to; below `RATIO_FROM_BYTES` unpacked it is not judged."""
RATIO_FROM_BYTES = 1 * 10**6
COLUMNS = 200
ROWS = 100_000
PLACE_ROWS = 2_000_000
"""Places come in lists of a whole country; all other kinds are lists of local governments or organisations."""
CELL_CHARACTERS = 32_767
"""What a spreadsheet's cell can hold."""
HEADING_ROWS = 10
"""The heading is looked for in this many rows from the top."""
NESTING = 100
"""Depth of JSON; GeoJSON needs 8."""
SECONDS = 10
BYTES_A_SECOND = 10**6
MOST_SECONDS = 60
BUSY = 3
"""Times that work may take by the clock, on a busy machine."""
MEMORY_BYTES = 10**9
MESSAGES_TOLD = 20
"""Messages that a person is shown before the rest is only counted; the list of faults to download has all of them."""


def work_seconds(size: int) -> int:
    """Return the seconds of work that a file of `size` bytes may take: a few for a small one, more for a list of a whole country.

    >>> work_seconds(20_000), work_seconds(135_000_000)
    (10, 60)
    """
    return min(SECONDS + size // BYTES_A_SECOND, MOST_SECONDS)
