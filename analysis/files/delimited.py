"""Text tables: encoding, delimiter and quote decided by content, then every cell as text.

Rows that are all of one width are read by Arrow; the others are settled one by one (`uneven`), so that nothing is
silently moved into a column it does not belong to.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from analysis.files.cut_cells import with_cells_rejoined
from analysis.files.dialects import Dialect, dialect_of, lines_of, rows_of, sample_of, without_hint
from analysis.files.encodings import decoded, may_be_misread, repaired_column
from analysis.files.fixed_width import fixed_columns
from analysis.files.grid import Grid, TextForm
from analysis.files.uneven import Shapes, settle
from analysis.files.upload import Upload

_BLOCK_BYTES = 1 << 23
#: A width that at least this share of the rows have is one of the table's, and no accident.
_USUAL_WIDTH = 0.2
#: So many rows of another width, at most, are settled one by one.
_MOST_SETTLED = 20_000
_MOST_LINES_OF_A_CELL = 200
_CLEAR_TABLE = 0.6  # a score from which a cut into cells is more than chance
_WRAPPED = 0.9
#: A line in one pair of quotes; those within are doubled.
_ONE_QUOTED = re.compile(r'"(?:[^"]|"")*"')


@dataclass
class _Rows:
    """Rows in their order, with the 0-based places of those that were mended and of those that stay uneven."""

    cells: list[list[str]] = field(default_factory=list)
    mended: list[int] = field(default_factory=list)
    uneven: list[int] = field(default_factory=list)


def text_grid(upload: Upload) -> Grid:
    """The one grid of a text file."""
    whole = decoded(upload.data)
    text, hinted = without_hint(whole.text)
    text = _unwrapped(text.rstrip("\r\n"))
    dialect, score = dialect_of(text, hinted)
    columns: list[pa.Array] | None = None
    mended: list[int] = []
    uneven: list[int] = []
    rejoined = 0
    delimiter = dialect.delimiter
    if score < _CLEAR_TABLE and hinted is None:
        columns = fixed_columns(text)
        delimiter = "" if columns else delimiter
    if columns is None:
        columns, mended, uneven = _columns(text, dialect)
        columns, rejoined = with_cells_rejoined(columns, dialect.delimiter)
    suspect = may_be_misread(text)
    repairs = [repaired_column(column) if suspect else (column, 0) for column in columns]
    form = TextForm(
        whole.encoding,
        delimiter,
        dialect.quote,
        certainty=whole.certainty,
        misread=sum(count for _, count in repairs),
        rejoined=rejoined,
        mended=tuple(place + 1 for place in mended),
        uneven=tuple(place + 1 for place in uneven),
    )
    return Grid(upload.name, "", tuple(column for column, _ in repairs), text=form)


def _unwrapped(text: str) -> str:
    """The lines of a file each of which was once quoted as a whole, as they were; any other text as it is.

    A spreadsheet that took a line for one cell writes `"Ana;""Corte, pelo"";12"`, often with delimiters behind.
    """
    sample = [line.strip() for line in lines_of(text[:20_000])[:100]]
    filled = [line.rstrip(";,\t ") for line in sample if line.strip(";,\t ")]
    wrapped = sum(line[0] == line[-1] == '"' and len(line) > 1 for line in filled)
    if not filled or wrapped < _WRAPPED * len(filled):
        return text
    inner: list[str] = []
    for line in lines_of(text):
        bare = line.rstrip("\r\n;,\t ")
        if bare and not _ONE_QUOTED.fullmatch(bare):
            return text
        inner.append(bare[1:-1].replace('""', '"'))
    again = "\n".join(inner)
    rows = [len(row) for row in rows_of(sample_of(again), dialect_of(again)[0])]
    return again if rows and Counter(rows).most_common(1)[0][0] > 1 else text


def _columns(text: str, dialect: Dialect) -> tuple[list[pa.Array], list[int], list[int]]:
    prepared = dialect.prepared(text)
    head = rows_of(sample_of(text), dialect)
    width = _table_width(head)
    if not dialect.spaced:
        fast = _fast(prepared, dialect, width)
        if fast is not None:
            return fast
    rows = _by_lines(prepared, dialect, width)
    arrays = [pa.array(column, pa.string()) for column in zip_longest(*rows.cells)]
    return arrays, rows.mended, rows.uneven


def _table_width(rows: Sequence[Sequence[str]]) -> int:
    """The widest of the usual widths: rows may lack their last cells, titles and notes are narrow."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    usual = [width for width, count in widths.items() if count >= _USUAL_WIDTH * widths.total()]
    return max(usual, default=1)


