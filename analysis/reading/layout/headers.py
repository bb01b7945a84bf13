"""The rows that name the columns of a table: found below titles and blank rows, of one line or of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from analysis.reading.layout.area import Area
from analysis.reading.layout.cells import (
    Rows,
    continues,
    fields_named,
    is_currency_unit,
    is_figure,
    is_known,
    is_unit,
)
from analysis.reading.layout.months import is_period

#: Rows looked at for the first header: titles, logos' captions and "downloaded on" lines stand above it.
_HEAD_ROWS = 60
#: A header fills at least this share of the columns that a usual row fills.
_ENOUGH_FILLED = 0.6
#: What a known header name is worth against a merely filled row.
_KNOWN_NAME = 1.0
_UNKNOWN_NAME = 0.2
#: Rows below a header that tell what its columns hold.
_BELOW = 40
_MOSTLY = 0.6
#: Further headers are looked for after blank rows and titles; a sheet with more of those than this is no form.
_MOST_BREAKS = 4_000
_HALF = 0.5
_FEW_BELOW = 3
_MANY_PERIODS = 3
#: Fewer filled cells name no columns of a table.
_SOME = 2
_UPPER = 8


@dataclass(frozen=True)
class Header:
    """A header: its first and last row (0-based), the row of its names, and per column its label and own line.

    `labels` are the lines joined with a space; `lasts` the lower line alone.
    """

    first: int
    last: int
    named: int
    labels: tuple[str, ...]
    lasts: tuple[str, ...]


def headers_of(area: Area) -> list[Header]:
    """The headers of an area's tables from top to bottom; none where no row looks like one."""
    main = _main_place(area)
    if main is None:
        return []
    places = sorted({main, *_further_places(area, main)})
    headers: list[Header] = []
    for place in places:
        if headers and place <= headers[-1].last:
            continue
        header = _assembled(area, place, headers[-1].last + 1 if headers else 0)
        if headers and (_same_names(headers[-1], header) or not _any_row(area, headers[-1], header)):
            if place == main and not _same_names(headers[-1], header):
                headers[-1] = header
            continue
        headers.append(header)
    return headers


def _main_place(area: Area) -> int | None:
    """The row that names the columns: the best named among those filled like the rows below them.

    A row of figures is no header. On a tie the upper one wins.
    """
    if not area.usual_width:
        return None
    rows = np.flatnonzero(area.widths >= max(_SOME, _ENOUGH_FILLED * area.usual_width))
    first = int(np.flatnonzero(area.widths)[0])
    rows = rows[rows < first + _HEAD_ROWS]
    known, figures = area.counts(rows, is_known), area.counts(rows, is_figure)
    figures = np.minimum(figures, area.widths[rows] - known) - _periods_across(area, rows)
    unknown = area.widths[rows] - known - figures
    scores = (_KNOWN_NAME * (known - figures) + _UNKNOWN_NAME * unknown) / area.widths[rows]
    scores[(figures > 0) & (known == 0)] = 0.0
    if not len(scores) or scores.max() <= 0:
        return None
    return int(rows[int(np.argmax(scores))])


def _periods_across(area: Area, rows: Rows) -> npt.NDArray[np.int64]:
    """Per row the months, years or days that head columns of sums: figures in a header, and none in the row below."""
    found = np.zeros(len(rows), dtype=np.int64)
    upper = rows[:_UPPER]
    periods = area.counts(upper, is_period)
    below = area.counts(np.minimum(upper + 1, area.height - 1), is_period)
    heads = (periods >= _MANY_PERIODS) & (below < _HALF * periods)
    if heads.any():
        figures = area.counts(upper, lambda text: is_figure(text) and is_period(text))
        found[: len(upper)] = np.where(heads, figures, 0)
    return found


