"""Whose birthday is known, and which of those written down cannot be one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import poisson

from analysis.portfolio import Portfolio
from analysis.practices.dates.day_of_year import is_leap_day, next_time

#: Why a birthday is doubted. Only with `year` can the day be right all the same: a program that knows the day alone
#: fills in some year. The others are what programs write where nobody said anything.
Doubt = Literal[
    "year",  # more than 110 years ago, or after their first visit
    "default",  # the first day that spreadsheets and programs know
    "shared",  # the same day, year and all, for more clients than chance would ever bring together
    "registered",  # the very day they were entered
]

_OLDEST_YEARS = 110
#: The days on which calendars of programs begin: Excel's, Access's, Excel for Mac's.
_BEGINNINGS = ("1899-12-30", "1899-12-31", "1900-01-01", "1900-01-02", "1901-01-01", "1904-01-01")
#: Birthdays of clients lie scattered over about so many days.
_SPREAD_DAYS = 365 * 60
#: By chance so many clients share a day once in a hundred shops.
_CHANCE = 0.01

WRONG = (
    "client_id",
    "client_name",
    "birthday",  # as written
    "doubt",
)


@dataclass(frozen=True)
class Birthdays:
    """Whose birthday is known, and what is to be put right.

    `days`: client_id, `date` of the next one from as_of on, `leap_day`, `doubtful`. `wrong`: WRONG.
    """

    days: pd.DataFrame
    wrong: pd.DataFrame


def birthdays(portfolio: Portfolio) -> Birthdays:
    """The next birthday of every client whose day is known."""
    told = portfolio.clients.loc[portfolio.clients["birthday"].notna()]
    doubt = _doubts(told, pd.Timestamp(portfolio.as_of))
    kept = told.loc[np.isin(doubt, ("", "year"))]
    born = kept["birthday"]
    days = pd.DataFrame(
        {
            "client_id": kept["client_id"],
            "date": next_time(born, portfolio.as_of),
            "leap_day": is_leap_day(born),
            "doubtful": doubt[np.isin(doubt, ("", "year"))] == "year",
        }
    )
    wrong = told[["client_id", "client_name", "birthday"]].assign(doubt=doubt).loc[doubt != ""]
    return Birthdays(days, wrong.sort_values(["doubt", "client_name"], kind="stable", ignore_index=True))


def _doubts(told: pd.DataFrame, today: pd.Timestamp) -> npt.NDArray[np.object_]:
    """Why each is doubted, "" where nothing speaks against it."""
    born = told["birthday"]
    beginning = born.isin(pd.to_datetime(list(_BEGINNINGS)))
    entered = (born == told["joined"]) | (born == told["first_visit"])
    too_old = born < today - pd.DateOffset(years=_OLDEST_YEARS)
    found = np.select(
        [
            beginning,
            born.map(born.value_counts()) >= _too_many(len(born)),
            entered,
            too_old | (born > told["first_visit"]),
        ],
        ["default", "shared", "registered", "year"],
        "",
    )
    return found.astype(object)


def _too_many(birthdays_known: int) -> int:
    """From how many clients on the same day, year and all, is no chance."""
    return int(poisson.isf(_CHANCE / _SPREAD_DAYS, birthdays_known / _SPREAD_DAYS)) + 1
