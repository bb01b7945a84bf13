"""How every sheet and column was understood, and the owner's word against ours: folded away, for it is mostly right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Literal, cast

import pandas as pd
import streamlit as st

from analysis.book import Book, ColumnReading, SheetReading
from analysis.reading import ColumnKey, Corrections, SheetKey
from analysis.reading.corrections import DateOrder, DecimalMark
from analysis.reading.fields import FIELDS, ROLES, Role
from ui import session
from ui.keys import key_of
from ui.markdown import escape, muted_body
from words import Words

#: A table's header and rows, in pixels, and the height from which it scrolls.
_HEAD, _ROW, _TALLEST = 38, 35, 425
#: Ways to read a column's cells that the owner may choose (`how.<code>`), and the details they stand for.
_HOW = {"dmy": "dmy", "mdy": "mdy", ",": "comma", ".": "point"}
_ORDERS, _MARKS = ("dmy", "mdy"), (",", ".")
#: The choice of a sheet that is no table of ours.
_NOTHING = "nothing"


def correct_columns(w: Words, book: Book) -> None:
    """Sheet by sheet what it is and, column by column, examples, what each is taken for, how it is read, how sure."""
    doubtful = sum(column.confidence == "likely" for column in book.columns)
    label = w("start.columns", n=len(book.columns))
    if doubtful:
        label = f"{label} {w('start.columns.likely', n=doubtful)}"
    with st.expander(label, key="columns"):
        sheet = _which_sheet(w, book)
        if sheet is None:
            return
        _correct_role(w, sheet)
        columns = [
            column for column in book.columns if (column.file, column.sheet) == (sheet.file, sheet.sheet)
        ]
        if columns:
            _correct_table(w, book, columns)
        said = count(session.corrections())
        if said:
            st.button(
                w("start.undo", n=said),
                icon=":material/undo:",
                type="tertiary",
                key="undo",
                on_click=session.undo_corrections,
            )


def count(corrections: Corrections) -> int:
    """How many things the owner has said of columns, sheets and currency."""
    said = (corrections.fields, corrections.date_orders, corrections.decimals, corrections.roles)
    return sum(len(part) for part in said) + (corrections.currency is not None)


def _which_sheet(w: Words, book: Book) -> SheetReading | None:
    """The sheet to look at: the only one, or the one chosen; those in use first."""
    sheets = sorted(book.sheets, key=lambda sheet: sheet.role is None)
    if len(sheets) < 2:  # noqa: PLR2004 - there is nothing to choose from
        return sheets[0] if sheets else None
    several = len({sheet.file for sheet in sheets}) > 1

    def named(place: int) -> str:
        sheet = sheets[place]
        name = f"{sheet.file} · {sheet.sheet}" if several and sheet.sheet else sheet.sheet or sheet.file
        return f"{name}: {w(f'role.{sheet.role or _NOTHING}')}"

    chosen = st.selectbox(
        w("start.columns.sheet"),
        range(len(sheets)),
        format_func=named,
        key=f"sheet_{book.digest[:12]}",
        width=480,
    )
    return sheets[chosen]


def _correct_role(w: Words, sheet: SheetReading) -> None:
    """What the sheet is, as a choice."""
    key = SheetKey(sheet.file, sheet.sheet)
    current = sheet.role or _NOTHING
    widget = f"role_{key_of(key, current)}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            muted_body(
                w(
                    "start.role",
                    name=escape(sheet.sheet or sheet.file),
                    used=sheet.rows_used,
                    n=sheet.rows_read,
                )
            )
        )
        st.selectbox(
            w("start.role.label"),
            [*ROLES, _NOTHING],
            index=[*ROLES, _NOTHING].index(current),
            format_func=lambda role: w(f"role.{role}"),
            label_visibility="collapsed",
            width=260,
            key=widget,
            on_change=partial(_role_said, key, widget),
        )


def _role_said(sheet: SheetKey, widget: str) -> None:
    chosen: Role | Literal["nothing"] = st.session_state[widget]
    roles = {**session.corrections().roles, sheet: None if chosen == _NOTHING else chosen}
    session.set_corrections(replace(session.corrections(), roles=roles))


def _correct_table(w: Words, book: Book, columns: Sequence[ColumnReading]) -> None:
    unused = w("start.columns.unused")
    fields = {_capital(w(f"field.{code}")): code for code in FIELDS}
    ways = {w(f"how.{word}"): code for code, word in _HOW.items()}
    said_way = {code: label for label, code in ways.items()}
    labels = {code: label for label, code in fields.items()}
    shown = pd.DataFrame(
        {
            "yours": [column.header or w("start.columns.no_header") for column in columns],
            "examples": [" · ".join(map(without_midnight, column.samples)) for column in columns],
            "read_as": [labels[column.field] if column.field else unused for column in columns],
            "how": [said_way.get(column.detail.removeprefix("assumed_")) for column in columns],
            "sure": [_how_sure(w, column) for column in columns],
        }
    )
    key = f"columns_{book.digest[:12]}_{key_of(columns[0].file, columns[0].sheet)}_{w.language}"
    # Kept as soon as it is said: the rest of the page may never be drawn, where its reader has gone on already.
    st.data_editor(
        shown,
        hide_index=True,
        disabled=["yours", "examples", "sure"],
        height=min(_HEAD + _ROW * len(shown) + 2, _TALLEST),
        column_config={
            "yours": st.column_config.TextColumn(w("start.columns.yours"), width=130),
            "examples": st.column_config.TextColumn(w("start.columns.examples"), width=210),
            "read_as": st.column_config.SelectboxColumn(
                w("start.columns.read_as"), options=[*fields, unused], required=True, width=150
            ),
            "how": st.column_config.SelectboxColumn(w("start.columns.how"), options=list(ways), width=120),
            "sure": st.column_config.TextColumn(w("start.columns.sure"), width=220),
        },
        placeholder="",
        key=key,
        on_change=partial(_edited, key, columns, fields, ways),
        alt=w("start.columns.alt", n=len(columns)),
    )


def _edited(
    key: str, columns: Sequence[ColumnReading], fields: Mapping[str, str], ways: Mapping[str, str]
) -> None:
    """`fields` and `ways`: what the labels of the table's two lists stand for."""
    rows: Mapping[int, Mapping[str, str | None]] = st.session_state[key]["edited_rows"]
    said = {row: fields.get(cells["read_as"] or "") for row, cells in rows.items() if "read_as" in cells}
    read = {row: ways.get(cells["how"] or "") for row, cells in rows.items() if "how" in cells}
    session.set_corrections(corrected(session.corrections(), columns, said, read))


