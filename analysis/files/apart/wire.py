"""How grids travel from the process that opened them: a header in JSON, then every sheet as an Arrow IPC stream.

Not by pickle: what the other process says is only ever data. An error travels as its code and values, never a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import IO, Any

import pyarrow as pa

from analysis.errors import UnreadableFileError
from analysis.files.grid import Grid, Make, TextForm

_LENGTH_BYTES = 8


def send_grids(grids: Iterable[Grid], to: IO[bytes]) -> None:
    """Writes all sheets; the files' names stay out of it."""
    known = list(grids)
    _send_header({"sheets": [_told(grid) for grid in known]}, to)
    for grid in known:
        names = [str(position) for position in range(len(grid.columns))]
        sheet = pa.record_batch(list(grid.columns), names=names) if names else pa.record_batch({})
        with pa.ipc.new_stream(to, sheet.schema) as stream:
            stream.write_batch(sheet)


def send_refusal(refusal: UnreadableFileError, to: IO[bytes]) -> None:
    """Writes why the file is refused."""
    values = {name: value for name, value in refusal.values.items() if name != "file"}
    _send_header({"refused": refusal.code, "values": values}, to)


def received(answer: bytes, file: str) -> tuple[Grid, ...]:
    """The sheets of the file of this name; raises the `UnreadableFileError` that was sent instead.

    Raises `ValueError` (`pa.ArrowInvalid` and `json.JSONDecodeError` are kinds of it) where the answer is broken off.
    """
    length = int.from_bytes(answer[:_LENGTH_BYTES], "big")
    if len(answer) < _LENGTH_BYTES + length:
        raise ValueError("an answer broken off")
    header = json.loads(answer[_LENGTH_BYTES : _LENGTH_BYTES + length])
    if "refused" in header:
        raise UnreadableFileError(header["refused"], file=file, **header["values"])
    rest = pa.BufferReader(pa.py_buffer(answer).slice(_LENGTH_BYTES + length))
    return tuple(_grid(file, sheet, _columns(rest)) for sheet in header["sheets"])


def _send_header(header: object, to: IO[bytes]) -> None:
    written = json.dumps(header).encode()
    to.write(len(written).to_bytes(_LENGTH_BYTES, "big") + written)


def _told(grid: Grid) -> dict[str, Any]:
    """Everything of a grid but its columns and its file."""
    return {
        "sheet": grid.sheet,
        "makes": [asdict(make) for make in grid.makes],
        "text": asdict(grid.text) if grid.text is not None else None,
        "hidden": grid.hidden,
        "pivot": grid.pivot,
        "merged": grid.merged,
        "unvalued": grid.unvalued,
        "first_column": grid.first_column,
    }


def _grid(file: str, told: dict[str, Any], columns: tuple[pa.Array, ...]) -> Grid:
    text = told.pop("text")
    makes = told.pop("makes")
    return Grid(
        file=file,
        columns=columns,
        makes=tuple(Make(**make) for make in makes),
        text=TextForm(**_with_tuples(text)) if text is not None else None,
        **_with_tuples(told),
    )


def _columns(stream: pa.BufferReader) -> tuple[pa.Array, ...]:
    with pa.ipc.open_stream(stream) as reader:
        sheet = reader.read_next_batch()
        for _ in reader:  # to the end of this sheet, where the next one begins
            raise ValueError("a sheet is one batch")
    sheet.validate(full=True)
    return tuple(sheet.columns)


def _with_tuples(told: dict[str, Any]) -> dict[str, Any]:
    """JSON has lists where a frozen dataclass has tuples."""
    return {name: _tuple(value) for name, value in told.items()}


def _tuple(value: object) -> object:
    return tuple(map(_tuple, value)) if isinstance(value, Sequence) and not isinstance(value, str) else value
