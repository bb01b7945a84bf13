"""What tells the owner who a client is: visits, money, the end of the phone; and on which days two clients came."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from analysis.reading.canonical.identity import Identity
from analysis.suggestions import Glance

_PHONE_END = 3


def glances_of(
    keys: Collection[str], identity: Identity, tables: Mapping[str, pd.DataFrame]
) -> dict[str, Glance]:
    """A glance at each of these clients."""
    if not keys:
        return {}
    came = _sales_of(keys, tables)
    completed = came[came["status"] == "completed"]
    by_client = completed.groupby("client_id")["date"]
    visits, last = by_client.nunique().to_dict(), by_client.max().to_dict()
    money = (
        came[came["status"].isin(["completed", "refund"])]
        .groupby("client_id")["amount"]
        .sum(min_count=1)
        .dropna()
        .to_dict()
    )
    contacts = identity.traits[identity.traits["client_id"].isin(keys)].sort_values(["rows", "value"])
    ends, mails = (
        contacts[contacts["kind"] == kind].groupby("client_id")["value"].last().to_dict()
        for kind in ("phone", "mail")
    )
    return {
        key: Glance(
            key,
            str(identity.names.get(key, key)),
            int(visits.get(key, 0)),
            last[key].date() if key in last else None,
            float(money[key]) if key in money else None,
            str(ends.get(key, ""))[-_PHONE_END:],
            str(mails.get(key, "")),
        )
        for key in keys
    }


def same_days_of(
    pairs: Sequence[tuple[str, str]], tables: Mapping[str, pd.DataFrame]
) -> dict[tuple[str, str], int]:
    """On how many days both clients of each pair came: one person under two keys hardly ever does."""
    if not pairs:
        return {}
    came = _sales_of({key for pair in pairs for key in pair}, tables)
    days = (
        came.loc[came["status"] == "completed", ["client_id", "date"]]
        .drop_duplicates()
        .astype({"client_id": object})
    )
    sides = pd.DataFrame(pairs, columns=["first", "second"], dtype=object)
    both = sides.merge(days, left_on="first", right_on="client_id").merge(
        days, left_on=["second", "date"], right_on=["client_id", "date"]
    )
    counts = both.groupby(["first", "second"]).size()
    firsts, seconds = (counts.index.get_level_values(side) for side in ("first", "second"))
    return {
        (str(first), str(second)): int(count)
        for first, second, count in zip(firsts, seconds, counts, strict=True)
    }


def _sales_of(keys: Collection[str], tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    sales = tables.get("sales")
    if sales is None:
        return pd.DataFrame({"client_id": [], "status": [], "amount": [], "date": pd.to_datetime([])})
    return sales.loc[sales["client_id"].isin(list(keys)), ["client_id", "status", "amount", "date"]]