def corrected(
    corrections: Corrections,
    columns: Sequence[ColumnReading],
    fields: Mapping[int, str | None],
    ways: Mapping[int, str | None],
) -> Corrections:
    """The corrections with what was said of columns, by their place: field (None = unused), way of reading."""
    said: dict[ColumnKey, str | None] = dict(corrections.fields)
    orders = dict(corrections.date_orders)
    marks = dict(corrections.decimals)
    keys = [ColumnKey(column.file, column.sheet, column.header, column.position) for column in columns]
    for place, field in fields.items():
        if field != columns[place].field:
            said[keys[place]] = field
    for place, way in ways.items():
        orders.pop(keys[place], None)
        marks.pop(keys[place], None)
        if way in _ORDERS:
            orders[keys[place]] = cast("DateOrder", way)
        elif way in _MARKS:
            marks[keys[place]] = cast("DecimalMark", way)
    return replace(corrections, fields=said, date_orders=orders, decimals=marks)


def _how_sure(w: Words, column: ColumnReading) -> str:
    """How sure we are, and why a column is in no use or in a doubtful one."""
    key = ColumnKey(column.file, column.sheet, column.header, column.position)
    said = session.corrections()
    by_owner = said.date_order(key) or said.decimal(key)
    sure = w(f"confidence.{'corrected' if by_owner and column.field else column.confidence}")
    why = f"detail.{column.detail}"
    return f"{sure}: {w(why)}" if column.detail and w.has(why) else sure


def without_midnight(sample: str) -> str:
    """Spreadsheets store a day as its midnight; nobody wrote the hour."""
    return sample.removesuffix(" 00:00:00").removesuffix("T00:00:00")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
