"""The notebook as a file: JSON that a person can read, checked when it comes back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

import msgspec

from analysis.errors import PuntualError
from analysis.notebook.entries import Notebook

FORMAT: Literal["puntual-notebook"] = "puntual-notebook"
VERSION = 1

#: How an editor may have written it down.
_CODINGS = ("utf-8", "utf-16-le", "utf-16-be")
#: No day of a shop is outside of these; a slip of the finger is (0206 for 2026).
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class NotebookError(PuntualError):
    """A file that calls itself a notebook and cannot be read as one; values: `place` (a path such as `outcomes[3].on`).

    Code `notebook_newer`: written by a later version of Puntual.
    """

    code = "notebook_spoilt"


@dataclass(frozen=True)
class _File:
    format: Literal["puntual-notebook"]
    version: int
    notebook: Notebook


def notebook_bytes(notebook: Notebook) -> bytes:
    """The notebook as UTF-8 JSON, indented; the same notebook gives the same bytes."""
    written = msgspec.json.encode(_File(FORMAT, VERSION, notebook), enc_hook=_plain, order="sorted")
    return msgspec.json.format(written, indent=1) + b"\n"


def is_notebook(data: bytes) -> bool:
    """Whether a file says of itself that it is a notebook, readable or not."""
    return any(FORMAT.encode(coding) in end for coding in _CODINGS for end in (data[:4096], data[-4096:]))


def read_notebook(data: bytes) -> Notebook:
    """The notebook in a file. Raises NotebookError."""
    try:
        # An editor may have put its mark before the text, or kept it as "Unicode".
        text = data.decode(json.detect_encoding(data))
        head = msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotebookError(place="") from error
    version = head.get("version")
    if isinstance(version, int) and version > VERSION:
        raise NotebookError("notebook_newer", version=version)
    try:
        notebook = msgspec.convert(head, _File).notebook
    except msgspec.ValidationError as error:
        raise NotebookError(place=_place(str(error))) from error
    for place, day in _days(notebook, "notebook"):
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise NotebookError(place=place)
    return notebook


def _days(value: object, place: str) -> Iterator[tuple[str, dt.date]]:
    """Every day in an entry, with where it stands."""
    if isinstance(value, dt.date):
        yield place, value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from _days(one, f"{place}[{name}]")
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for number, one in enumerate(value):
            yield from _days(one, f"{place}[{number}]")
    elif is_dataclass(value):
        for field in fields(value):
            yield from _days(getattr(value, field.name), f"{place}.{field.name}")


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


def _place(said: str) -> str:
    """The path in what msgspec says: "Expected `date` - at `$.notebook.outcomes[3].on`"."""
    return said.rpartition("`$.")[2].rstrip("`") if "`$." in said else ""
