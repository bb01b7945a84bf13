"""Which currencies an upload shows: in a column of its own, in cells, in number formats, or in a header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analysis.reading.corrections import DecimalMark
from analysis.reading.meaning.understand import Understood
from analysis.reading.values.columns import Column
from analysis.reading.values.currencies import (
    currencies_in,
    currency_of_code,
    currency_of_format,
    currency_of_mark,
    decimal_mark_of,
    settle_dollars,
)
from analysis.reading.values.texts import plain
from analysis.reading.values.vocabulary import words

_MONEY = ("amount", "net_amount", "unit_price", "paid_amount")
_SPANISH = words("fecha", "cliente", "importe", "monto", "servicio", "vendedor", "nombre", "codigo", "estado")


def currencies_shown(sheets: Sequence[Understood]) -> tuple[str, ...]:
    """ISO codes of the currencies shown, that of the most rows first; more than one means that they are mixed."""
    seen: Counter[str] = Counter()
    for sheet in sheets:
        seen.update(_shown_by(sheet))
    headers = [column.header for sheet in sheets for column in sheet.body.columns]
    spanish = any(_SPANISH.search(plain(header)) for header in headers)
    return tuple(code for code, _ in settle_dollars(seen, headers, spanish=spanish).most_common())


def mark_of_currencies(sheet: Understood) -> DecimalMark | None:
    """The decimal mark usual where the sheet's money is from; None where it shows no currency, or no one's dollars."""
    shown = currencies_shown([sheet])
    return decimal_mark_of(shown[0]) if shown else None


def _shown_by(sheet: Understood) -> Counter[str]:
    """Rows per currency in one sheet: its own column of currencies says it best."""
    said = sheet.column("currency")
    if said is not None:
        named: Counter[str] = Counter()
        for text, count in zip(said.uniques.to_pylist(), said.counts.tolist(), strict=True):
            named[currency_of_code(text) or ""] += count
        named.pop("", None)
        if named:
            return named
    shown: Counter[str] = Counter()
    for name in _MONEY:
        column = sheet.column(name)
        if column is not None:
            shown.update(_shown_in(sheet, column))
    return shown


def _shown_in(sheet: Understood, column: Column) -> Counter[str]:
    """Rows per currency of one column of money: by its cells, else for all of its rows by header or format."""
    in_cells = currencies_in(column)
    if in_cells:
        return in_cells
    code = currency_of_column(sheet, column)
    return Counter({code: max(int(column.filled.sum()), 1)} if code else {})


def currency_of_column(sheet: Understood, column: Column) -> str | None:
    """The currency that the header or the number format of a column shows for all of it; "$" for a bare dollar sign."""
    in_header = currency_of_mark(column.header) or ("$" if "$" in column.header else None)
    return in_header or currency_of_format(sheet.body.make(column.position).number_format)
