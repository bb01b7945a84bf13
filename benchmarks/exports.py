"""Files to measure with: a salon's export of any size, as its till would write it in Spanish."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from openpyxl import Workbook

from benchmarks.fresh import in_a_process
from sample_data import scaled

Kind = Literal["csv", "xlsx"]


def export(folder: Path, lines: int, kind: Kind) -> Path:
    """The export of so many lines; written once, by a process of its own: a child inherits its parent's peak."""
    path = folder / f"salon_{lines}.{kind}"
    if not path.exists():
        in_a_process(_write, path, lines)
    return path


def _write(path: Path, lines: int) -> None:
    table = scaled(lines)
    unfinished = path.with_name(f"unfinished_{path.name}")
    if path.suffix == ".csv":
        table.to_csv(
            unfinished, index=False, sep=";", decimal=",", date_format="%d/%m/%Y", encoding="utf-8-sig"
        )
    else:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Ventas")
        sheet.append(list(table.columns))
        cells = table.astype(object).where(table.notna(), None)
        for row in cells.itertuples(index=False, name=None):
            sheet.append(row)
        book.save(unfinished)
    unfinished.rename(path)
