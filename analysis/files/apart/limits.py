"""What the process that opens a file may use: it ends when it takes more, and the one who asked lives on.

The process sets its limits itself before it looks at the first byte of the file, because a function to run between fork
and exec is unsafe under threads. Windows has no such limits, and macOS ignores those of memory: there the guard, the
watch over the memory and the timeout (`analysis.files.apart.opener`) hold.
"""

from __future__ import annotations

import contextlib
import sys
import time

from analysis.files.guard.allowance import MEGABYTE, Allowance

if sys.platform != "win32":
    import resource

#: What a process takes that has its libraries loaded and opens a small file.
BASE = Allowance(320 * MEGABYTE, 1.0)
#: Nobody gets more, whatever the file.
MOST = Allowance(4096 * MEGABYTE, 300.0)
_MOST_OPEN_FILES = 64


def confine(size: int) -> None:
    """For a file of so many bytes that nobody has looked at: nothing written, few files open, memory for its bytes."""
    if sys.platform != "win32":
        _limit(resource.RLIMIT_FSIZE, 0)
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_NOFILE, _MOST_OPEN_FILES)
    allow(unseen(size))


def unseen(size: int) -> Allowance:
    """For taking in a file of so many bytes and for the guard's look at it."""
    return Allowance(3 * size, size / MEGABYTE * 0.1)


def allow(more: Allowance) -> None:
    """From now on no more than the base and this; a later call may allow more."""
    if sys.platform != "win32":
        _limit(resource.RLIMIT_DATA, min(BASE.memory + more.memory, MOST.memory))
        cpu_seconds = min(BASE.cpu_seconds + more.cpu_seconds, MOST.cpu_seconds)
        _limit(
            resource.RLIMIT_CPU, int(time.process_time() + cpu_seconds) + 1
        )  # the system knows whole seconds


def _limit(what: int, most: int) -> None:
    """Only the soft limit, which may be raised again."""
    if sys.platform != "win32":
        hard = resource.getrlimit(what)[1]
        within = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError, OSError):  # a system that has the limit and will not set it
            resource.setrlimit(what, (within, hard))
