"""How every column of a file was understood, and the owner's word against ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.book import Book, ColumnReading
from analysis.reading import ColumnKey
from analysis.reading.fields import FIELDS
from ui import session
from ui.markdown import escape
from ui.page import finding_line
from words import Words

#: A table's header and rows, in pixels, and the height from which it scrolls.
_HEAD, _ROW, _TALLEST = 38, 35, 425


def understood(w: Words, book: Book) -> None:
    """How many rows are used, and how every column was read, correctable."""
    sheets = [sheet for sheet in book.sheets if sheet.table is not None]
    used = sum(sheet.rows_used for sheet in book.sheets)
    files = list(dict.fromkeys(sheet.file for sheet in book.sheets))
    file = escape(w.listing(files))
    dates = book.sales.loc[book.sales["status"] == "completed", "date"].dropna()
    if dates.empty:
        note = w("start.understood.no_dates", file=file)
    else:
        note = w("start.understood.note", file=file, n=len(sheets), first=dates.min(), last=dates.max())
    finding_line(w("start.understood", used=used, n=book.rows_read), note)


def correct_columns(w: Words, book: Book) -> None:
    """Each column with examples, what it is taken for (a choice) and how sure that is."""
    columns = list(book.columns)
    unused = w("start.columns.unused")
    fields = {code: _capital(w(f"field.{code}")) for code in FIELDS}
    codes = {label: code for code, label in fields.items()}
    several = len({(column.file, column.sheet) for column in columns}) > 1
    table = pd.DataFrame(
        {
            "sheet": [column.sheet or column.file for column in columns],
            "yours": [column.header or w("start.columns.no_header") for column in columns],
            "examples": [" · ".join(map(_without_midnight, column.samples)) for column in columns],
            "read_as": [fields[column.field] if column.field else unused for column in columns],
            "sure": [w(f"confidence.{column.confidence}") for column in columns],
        }
    )
    shown = table if several else table.drop(columns="sheet")
    changed = st.data_editor(
        shown,
        hide_index=True,
        disabled=["sheet", "yours", "examples", "sure"],
        height=min(_HEAD + _ROW * len(shown) + 2, _TALLEST),
        column_config={
            "sheet": st.column_config.TextColumn(w("start.columns.sheet"), width=85),
            "yours": st.column_config.TextColumn(w("start.columns.yours"), width=130),
            "examples": st.column_config.TextColumn(w("start.columns.examples"), width=290),
            "read_as": st.column_config.SelectboxColumn(
                w("start.columns.read_as"), options=[*codes, unused], required=True, width=160
            ),
            "sure": st.column_config.TextColumn(w("start.columns.sure"), width=85),
        },
        key=f"columns_{book.digest[:12]}_{w.language}",
        alt=w("start.columns.alt", n=len(columns)),
    )
    chosen = corrected(columns, shown["read_as"].tolist(), changed["read_as"].tolist(), codes)
    if chosen:
        fields_now = {**session.corrections().fields, **chosen}
        session.set_corrections(replace(session.corrections(), fields=fields_now))
        st.rerun()


def corrected(
    columns: Sequence[ColumnReading], before: Sequence[str], after: Sequence[str], codes: Mapping[str, str]
) -> dict[ColumnKey, str | None]:
    """The columns whose label was changed, with the field of the new one; None = not used any more."""
    return {
        ColumnKey(column.file, column.sheet, column.header, column.position): codes.get(now)
        for column, then, now in zip(columns, before, after, strict=True)
        if then != now
    }


def _without_midnight(sample: str) -> str:
    """Spreadsheets store a day as its midnight; nobody wrote the hour."""
    return sample.removesuffix(" 00:00:00").removesuffix("T00:00:00")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
