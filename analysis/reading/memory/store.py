"""The memory's file in the user's data folder: read with care, written whole or not at all, and switched off at will.

`PUNTUAL_MEMORY=off` switches it off for good (a server of many owners), `PUNTUAL_DATA` names another folder.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import platformdirs

from analysis.errors import PuntualError
from analysis.reading.memory.mappings import MOST_BYTES, ForeignFileError, Mappings, parsed, written

SWITCH_VARIABLE = "PUNTUAL_MEMORY"
FOLDER_VARIABLE = "PUNTUAL_DATA"
_FILE, _OFF, _SPOILT = "mappings.json", "mappings.off", "mappings.spoilt.json"
_OFF_WORDS = frozenset({"off", "0", "no", "false"})
#: Windows refuses to replace a file while another program reads it.
_TRIES, _PAUSE_SECONDS = 5, 0.05

#: One writer at a time within this process; between processes, the last one to write is right.
_writing = threading.Lock()


def folder() -> Path:
    """Where the memory is kept: the place of the operating system for a program's data."""
    return Path(os.environ.get(FOLDER_VARIABLE) or platformdirs.user_data_path("Puntual", appauthor=False))


def is_allowed() -> bool:
    """Whether there is a memory at all: whoever runs the program may have forbidden it."""
    return os.environ.get(SWITCH_VARIABLE, "").strip().lower() not in _OFF_WORDS


def is_on() -> bool:
    """Whether the memory is in use: it is allowed, and its owner did not switch it off."""
    return is_allowed() and not (folder() / _OFF).exists()


def switch(*, on: bool) -> None:
    """Switches the memory on or off; what it holds stays until it is forgotten. Raises OSError."""
    mark = folder() / _OFF
    if on:
        mark.unlink(missing_ok=True)
    else:
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()


def load(path: Path) -> Mappings:
    """The mappings of a file. Raises OSError, or `PuntualError` (foreign_mapping) where the file is none of ours."""
    try:
        with path.open("rb") as file:
            return parsed(file.read(MOST_BYTES + 1))
    except ForeignFileError as problem:
        raise PuntualError("foreign_mapping", file=path.name) from problem


def load_own() -> tuple[Mappings, bool]:
    """The mappings of the user's folder, and whether their file was sound: a damaged one is as good as none."""
    if not is_on():
        return Mappings(), True
    try:
        return load(folder() / _FILE), True
    except FileNotFoundError:
        return Mappings(), True
    except (OSError, PuntualError):
        return Mappings(), False


def change_own(change: Callable[[Mappings], Mappings]) -> bool:
    """Reads the mappings, changes them and writes them back; whether that worked.

    A damaged or foreign file is kept beside the new one. Nothing is written while the memory is off.
    """
    if not is_on():
        return False
    try:
        with _writing:
            before, sound = load_own()
            after = change(before)
            if sound and after == before:
                return True
            if not sound:
                _replace(folder() / _FILE, folder() / _SPOILT)
            _write(folder() / _FILE, written(after))
    except OSError:
        return False
    return True


def forget_own() -> bool:
    """Deletes all that is remembered; whether that worked."""
    try:
        with _writing:
            for name in (_FILE, _SPOILT):
                (folder() / name).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _write(path: Path, data: bytes) -> None:
    """The whole file or none: written beside its place, then put into it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _replace(beside, path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def _replace(source: Path, target: Path) -> None:
    for attempt in range(_TRIES):
        try:
            source.replace(target)
        except PermissionError:
            if attempt == _TRIES - 1:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return
