"""Files that the fuzzer found, and what they must end with."""

from __future__ import annotations

from tests.analysis.reading.corpus.case import Case
from tests.analysis.reading.exports import csv

_SOLD = [
    {"client_name": "Ana Luz", "date": "2026-03-01", "amount": 12.5},
    {"client_name": "Eva Ruiz", "date": "2026-03-14", "amount": 3.0},
]

CASES = [
    *(
        # Arrow's reader takes no delimiter beyond ASCII.
        Case(
            f"cells parted by {mark}",
            [csv(*(line.replace(";", mark) for line in ("Cliente;Fecha;Importe", *lines)))],
            {"sales": _SOLD},
            left_out=[],
        )
        for mark in "§¬¦"
        for lines in [("Ana Luz;01/03/2026;12,50", "Eva Ruiz;14/03/2026;3,00")]
    ),
    Case(
        "cells in quotes beyond ASCII",
        [
            csv(
                "´Cliente´;´Fecha´;´Importe´",
                "´Ana Luz´;´01/03/2026´;´12,50´",
                "´Eva Ruiz´;´14/03/2026´;´3,00´",
            )
        ],
        {"sales": _SOLD},
        left_out=[],
    ),
]
