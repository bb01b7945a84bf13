"""The one thing of each client's own that their year-end letter begins with.

What only this client could be told comes first: a problem that was solved, people who came on their word, that they
came back after a long while, that they came for the first time this year, a round number of years. Without any of
these, what many share (years together, whom or what they bring, the service they come for, how often they came) takes
turns down the list, so that neighbours are not told the same; then the last time they were seen. Nothing that could
embarrass is taken: not what the problem was, not how long they stayed away, not who came on their word.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.portfolio import Portfolio
from analysis.practices.dates.together import together

Hook = Literal[
    "problem_solved",  # date
    "referred",  # n
    "came_back",  # date
    "first_year",  # date
    "round_years",  # n
    "years",  # n
    "years_at_least",  # n: the export begins later than they did
    "subject",  # text: up to three, between unit separators
    "service",  # n, text
    "visits",  # n
    "last_seen",  # date
    "none",
]
HOOKS: tuple[Hook, ...] = get_args(Hook)
_MOST_PERSONAL: tuple[Hook, ...] = (
    "problem_solved",
    "referred",
    "came_back",
    "first_year",
    "round_years",
)
_TAKING_TURNS: tuple[Hook, ...] = ("years", "years_at_least", "subject", "service", "visits")
#: What may be said to somebody with whom there was a quarrel: thanks for visits would sound like mockery.
AFTER_A_QUARREL: tuple[Hook, ...] = ("problem_solved", "round_years", "years", "years_at_least")

#: A solved problem is remembered for two years, an absence of half a year and twice the usual long gap is one.
_REMEMBERED_DAYS = 730
_ABSENCE_DAYS = 182
_ABSENCE_TIMES = 2.0
_FEWEST_YEARS, _ROUND_YEARS = 2, 5
_FEWEST_VISITS, _FEWEST_OF_A_SERVICE = 3, 3
_MOSTLY = 0.6
_MOST_SUBJECTS = 3

_NO_DATE = np.datetime64("NaT", "s")


def candidates(portfolio: Portfolio) -> dict[Hook, pd.DataFrame]:
    """What could be said to each client: by hook, a frame with `date`, `n` and `text`, indexed by client_id."""
    clients = portfolio.clients.set_index("client_id")
    year = pd.Timestamp(portfolio.as_of.year, 1, 1)
    visits = portfolio.visits
    this_year = visits.loc[visits["date"] >= year].groupby("client_id").size()
    since = together(portfolio).set_index("client_id")
    years = portfolio.as_of.year - since["since"].dt.year  # on the last day of the year
    long_enough = years >= _FEWEST_YEARS
    is_round = (years > 0) & (years % _ROUND_YEARS == 0) & since["known"]
    first = clients["first_visit"]
    is_new = (first >= year) & since["known"] & (since["since"] >= year)
    return {
        "problem_solved": _hook(date=_solved(portfolio)),
        "referred": _hook(n=_brought(portfolio)),
        "came_back": _hook(date=_came_back(portfolio, year)),
        "first_year": _hook(date=first[is_new]),
        "round_years": _hook(n=years[is_round]),
        "years": _hook(n=years[long_enough & since["known"]]),
        "years_at_least": _hook(n=years[long_enough & ~since["known"]]),
        "subject": _hook(text=_subjects(portfolio, year)),
        "service": _mostly(portfolio, year),
        "visits": _hook(n=this_year[this_year >= _FEWEST_VISITS]),
        "last_seen": _hook(date=clients["last_visit"]),
    }


def choose(
    found: dict[Hook, pd.DataFrame], client_ids: pd.Series, after_a_quarrel: npt.NDArray[np.bool_]
) -> pd.DataFrame:
    """The hook of each client in the order of the letters: `hook`, `variant`, `hook_date`, `hook_n`, `hook_text`.

    `variant` counts those before them with the same hook: no two neighbours are told the same thing in the same words.
    """
    ids = pd.Index(client_ids)
    anything = np.ones(len(ids), dtype=bool)
    there = {
        hook: ids.isin(rows.index) & (anything if hook in AFTER_A_QUARREL else ~after_a_quarrel)
        for hook, rows in found.items()
    }
    turns = np.column_stack([there[hook] for hook in _TAKING_TURNS])
    chosen = np.full(len(ids), "none", dtype=object)
    chosen[there["last_seen"]] = "last_seen"
    chosen = np.where(turns.any(axis=1), _by_turns(turns), chosen)
    for hook in reversed(_MOST_PERSONAL):
        chosen[there[hook]] = hook
    told = pd.DataFrame({"hook": chosen}, index=ids)
    parts = [rows.reindex(ids[chosen == hook]) for hook, rows in found.items() if (chosen == hook).any()]
    values = pd.concat(parts) if parts else _hook()
    values = values.reindex(ids)
    return pd.DataFrame(
        {
            "hook": chosen,
            "variant": told.groupby("hook").cumcount().to_numpy(),
            "hook_date": values["date"].to_numpy(),
            "hook_n": values["n"].fillna(0).to_numpy().astype(np.int64),
            "hook_text": values["text"].astype(object).fillna("").to_numpy(),
        }
    )


def _by_turns(turns: npt.NDArray[np.bool_]) -> npt.NDArray[np.object_]:
    """Of the hooks each client has, the one whose turn it is at their place in the list."""
    having = turns.sum(axis=1)
    turn = np.arange(len(turns)) % np.maximum(having, 1)
    place = ((turns.cumsum(axis=1) == (turn + 1)[:, None]) & turns).argmax(axis=1)
    names: npt.NDArray[np.object_] = np.asarray(_TAKING_TURNS, dtype=object)
    return np.asarray(names[place])


def _hook(
    *, date: pd.Series | None = None, n: pd.Series | None = None, text: pd.Series | None = None
) -> pd.DataFrame:
    given = next((part for part in (date, n, text) if part is not None), pd.Series(dtype="object"))
    frame = pd.DataFrame(index=given.index)
    frame["date"] = _NO_DATE if date is None else date.astype("datetime64[s]")
    frame["n"] = 0.0 if n is None else n.astype(float)
    frame["text"] = "" if text is None else text.astype(object)
    return frame


def _solved(portfolio: Portfolio) -> pd.Series:
    """The day of each client's last solved problem, where nothing has gone wrong since."""
    problems = portfolio.records.problems
    day = problems["closed"].fillna(problems["opened"])
    last = (
        problems.assign(day=day).sort_values("day", kind="stable").drop_duplicates("client_id", keep="last")
    )
    remembered = pd.Timestamp(portfolio.as_of) - pd.Timedelta(days=_REMEMBERED_DAYS)
    solved = last.loc[(last["state"] == "solved") & (last["day"] >= remembered)]
    return solved.set_index("client_id")["day"]


