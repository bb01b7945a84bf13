"""What the owner should know of how a text file was taken apart into cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.book import Notice
from analysis.files.grid import Grid, TextForm

_MOST_ROWS = 5


def file_notices(grids: Sequence[Grid]) -> tuple[Notice, ...]:
    """Characters and rows of text files that were not as they should be, and what was made of them."""
    return tuple(notice for grid in grids if grid.text for notice in _of(grid.file, grid.text))


def _of(file: str, form: TextForm) -> Iterator[Notice]:
    if form.certainty == "guessed":
        yield Notice("encoding_guessed", file, values={"encoding": form.encoding})
    if form.certainty == "mixed":
        yield Notice("encoding_mixed", file)
    if form.misread:
        yield Notice("misread_repaired", file, values={"n": form.misread})
    if form.rejoined:
        yield Notice("cells_rejoined", file, values={"n": form.rejoined})
    if form.mended:
        first = tuple(str(row) for row in form.mended[:_MOST_ROWS])
        yield Notice("rows_mended", file, values={"n": len(form.mended), "rows": first})