def _further_places(area: Area, main: int) -> list[int]:
    """Rows that name the columns of further tables, above and below the main one."""
    widths = area.widths
    narrow = widths <= max(1, area.usual_width // 3)
    after_break = np.flatnonzero((widths >= _SOME) & np.append(True, narrow[:-1]))
    above = np.flatnonzero(widths[:main] >= _SOME)
    rows = np.unique(np.concatenate([after_break[:_MOST_BREAKS], above, _alike_below(area, main)]))
    rows = rows[(rows != main) & (rows + 1 < area.height)]
    if not len(rows):
        return []
    known, figures = area.counts(rows, is_known), area.counts(rows, is_figure)
    labels = area.counts(rows, lambda text: text.endswith(":"))
    hopeful = rows[(figures == 0) & (labels == 0) & (known > 0)]
    strong = dict(
        zip(rows.tolist(), ((known >= _SOME) & (known >= _HALF * widths[rows])).tolist(), strict=True)
    )
    own = _data_below(area, main)
    blanks = np.flatnonzero(widths[main:] == 0) + main
    own = own[own < blanks[0]] if len(blanks) else own
    figured = np.nan_to_num(area.shares(own, is_figure)) >= _MOSTLY
    return [
        int(row)
        for row in hopeful
        if _heads_rows(area, int(row), strong=strong[int(row)], below=row > main)
        and (row < main or not figured.any() or any(figured[at] for at in area.filled_columns(int(row))))
    ]


def _alike_below(area: Area, main: int) -> Rows:
    """Rows that name the main header's columns again but for some: a table of its own, though nothing parts the two."""
    same = area.same_cells(main, slice(main + 1, area.height))
    widths = area.widths[main + 1 :]
    alike = (same >= _SOME) & (same >= _ENOUGH_FILLED * np.maximum(widths, area.widths[main]))
    rows = np.flatnonzero(alike & (widths != area.widths[main]))[:_MOST_BREAKS] + main + 1
    return np.asarray(rows, dtype=np.int64)


def _heads_rows(area: Area, place: int, *, strong: bool, below: bool) -> bool:
    """Whether the rows under a candidate are its table: figures stand where it has names, and nothing beside it."""
    under = np.flatnonzero(area.widths[place + 1 : place + 1 + _FEW_BELOW]) + place + 1
    if not len(under):
        return strong and below
    named = area.filled_columns(place)
    nearest = area.filled_columns(int(under[0]))
    figures = area.counts(under, is_figure)
    if strong:
        return bool(figures.any()) and len(nearest & named) >= _HALF * len(nearest)
    after_blank = place == 0 or area.widths[place - 1] == 0
    return bool(
        after_blank and figures[0] and nearest <= named and len(nearest) >= _ENOUGH_FILLED * len(named)
    )


def _same_names(one: Header, other: Header) -> bool:
    return {label for label in one.labels if label} == {label for label in other.labels if label}


def _any_row(area: Area, one: Header, other: Header) -> bool:
    """Whether there is anything of a table between two headers: a row that is no title."""
    between = area.widths[one.last + 1 : other.first]
    return bool((between >= _SOME).any())


def _assembled(area: Area, place: int, top: int) -> Header:
    """The header whose main line is `place`, with the band above it and the second line or units below it."""
    labels = area.row(place)
    lasts = list(labels)
    first, named, last = place, place, place
    if place - 1 >= top and (bands := _band_above(area, place)) is not None:
        first -= 1
        labels = [_joined(band, label) for band, label in zip(bands, labels, strict=True)]
    for _ in range(2):
        below = _continued_below(area, labels, last)
        if below is None:
            break
        last += 1
        named = named if below[0] is below[1] else last
        labels, lasts = below
    return Header(first, last, named, tuple(labels), tuple(lasts))


def _joined(upper: str, lower: str) -> str:
    return " ".join(part for part in (upper, lower) if part) if upper != lower else lower


def _band_above(area: Area, place: int) -> list[str] | None:
    """Per column the name of the band over it ("Cliente" over "Código" and "Nombre"); None: no band line above."""
    upper, lower = area.row(place - 1), area.row(place)
    starts = [index for index, text in enumerate(upper) if text]
    if not starts or any(is_figure(text) or text.endswith(":") for text in upper if text):
        return None
    merged = _merged_ends(area, place - 1)
    whole = len(starts) == 1
    fills_gaps = any(upper[index] and not lower[index] for index in starts) and not whole
    names = [text for text in lower if text]
    repeated = len(set(names)) < len(names) and not whole
    spread = len(starts) >= _SOME and all(
        later - earlier > 1 or not (lower[earlier] and lower[later]) for earlier, later in pairwise(starts)
    )
    names_bands = spread and (any(fields_named(upper[index]) for index in starts) or repeated)
    some_merged = any(index in merged and merged[index] > index for index in starts) and not whole
    if not (some_merged or fills_gaps or repeated or names_bands):
        return None
    if len(starts) + sum(bool(text) for text in lower) <= _SOME:
        return None
    bands, band, end = [], "", -1
    for index, text in enumerate(upper):
        if text:
            band = text
            end = merged.get(index, len(upper)) if merged else len(upper)
            if not lower[index]:
                end = index  # a name of two rows' height
        bands.append(band if index <= end else "")
    return bands


def _merged_ends(area: Area, row: int) -> dict[int, int]:
    """By first column of each merged range that begins in the row, its last column (as indices of the area)."""
    places = {column.position: index for index, column in enumerate(area.columns)}
    return {
        places[left]: max((places[at] for at in range(left, right + 1) if at in places), default=places[left])
        for top, left, _bottom, right in area.grid.merged
        if top == row and left in places
    }


def _continued_below(area: Area, labels: Sequence[str], last: int) -> tuple[list[str], list[str]] | None:
    """Labels and own lines with the row below joined on, where it is a header's second line or its units."""
    place = last + 1
    if place >= area.last or not area.widths[place]:
        return None
    lower = area.row(place)
    filled = [index for index, text in enumerate(lower) if text]
    if all(is_unit(lower[index]) for index in filled) and any(labels[index] for index in filled):
        united = [
            f"{label} {text}" if label and is_currency_unit(text) else label
            for label, text in zip(labels, lower, strict=True)
        ]
        return united, united  # one and the same: units are no names
    if any(is_figure(lower[index]) for index in filled):
        return None
    data = _data_below(area, place)
    figured = np.nan_to_num(area.shares(data, is_figure)) >= _MOSTLY if len(data) else np.zeros(0, dtype=bool)
    if not figured.any() or not any(figured[index] for index in filled):
        return None
    uppers = _spread_over(labels, lower)
    joined = [
        _joined(upper, text) if text else label
        for label, upper, text in zip(labels, uppers, lower, strict=True)
    ]
    tells = any(is_known(joined[index]) or continues(lower[index]) for index in filled if labels[index])
    fills_gaps = any(not labels[index] for index in filled) and any(labels)
    if not (tells or fills_gaps):
        return None
    return joined, [text or label for label, text in zip(labels, lower, strict=True)]


def _spread_over(labels: Sequence[str], lower: Sequence[str]) -> list[str]:
    """The upper line's names, each also over the nameless columns to its right that have a lower line."""
    spread, band = [], ""
    for label, text in zip(labels, lower, strict=True):
        if label:
            band = label if text else ""
        spread.append(label or (band if text else ""))
    return spread


def _data_below(area: Area, place: int) -> Rows:
    """Full rows below a place, to see what its columns hold."""
    rows = np.flatnonzero(area.widths[place + 1 : place + 1 + _BELOW]) + place + 1
    return rows[area.widths[rows] >= _HALF * area.usual_width]
