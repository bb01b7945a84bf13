"""Uploads in which nothing is a table of ours: refused with what they lack, or with what they are instead."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.book import Notice
from analysis.errors import MissingColumnError, SummaryError, YearlessDatesError, raise_all
from analysis.reading.fields import table_of
from analysis.reading.meaning.matching import nearest_headers
from analysis.reading.meaning.understand import Understood


def refuse_if_nothing(sheets: Sequence[Understood]) -> None:
    """Raises where no sheet can be used, or where there are sums, clients at most, and no visits.

    `SummaryError` names the fullest summary; `MissingColumnError` what the fullest sheet lacks, with the headers that
    come nearest; `YearlessDatesError` its days without a year.
    """
    used = [sheet for sheet in sheets if sheet.role is not None]
    if not sheets or any(table_of(sheet.role) != "clients" for sheet in used if sheet.role):
        return
    summaries = [sheet for sheet in sheets if sheet.body.summary and not sheet.body.grid.hidden]
    if summaries and not any(sheet.corrected or sheet.role_said for sheet in used):
        fullest = _fullest(summaries)
        raise SummaryError(kind=fullest.body.summary, file=fullest.body.file, sheet=fullest.body.sheet)
    if used:
        return
    fullest = _fullest(sheets)
    lacking = fullest.lacking or ("client_name", "date")
    if fullest.body.yearless and lacking == ("date",):
        raise YearlessDatesError(
            file=fullest.body.file, sheet=fullest.body.sheet, header=fullest.body.yearless
        )
    headers = tuple(column.header for column in fullest.body.columns if column.header)
    raise_all(
        [
            MissingColumnError(
                field=field,
                file=fullest.body.file,
                sheet=fullest.body.sheet,
                found=headers,
                columns=tuple(fullest.key(column) for column in fullest.body.columns),
                nearest=nearest_headers(field, headers),
            )
            for field in lacking
        ]
    )


def layout_notices(sheets: Sequence[Understood]) -> tuple[Notice, ...]:
    """What was decided about where the tables in use are, and which sheets are sums that nothing uses."""
    told = tuple(notice for sheet in sheets if sheet.role is not None for notice in sheet.body.notices)
    ignored = tuple(
        Notice("summary_ignored", sheet.body.file, sheet.body.sheet, {"kind": sheet.body.summary})
        for sheet in sheets
        if sheet.role is None and sheet.body.summary and not (sheet.body.grid.hidden or sheet.body.beside)
    )
    return told + ignored


def _fullest(sheets: Sequence[Understood]) -> Understood:
    return max(sheets, key=lambda sheet: len(sheet.body) * len(sheet.body.columns))
