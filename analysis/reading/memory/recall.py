"""What is remembered of a file put to use: only where its cells still agree, and never against what is said today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.book import Notice
from analysis.reading.corrections import ColumnKey, Corrections, SheetKey
from analysis.reading.fields import FIELDS
from analysis.reading.layout.body import Body
from analysis.reading.meaning.evidence import profile_of
from analysis.reading.memory.mappings import ColumnWord, Mappings, SheetMapping, places_of
from analysis.reading.values.columns import Column
from analysis.reading.values.dates import read_dates
from analysis.reading.values.numbers import read_numbers


@dataclass(frozen=True)
class Recalled:
    """What the memory said of an upload: `corrections` to begin with, and what became of them.

    `known` are the sheets of known columns, `since` the day the latest of them was remembered, `applied` how many of
    the owner's words are in use again; `notices` tells those that no longer fit (code `mapping_vetoed`).
    """

    corrections: Corrections
    known: tuple[SheetKey, ...] = ()
    since: dt.date | None = None
    applied: int = 0
    notices: tuple[Notice, ...] = ()


def recall(
    bodies: Sequence[Body], mappings: Mappings, today: dt.date, said: Corrections | None = None
) -> Recalled:
    """What the owner said of files with the headers of these; `said` is what is said today and wins."""
    said = said or Corrections()
    found = [(body, known) for body in bodies if (known := mappings.of(body)) is not None]
    whole, applied = Corrections(), 0
    notices: list[Notice] = []
    for body, known in found:
        for column, word in _words(body, known):
            key = ColumnKey(body.file, body.sheet, column.header, column.position)
            fitting = _fitting(column, word, today)
            if fitting != word:
                values = {"header": column.header}
                notices.append(Notice("mapping_vetoed", body.file, body.sheet, values))
            whole = _with_word(whole, key, fitting)
            applied += len(fitting)
        if known.says_role:
            whole = replace(whole, roles={**whole.roles, SheetKey(body.file, body.sheet): known.role})
            applied += 1
        if known.currency and whole.currency is None:
            whole = replace(whole, currency=known.currency)
            applied += 1
    return Recalled(
        _under(said, whole),
        tuple(SheetKey(body.file, body.sheet) for body, _ in found),
        max((known.remembered for _, known in found), default=None),
        applied,
        tuple(notices),
    )


def fitting(recalled: Recalled, currencies: Iterable[str], today_says: str | None) -> Recalled:
    """The same without a remembered currency that the file contradicts (`currencies` are those it shows)."""
    shown = tuple(currencies)
    currency = recalled.corrections.currency
    if today_says or currency is None or not shown or currency in shown:
        return recalled
    file = recalled.known[0].file if recalled.known else ""
    notice = Notice("mapping_vetoed_currency", file, values={"currency": currency, "shown": shown})
    return replace(
        recalled,
        corrections=replace(recalled.corrections, currency=None),
        applied=recalled.applied - 1,
        notices=(*recalled.notices, notice),
    )


def _words(body: Body, known: SheetMapping) -> Iterator[tuple[Column, ColumnWord]]:
    """The columns that something was said of."""
    for column, place in zip(body.columns, places_of(body.columns), strict=True):
        word = known.columns.get(place)
        if word:
            yield column, word


def _fitting(column: Column, word: ColumnWord, today: dt.date) -> ColumnWord:
    """What of a word the column's cells do not contradict."""
    if not len(column.uniques):
        return word
    if word.field is not None and profile_of(column, today).veto(word.field):
        return ColumnWord()
    if word.date_order:
        verdict = read_dates(column.uniques, today).slots.verdict
        if verdict in {"dmy", "mdy"} and verdict != word.date_order:
            word = replace(word, date_order=None)
    if word.decimal and read_numbers(column.uniques).voted not in {None, word.decimal}:
        word = replace(word, decimal=None)
    return word


def _with_word(corrections: Corrections, key: ColumnKey, word: ColumnWord) -> Corrections:
    if word.says_field and (word.field is None or word.field in FIELDS):
        corrections = replace(corrections, fields={**corrections.fields, key: word.field})
    if word.date_order:
        corrections = replace(corrections, date_orders={**corrections.date_orders, key: word.date_order})
    if word.decimal:
        corrections = replace(corrections, decimals={**corrections.decimals, key: word.decimal})
    return corrections


def _under(said: Corrections, remembered: Corrections) -> Corrections:
    """What was remembered, with what is said today put over it."""
    return replace(
        said,
        fields={**remembered.fields, **said.fields},
        date_orders={**remembered.date_orders, **said.date_orders},
        decimals={**remembered.decimals, **said.decimals},
        roles={**remembered.roles, **said.roles},
        currency=said.currency or remembered.currency,
    )
