"""Results as Markdown tables: read in a terminal, pasted in the README."""

from __future__ import annotations

import math
from collections.abc import Sequence


def table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns of equal width; all but the first to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(headers, *rows, strict=True)]

    def line(cells: Sequence[str]) -> str:
        first, *others = zip(cells, widths, strict=True)
        padded = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
        return f"| {' | '.join(padded)} |"

    rule = line(["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])])
    return "\n".join([line(headers), rule, *(line(row) for row in rows)])


def figure(value: float, digits: int = 2) -> str:
    """A number, or a dash where there is none."""
    return "–" if math.isnan(value) else f"{value:,.{digits}f}"


def share(value: float, digits: int = 1, *, signed: bool = False) -> str:
    """A share in per cent, or a dash where there is none."""
    sign = "+" if signed else ""
    return "–" if math.isnan(value) else f"{100 * value:{sign}.{digits}f}%"
