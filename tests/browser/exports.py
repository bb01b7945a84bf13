"""Files that owners might upload: the same invented visits, written by programs of different habits."""

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.shops import visits

#: Names that do harm where they are taken for more than names. They are the best and latest of their shop's clients.
PICTURE = "![x](http://evil.example/a.png)"
MARKUP = "<img src=x onerror=alert(1)>"
FORMULA = '=HYPERLINK("http://evil.example","cita")'
HARMFUL = (PICTURE, MARKUP, FORMULA)
HARMFUL_SERVICE = "![s](http://evil.example/s.png)"
HARMFUL_SELLER = "<b onmouseover=alert(2)>Rosa</b>"
HARMFUL_FILE = "![f](f.png) <i>ventas.csv"

#: Clients of `tests.shops` who are late by a month after coming every month.
_LATE = ("Cliente 25", "Cliente 26", "Cliente 27")


def receipts(file: Path) -> Path:
    """A till's journal: lines of receipts, month first, clients by a code, taxes apart; every fifth with a product."""
    lines: list[Sequence[object]] = []
    ordered = sorted(visits(), key=lambda visit: visit[1])
    for number, (name, day, service, seller, amount) in enumerate(ordered, start=1):
        price = float(amount.replace(",", "."))
        client = code_of(name)
        line = (number, f"{day:%m/%d/%Y}", service, client, seller.upper(), 1, price)
        lines.append((*line, round(price * 0.05, 2), round(price * 0.08, 2)))
        if number % 5 == 0:
            lines.append((number, f"{day:%m/%d/%Y}", "Shampoo", client, seller.upper(), 1, 12, 0.6, 0.96))
    header = ("Receipt", "Date", "Description", "Client", "Staff", "Quantity", "Amount", "GST", "PST")
    return _written(file, header, lines, ",")


def code_of(name: str) -> str:
    """A client of `tests.shops` as the till calls them: KLNT07."""
    return f"KLNT{name[-2:]}"


def contacts(file: Path, surname: str = "") -> Path:
    """Sales with each client's telephone, day first, `;` between columns; `surname` is every client's."""
    lines = [
        (f"{name} {surname}".strip(), _phone(name), f"{day:%d/%m/%Y}", service, seller, amount)
        for name, day, service, seller, amount in visits()
    ]
    return _written(file, ("Cliente", "Teléfono", "Fecha", "Servicio", "Vendedor", "Importe (€)"), lines, ";")


def harmful(folder: Path) -> Path:
    """The same with three clients, a service, a seller and a file whose names are markup or a formula."""
    names = dict(zip(_LATE, HARMFUL, strict=True))
    lines = [
        (
            names.get(name, name),
            _phone(name),
            f"{day:%d/%m/%Y}",
            HARMFUL_SERVICE if service == "Corte" else service,
            HARMFUL_SELLER if seller == "Rosa" else seller,
            f"{amount.replace(',50', '9,50')}" if name in names else amount,
        )
        for name, day, service, seller, amount in visits()
    ]
    header = ("Cliente", "Teléfono", "Fecha", "Servicio", "Vendedor", "Importe (€)")
    return _written(folder / HARMFUL_FILE, header, lines, ";")


def either_way(file: Path) -> Path:
    """Dates that may all be read both ways: none is after the twelfth of a month, nor are they in order."""
    lines = [
        (f"Ana {person}", dt.date(year, month, 1 + (month + 3 * person) % 12).strftime("%d/%m/%Y"), 30)
        for person in range(1, 7)
        for year in (2024, 2025)
        for month in range(1, 11)
    ]
    return _written(file, ("Cliente", "Fecha", "Importe"), lines, ";")


def _phone(name: str) -> str:
    return f"+34 600 100 1{name[-2:]}"


def _written(file: Path, header: Sequence[str], lines: Iterable[Sequence[object]], separator: str) -> Path:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=separator)
        writer.writerow(header)
        writer.writerows(lines)
    return file