# --- Regular text: Arrow ----------------------------------------------------------------------------------


def _fast(text: str, dialect: Dialect, width: int) -> tuple[list[pa.Array], list[int], list[int]] | None:
    """Arrow's reading with the odd rows settled apart; None where quotes do not match or most rows are odd."""
    if width <= 1 or not dialect.quote.isascii() or _stray_quotes(text, dialect):
        return None
    odd: list[tuple[int, str]] = []

    def set_apart(row: pyarrow.csv.InvalidRow) -> str:
        if len(odd) >= _MOST_SETTLED or "\n" in row.text:
            return "error"
        odd.append((row.number - 1, row.text))
        return "skip"

    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(text.encode("utf-8", errors="replace")),
            read_options=pyarrow.csv.ReadOptions(
                column_names=[str(position) for position in range(width)],
                block_size=_BLOCK_BYTES,
                use_threads=False,  # else the odd rows come without their number
            ),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=dialect.part,
                quote_char=dialect.quote,
                newlines_in_values=dialect.quote in text,
                ignore_empty_lines=False,
                invalid_row_handler=set_apart,
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types={str(position): pa.string() for position in range(width)},
                strings_can_be_null=False,
            ),
        )
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, UnicodeEncodeError):
        return None
    if dialect.quote in text and _swallowed_rows(table, dialect, width):
        return None
    columns = [column.combine_chunks() for column in table.columns]
    if not odd:
        return columns, [], []
    return _with_odd_rows(columns, odd, dialect, width)


def _stray_quotes(text: str, dialect: Dialect) -> bool:
    """Whether a quote stands alone within a cell; between quotes that would end it, and the rest be lost."""
    if dialect.quote not in text:
        return False
    marks = "".join(re.escape(mark) for mark in (dialect.part, dialect.quote))
    others = f"[^{marks}\\r\\n]"
    stray = pc.match_substring_regex(pa.array([text], pa.large_string()), others + dialect.quote + others)
    return bool(stray[0].as_py())


def _swallowed_rows(table: pa.Table, dialect: Dialect, width: int) -> bool:
    """Whether a cell of several lines holds what looks like whole rows: a quote that was never closed."""
    for column in table.columns:
        lines = column.filter(pc.match_substring_regex(column, r"[\r\n]"))
        marks = pc.count_substring(lines, dialect.part)
        if pc.any(pc.greater_equal(marks, width - 1), min_count=0).as_py():
            return True
    return False


def _with_odd_rows(
    columns: list[pa.Array], odd: list[tuple[int, str]], dialect: Dialect, width: int
) -> tuple[list[pa.Array], list[int], list[int]]:
    """The even rows with the odd ones put back in their places."""
    sample = [column.slice(0, 1000).to_pylist() for column in columns]
    shapes = Shapes.of([row for row in zip(*sample, strict=True) if any(row)], width)
    rows = _Rows()
    for place, raw in odd:
        bare = raw.rstrip("\r\n")
        cells = _strictly(bare, dialect)
        sound = cells is not None
        _settle(rows, place, (bare, cells or next(iter(dialect.cells([bare])), []), sound), dialect, shapes)
    height = len(columns[0]) + len(odd)
    widest = max(width, *(len(cells) for cells in rows.cells))
    order = _order(height, [place for place, _ in odd])
    nothing = pa.nulls(len(columns[0]), pa.string())
    columns = [*columns, *([nothing] * (widest - width))]
    added = zip_longest(*rows.cells, [None] * widest)
    merged = [
        pa.concat_arrays([column, pa.array(cells[:-1], pa.string())]).take(order)
        for column, cells in zip(columns, added, strict=True)
    ]
    return merged, rows.mended, rows.uneven


