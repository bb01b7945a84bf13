"""Which dates are coming: birthdays, anniversaries as a client, who is due, and the appointments in the book.

"Birthdays, anniversaries, important dates" of the six points for keeping clients. Nobody's age is worked out or shown:
of a birthday only the day of the year is used.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from analysis.portfolio import Portfolio
from analysis.practices.dates.birthdays import birthdays
from analysis.practices.dates.day_of_year import next_time
from analysis.practices.dates.together import together

#: In the order of a day's agenda.
Kind = Literal["birthday", "anniversary", "booked", "due"]
KINDS: tuple[Kind, ...] = get_args(Kind)

#: Who is expected by themselves: the late and the gone stand on the lists of calls.
_EXPECTED = ("on_time", "due", "new", "seasonal")
_ROUND_YEARS = 5

#: One row per date; texts are "" and dates NaT where there is nothing to say.
AGENDA = (
    "date",
    "kind",
    "client_id",
    "client_name",
    "phone",
    "email",
    "consent",
    "years",  # of an anniversary: how many; 0 for the other kinds
    "round",  # the first year, and every fifth
    "since",  # of an anniversary: the day they became a client
    "leap_day",  # of a birthday: 29 February, kept on the last day of the month
    "doubtful",  # of a birthday: the year written cannot be, so the day may be wrong too
    "service",
    "subject",  # whom or what it is for, where they bring several
    "low",  # of who is due: an 80% window about the date
    "high",
    "by_use",  # of who is due: because of their meter (km, hours), not of their days
)


@dataclass(frozen=True)
class Agenda:
    """What comes up from as_of on (that day included) within `days` days, and what could not be used.

    `wrong_birthdays`: `birthdays.WRONG`. `at_least`: how many clients have no anniversary, for the export does not
    reach back to their first visit.
    """

    days: int
    dates: pd.DataFrame  # AGENDA, by day, then as KINDS, then by name
    wrong_birthdays: pd.DataFrame
    known_birthdays: int
    at_least: int


def agenda(portfolio: Portfolio, days: int) -> Agenda:
    """The dates of the next `days` days. Those who said goodbye have a birthday, but no anniversary and are not due."""
    born = birthdays(portfolio)
    since = together(portfolio)
    rows = [
        _coming(born.days.assign(kind="birthday"), portfolio.as_of, days),
        _coming(_anniversaries(portfolio, since), portfolio.as_of, days),
        _coming(_booked(portfolio), portfolio.as_of, days),
        _coming(_due(portfolio), portfolio.as_of, days),
    ]
    return Agenda(
        days=days,
        dates=_told(portfolio, [part for part in rows if len(part)]),
        wrong_birthdays=born.wrong,
        known_birthdays=len(born.days),
        at_least=int((~since["known"]).sum()),
    )


def birthdays_of_the_year(portfolio: Portfolio) -> pd.DataFrame:
    """Everybody's next birthday, as AGENDA."""
    return _told(portfolio, [birthdays(portfolio).days.assign(kind="birthday")])


def _coming(rows: pd.DataFrame, as_of: dt.date, days: int) -> pd.DataFrame:
    first = pd.Timestamp(as_of)
    kept: pd.Series = (rows["date"] >= first) & (rows["date"] <= first + pd.Timedelta(days=days))
    return rows.loc[kept]


def _anniversaries(portfolio: Portfolio, since: pd.DataFrame) -> pd.DataFrame:
    """The next anniversary of those whose first day is known."""
    known = since.loc[since["known"] & ~since["client_id"].isin(portfolio.records.left.index)]
    day = next_time(known["since"], portfolio.as_of)
    years = day.dt.year - known["since"].dt.year
    rows = pd.DataFrame(
        {
            "date": day,
            "kind": "anniversary",
            "client_id": known["client_id"],
            "years": years,
            "round": (years == 1) | (years % _ROUND_YEARS == 0),
            "since": known["since"],
        }
    )
    some: pd.Series = years > 0
    return rows.loc[some]


def _booked(portfolio: Portfolio) -> pd.DataFrame:
    booked = portfolio.records.appointments
    booked = booked.loc[(booked["status"] == "booked") & (booked["date"] > pd.Timestamp(portfolio.as_of))]
    told = booked.groupby(["client_id", "date"], sort=False)["service"].agg(_listed)
    return told.reset_index().assign(kind="booked")


def _listed(services: pd.Series) -> str:
    return ", ".join(sorted({name for name in services if name}))


def _due(portfolio: Portfolio) -> pd.DataFrame:
    """Who is expected next: by use where their meter decides, else on the day of their own rhythm."""
    clients = portfolio.clients
    gone = clients["client_id"].isin(portfolio.records.left.index)
    expected = clients.loc[clients["state"].isin(_EXPECTED) & ~gone]
    by_use = _due_by_use(portfolio, expected["client_id"])
    by_days = expected.loc[~expected["client_id"].isin(by_use["client_id"])]
    brought = portfolio.streams.loc[portfolio.streams["subject"] != ""]
    several = brought.groupby("client_id")["subject"].nunique()
    names_it = by_days["client_id"].map(several).fillna(0) > 1
    rows = pd.DataFrame(
        {
            "date": by_days["next_visit"],
            "client_id": by_days["client_id"],
            "service": by_days["due_service"].fillna(""),
            "subject": by_days["due_subject"].fillna("").where(names_it, ""),
            "low": by_days["next_visit_low"],
            "high": by_days["next_visit_high"],
            "by_use": False,
        }
    )
    return pd.concat([part for part in (rows, by_use) if len(part)] or [rows]).assign(kind="due")


def _due_by_use(portfolio: Portfolio, expected: pd.Series) -> pd.DataFrame:
    """What falls due by the meter from as_of on, each client's first."""
    used = portfolio.usage.clients
    today = pd.Timestamp(portfolio.as_of)
    rows = used.loc[
        (used["decided_by"] == "meter") & used["client_id"].isin(expected) & (used["due"] >= today)
    ].sort_values(["due", "client_id", "service"], kind="stable")
    rows = rows.drop_duplicates("client_id")
    return pd.DataFrame(
        {
            "date": rows["due"],
            "client_id": rows["client_id"],
            "service": rows["service"],
            "subject": rows["subject"].where(rows["several"].astype(bool), ""),
            "low": rows["due_low"].where(rows["due_low"] > today, today),
            "high": rows["due_high"],
            "by_use": True,
        }
    )


def _told(portfolio: Portfolio, parts: list[pd.DataFrame]) -> pd.DataFrame:
    """The dates with who they are of, in order."""
    empty = pd.DataFrame({"date": pd.Series(dtype="datetime64[s]"), "client_id": pd.Series(dtype="object")})
    rows = pd.concat(parts, ignore_index=True) if parts else empty
    who = portfolio.clients.set_index("client_id")[["client_name", "phone", "email", "consent"]]
    rows = rows.reindex(columns=[name for name in AGENDA if name not in who.columns])
    rows = rows.join(who, on="client_id")
    for name in ("years", "round", "leap_day", "doubtful", "by_use"):
        rows[name] = rows[name].astype("object").fillna(value=False).astype(int if name == "years" else bool)
    for name in ("service", "subject"):
        rows[name] = rows[name].astype("object").fillna("")
    for name in ("date", "since", "low", "high"):
        rows[name] = rows[name].astype("datetime64[s]")
    rows["place"] = rows["kind"].map({kind: place for place, kind in enumerate(KINDS)}).astype("float64")
    rows = rows.sort_values(["date", "place", "client_name", "client_id"], kind="stable", ignore_index=True)
    return rows[list(AGENDA)]
