"""Text tables: delimiters, quotes, encodings, uneven rows."""

from __future__ import annotations

from tests.analysis.reading.corpus.case import Case
from tests.analysis.reading.exports import csv

_SOLD = [
    {"client_name": "Íñigo Peña", "date": "2026-03-01", "amount": 12.5},
    {"client_name": "Ana Luz", "date": "2026-03-14", "amount": -3.0},
]
_LINES = ("Cliente;Fecha;Importe", "Íñigo Peña;01/03/2026;12,50", "Ana Luz;14/03/2026;-3,00")

CASES = [
    Case(
        f"semicolons and decimal commas in {encoding}",
        [csv(*_LINES, encoding=encoding)],
        {"sales": _SOLD},
        left_out=[],
    )
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16")
]
