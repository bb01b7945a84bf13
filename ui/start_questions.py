"""What only the owner can say about a file: how dates are read, the currency, a column nobody recognised."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import streamlit as st

from analysis.book import Book, Question
from analysis.errors import MissingColumnError, ProblemsError, PuntualError
from analysis.reading import ColumnKey
from analysis.reading.corrections import DateOrder
from ui import session
from ui.markdown import escape, muted_body
from ui.page import TEXT_WIDTH
from words import Words

#: Currencies offered where the file names none: those of the countries that speak our languages.
CURRENCIES = (
    "EUR", "USD", "MXN", "COP", "ARS", "CLP", "PEN", "UYU", "PYG", "BOB", "GTQ", "CRC", "DOP", "HNL", "NIO",
    "GBP", "CAD", "AUD", "NZD", "CHF", "BRL", "ZAR", "INR",
)  # fmt: skip


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
