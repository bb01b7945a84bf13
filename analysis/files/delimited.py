"""Text tables: encoding, delimiter and quote decided by content, then every cell as text.

Each delimiter is tried on the file's beginning and scored by how many rows have the usual width and how pure the
cells are (a cell that still holds another delimiter was probably cut wrongly): the scoring that does best on the
Pollock benchmark (HPI, "Pollock: A Data Loading Benchmark", 2023).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, zip_longest

import pyarrow as pa
import pyarrow.csv

_DELIMITERS = (",", ";", "\t", "|")
_QUOTES = ('"', "'")
_SAMPLE_CHARACTERS = 60_000
_SAMPLE_ROWS = 300
#: Cells of one kind: empty, a number with its marks, a date with its time, or words without any delimiter.
_PURE = re.compile(
    r"^(|[-+(]?[^\w\s]{0,3}\s?[\d.,'\s]+\s?[^\w\s]{0,3}[-)%]?"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ][\d:.]+.*)?|[^,;|\t\d]*)$"
)
#: A file of one column is possible, and less likely than any cut into several.
_ONE_COLUMN = 0.01
_BLOCK_BYTES = 1 << 23
_HINT = re.compile(r"sep=(.)\r?\n")


@dataclass(frozen=True)
class Dialect:
    """How a text table is cut into cells."""

    delimiter: str
    quote: str


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a file and its encoding: by its mark, else strict UTF-8, else Windows-1252, as Excel writes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), "utf-16"
    sample = data[:4096]
    if sample.count(0) > len(sample) // 4:  # UTF-16 without its mark
        encoding = "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
        return data.decode(encoding, errors="replace"), encoding
    try:
        return data.decode("utf-8-sig").replace("\0", ""), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").replace("\0", ""), "cp1252"


def cells_of(text: str, dialect: Dialect) -> list[pa.Array]:
    """The columns of a text table, a text (or null) per row; rows of unequal width are padded with nulls."""
    hinted = _HINT.match(text)
    if hinted:  # Excel takes this line as a hint and shows the next one as row 1
        text = text[hinted.end() :]
    text = text.rstrip("\r\n")
    width = max((len(row) for row in _head(text, dialect)), default=0)
    return _fast(text, dialect, width) or _by_rows(text, dialect)


def dialect_of(text: str) -> Dialect:
    """The delimiter and quote under which the beginning of `text` is most like a table."""
    hinted = _HINT.match(text)
    if hinted:
        return Dialect(hinted[1], '"')
    scores = {}
    for quote in _QUOTES:
        if quote not in text[:_SAMPLE_CHARACTERS] and quote != '"':
            continue
        for delimiter in _DELIMITERS:
            dialect = Dialect(delimiter, quote)
            scores[dialect] = _score(_head(text, dialect), quote)
    return max(scores, key=lambda dialect: scores[dialect])


def _score(rows: list[list[str]], quote: str) -> float:
    """Share of rows of the modal width times purity of their cells; more columns win a tie, a single one never wins."""
    widths = Counter(len(row) for row in rows if row)
    if not widths:
        return 0.0
    width, usual = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    if width == 1:
        return _ONE_COLUMN
    cells = [cell for row in rows if len(row) == width for cell in row]
    purity = sum(bool(_PURE.match(cell.strip())) for cell in cells) / len(cells)
    cut_quotes = sum(cell.count(quote) % 2 for cell in cells) / len(cells)
    return usual / widths.total() * (0.2 + 0.8 * purity) * (1 - cut_quotes) + min(width, 20) * 1e-3


def _head(text: str, dialect: Dialect) -> list[list[str]]:
    sample = text[:_SAMPLE_CHARACTERS]
    if len(text) > _SAMPLE_CHARACTERS:  # the last line may be cut in two
        sample = sample[: sample.rfind("\n") + 1] or sample
    return list(islice(_rows(sample, dialect), _SAMPLE_ROWS))


def _rows(text: str, dialect: Dialect) -> Iterable[list[str]]:
    csv.field_size_limit(1 << 30)
    return csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter, quotechar=dialect.quote)


def _fast(text: str, dialect: Dialect, width: int) -> list[pa.Array] | None:
    """Arrow's reader; None where rows are not all of one width, which it cannot read."""
    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(text.encode()),
            read_options=pyarrow.csv.ReadOptions(
                column_names=[str(position) for position in range(width)], block_size=_BLOCK_BYTES
            ),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=dialect.delimiter,
                quote_char=dialect.quote,
                newlines_in_values=dialect.quote in text,
                ignore_empty_lines=False,
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types={str(position): pa.string() for position in range(width)},
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    return [column.combine_chunks() for column in table.columns]


def _by_rows(text: str, dialect: Dialect) -> list[pa.Array]:
    return [pa.array(column, pa.string()) for column in zip_longest(*_rows(text, dialect))]
