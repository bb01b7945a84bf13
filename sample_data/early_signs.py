"""Signs planted beside the simulation: clients who cancel together, and bills paid late for the first time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sample_data.opening_days import OpeningDays

#: So many clients of one seller call off their appointment in one week, and neither come nor book since.
TOGETHER = 5
#: They had come this often, the last time within so many days before the week.
SETTLED_VISITS, SEEN_WITHIN = 8, 50
#: Clients who left and said so by calling off one last appointment, one at a time, the last so long before that week.
ALONE, QUIET_DAYS = 8, 170
#: Bills after which one is the first late one, and how late it is paid.
ALWAYS_ON_TIME, FIRST_LATE_BY = 2, (12, 26)
#: The first late bill fell due this many days before the end.
FIRST_LATE_DUE = (8, 60)


def cancelled_together(
    rng: np.random.Generator,
    days: OpeningDays,
    clients: pd.DataFrame,
    lines: pd.DataFrame,
    troubled: pd.Series,
    seller: str,
    week: int,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The lines with a cluster of cancellations in the week that begins on day `week`; facts: fact, client, day, value.

    `troubled`: clients with a problem on file, who are left out. Before it, `ALONE` of those who left without a word
    are made to call off their last appointment, so that a cancellation is rare and not unheard of.
    """
    lines, alone = _cancelled_alone(rng, clients, lines, week)
    done = lines[lines["status"].eq("completed") & (lines["day"] < week)]
    seen = done.groupby("client")["day"].agg(["max", "nunique"]).reindex(clients.index)
    steady = clients["left"].isna() & clients["drift"].isna() & clients["kind"].eq("regular")
    fits = steady & clients["seller_now"].eq(seller) & clients["pays"].eq("") & ~clients.index.isin(troubled)
    fits &= (seen["nunique"] >= SETTLED_VISITS) & (seen["max"] >= week - SEEN_WITHIN)
    # Those who came least often since make the fewest lines to take back.
    since = lines[lines["day"] >= week].groupby("client").size().reindex(clients.index).fillna(0)
    chosen = since[fits].sort_values(kind="stable").index[:TOGETHER]
    last = (
        done[done["client"].isin(chosen)]
        .sort_values("day", kind="stable")
        .drop_duplicates("client", keep="last")
    )
    day = days.open_from(week + rng.integers(1, 6, len(last)))
    called_off = last.assign(day=day, status="cancelled", staff=seller, rating=np.nan, payment_method=None)
    kept = lines[~(lines["client"].isin(chosen) & (lines["day"] >= week))]
    together = called_off[["client", "day"]].assign(fact="cancelled_together", value=seller)
    return pd.concat([kept, called_off], ignore_index=True), pd.concat([together, alone])


def _cancelled_alone(
    rng: np.random.Generator, clients: pd.DataFrame, lines: pd.DataFrame, week: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Some last appointments that nobody came to, said beforehand instead."""
    last_visit = lines[lines["status"].eq("completed")].groupby("client")["day"].max()
    missed = lines[lines["status"].eq("no_show") & (lines["day"] < week - QUIET_DAYS)]
    missed = missed[missed["client"].isin(clients.index[clients["left"].notna()])]
    missed = missed[missed["day"] > missed["client"].map(last_visit)]
    people = np.sort(missed["client"].unique())
    chosen = rng.choice(people, min(ALONE, len(people)), replace=False)
    said = lines.index.isin(missed.index[missed["client"].isin(chosen)])
    first = missed[missed["client"].isin(chosen)].drop_duplicates("client")
    facts = first[["client", "day"]].assign(fact="cancelled_alone", value="")
    return lines.assign(status=lines["status"].mask(said, "cancelled")), facts


def first_late(
    rng: np.random.Generator, days: OpeningDays, payments: pd.DataFrame, pays: pd.Series, count: int
) -> tuple[pd.DataFrame, pd.Series, pd.DataFrame]:
    """Bills of some who always paid on time, the last one late or not paid; who pays how since; and the facts."""
    due = payments[payments["due"] < days.end]
    last = due.sort_values("due", kind="stable").drop_duplicates("client", keep="last")
    bills = due.groupby("client").size().reindex(last["client"]).to_numpy()
    ago = days.end - last["due"]
    fits = pays.reindex(last["client"]).eq("on_time").to_numpy() & (bills > ALWAYS_ON_TIME)
    fits &= ago.between(*FIRST_LATE_DUE).to_numpy()
    chosen = last[fits].sort_values("client")
    chosen = chosen.iloc[np.sort(rng.choice(len(chosen), min(count, len(chosen)), replace=False))]
    paid = (chosen["due"] + rng.integers(*FIRST_LATE_BY, len(chosen))).astype("float64")
    paid = paid.where(paid < days.end)
    changed = payments.assign(paid=payments["paid"].mask(payments.index.isin(chosen.index)).fillna(paid))
    facts = chosen[["client"]].assign(
        day=chosen["due"], fact="first_late_bill", value=(paid - chosen["due"]).astype("Int64")
    )
    return changed, pays.mask(pays.index.isin(chosen["client"]), "first_late"), facts
