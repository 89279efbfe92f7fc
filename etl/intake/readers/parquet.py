"""Parquet → a `Sheet`: every column of plain values as text, read in pieces so that a small file cannot grow without end."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from etl.intake.guard import Material
from etl.intake.readers.heading import HeadingNotFoundError, IsHeading, cleaned, named_apart, refuse_wide
from etl.intake.readers.records import Read, refuse_long, sheet_of, texts
from etl.intake.report import WHOLE_FILE, Message, RejectedError
from etl.intake.sheet import Sheet

_MAGIC = b"PAR1"
_BATCH_ROWS = 16_384
MOST_TEXT_BYTES = 400 * 10**6
"""Twice the largest file: a column of few different values grows when it is unfolded."""
_MOST_METADATA = 20 * 10**6
FETCH_AGAIN = "もう一度取得してください"


def read_parquet(material: Material, is_heading: IsHeading, most_rows: int) -> Sheet:
    """Return the table of a Parquet file; the names of its columns are row 1, the first record is row 2.

    Raises:
        HeadingNotFoundError: the columns are not those that are sought.
        RejectedError: cut off, damaged, encrypted, or too much of anything.
    """
    data = material.data
    if data.startswith(b"PARE") or data.endswith(b"PARE"):
        raise RejectedError("暗号化された Parquet です", "暗号化していないファイルを使ってください")
    if len(data) < 12 or not data.endswith(_MAGIC):
        raise RejectedError("Parquet が途中で切れています（末尾の印 PAR1 がありません）", FETCH_AGAIN)
    try:
        file = pq.ParquetFile(
            pa.BufferReader(data),
            thrift_string_size_limit=_MOST_METADATA,
            thrift_container_size_limit=_MOST_METADATA // 20,
        )
        return sheet_of(_read(file, is_heading, most_rows), most_rows)
    except MemoryError:  # one of pyarrow's exceptions is one as well
        raise
    except (pa.ArrowException, OSError, UnicodeDecodeError) as fault:
        raise RejectedError("Parquet が壊れています", FETCH_AGAIN) from fault


def _read(file: pq.ParquetFile, is_heading: IsHeading, most_rows: int) -> Read:
    schema = file.schema_arrow
    refuse_wide(len(schema), 1)
    refuse_long(file.metadata.num_rows, most_rows)
    headings = cleaned(schema.names)
    if not is_heading(headings):
        raise HeadingNotFoundError([headings])
    names = named_apart(headings)
    left_out = [name for name, field in zip(names, schema, strict=True) if not _is_plain(field.type)]
    message = Message(WHOLE_FILE, "", f"文字や数でない列は読みませんでした（{'、'.join(left_out)}）")
    return Read(
        _columns(file, names, left_out),
        np.arange(2, file.metadata.num_rows + 2, dtype=np.int64),
        messages=[message] if left_out else [],
        facts={"heading_row": "1"},
    )


def _columns(
    file: pq.ParquetFile, names: Sequence[str], left_out: Sequence[str]
) -> dict[str, pa.StringArray]:
    """Return the columns as text, piece by piece: the sum is looked at before the next piece is unfolded."""
    _refuse_unfolding(file.metadata)
    found: dict[str, list[pa.StringArray]] = {name: [texts([])] for name in names if name not in left_out}
    size = 0
    for batch in file.iter_batches(batch_size=_BATCH_ROWS):
        batch.validate(
            full=True
        )  # the file says that these are texts; that they are is not looked at until here
        size += sum(map(_size, batch.columns))
        if size > MOST_TEXT_BYTES:
            raise _too_large(size)
        for name, column in zip(names, batch.columns, strict=True):
            if name in found:
                found[name].append(_texts(column))
    return {name: pa.concat_arrays(pieces) for name, pieces in found.items()}


def _size(column: pa.Array) -> int:
    """Return the bytes of a column when every value is written out."""
    if not pa.types.is_dictionary(column.type) or not _is_text(column.type.value_type):
        return int(column.nbytes)
    return pc.sum(pc.binary_length(column.dictionary).take(column.indices)).as_py() or 0


def _refuse_unfolding(metadata: pq.FileMetaData) -> None:
    """What each group of rows says of itself; its columns are not asked, for pyarrow ends the process at a damaged one."""
    size = sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))
    if size > MOST_TEXT_BYTES:
        raise _too_large(size)


def _too_large(size: int) -> RejectedError:
    most = MOST_TEXT_BYTES // 10**6
    return RejectedError(
        f"展開すると {size // 10**6:,} MB になります（上限 {most:,} MB）", "必要な行と列だけにしてください"
    )


def _is_plain(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return _is_plain(kind.value_type)
    return _is_text(kind) or any(
        test(kind)
        for test in (
            pa.types.is_boolean,
            pa.types.is_integer,
            pa.types.is_floating,
            pa.types.is_decimal,
            pa.types.is_date,
            pa.types.is_time,
            pa.types.is_timestamp,
            pa.types.is_null,
        )
    )


def _is_text(kind: pa.DataType) -> bool:
    return kind in (pa.string(), pa.large_string(), pa.string_view())


def _texts(column: pa.Array) -> pa.StringArray:
    """Return values as the texts that a person would write; a missing one is ""."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _texts(column.dictionary_decode())
    if pa.types.is_boolean(kind):
        found = pc.if_else(column, "TRUE", "FALSE")
    elif pa.types.is_floating(kind):
        found = pc.replace_substring_regex(column.cast(pa.float64()).cast(pa.string()), r"\.0$", "")
    elif pa.types.is_date(kind) or pa.types.is_time(kind) or pa.types.is_timestamp(kind):
        found = _clock_texts(column)
    else:
        found = column.cast(pa.string())
    return pc.fill_null(found, "")


def _clock_texts(column: pa.Array) -> pa.StringArray:
    """Return days and times in ISO form, without a midnight that only fills the type; a moment by the clock of its own zone."""
    kind = column.type
    if pa.types.is_timestamp(kind):
        local = pc.local_timestamp(column) if kind.tz else column
        column = local.cast(pa.timestamp("s"), safe=False)
        midnight, form = "T00:00:00$", "%Y-%m-%dT%H:%M:%S"
        return pc.replace_substring_regex(pc.strftime(column, form), midnight, "")
    if pa.types.is_time(kind):
        seconds = column.cast(pa.time64("us")).cast(pa.string())
        return pc.replace_substring_regex(seconds, r"(:00)?\.0+$", "")
    return column.cast(pa.date32()).cast(pa.string())
