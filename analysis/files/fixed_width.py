"""Reports printed as text: columns that line up with spaces and have no delimiter."""

from __future__ import annotations

import re
from itertools import pairwise

import pyarrow as pa

from analysis.files.dialects import lines_of

_RULE = re.compile(r"[\s\-=_+|.*]*")
_SAMPLE_LINES = 2_000
_FEWEST_LINES = 3
_BLANK_IN = 0.9  # share of the table's lines that leave a gutter blank
_LEAST_COLUMNS = 3
_WIDEST_LINE = 1_000


def fixed_columns(text: str) -> list[pa.Array] | None:
    """The columns of a printed table, a text (or null) per line; None where lines do not line up or have tabs.

    Rules of dashes are rows without cells; a line that does not leave the gutters blank (a title, a note) is one cell.
    """
    if "\t" in text:
        return None
    lines = [line.rstrip() for line in lines_of(text)]
    sample = [line for line in lines[:_SAMPLE_LINES] if line.strip() and not _RULE.fullmatch(line)]
    table = [line for line in sample if len(re.findall(r"\S {2,}(?=\S)", line)) >= _LEAST_COLUMNS - 1]
    if len(table) < max(_FEWEST_LINES, len(sample) / 2) or max(map(len, lines)) > _WIDEST_LINE:
        return None
    cuts = _gutters(table)
    if len(cuts) < _LEAST_COLUMNS - 1:
        return None
    rows = [_cells(line, cuts) for line in lines]
    return [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]


def _gutters(table: list[str]) -> list[int]:
    """Where the lines are cut: the last blank column of every run that (nearly) all lines leave blank."""
    width = max(map(len, table))
    padded = [line.ljust(width) for line in table]
    blank = [sum(line[place] == " " for line in padded) >= _BLANK_IN * len(table) for place in range(width)]
    begins = min(len(line) - len(line.lstrip()) for line in table)
    cuts, run = [], 0
    for place in range(begins, width):
        if blank[place]:
            run += 1
            continue
        if run >= 1 and _cuts_apart(padded, place, run):
            cuts.append(place)
        run = 0
    return cuts


def _cuts_apart(padded: list[str], place: int, run: int) -> bool:
    """Whether a gutter parts two columns: two blanks wide, or one that every line has with something on both sides."""
    if run > 1:
        return True
    return all(line[place - 1] == " " for line in padded) and all(
        line[place - 2] != " " or line[place] != " " for line in padded
    )


def _cells(line: str, cuts: list[int]) -> list[str | None]:
    if not line.strip() or _RULE.fullmatch(line):
        return [None] * (len(cuts) + 1)
    # A word that runs across a gutter: this line is none of the table's.
    if any(line[cut - 1 : cut].strip() for cut in cuts):
        return [line.strip(), *([None] * len(cuts))]
    bounds = [0, *cuts, len(line)]
    return [line[start:end].strip() or None for start, end in pairwise(bounds)]
