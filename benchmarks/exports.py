"""Files to measure with: a salon's export of any size, as its till would write it in Spanish."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from openpyxl import Workbook

from benchmarks.fresh import in_a_process
from sample_data import scaled

Kind = Literal["csv", "xlsx"]

PIECE_LINES = 1_000_000


def export(folder: Path, lines: int, kind: Kind) -> Path:
    """The export of so many lines; written once, by a process of its own, which gives its memory back."""
    path = folder / f"salon_{lines}.{kind}"
    if not path.exists():
        in_a_process(_write, path, lines)
    return path


def _write(path: Path, lines: int) -> None:
    unfinished = path.with_name(f"unfinished_{path.name}")
    if path.suffix == ".csv":
        _write_csv(unfinished, lines)
    else:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Ventas")
        table = scaled(lines)
        sheet.append(list(table.columns))
        cells = table.astype(object).where(table.notna(), None)
        for row in cells.itertuples(index=False, name=None):
            sheet.append(row)
        book.save(unfinished)
    unfinished.rename(path)


def _write_csv(path: Path, lines: int) -> None:
    """In pieces of so many lines as fit in memory, each of clients of its own."""
    for piece, start in enumerate(range(0, lines, PIECE_LINES)):
        table = scaled(min(PIECE_LINES, lines - start), seed=piece + 1)
        if piece:
            client_id = table.columns[0]
            table[client_id] = table[client_id] + f"-{piece}"
        table.to_csv(
            path,
            mode="a" if piece else "w",
            header=not piece,
            index=False,
            sep=";",
            decimal=",",
            date_format="%d/%m/%Y",
            encoding="utf-8" if piece else "utf-8-sig",
        )
