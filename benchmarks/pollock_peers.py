"""Other readers of csv files, told nothing of the file: what a person gets who calls them as they come."""

from __future__ import annotations

import csv
import importlib
import io
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

#: From a file to what it holds as a plain csv, b"Application Error" where it cannot be read.
Reader = Callable[[Path], bytes]

FAILED = b"Application Error"
_SAMPLE_CHARACTERS = 100_000


def pandas() -> Reader | None:
    """`pandas.read_csv`, all cells as text."""
    return _pandas()


def pandas_sniffing() -> Reader | None:
    """The same, asked to find the delimiter."""
    return _pandas(sep=None, engine="python")


def pandas_lenient() -> Reader | None:
    """The same, asked to leave out rows it cannot cut."""
    return _pandas(sep=None, engine="python", on_bad_lines="skip")


def csv_sniffer() -> Reader | None:
    """The standard library's `csv.Sniffer`, and its reader."""

    def read(path: Path) -> bytes:
        text = path.read_text("utf-8")
        try:
            dialect = csv.Sniffer().sniff(text[:_SAMPLE_CHARACTERS])
            return _written(csv.reader(io.StringIO(text, newline=""), dialect))
        except csv.Error:
            return FAILED if text else b""

    return read


def clevercsv() -> Reader | None:
    """CleverCSV's detection of the dialect, and its reader."""
    module = _installed("clevercsv")
    if module is None:
        return None

    def read(path: Path) -> bytes:
        text = path.read_text("utf-8")
        try:
            dialect = module.Detector().detect(text)
            return _written(module.reader(io.StringIO(text, newline=""), dialect)) if dialect else FAILED
        except (module.exceptions.Error, TypeError):
            return FAILED if text else b""

    return read


def duckdb() -> Reader | None:
    """DuckDB's `read_csv`, all cells as text."""
    return _duckdb("all_varchar=true")


def duckdb_lenient() -> Reader | None:
    """The same, asked to pad short rows and to go on after errors."""
    return _duckdb("all_varchar=true, null_padding=true, ignore_errors=true, strict_mode=false")


def polars() -> Reader | None:
    """`polars.read_csv`, all cells as text."""
    module = _installed("polars")
    if module is None:
        return None

    def read(path: Path) -> bytes:
        try:
            frame = module.read_csv(path, infer_schema=False)
        except module.exceptions.PolarsError:
            return FAILED if path.stat().st_size else b""
        return _written([frame.columns, *frame.rows()])

    return read


#: By the name that the table shows; each gives its reader, or None where it is not installed.
PEERS: Mapping[str, Callable[[], Reader | None]] = {
    "pandas": pandas,
    "pandas, sniffing": pandas_sniffing,
    "pandas, sniffing, lenient": pandas_lenient,
    "csv.Sniffer": csv_sniffer,
    "CleverCSV": clevercsv,
    "DuckDB": duckdb,
    "DuckDB, lenient": duckdb_lenient,
    "polars": polars,
}


def _pandas(**options: Any) -> Reader:  # noqa: ANN401 - pandas' own
    module = importlib.import_module("pandas")

    def read(path: Path) -> bytes:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                frame = module.read_csv(path, dtype=str, keep_default_na=False, index_col=False, **options)
        except (ValueError, csv.Error):
            return FAILED if path.stat().st_size else b""
        return _written([list(frame.columns), *frame.itertuples(index=False, name=None)])

    return read


def _duckdb(options: str) -> Reader | None:
    module = _installed("duckdb")
    if module is None:
        return None
    connection = module.connect()

    def read(path: Path) -> bytes:
        try:
            answer = connection.execute(f"SELECT * FROM read_csv(?, {options})", [str(path)])  # noqa: S608 - ours
            return _written([[column[0] for column in answer.description], *answer.fetchall()])
        except module.Error:
            return FAILED if path.stat().st_size else b""

    return read


def _installed(name: str) -> Any:  # noqa: ANN401 - a module without types
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _written(rows: Any) -> bytes:  # noqa: ANN401 - whatever iterates over rows
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()
