"""Which offers were made, by the owner's notebook, and who came again after them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.intervals import of_share
from analysis.notebook import OFFERS
from analysis.portfolio import Portfolio

#: What came of one kind of offer, see `saved`.
SAVED = ("offer", "made", "came_again", "did_not", "waiting", "share", "low", "high")


def saved(portfolio: Portfolio) -> pd.DataFrame:
    """SAVED, one row per kind of offer that was made: who came again after it, by the visits of the export.

    An offer to a client counts once of each kind, from its first day. Who has not come again and was offered less than
    a horizon ago is still waiting: neither saved nor lost. `share` is of those of whom it is known (NaN of none), with
    an 80% interval (Wilson). Nothing here says that the offer was why.
    """
    made = offers_made(portfolio)
    if made.empty:
        return pd.DataFrame(columns=list(SAVED))
    first = made.groupby(["client_id", "offer"], as_index=False)["on"].min()
    last = portfolio.clients.set_index("client_id")["last_visit"]
    came = (first["client_id"].map(last) > first["on"]).to_numpy()
    ago = (pd.Timestamp(portfolio.as_of) - first["on"]).dt.days
    waiting = ~came & (ago < portfolio.settings.horizon_days).to_numpy()
    counted = first.assign(came=came, waiting=waiting).groupby("offer")
    table = counted.agg(made=("came", "size"), came_again=("came", "sum"), waiting=("waiting", "sum"))
    table = table.reindex([offer for offer in OFFERS if offer in table.index])
    known = (table["made"] - table["waiting"]).to_numpy(dtype=float)
    hits = table["came_again"].to_numpy(dtype=float)
    low, high = of_share(hits, known)
    told: pd.DataFrame = table.assign(
        did_not=(known - hits).astype(int),
        share=np.divide(hits, known, out=np.full(len(known), np.nan), where=known > 0),
        low=low,
        high=high,
    ).reset_index()
    return told[list(SAVED)]


def offers_made(portfolio: Portfolio) -> pd.DataFrame:
    """client_id, offer, on: of the notebook, for clients of this export."""
    known = set(portfolio.clients["client_id"])
    rows = [
        (outcome.client_id, outcome.offer, outcome.on)
        for outcome in portfolio.notebook.outcomes
        if outcome.offer is not None and outcome.client_id in known
    ]
    frame = pd.DataFrame(rows, columns=["client_id", "offer", "on"], dtype=object)
    return frame.assign(on=pd.to_datetime(frame["on"]).astype("datetime64[s]"))


def last_offer(portfolio: Portfolio) -> pd.Series:
    """The last offer made to each client since their last visit, by client id."""
    made = offers_made(portfolio)
    last = made["client_id"].map(portfolio.clients.set_index("client_id")["last_visit"])
    since = (
        made[made["on"] >= last].sort_values("on", kind="stable").drop_duplicates("client_id", keep="last")
    )
    return since.set_index("client_id")["offer"].astype(object)
