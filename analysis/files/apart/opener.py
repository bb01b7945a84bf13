"""Opening a file in a process of its own: whatever becomes of that process is a sentence here, and this one goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil

from analysis.errors import UnreadableFileError
from analysis.files.apart.limits import MOST
from analysis.files.apart.turns import Turns
from analysis.files.apart.wire import received
from analysis.files.grid import Grid
from analysis.files.guard.allowance import MEGABYTE
from analysis.files.upload import Upload
from analysis.progress import Progress, untold

_ROOT = Path(__file__).resolve().parents[3]
_COMMAND = (sys.executable, "-m", "analysis.files.apart.child")
#: On the clock, for a file of no size; a busy machine takes several times the CPU seconds that limits speak of.
_PATIENCE_SECONDS = 60.0
_PATIENCE_SECONDS_PER_MEGABYTE = 6.0
#: As often the page is told that work goes on, which also lets a page that is gone stop it.
_SAY_AGAIN_SECONDS = 1.0
#: What ends a process that takes more memory than it may: Rust aborts where memory is refused, Linux kills.
_FOR_MEMORY = {getattr(signal, name) for name in ("SIGABRT", "SIGKILL") if hasattr(signal, name)}
_FOR_TIME = {getattr(signal, name) for name in ("SIGXCPU",) if hasattr(signal, name)}

#: Linux holds a process to its memory by itself (`analysis.files.apart.limits`); elsewhere it is looked at as often.
WATCH_MEMORY = sys.platform != "linux"
_LOOK_SECONDS = 0.05
_WATCHED_BASE, _WATCHED_PER_BYTE = 450 * MEGABYTE, 24
#: Of the whole server.
TURNS = Turns()


def open_apart(upload: Upload, progress: Progress = untold) -> tuple[Grid, ...]:
    """The sheets of one file, opened by a process with limits when its turn has come.

    Raises `UnreadableFileError` with what the file really is, or with the `kind` too_much (memory), took_too_long or
    reader_died, where the process did not end as it should.
    """
    with TURNS.turn(progress):
        progress("open_files", 0.0)
        answer = _answer_of(upload, progress)
    try:
        return received(answer, upload.name)
    except ValueError as problem:
        raise UnreadableFileError(file=upload.name, kind="reader_died") from problem


def _answer_of(upload: Upload, progress: Progress) -> bytes:
    process = subprocess.Popen(
        [*_COMMAND, str(len(upload.data))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env=_environment(),
    )
    # In a thread, because Python 3.11 forgets the rest of the input where `communicate` is asked a second time.
    talk = _Talk(process, upload.data)
    try:
        talk.start()
        until = time.monotonic() + _PATIENCE_SECONDS
        until += len(upload.data) / MEGABYTE * _PATIENCE_SECONDS_PER_MEGABYTE
        watched = _Memory(process.pid, len(upload.data))
        told = time.monotonic()
        while not talk.ended(_LOOK_SECONDS if WATCH_MEMORY else _SAY_AGAIN_SECONDS):
            if time.monotonic() > until:
                raise UnreadableFileError(file=upload.name, kind="took_too_long")
            if WATCH_MEMORY and watched.too_much():
                raise UnreadableFileError(file=upload.name, kind="too_much")
            if time.monotonic() > told + _SAY_AGAIN_SECONDS:
                told = time.monotonic()
                progress("open_files", 0.5)
    finally:  # whatever ends the waiting, the page's own going too, the process does not outlive it
        process.kill()
        talk.join()
    if process.returncode:
        raise UnreadableFileError(file=upload.name, kind=_why_ended(process.returncode))
    return talk.answer


class _Memory:
    """How much memory the process takes, where the system does not keep it from taking too much."""

    def __init__(self, process: int, size: int) -> None:
        self._process = process
        self._most = min(_WATCHED_BASE + _WATCHED_PER_BYTE * size, MOST.memory)

    def too_much(self) -> bool:
        try:
            return bool(psutil.Process(self._process).memory_info().rss > self._most)
        except psutil.Error:  # it is gone
            return False


class _Talk(threading.Thread):
    """Gives the process its file and takes its answer."""

    def __init__(self, process: subprocess.Popen[bytes], data: bytes) -> None:
        super().__init__(name="opening a file", daemon=True)
        self._process, self._data = process, data
        self.answer = b""

    def run(self) -> None:
        self.answer = self._process.communicate(self._data)[0]

    def ended(self, seconds: float) -> bool:
        """Whether the process has answered and gone, after waiting at most so long."""
        self.join(seconds)
        return not self.is_alive()


def _why_ended(code: int) -> str:
    """Of a process that gave no answer, by the signal that ended it (negative, where there are signals)."""
    if -code in _FOR_TIME:
        return "took_too_long"
    return "too_much" if -code in _FOR_MEMORY else "reader_died"


def _environment() -> dict[str, str]:
    """One thread a library: more would reserve memory and take the time of others."""
    return {
        **os.environ,
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": str(_ROOT),
        "MALLOC_ARENA_MAX": "2",
    }
