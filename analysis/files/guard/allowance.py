"""How much memory and time opening a file may take, by what the guard saw of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Allowance:
    """Bytes of memory and CPU seconds beyond those already taken."""

    memory: int
    cpu_seconds: float

    def __add__(self, more: Allowance) -> Allowance:
        return Allowance(self.memory + more.memory, self.cpu_seconds + more.cpu_seconds)


#: Told what a file may take before it is parsed.
Allow = Callable[[Allowance], None]


def unlimited(_allowance: Allowance) -> None:
    """Where nothing limits the process."""


def of_text(size: int, times: float = 1.0) -> Allowance:
    """For cutting so many bytes of text into cells; `times` as much where a cell takes more than its text."""
    return Allowance(int(size * 12 * times), size / MEGABYTE * 0.4 * times)


def of_cells(xml_bytes: int, cells: int, text_bytes: int) -> Allowance:
    """For a workbook of so much XML, places from the first cell to the last (empty ones too) and texts in them.

    Measured: a million rows of ten columns are 390 MB of XML, ten million places and 900 MB at their peak, in 6 s.
    """
    memory = 2 * xml_bytes + 96 * cells + 3 * text_bytes
    return Allowance(memory, xml_bytes / MEGABYTE * 0.15 + cells * 3e-6)
