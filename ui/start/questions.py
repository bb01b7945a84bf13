"""What only the owner can say about a file, a card each: sample values, and what follows from each answer.

A question that is answered stays, folded away, and can be answered anew.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import cast

import streamlit as st

from analysis.book import Book, Question
from ui import owner_word, session
from ui.keys import key_of
from ui.markdown import escape, muted, muted_body
from ui.page import TEXT_WIDTH
from ui.start.columns import without_midnight
from words import Words

#: Currencies offered where the file names none: those of the countries that speak our languages.
CURRENCIES = (
    "EUR", "USD", "MXN", "COP", "ARS", "CLP", "PEN", "UYU", "PYG", "BOB", "GTQ", "CRC", "DOP", "HNL", "NIO",
    "VES", "GBP", "CAD", "AUD", "NZD", "CHF", "BRL", "ZAR", "INR",
)  # fmt: skip
_SAMPLES = 3


def ask(w: Words, book: Book) -> None:
    """The open questions in the order of what they change, then those that are answered."""
    asked = owner_word.questions()
    for question, given in asked:
        if given is None:
            with st.container(border=True, gap="xsmall", key=f"doubt_{question.code}_{_name(question)}"):
                st.markdown(f":material/help: **{_title(w, question)}**")
                st.markdown(muted_body(_place(w, question)), width=TEXT_WIDTH)
                _answers(w, question, question.assumed)
    _ask_currency(w, book)
    for question, given in asked:
        if given is not None:
            said = _choices(w, question).get(given, "")
            with st.expander(
                f":material/check: {_title(w, question)} **{said}**",
                key=f"answered_{question.code}_{_name(question)}",
            ):
                st.markdown(muted_body(_place(w, question)), width=TEXT_WIDTH)
                _answers(w, question, given)


def _answers(w: Words, question: Question, current: str) -> None:
    """The choices with what follows from each; another one than the current is the owner's word from now on."""
    choices = _choices(w, question)
    key = f"{question.code}_{_name(question)}_{key_of(current)}"  # begins afresh where all is taken back
    st.radio(
        _title(w, question),
        list(choices),
        index=list(choices).index(current),
        format_func=choices.__getitem__,
        label_visibility="collapsed",
        key=key,
        on_change=partial(_answered, question, key),
    )


def _answered(question: Question, key: str) -> None:
    owner_word.answer(question, st.session_state[key])


def _title(w: Words, question: Question) -> str:
    """The question itself, as markdown."""
    if question.code == "column":
        return w("start.doubt.column", field=question.taken_for)
    return w(f"start.doubt.{question.code}", example=escape(question.example))


def _place(w: Words, question: Question) -> str:
    form = "start.doubt.sheet" if question.sheet else "start.doubt.place"
    if question.code == "column":
        return w("start.doubt.column.body", file=escape(question.sheet or question.file))
    return w(form, sheet=escape(question.sheet), header=escape(question.header), row=question.row)


def _choices(w: Words, question: Question) -> Mapping[str, str]:
    """Each answer with its consequence, as markdown."""
    return {choice: _consequence(w, question, choice) for choice in question.choices}


def _consequence(w: Words, question: Question, choice: str) -> str:
    follows = question.consequences.get(choice, {})
    if question.code == "date_order":
        return _read_day(w, question.example, choice)
    if question.code == "decimal":
        figure, total = cast("float", follows["example"]), follows["total"]
        if figure.is_integer():
            return w("start.doubt.decimal.whole", figure=w.number(figure), total=total)
        return w("start.doubt.decimal.fraction", figure=w.number(figure, 3), total=total)
    header = escape(follows["header"]) or w("start.columns.no_header")
    samples = muted(
        escape(" · ".join(map(without_midnight, cast("tuple[str, ...]", follows["samples"])[:_SAMPLES])))
    )
    if "total" in follows:
        return f"{header}: {w('start.doubt.total', total=follows['total'])} {samples}"
    if "clients" in follows:
        return f"{header}: {w('start.sum.clients', n=follows['clients'])} {samples}"
    return f"{header} {samples}"


def _read_day(w: Words, example: str, order: str) -> str:
    """The example read in one order, as a day in words: 3 de abril."""
    first, second = (int(part) for part in re.findall(r"\d+", example)[:2])
    day, month = (first, second) if order == "dmy" else (second, first)
    return w.day_month(dt.date(2000, month, day))


def _name(question: Question) -> str:
    return key_of(question.code, question.file, question.sheet, question.position, question.taken_for)


def _ask_currency(w: Words, book: Book) -> None:
    """Which currency, where there are amounts and the file names none; which counts, where it names several."""
    if not book.knows("sales", "amount") or len(book.currencies) == 1:
        return
    mixed = len(book.currencies) > 1
    chosen = session.corrections().currency
    named = [escape(code) for code in book.currencies]
    title = w("start.mixed.title", currencies=named) if mixed else w("start.currency.title")
    if chosen is None:
        box = st.container(border=True, gap="xsmall", key="doubt_currency")
    else:
        box = st.expander(f":material/check: {title} **{escape(chosen)}**", key="answered_currency")
    with box:
        if chosen is None:
            st.markdown(f":material/help: **{title}**")
        st.markdown(muted_body(w("start.mixed.body" if mixed else "start.currency.body")), width=TEXT_WIDTH)
        if mixed:
            _which_counts(w, book, title)
        else:
            _which_it_is(w, title)


def _which_it_is(w: Words, title: str) -> None:
    chosen = session.corrections().currency
    key = f"currency_{chosen}"
    st.selectbox(
        title,
        CURRENCIES,
        index=CURRENCIES.index(chosen) if chosen in CURRENCIES else None,
        placeholder=w("start.currency.choose"),
        label_visibility="collapsed",
        width=220,
        key=key,
        on_change=partial(_currency_said, key),
    )


def _which_counts(w: Words, book: Book, title: str) -> None:
    """One of the file's currencies, each with the money there is in it."""
    totals = {
        str(notice.values["other"]): notice.values["total"]
        for notice in book.notices
        if notice.code == "mixed_currencies"
    }
    totals[book.currency or ""] = book.sales["amount"].sum()
    key = f"currency_counted_{book.currency}"
    st.radio(
        title,
        book.currencies,
        index=book.currencies.index(book.currency) if book.currency in book.currencies else None,
        format_func=lambda code: w("start.mixed.total", total=totals.get(code, 0.0), currency=escape(code)),
        label_visibility="collapsed",
        key=key,
        on_change=partial(_currency_said, key),
    )


def _currency_said(key: str) -> None:
    session.set_corrections(replace(session.corrections(), currency=st.session_state[key]))
