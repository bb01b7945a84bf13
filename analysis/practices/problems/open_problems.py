"""Which problems are open, whose they are and since when (practice 20), and whether they pile up."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.portfolio import Portfolio

_DAYS_A_YEAR = 365.25
#: Months that a chart of the backlog reaches back.
_MONTHS = 13
_LATELY = 30  # days

#: One row per open problem; texts are "" and dates NaT where unknown.
OPEN = (
    "client_id",
    "client_name",
    "opened",
    "days_open",
    "kind",
    "staff",  # who owns it, "" = nobody
    "promised",
    "overdue_days",  # since the day an answer was promised for, 0 where it has not passed
    "detail",
    "note",  # the owner wrote something of it
    "state",  # of the client: schema.State
    "worth",  # money a year; visits a year without amounts
    "flagged",
    "consent",
)


def open_problems(portfolio: Portfolio) -> pd.DataFrame:
    """OPEN: a broken promise first, then what nobody owns; of these the clients who are worth most and still there."""
    today = pd.Timestamp(portfolio.as_of)
    problems = portfolio.records.problems
    rows = problems[problems["state"] == "open"].drop(columns="state")
    found = rows.merge(_people(portfolio), on="client_id", how="left")
    overdue = (today - found["promised"]).dt.days.fillna(0).clip(lower=0).astype("int64")
    found = found.assign(
        days_open=(today - found["opened"]).dt.days.clip(lower=0),
        overdue_days=overdue,
        broken=overdue > 0,
        owned=found["staff"] != "",
    )
    order = ["broken", "owned", "reachable", "days_open", "client_id"]
    found = found.sort_values(order, ascending=[False, True, False, False, True], ignore_index=True)
    return found[list(OPEN)]


def _people(portfolio: Portfolio) -> pd.DataFrame:
    clients = portfolio.clients
    worth = clients["annual_value"] if portfolio.has_amounts else _DAYS_A_YEAR / clients["interval_days"]
    people = clients[["client_id", "client_name", "state", "flagged", "consent"]]
    return people.assign(worth=worth.astype(float), reachable=(worth * clients["p_alive"]).astype(float))


@dataclass(frozen=True)
class Standing:
    """The open problems in figures."""

    open: int
    clients: int
    gone: int  # of these clients, how many have stopped coming
    unowned: int
    overdue: int
    oldest_days: int
    worth: float  # of their clients, each once
    opened_lately: int  # in the last 30 days
    closed_lately: int


def standing(portfolio: Portfolio) -> Standing:
    """How many problems are open, of nobody, overdue; how old; what their clients are worth a year."""
    found = open_problems(portfolio)
    problems = portfolio.records.problems
    since = pd.Timestamp(portfolio.as_of) - pd.Timedelta(days=_LATELY)
    return Standing(
        open=len(found),
        clients=int(found["client_id"].nunique()),
        gone=int(found.loc[found["state"] == "lapsed", "client_id"].nunique()),
        unowned=int((found["staff"] == "").sum()),
        overdue=int((found["overdue_days"] > 0).sum()),
        oldest_days=int(found["days_open"].max()) if len(found) else 0,
        worth=float(found.drop_duplicates("client_id")["worth"].sum()),
        opened_lately=int((problems["opened"] > since).sum()),
        closed_lately=int((problems["closed"] > since).sum()),
    )


#: One row per owner with something open, the empty one being nobody.
OWNERS = ("staff", "open", "oldest_days", "overdue", "worth")


def owners(portfolio: Portfolio) -> pd.DataFrame:
    """OWNERS: nobody first, then whoever has most open."""
    found = open_problems(portfolio)
    table = (
        found.assign(late=found["overdue_days"] > 0)
        .groupby("staff", as_index=False)
        .agg(
            open=("opened", "size"),
            oldest_days=("days_open", "max"),
            overdue=("late", "sum"),
            worth=("worth", "sum"),
        )
    )
    table = table.assign(named=table["staff"] != "")
    table = table.sort_values(["named", "open", "staff"], ascending=[True, False, True], ignore_index=True)
    return table[list(OWNERS)]


#: One row per month that ends up to as_of, and the current one.
BACKLOG = ("month", "opened", "closed", "open_at_end")


def backlog(portfolio: Portfolio) -> pd.DataFrame:
    """BACKLOG of the last months with a problem: how many came, how many were closed, how many stayed open.

    A problem said to be closed without the day of it never counts as open.
    """
    problems = portfolio.records.problems
    dated = problems[problems["closed"].notna() | (problems["state"] == "open")]
    if dated.empty:
        return pd.DataFrame(columns=list(BACKLOG))
    today = pd.Timestamp(portfolio.as_of)
    # What was written down or closed since the export's last day belongs to its last month.
    opened, closed = (dated[name].mask(dated[name] > today, today) for name in ("opened", "closed"))
    first = max(opened.min().to_period("M"), today.to_period("M") - (_MONTHS - 1))
    months = pd.period_range(first, today.to_period("M"), freq="M")
    came = opened.dt.to_period("M").value_counts()
    went = closed.dropna().dt.to_period("M").value_counts()
    before = int((opened < months[0].start_time).sum() - (closed < months[0].start_time).sum())
    table = pd.DataFrame(
        {"opened": came.reindex(months, fill_value=0), "closed": went.reindex(months, fill_value=0)}
    )
    table["open_at_end"] = before + (table["opened"] - table["closed"]).cumsum()
    return table.rename_axis("month").reset_index().assign(month=months.to_timestamp())[list(BACKLOG)]
