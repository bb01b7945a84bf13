"""What was understood of the files, in one sentence, and what a correction changed of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from analysis.book import Book
from ui import owner_word, session, wanted
from ui.buttons import main_button
from ui.markdown import escape
from ui.page import TEXT_WIDTH, finding_line
from words import Words


@dataclass(frozen=True)
class Summary:
    """The figures an owner knows by heart: lines, clients, first and last day, money (None where there is none)."""

    read: int
    used: int
    clients: int
    first: dt.date | None
    last: dt.date | None
    total: float | None

    @classmethod
    def of(cls, book: Book) -> Summary:
        """Of a Book: days and money of what took place, refunds taken off; clients of all tables."""
        sales = book.sales
        happened = sales[sales["status"].isin(["completed", "refund"])]
        dates = sales.loc[sales["status"] == "completed", "date"].dropna()
        people = book.table("clients") if sales.empty else sales
        return cls(
            book.rows_read,
            sum(sheet.rows_used for sheet in book.sheets),
            int(people["client_id"].nunique()),
            None if dates.empty else dates.min().date(),
            None if dates.empty else dates.max().date(),
            float(happened["amount"].sum()) if book.knows("sales", "amount") else None,
        )

    def parts(self, w: Words) -> dict[str, str]:
        """Each figure as a text, by its name."""
        found = {
            "rows": w("start.sum.rows", used=self.used, n=self.read),
            "clients": w("start.sum.clients", n=self.clients),
        }
        if self.first is not None:
            found["dates"] = w("start.sum.dates", first=self.first, last=self.last)
        if self.total is not None:
            found["total"] = w("start.sum.total", total=self.total)
        return found


def understood(w: Words, book: Book) -> None:
    """The sentence, the files it is about, and what the last correction changed."""
    now = Summary.of(book)
    files = list(dict.fromkeys(sheet.file for sheet in book.sheets))
    finding_line(w("start.understood", parts=", ".join(now.parts(w).values())), escape(w.listing(files)))


def changed(w: Words, book: Book) -> None:
    """What the last correction changed, where there was one."""
    before = session.book_before()
    if before is not None and before is not book:
        st.markdown(f":material/check: {escape(what_changed(w, before, book))}", width=TEXT_WIDTH)


def go_on(w: Words) -> None:
    """The page's one main button: nothing below it has to be looked at."""
    if st.button(
        w("start.see_results"),
        type=main_button(),
        icon=":material/arrow_forward:",
        icon_position="right",
        key="see_results",
        on_click=owner_word.confirm,
    ):
        wanted.go_on()


def what_changed(w: Words, before: Book, book: Book) -> str:
    """What the last correction changed, in a sentence of plain text."""
    changes = list(_changes(w, Summary.of(before), Summary.of(book)))
    return w("start.changed", changes=w.listing(changes)) if changes else w("start.unchanged")


def _changes(w: Words, before: Summary, now: Summary) -> Iterator[str]:
    then = before.parts(w)
    for name, part in now.parts(w).items():
        if name not in then:
            yield part
        elif then[name] != part:
            yield w("start.changed.part", now=part, before=then[name])
