"""What a step costs: CPU seconds and peak memory, each time in a process of its own, the median of several.

CPU seconds and not the clock: they hardly change when others use the machine.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fresh import in_a_process

try:
    import resource
except ImportError:  # Windows keeps no peak that Python could ask for
    resource = None  # type: ignore[assignment]

#: Makes ready what is not measured (reads the file that is then analysed) and returns what is.
Step = Callable[..., Callable[[], object]]

TIMES = 3
LINUX_STATUS = Path("/proc/self/status")
#: `ru_maxrss` counts kilobytes, but for macOS's bytes.
PEAK_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Cost:
    """Medians of several runs. `peak_mb` is the whole process's, with what made the step ready; NaN where unknown."""

    cpu_seconds: float
    peak_mb: float
    said: object  # what the step answered, the last time


def cost(step: Step, *arguments: object, times: int = TIMES) -> Cost:
    """Runs a step `times` times. It and its arguments go to other processes: a module's function, plain values."""
    runs = [in_a_process(_run, step, arguments) for _ in range(times)]
    return Cost(
        statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs), runs[-1][2]
    )


def _run(step: Step, arguments: tuple[object, ...]) -> tuple[float, float, object]:
    measured = step(*arguments)
    before = cpu_seconds()
    said = measured()
    return cpu_seconds() - before, _peak_mb(), said


def cpu_seconds() -> float:
    """Of this process and of those it started and saw end."""
    spent = os.times()
    return time.process_time() + spent.children_user + spent.children_system


def _peak_mb() -> float:
    if LINUX_STATUS.exists():
        # Linux's `ru_maxrss` begins at the peak of whoever started the process; this one begins with the process.
        [peak] = [
            line.split()[1] for line in LINUX_STATUS.read_text().splitlines() if line.startswith("VmHWM")
        ]
        return int(peak) / 1024
    if resource is None:
        return float("nan")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * PEAK_UNIT / 2**20