def _brought(portfolio: Portfolio) -> pd.Series:
    """How many came on each client's word."""
    said = portfolio.records.referrals
    return said.loc[said["referrer_id"] != ""].groupby("referrer_id").size()


def _came_back(portfolio: Portfolio, year: pd.Timestamp) -> pd.Series:
    """The day of this year on which each client came back after a long absence, the last one."""
    visits = portfolio.visits  # client by client, by date
    visits = visits.assign(gap=visits["date"].diff().dt.days)
    rows = np.flatnonzero((visits["gap"] >= _ABSENCE_DAYS) & (visits["date"] >= year))
    after, before = visits.iloc[rows], visits.iloc[rows - 1]
    absent = after[after["client_id"].to_numpy() == before["client_id"].to_numpy()]
    usual = absent["client_id"].map(portfolio.clients.set_index("client_id")["interval_high"]).astype(float)
    back = absent[absent["gap"] >= _ABSENCE_TIMES * usual]
    return pd.Series(back.groupby("client_id")["date"].max())


def _subjects(portfolio: Portfolio, year: pd.Timestamp) -> pd.Series:
    """Whom or what each client brought this year, up to three."""
    rows = portfolio.records.services
    brought = rows.loc[
        (rows["subject"] != "") & (rows["date"] >= year), ["client_id", "subject"]
    ].drop_duplicates()
    several = brought["client_id"].map(brought["client_id"].value_counts())
    kept = brought.loc[several <= _MOST_SUBJECTS]
    return kept.groupby("client_id")["subject"].agg("\x1f".join)


def _mostly(portfolio: Portfolio, year: pd.Timestamp) -> pd.DataFrame:
    """How often each client came this year, where it was mostly for one service, and which."""
    rows = portfolio.records.services
    rows = rows.loc[(rows["date"] >= year) & (rows["service"] != "")]
    days = rows.drop_duplicates(["client_id", "date", "service"])
    counts = days.groupby(["client_id", "service"]).size().reset_index(name="days")
    main = counts.sort_values("days", kind="stable").drop_duplicates("client_id", keep="last")
    main = main.set_index("client_id")
    came = days.drop_duplicates(["client_id", "date"]).groupby("client_id").size().reindex(main.index)
    mostly = (main["days"] >= _FEWEST_OF_A_SERVICE) & (main["days"] >= _MOSTLY * came)
    return _hook(n=came[mostly]).assign(text=main.loc[mostly, "service"].astype(object))
