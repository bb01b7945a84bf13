"""Where the tables of an upload are: sheets cut into areas, areas into tables, tables of one make joined."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.files.grid import Grid
from analysis.reading.layout.area import Area, area_of
from analysis.reading.layout.body import Body, Part
from analysis.reading.layout.first_lines import filled_down
from analysis.reading.layout.groups import unfolded
from analysis.reading.layout.headers import Header, headers_of
from analysis.reading.layout.margins import fates_of, no_fates
from analysis.reading.layout.strips import strips_of
from analysis.reading.layout.summaries import lies_on_its_side, summary_of
from analysis.reading.layout.years import with_years
from analysis.reading.values.columns import Column

#: No export of ours has more columns; a sheet that does is a matrix of something else.
MOST_COLUMNS = 400
#: Rows above a header that are kept as its titles, and as many cells of each.
_TITLE_ROWS = 30
#: A title, or a label and its value, fills no more cells.
_TITLE_CELLS = 2


def tables_in(grid: Grid) -> list[Body]:
    """The tables of a sheet: as many as have a header of their own, or one without any."""
    area = area_of(grid, MOST_COLUMNS)
    if len(grid.columns) > MOST_COLUMNS:
        return [replace(_without_header(area), summary="too_wide")]
    bodies = [_looked_at(body) for strip in strips_of(area) for body in _tables_of(strip)]
    return [replace(body, beside=True) for body in bodies] if len(bodies) > 1 else bodies


def _looked_at(body: Body) -> Body:
    """A table with its groups unfolded and its days whole, and whether it holds visits at all."""
    body = with_years(filled_down(unfolded(body)))
    return body if body.summary else replace(body, summary=summary_of(body))


def _tables_of(area: Area) -> list[Body]:
    if lies_on_its_side(area):
        return [replace(_without_header(area), summary="transposed")]
    headers = headers_of(area)
    if not headers:
        return [_without_header(area)]
    starts = [_titles_start(area, header) for header in headers]
    ends = [*starts[1:], area.last]
    tops = [0, *ends[:-1]]
    return [
        _body(area, header, top, max(end, header.last + 1))
        for header, top, end in zip(headers, tops, ends, strict=True)
    ]


def _titles_start(area: Area, header: Header) -> int:
    """The first of the title rows directly above a header."""
    place = header.first
    while place > 0 and 0 < area.widths[place - 1] <= _TITLE_CELLS:
        place -= 1
    return place


def _body(area: Area, header: Header, top: int, end: int) -> Body:
    """The table below a header, to the last row with anything in it before `end`."""
    start = header.last + 1
    filled = np.flatnonzero(area.widths[start:end])
    end = start + (int(filled[-1]) + 1 if len(filled) else 0)  # rows after that are formatting, not data
    titles = _titles(area, top, header.first)
    columns = tuple(
        replace(_rows_of(column, start, end), header=label, last_line=last)
        for column, label, last in zip(area.columns, header.labels, header.lasts, strict=True)
    )
    # A column without header and without a single cell is the sheet's margin.
    columns = tuple(column for column in columns if column.header or len(column.uniques))
    return Body(
        area.grid.file,
        area.grid.sheet,
        header.named + 1,
        columns,
        np.arange(start, end, dtype=np.int64) + 1,
        (Part(area.grid, header.named + 1, end - start),),
        fates_of(area, header, start, end, titles),
        titles,
    )


def _without_header(area: Area) -> Body:
    """A sheet none of whose rows names columns."""
    columns = tuple(column for column in area.columns if len(column.uniques))
    columns = tuple(_rows_of(column, 0, area.last) for column in columns)
    rows = np.arange(area.last, dtype=np.int64) + 1
    part = Part(area.grid, None, area.last)
    return Body(area.grid.file, area.grid.sheet, None, columns, rows, (part,), no_fates(area.last))


def _rows_of(column: Column, start: int, end: int) -> Column:
    keep = np.zeros(len(column), dtype=bool)
    keep[start:end] = True
    return column if keep.all() else column.rows(keep)


def _titles(area: Area, top: int, first: int) -> tuple[tuple[str, ...], ...]:
    """The texts above a header, row by row, as far up as the table before it."""
    rows = (area.row(place) for place in range(max(top, first - _TITLE_ROWS), first) if area.widths[place])
    return tuple(tuple(text for text in row if text) for row in rows)
