"""Rows that add up others: by their label, wherever it stands, and by their amount where they have none.

A sum counted as a sale doubles the revenue; a sale taken for a sum loses it. So a label is enough only where the row
says neither whose nor when; a row that could be a sale must add up exactly the rows it would be the total of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.reading.fields import FIELDS
from analysis.reading.layout.cells import PERHAPS_TOTAL, begins_with_total, is_total_label
from analysis.reading.meaning.understand import Understood
from analysis.reading.values.columns import Column, Flags, Numbers
from analysis.reading.values.texts import plain
from analysis.reading.values.vocabulary import exactly

# fmt: off
_TOTALS = (
    r"(sub ?totals?|sub ?totales|gran total|grand total|totals?|totales|sumas?|sumatoria|overall|acumulado|"
    r"importe total|"
    r"resultado total)"
)
#: What a total may be of, said beside it: a label of these words alone names no client.
_OF = (
    r"(de|del|la|el|los|las|por|al|a|of|for|the|general|global|anual|mensual|diario|semanal|parcial|final|"
    r"acumulado|dia|mes|"
    r"ano|periodo|semana|cliente|clientes|registros|lineas|filas|ventas?|facturado|cobrado|facturas?|"
    r"tickets?|importes?|"
    r"pagar|eur|euros?|usd|mxn|iva|incluido|con|sin|pagina|hoja|caja|grupo|informe|reporte|year|month|day|"
    r"week|customers?|"
    r"clients?|sales|amount|page|report|rows|records|count|enero|febrero|marzo|abril|mayo|junio|julio|"
    r"agosto|septiembre|"
    r"setiembre|octubre|noviembre|diciembre|january|february|march|april|may|june|july|august|september|"
    r"october|november|"
    r"december|trimestre|quarter|t\d|q\d|\d+)"
)
_NOTHING_ELSE = re.compile(rf"^{_TOTALS}( {_TOTALS}| {_OF})*$")
#: Lines of a ledger that bring forward what was counted before.
_BROUGHT_FORWARD = exactly(
    "saldos? (anterior(es)?|inicial(es)?)( .*)?", "(asiento de )?apertura( .*)?",
    "sumas? (y sigue|anterior(es)?)( .*)?",
    "suma y sigue", "(opening|beginning) balance( .*)?", "balance (brought )?forward( .*)?",
    "(brought|carried) forward( .*)?",
    "saldo (a|al|hasta) .*", "(closing|ending) balance( .*)?", "saldos? final(es)?( .*)?",
)
# fmt: on
#: A sum is right to the cent, but for the rounding of its addends.
_CENT = 0.011
_SHARE = 1e-6
_MOSTLY = 0.9
_SOME, _SEVERAL = 2, 3
_WHOSE = frozenset({"client_id", "client_name", "first_name", "last_name"})

#: What a label says, as bits: it begins with a total, is one anywhere, is nothing else, or brings a balance forward.
_BEGINS, _ANYWHERE, _ONLY, _FORWARD = 1, 2, 4, 8
Bits = npt.NDArray[np.uint8]


def total_rows(sheet: Understood, dated: Flags, named: Flags, numbers: Mapping[str, Numbers]) -> Flags:
    """Rows that add up others. `dated` and `named`: rows with a day and with a client."""
    labels = [_labels(column) for column in sheet.body.columns]
    clients = [match.field in _WHOSE for match in sheet.matches]
    said = _union(labels, len(dated))
    client_says = _union([bits for bits, whose in zip(labels, clients, strict=True) if whose], len(dated))
    others_say = _union([bits for bits, whose in zip(labels, clients, strict=True) if not whose], len(dated))
    only, begins = (said & _ONLY) > 0, (said & _BEGINS) > 0
    described = _described(sheet, len(dated))
    forward = (others_say & _FORWARD) > 0
    in_first = (_first(sheet.body.columns, labels, len(dated)) & (_ANYWHERE | _BEGINS)) > 0
    sure = (~dated & (in_first | only)) | forward

    nobody = ~named | ((client_says & _ONLY) > 0)
    maybe = dated & (begins | only) & nobody & ~sure
    bare = dated & ~named & ~described & ~begins & ~sure
    loose = ~dated & ~named & ~sure
    amounts = next((numbers[name] for name in ("amount", "paid_amount") if name in numbers), None)
    if amounts is None:
        return sure | (maybe & only & ~described)
    lines = dated & ~maybe & ~forward
    marks = sure | maybe | loose
    said_sum = maybe & (_sums(amounts, lines, marks) | (only & ~described))
    bare_sum = bare & _sums(amounts, lines & ~bare, marks | bare)
    # A till's nameless sales may be as bare as an unlabelled total; then hardly one of them adds up others.
    if bare.any() and bare_sum.sum() < _MOSTLY * bare.sum():
        bare_sum = bare & _adds_up_all(amounts, lines)
    return sure | said_sum | bare_sum | (loose & _sums(amounts, lines & ~bare_sum, marks | bare_sum))


def only_totals(columns: Sequence[Column]) -> Flags:
    """Rows of a list of people that count or add them up: a cell says "total" and names nobody."""
    count = len(columns[0]) if columns else 0
    return np.asarray((_union([_labels(column) for column in columns], count) & _ONLY) > 0)


def _labels(column: Column) -> Bits:
    """Per row what its cell in this column says of totals."""
    bits = np.zeros(len(column.uniques), dtype=np.uint8)
    perhaps = pc.match_substring_regex(column.uniques, PERHAPS_TOTAL).to_numpy(zero_copy_only=False)
    places = np.flatnonzero(perhaps.astype(bool))
    for place, text in zip(places, column.uniques.take(pa.array(places)).to_pylist(), strict=True):
        said = plain(text)
        bits[place] = (
            _BEGINS * begins_with_total(text)
            + _ANYWHERE * is_total_label(text)
            + _ONLY * bool(_NOTHING_ELSE.match(said))
            + _FORWARD * bool(_BROUGHT_FORWARD.match(said))
        )
    return column.spread(bits, 0)


def _union(labels: Iterable[Bits], count: int) -> Bits:
    union = np.zeros(count, dtype=np.uint8)
    for bits in labels:
        union |= bits
    return union


def _first(columns: Sequence[Column], labels: Sequence[Bits], count: int) -> Bits:
    """What the first filled cell of each row says."""
    first, seen = np.zeros(count, dtype=np.uint8), np.zeros(count, dtype=bool)
    for column, bits in zip(columns, labels, strict=True):
        first[~seen] |= bits[~seen]
        seen |= column.filled
    return first


def _described(sheet: Understood, count: int) -> Flags:
    """Rows that say in words what was done, by whom or on which document: no total does."""
    described = np.zeros(count, dtype=bool)
    for column, match in sheet.columns:
        holds = FIELDS[match.field].holds if match.field else "text"
        if match.field in _WHOSE or holds in {"number", "date"}:
            continue
        if match.field is None:
            words = pc.match_substring_regex(column.uniques, r"[A-Za-zÀ-ÿ]").to_numpy(zero_copy_only=False)
            described |= column.spread(words.astype(bool), empty=False) & ((_labels(column) & _BEGINS) == 0)
        else:
            described |= column.filled & ((_labels(column) & _BEGINS) == 0)
    return described


def _sums(amounts: Numbers, lines: Flags, marks: Flags) -> Flags:
    """Rows whose amount is the sum of the lines since the last mark before them, of all above them, or of all.

    `marks` are the rows that may be sums. Two lines at least: a sum of one is a repetition.
    """
    addends = np.where(lines, np.nan_to_num(amounts), 0.0)
    above, count = np.cumsum(addends), np.cumsum(lines)
    places = np.flatnonzero(marks)
    found = np.zeros(len(amounts), dtype=bool)
    if not len(places) or not len(amounts):
        return found
    before = np.append(0.0, above[places[:-1]])
    lines_before = np.append(0, count[places[:-1]])
    # A mark without lines since the last one sums what that one did: the total of totals, or of a day with its month.
    for start, lines_at in ((before, lines_before), (np.zeros(1), np.zeros(1))):
        found[places] |= _equal(amounts[places], above[places] - start) & (count[places] - lines_at >= _SOME)
    found[places] |= _equal(amounts[places], np.full(len(places), above[-1])) & (count[-1] >= _SOME)
    return found


def _adds_up_all(amounts: Numbers, lines: Flags) -> Flags:
    """The last line, where it is the sum of all the others."""
    found = np.zeros(len(amounts), dtype=bool)
    places = np.flatnonzero(lines)
    if len(places) > _SEVERAL:
        last = places[-1]
        found[last] = _equal(amounts[[last]], np.array([np.nansum(amounts[places[:-1]])]))[0]
    return found


def _equal(amounts: Numbers, sums: Numbers) -> Flags:
    return np.asarray((np.abs(amounts - sums) <= _CENT + _SHARE * np.abs(sums)) & (np.abs(sums) > _CENT))