def _order(height: int, places: Sequence[int]) -> pa.Array:
    """Where each row of the file stands once the odd ones come after all the even ones."""
    order = [0] * height
    apart = set(places)
    even = iter(range(height - len(places)))
    odd = iter(range(height - len(places), height))
    for row in range(height):
        order[row] = next(odd) if row in apart else next(even)
    return pa.array(order, pa.int64())


# --- Irregular text: line by line -------------------------------------------------------------------------


def _by_lines(text: str, dialect: Dialect, width: int) -> _Rows:
    """All rows, settled where they are odd; a quote that is never closed does not swallow the rows below it."""
    records = list(_records(lines_of(text), dialect, width))
    good = [cells for _, cells, sound in records if sound and len(cells) == width and any(cells)]
    shapes = Shapes.of(good, width)
    rows = _Rows()
    settled = 0
    for place, (raw, cells, sound) in enumerate(records):
        if (sound and len(cells) in {0, width}) or width <= 1 or settled >= _MOST_SETTLED:
            rows.cells.append(cells)
            if settled >= _MOST_SETTLED and width > 1 and len(cells) > width:
                rows.uneven.append(place)
            continue
        settled += 1
        _settle(rows, place, (raw, cells, sound), dialect, shapes)
    return rows


def _settle(
    rows: _Rows, place: int, record: tuple[str, list[str], bool], dialect: Dialect, shapes: Shapes
) -> None:
    verdict, settled = settle(*record, dialect, shapes)
    rows.cells.append(settled)
    if verdict == "mended":
        rows.mended.append(place)
    elif verdict == "uneven":
        rows.uneven.append(place)


def _records(lines: list[str], dialect: Dialect, width: int) -> Iterable[tuple[str, list[str], bool]]:
    """Each row's text, its cells, and whether its quotes match."""
    quote = dialect.quote
    at = 0
    while at < len(lines):
        line = lines[at].rstrip("\r\n")
        if quote not in line:
            cells = line.split(dialect.part) if line else []
            yield line, [cell.lstrip(" ") for cell in cells] if dialect.spaced else cells, True
            at += 1
            continue
        used, raw, cells, sound = _quoted_record(lines, at, dialect, width)
        yield raw, cells, sound
        at += used


def _quoted_record(
    lines: list[str], at: int, dialect: Dialect, width: int
) -> tuple[int, str, list[str], bool]:
    """How many lines the row at `at` takes, its text, its cells, whether its quotes match."""
    raw, quotes = "", 0
    for used, line in enumerate(lines[at : at + _MOST_LINES_OF_A_CELL], start=1):
        raw += line
        quotes += line.count(dialect.quote)
        if used > 1 and _is_row(line.rstrip("\r\n"), dialect, width):
            break  # this line is a row by itself: the quote above was never closed
        if quotes % 2 == 0:
            bare = raw.rstrip("\r\n")
            cells = _strictly(bare, dialect)
            if cells is not None:
                return used, bare, cells, True
            if used == 1:
                break
    bare = lines[at].rstrip("\r\n")
    return 1, bare, next(iter(dialect.cells([bare])), []), False


def _strictly(raw: str, dialect: Dialect) -> list[str] | None:
    try:
        return next(iter(dialect.cells([raw], strict=True)), [])
    except csv.Error:
        return None


def _is_row(line: str, dialect: Dialect, width: int) -> bool:
    if width <= 1 or line.count(dialect.part) < width - 1:
        return False
    cells = _strictly(line, dialect)
    return cells is not None and len(cells) == width
