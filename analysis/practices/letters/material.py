"""What there is to remember of a client before writing to them: for the owner's eyes, never in a letter by itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from analysis.portfolio import Portfolio
from analysis.practices.dates.together import together

_MOST_NAMED = 4


@dataclass(frozen=True)
class Trouble:
    """A problem of theirs. `state`: open, solved or badly_solved."""

    kind: str
    opened: dt.date
    state: str


@dataclass(frozen=True)
class Material:
    """One client's story. Texts are "" and lists empty where nothing is known."""

    since: dt.date
    since_known: bool  # False: at least since
    visits: int
    last_visit: dt.date
    service: str
    staff: str
    subjects: tuple[str, ...]
    problems: tuple[Trouble, ...]  # the latest first
    brought: tuple[str, ...]  # names of who came on their word
    brought_by: str


def material(portfolio: Portfolio, client_id: str) -> Material:
    """The story of a client of the portfolio."""
    client = portfolio.clients.loc[portfolio.clients["client_id"] == client_id].iloc[0]
    since = together(portfolio).loc[portfolio.clients["client_id"] == client_id].iloc[0]
    problems = portfolio.records.problems
    theirs = problems.loc[problems["client_id"] == client_id].sort_values("opened", ascending=False)
    referrals = portfolio.records.referrals
    brought = referrals.loc[referrals["referrer_id"] == client_id, "client_id"]
    by = referrals.loc[
        (referrals["client_id"] == client_id) & (referrals["referrer_id"] != ""), "referrer_id"
    ]
    services = portfolio.records.services
    subjects = services.loc[(services["client_id"] == client_id) & (services["subject"] != ""), "subject"]
    return Material(
        since=since["since"].date(),
        since_known=bool(since["known"]),
        visits=int(client["visits"]),
        last_visit=client["last_visit"].date(),
        service=client["service"] or "",
        staff=client["staff"] or "",
        subjects=tuple(dict.fromkeys(subjects)),
        problems=tuple(
            Trouble(kind, opened.date(), state)
            for kind, opened, state in zip(theirs["kind"], theirs["opened"], theirs["state"], strict=True)
        )[:_MOST_NAMED],
        brought=_names(portfolio, brought),
        brought_by=next(iter(_names(portfolio, by)), ""),
    )


def _names(portfolio: Portfolio, client_ids: pd.Series) -> tuple[str, ...]:
    clients = portfolio.clients
    named = clients.loc[clients["client_id"].isin(client_ids), "client_name"].dropna()
    return tuple(str(name) for name in named[:_MOST_NAMED])
