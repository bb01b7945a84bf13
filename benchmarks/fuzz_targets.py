"""What the fuzzer calls: each parser on bytes, and the whole way; a refusal is an answer like any other."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping

import pyarrow as pa

from analysis.errors import PuntualError
from analysis.files.delimited import text_grid
from analysis.files.encodings import decoded, repaired
from analysis.files.kinds import content_of
from analysis.reading import Upload
from analysis.reading.layout.tables import tables_in
from analysis.reading.raw import csv_of, raw_table
from analysis.reading.values.dates import read_dates
from analysis.reading.values.numbers import read_numbers
from analysis.reading.values.statuses import flag_meaning, solved_meaning, status_meanings
from analysis.reading.values.texts import essential, fingerprint, plain_header
from tests.analysis.reading.exports import TODAY
from tests.analysis.reading.spoilt import BASES, check

_LINES = 60


def _table(data: bytes) -> None:
    """As it is written: no cell is lost between the grid and the csv, and the csv is one."""
    grid = text_grid(Upload("a.csv", data))
    if not all(len(column) == grid.height for column in grid.columns):
        raise AssertionError("columns of unequal length")
    csv_of(raw_table([grid]))


def _layout(data: bytes) -> None:
    for body in tables_in(text_grid(Upload("a.csv", data))):
        if not len(body.rows) == len(body.fates) == sum(part.count for part in body.parts):
            raise AssertionError("rows without a fate")


def _encoding(data: bytes) -> None:
    repaired(decoded(data).text)


def _kind(data: bytes) -> None:
    with contextlib.suppress(PuntualError):
        content_of(data)


def _texts(data: bytes) -> pa.StringArray:
    lines = dict.fromkeys(line.strip() for line in decoded(data).text.splitlines()[:_LINES])
    return pa.array([line for line in lines if line], pa.string())


def _numbers(data: bytes) -> None:
    read_numbers(_texts(data))


def _dates(data: bytes) -> None:
    read_dates(_texts(data), TODAY)


def _words(data: bytes) -> None:
    texts = _texts(data).to_pylist()
    for text in texts:
        fingerprint(text)
        essential(plain_header(text))
        flag_meaning(text)
        solved_meaning(text)
    status_meanings("estado", texts, [1] * len(texts))


def _whole(data: bytes) -> None:
    check(Upload("a.csv", data))


PARSERS: Mapping[str, Callable[[bytes], None]] = {
    "dates": _dates,
    "encoding": _encoding,
    "kind": _kind,
    "layout": _layout,
    "numbers": _numbers,
    "table": _table,
    "words": _words,
}
WHOLE: Mapping[str, Callable[[bytes], None]] = {"whole": _whole}

_VALUES = {
    "dates": "03/07/2026\n2026-07-03 10:30\n3-set-2024\n10 de marzo de 2020 12:28 hs.\n45292\n10:30 a. m.",
    "numbers": "1.234,50\nS/ 1.234,50\n(45.00)\n45-\n-96,20\n70.00 €\n1'234.50\n2307.00 Cr\n12%\n1e5",
    "words": "No asistió\n13 - Nota de Crédito\nSí\nPagado\nCancelado\nPérez, Ana\nNº Socio\nCustomerID",
}


def seeds(name: str) -> Iterator[bytes]:
    """Sound inputs of a parser."""
    if name in _VALUES:
        yield _VALUES[name].encode()
        return
    for base, upload in BASES.items():
        if base.startswith("csv"):
            yield upload.data
