"""Small invented shops as csv exports, for tests of pages: a few clients with plain rhythms, the same every time."""

import datetime as dt
import random
from collections.abc import Iterator

from analysis.reading import Upload

LAST_DAY = dt.date(2026, 10, 30)
DAYS = 800

#: Rhythm in days, days of silence at the end, and how many such clients there are.
KINDS = ((21, 5, 12), (30, 12, 12), (30, 62, 8), (45, 20, 8), (60, 500, 3), (40, 80, 6))
#: Regularity of the gaps: as loose as a real barbershop's.
SHAPE = 5.0

SERVICES = ("Corte", "Color", "Uñas")
SELLERS = ("Rosa", "Inés")


def visits() -> Iterator[tuple[str, dt.date, str, str, str]]:
    """Client, day, service, seller, amount: each client comes every so many days, more or less."""
    chance = random.Random(7)
    number = 0
    for rhythm, silence, clients in KINDS:
        for _ in range(clients):
            number += 1
            day = LAST_DAY - dt.timedelta(days=silence + number % 3)
            while day > LAST_DAY - dt.timedelta(days=DAYS):
                service = SERVICES[number % 3]
                yield f"Cliente {number:02}", day, service, SELLERS[number % 2], f"{20 + 5 * (number % 7)},50"
                day -= dt.timedelta(days=max(round(rhythm * chance.gammavariate(SHAPE, 1 / SHAPE)), 2))


def till(
    *,
    amounts: bool = True,
    services: bool = True,
    clients: int | None = None,
    rows: bool = True,
    returns: bool = True,
    discounts: bool = False,
) -> Upload:
    """A till's export: `;` between columns, day first, a decimal comma.

    Without `rows` only its header; without `returns` the last visit of each client alone. With `discounts` clients 05,
    10, 15 and so on always have 2.50 off.
    """
    header = [
        "Cliente",
        "Fecha",
        *(["Servicio", "Vendedor"] if services else []),
        *(["Importe (€)"] if amounts else []),
        *(["Descuento"] if discounts else []),
    ]
    lines = [";".join(header)]
    seen: set[str] = set()
    for name, day, service, seller, amount in visits() if rows else ():
        if not returns and name in seen:
            continue
        seen.add(name)
        if clients is not None and int(name[-2:]) > clients:
            continue
        cells = [
            name,
            f"{day:%d/%m/%Y}",
            *([service, seller] if services else []),
            *([amount] if amounts else []),
            *(["0,00" if int(name[-2:]) % 5 else "2,50"] if discounts else []),
        ]
        lines.append(";".join(cells))
    return Upload("ventas.csv", ("\n".join(lines) + "\n").encode("utf-8"))
