"""Tables that hold no visits: pivots, months across, one line per client, service, seller or day, diaries as grids."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from analysis.reading.layout.area import Area
from analysis.reading.layout.body import Body
from analysis.reading.layout.cells import fields_named, is_figure, is_known, names_field, rows_with
from analysis.reading.layout.months import is_period, is_weekday
from analysis.reading.values.columns import Column
from analysis.reading.values.texts import plain, plain_header

_CLIENT = ("client_name", "client_id", "first_name", "last_name")
# fmt: off
_PIVOT = re.compile(
    r"^(etiquetas? de (fila|columna)s?|rotulos? de (fila|columna)s?|row labels?|column labels?|(suma|cuenta|"
    r"promedio|recuento|max|"
    r"min) de .+|(sum|count|average|avg|max|min) of .+|total general|grand total|valores|values)$"
)
#: Columns that tell of a client's whole past.
_PAST = re.compile(
    r"^(?:(?:fecha|date|dia|importe)(?: de| of)?(?: la| el)? )?((ultim[oa]|primer[oa]?|last|first|latest|"
    r"most recent|previous) (visita|compra|cita|fecha|venta|servicio|visit|purchase|"
    r"order|appointment|sale|service|seen|pago|factura)|(fecha|date) (de )?(la )?(ultim[oa]|primer[oa]?|"
    r"last|first)\b.*|"
    r"(no|num|numero|n|cantidad|total|count|number|cant|recuento)( de| of| total)?( de| of)? (visitas?|"
    r"citas?|compras?|pedidos?|"
    r"tickets?|facturas?|servicios|visits?|orders?|appointments?|purchases?|sales|invoices?|sesiones)|"
    r"(visitas?|citas?|compras?|visits?|orders?|appointments?|purchases?)( total(es)?| count)?|"
    r"total (gastado|facturado|comprado|spent|"
    r"revenue|spend|ventas|sales)|lifetime (value|spend|revenue)|ticket (medio|promedio)|(gasto|importe|"
    r"media|promedio) (medio|total|"
    r"promedio|acumulado|por visita)|average (ticket|spend|order value)|dias (sin venir|desde .*)|"
    r"days since .*|frecuencia|frequency|"
    r"importe total historico|net spend|amount spent|total orders)$"
)
# fmt: on
_DISTINCT = 0.95
_MOSTLY = 0.8
_FEW_ROWS = 3
_MANY_PERIODS = 3
_HALF = 0.5
_SAMPLE = 400
_MOST_TURNED = 60


def summary_of(body: Body) -> str:
    """The kind of summary that a table is (`summary.<kind>` in the catalogue), "" for none."""
    labels = [column.header for column in body.columns]
    if body.header_row is None or len(labels) <= 1:
        return ""
    rows = np.flatnonzero(body.fates == "")
    if any(_PIVOT.match(plain(label)) for label in labels if label) and not _lists_visits(body):
        return "pivot"
    if body.grid.pivot and not _lists_visits(body):
        return "pivot"
    periods = [column for column in body.columns if column.header and is_period(column.header)]
    weekdays = [column for column in body.columns if column.header and is_weekday(column.header)]
    across = max(periods, weekdays, key=len)
    if len(across) >= _MANY_PERIODS and len(across) >= _HALF * len(labels) and not _lists_visits(body):
        return "by_month" if _share_of_figures(across, rows) >= _MOSTLY else "calendar"
    return _one_line_each(body, rows)


def _lists_visits(body: Body) -> bool:
    """Whether it has a day and a client on each line, whatever stands beside them."""
    dates = [column for column in _named(body, "date") if not _PAST.match(plain_header(column.header))]
    return bool(_named(body, *_CLIENT)) and bool(dates)


def _named(body: Body, *fields: str) -> list[Column]:
    return [column for column in body.columns if set(fields) & fields_named(column.header)]


def _one_line_each(body: Body, rows: np.ndarray) -> str:
    """Sums with one line for each client, service, member of staff or day."""
    if len(rows) < _FEW_ROWS or _lists_visits(body):
        return ""
    past = [column for column in body.columns if _PAST.match(plain_header(column.header))]
    dates = [
        column
        for column in _named(body, "date", "due", "paid", "contact_date", "opened")
        if column not in past
    ]
    clients = [column for column in _named(body, *_CLIENT) if names_field(column.header, *_CLIENT)]
    if clients:
        if dates or not _each_once(clients, rows):
            return ""
        others = [column for column in body.columns if column not in clients and column.filled.any()]
        only_sums = bool(others) and all(_share_of_figures([column], rows) >= _MOSTLY for column in others)
        money = bool(_named(body, "amount"))
        return "by_client" if past or (only_sums and money) else ""
    for kind, fields in (("by_day", ("date",)), ("by_service", ("service",)), ("by_staff", ("staff",))):
        keys = _named(body, *fields)
        others = [column for column in body.columns if column not in keys and column.filled.any()]
        if kind != "by_day" and dates:
            continue
        sums = all(_share_of_figures([column], rows) >= _MOSTLY for column in others)
        if keys and others and _each_once(keys[:1], rows) and sums:
            return kind
    months = [
        column
        for column in body.columns
        if plain(column.header) in {"mes", "month", "periodo", "ano", "year", "semana"}
    ]
    others = [column for column in body.columns if column not in months]
    if months and others and all(_share_of_figures([column], rows) >= _MOSTLY for column in others):
        return "by_day"
    return ""


def _each_once(columns: list[Column], rows: np.ndarray) -> bool:
    best = max(columns, key=lambda column: len(column.uniques))
    filled = best.codes[rows][best.codes[rows] >= 0]
    return len(filled) >= _FEW_ROWS and len(np.unique(filled)) >= _DISTINCT * len(filled)


def _share_of_figures(columns: Iterable[Column], rows: np.ndarray) -> float:
    """Of the filled cells of these columns (in the first rows), how many are figures."""
    sample = rows[:_SAMPLE]
    filled = sum(int((column.codes[sample] >= 0).sum()) for column in columns)
    figures = sum(int(rows_with(column, sample, is_figure).sum()) for column in columns)
    return figures / filled if filled else 1.0


def lies_on_its_side(area: Area) -> bool:
    """Whether the names of the columns go down the first column, and each visit has a column."""
    rows = np.flatnonzero(area.columns[0].filled) if area.columns else np.zeros(0, dtype=np.int64)
    if not _FEW_ROWS <= len(rows) <= _MOST_TURNED or len(area.columns) < _FEW_ROWS:
        return False
    texts = [area.columns[0].uniques[int(area.columns[0].codes[row])].as_py() for row in rows]
    known = [text for text in texts if is_known(text)]
    fields = frozenset().union(*map(fields_named, known)) if known else frozenset()
    across = sum(is_known(text) for text in area.row(int(rows[0]))[1:] if text)
    named = bool(fields & set(_CLIENT)) and "date" in fields
    return named and len(known) >= max(_FEW_ROWS, _HALF * len(texts)) and across <= 1
