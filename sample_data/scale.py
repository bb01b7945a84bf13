"""A till's export of any size, for benchmarks."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data import shop
from sample_data.hair_salon import SALON, wants
from sample_data.spanish import SALES, SPANISH

#: A client of the salon leaves about this many lines in three years.
LINES_PER_CLIENT = 38


def scaled(lines: int, seed: int = 1) -> pd.DataFrame:
    """The sheet of sales of a salon so large that it has exactly `lines` lines, walk-ins included.

    The same simulation as the sample's, with more clients; columns are those of its sheet, in its words.
    """
    rng = np.random.default_rng(seed)
    clients = max(20, round(1.05 * lines / LINES_PER_CLIENT))
    book = shop.register(rng, SALON, clients)
    till_lines = shop.simulate(rng, SALON, book, *wants(rng, book))[2]
    strangers = round(lines * SALON.walk_in_share)
    walk_ins = till_lines[till_lines["client"] < 0].head(strangers)
    # Whole clients go, so that nobody's history has holes; the last one alone may be cut.
    named = till_lines[till_lines["client"] >= 0].sort_values("client", kind="stable")
    kept = pd.concat([walk_ins, named.head(lines - strangers)])
    kept = kept.sort_values(["day", "client"], kind="stable", ignore_index=True)
    headers = {column.field: column.header for column in SALES.columns}
    return pd.DataFrame(
        {
            headers["client_id"]: kept["client"].map(book["client_id"]),
            headers["client_name"]: kept["client"].map(book["client_name"]),
            headers["date"]: SALON.days.dates(kept["day"]),
            headers["service"]: kept["service"],
            headers["staff"]: kept["staff"],
            headers["status"]: kept["status"].map(SPANISH.words),
            f"{headers['amount']} (€)": kept["amount"],
        }
    )
