"""The start page's parts: giving a file, what was understood of it, and what only the owner can say."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

import pandas as pd
import streamlit as st

from analysis.book import Book, ColumnReading, Question
from analysis.errors import MissingColumnError, ProblemsError, PuntualError
from analysis.export import CsvStyle, csv_bytes
from analysis.reading import ColumnKey, Upload
from analysis.reading.fields import FIELDS
from analysis.reading.upload import DateOrder
from ui import session
from ui.buttons import template_button
from ui.markdown import escape, muted, muted_body
from ui.page import TEXT_WIDTH, finding_line
from words import LANGUAGES, Words

FILE_TYPES = ("xlsx", "xls", "ods", "csv")
#: Currencies offered where the file names none: those of the countries that speak our languages.
CURRENCIES = (
    "EUR", "USD", "MXN", "COP", "ARS", "CLP", "PEN", "UYU", "PYG", "BOB", "GTQ", "CRC", "DOP", "HNL", "NIO",
    "GBP", "CAD", "AUD", "NZD", "CHF", "BRL", "ZAR", "INR",
)  # fmt: skip

_MOST_LEFT_OUT = 200
#: A table's header and rows, in pixels, and the height from which it scrolls.
_HEAD, _ROW, _TALLEST = 38, 35, 425
_UPLOADER = "uploader"


def give_file(w: Words) -> None:
    """The uploader, the samples and the template."""
    st.file_uploader(
        w("start.uploader"),
        type=list(FILE_TYPES),
        accept_multiple_files=True,
        help=w("start.uploader.help"),
        key=_UPLOADER,
        on_change=_take_files,
    )
    with st.container(horizontal=True):
        for language in sorted(LANGUAGES, key=lambda code: code != w.language):
            label, icon = w(f"start.sample.{language}"), ":material/play_circle:"
            if st.button(label, icon=icon, key=f"sample_{language}"):
                session.open_sample(language)
                st.switch_page("pages/overview.py")
        template_button(w, w("start.template"))


def _take_files() -> None:
    files = st.session_state[_UPLOADER]
    session.set_uploads(tuple(Upload(file.name, file.getvalue()) for file in files))


def privacy_box(w: Words) -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":material/lock: **{w('start.private.title')}**")
        st.markdown(muted(w("start.private.body")))


def read_files(w: Words) -> Book | PuntualError:
    """The Book of the current files, naming each step while it takes time; or what is wrong with them."""
    place = st.empty()
    try:
        if session.is_read():
            book = session.book()
        else:
            with place, st.status(w("start.reading")) as status:
                book = session.book(lambda step, _share: status.update(label=w(f"progress.{step}")))
    except PuntualError as problem:
        return problem
    finally:
        place.empty()
    if book is None:
        st.stop()
    return book


def has_visits(book: Book) -> bool:
    """There is at least one completed visit of a named client: without one there is nothing to go on to."""
    sales = book.sales
    return bool(((sales["status"] == "completed") & sales["client_id"].notna() & sales["date"].notna()).any())


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


def ask_dates(w: Words, questions: Sequence[Question], book: Book) -> None:
    """One box per column whose days and months could be read both ways."""
    for number, question in enumerate(questions):
        readings = {order: _read_day(w, question.example, order) for order in question.choices}
        with st.container(border=True, gap="xsmall"):
            st.markdown(f":material/help: **{w('start.dates.title', example=escape(question.example))}**")
            place = w(
                "start.dates.sheet" if question.sheet else "start.dates.column",
                sheet=escape(question.sheet),
                header=escape(question.header),
            )
            st.markdown(muted_body(w("start.dates.body", place=place, row=question.row)))
            key = _key_of(book, question)
            answer = st.segmented_control(
                w("start.dates.title", example=escape(question.example)),
                question.choices,
                default=session.corrections().date_order(key) or question.assumed,
                required=True,
                format_func=readings.__getitem__,
                label_visibility="collapsed",
                key=f"date_order_{number}_{key}",
            )
        if answer != (session.corrections().date_order(key) or question.assumed):
            orders = {**session.corrections().date_orders, key: cast("DateOrder", answer)}
            session.set_corrections(replace(session.corrections(), date_orders=orders))
            st.rerun()


def _key_of(book: Book, question: Question) -> ColumnKey:
    position = next(
        column.position
        for column in book.columns
        if (column.file, column.sheet, column.header) == (question.file, question.sheet, question.header)
    )
    return ColumnKey(question.file, question.sheet, question.header, position)


def _read_day(w: Words, example: str, order: str) -> str:
    """The example read in one order, as a day in words: 3 de abril."""
    first, second = (int(part) for part in re.findall(r"\d+", example)[:2])
    day, month = (first, second) if order == "dmy" else (second, first)
    return w.day_month(dt.date(2000, month, day))


def point_out(w: Words, problem: PuntualError) -> None:
    """Where no column is taken for the client or the date, lets the owner say which one it is."""
    problems = problem.problems if isinstance(problem, ProblemsError) else (problem,)
    for missing in problems:
        columns = missing.values.get("columns") if isinstance(missing, MissingColumnError) else None
        if not isinstance(columns, tuple) or not columns:
            continue
        field = str(missing.values["field"])
        chosen = st.selectbox(
            w("start.which_column", field=field),
            columns,
            index=None,
            placeholder=w("start.choose_column"),
            format_func=lambda key: key.header or w("start.columns.no_header"),
            key=f"missing_{field}",
            width=320,
        )
        if chosen is not None:
            fields = {**session.corrections().fields, chosen: field}
            session.set_corrections(replace(session.corrections(), fields=fields))
            st.rerun()


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


def ask_currency(w: Words, book: Book) -> None:
    """Which currency, where there are amounts and the file names none; a warning where it names several."""
    if len(book.currencies) > 1 and session.corrections().currency is None:
        with st.container(border=True, gap="xsmall"):
            st.markdown(
                f":material/help: **{w('start.mixed.title', currencies=[escape(code) for code in book.currencies])}**"
            )
            st.markdown(muted_body(w("start.mixed.body")), width=TEXT_WIDTH)
    if book.currencies or not book.knows("sales", "amount"):
        return
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":material/help: **{w('start.currency.title')}**")
        st.markdown(muted_body(w("start.currency.body")))
        chosen = session.corrections().currency
        answer = st.selectbox(
            w("start.currency.title"),
            CURRENCIES,
            index=CURRENCIES.index(chosen) if chosen in CURRENCIES else None,
            placeholder=w("start.currency.choose"),
            label_visibility="collapsed",
            width=220,
            key="currency",
        )
    if answer != chosen:
        session.set_corrections(replace(session.corrections(), currency=answer))
        st.rerun()


def left_out_rows(w: Words, book: Book) -> None:
    """The rows no table uses, with where they stand and why; the whole list as a file."""
    rows = book.left_out
    if rows.empty:
        return
    counts = Counter(rows["reason"])
    reasons = w.listing([w(f"left_out.{code}", n=count) for code, count in counts.most_common()])
    shown = rows.assign(why=rows["reason"].map(lambda code: w(f"left_out_why.{code}")))
    headers = {
        "file": w("start.left_out.file"),
        "sheet": w("start.left_out.sheet"),
        "row": w("start.left_out.row"),
        "why": w("start.left_out.reason"),
        "text": w("start.left_out.text"),
    }
    label = w("start.left_out", n=len(rows), reasons=reasons)
    with st.expander(label):
        if len(rows) > _MOST_LEFT_OUT:
            st.markdown(muted(w("start.left_out.first", shown=_MOST_LEFT_OUT, n=len(rows))))
        st.dataframe(
            shown.head(_MOST_LEFT_OUT)[list(headers)].rename(columns=headers),
            hide_index=True,
            column_config={headers["row"]: st.column_config.NumberColumn(format="plain", width=70)},
            placeholder="–",
            lazy=False,
            key="left_out",
            alt=label,
        )
        st.download_button(
            w("start.left_out.download"),
            lambda: csv_bytes(shown, headers, CsvStyle.of(w.formats.decimal_mark)),
            file_name=f"{w('start.left_out.file_name')}_{book.digest[:8]}.csv",
            mime="text/csv",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
            key="left_out_download",
        )


def choose_settings(w: Words, book: Book) -> None:
    """The day to count up to, and how the bands are called."""
    dates = book.sales.loc[book.sales["status"] == "completed", "date"].dropna()
    with st.expander(w("start.settings")):
        if not dates.empty:
            last = dates.max().date()
            chosen = session.settings().as_of
            as_of = st.date_input(
                w("start.settings.as_of"),
                chosen or last,
                min_value=dates.min().date(),
                help=w("start.settings.as_of.help"),
                format="DD/MM/YYYY" if w.language == "es" else "YYYY/MM/DD",
                width=220,
                key=f"as_of_{book.digest[:12]}",
            )
            if as_of != (chosen or last):
                session.set_settings(replace(session.settings(), as_of=None if as_of == last else as_of))
        gentle = st.toggle(w("start.settings.gentle"), session.gentle_bands(), key="gentle")
        if gentle != session.gentle_bands():
            session.set_gentle_bands(gentle=gentle)
            st.rerun()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
