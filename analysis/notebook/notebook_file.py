"""The notebook as a file: JSON that a person can read, checked when it comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from analysis.errors import PuntualError
from analysis.notebook.entries import Notebook

FORMAT: Literal["puntual-notebook"] = "puntual-notebook"
VERSION = 1


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
    return FORMAT.encode() in data[:4096] or FORMAT.encode() in data[-4096:]


def read_notebook(data: bytes) -> Notebook:
    """The notebook in a file. Raises NotebookError."""
    try:
        head = msgspec.json.decode(data, type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise NotebookError(place="") from error
    version = head.get("version")
    if isinstance(version, int) and version > VERSION:
        raise NotebookError("notebook_newer", version=version)
    try:
        return msgspec.convert(head, _File).notebook
    except msgspec.ValidationError as error:
        raise NotebookError(place=_place(str(error))) from error


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


def _place(said: str) -> str:
    """The path in what msgspec says: "Expected `date` - at `$.notebook.outcomes[3].on`"."""
    return said.rpartition("`$.")[2].rstrip("`") if "`$." in said else ""
