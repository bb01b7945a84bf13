"""Who moved up and down the scale between two dates, and which signs moved them.

Both dates are told by what was known then, with today's rhythms, so they are measured alike; the owner's word counts
from the day it was given. A month end is the same day of each month as `as_of`, or its last one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.affection import LIMITS, START
from analysis.affection_then import Then
from analysis.arrays import Array, Bools
from analysis.history import month_ends
from analysis.portfolio import Portfolio
from analysis.practices.once import once_for
from analysis.schema import BANDS
from analysis.with_notebook import band_of

#: A client who moved by this much is named, with the same band or another.
NAMED_FROM = 1.0
#: Dates to choose from: three years of months is as far as anyone asks.
MOST_ENDS = 37
#: Of the signs that moved a client those are named that account for so much, and so many of them.
_CAUSE_POINTS, _CAUSES = 0.15, 3
_OWN_WORD, _OTHERS = "own_word", "others"


@dataclass(frozen=True)
class Cause:
    """A sign of the score, or "own_word", and the points by which it moved it between the two dates."""

    sign: str
    points: float


@dataclass(frozen=True)
class Movement:
    """Everyone between two dates.

    both: client_id, before, after (bands), score_before, score_after, step (bands climbed), change (points) and came
    (a visit in between, or the owner's word), of those known at both dates. moved: those of them who changed band or
    moved by a point, with their causes (tuple of Cause, the weightiest first), the furthest first. new: client_id,
    band, affection of those who came in between.
    """

    earlier: dt.date
    later: dt.date
    both: pd.DataFrame
    moved: pd.DataFrame
    new: pd.DataFrame

    @property
    def up(self) -> int:
        """Clients who changed to a better band."""
        return int((self.both["step"] > 0).sum())

    @property
    def down(self) -> int:
        return int((self.both["step"] < 0).sum())

    @property
    def forgotten(self) -> int:
        """Of those who moved up, how many did not come in between: time alone took what stood against them."""
        return int(((self.both["step"] > 0) & ~self.both["came"]).sum())

    @property
    def mean_before(self) -> float:
        """Mean affection of those known at both dates."""
        return float(self.both["score_before"].mean())

    @property
    def mean_after(self) -> float:
        return float(self.both["score_after"].mean())

    @property
    def flow(self) -> pd.DataFrame:
        """before, after, clients: a row per pair of bands."""
        grid = pd.MultiIndex.from_product([BANDS, BANDS], names=["before", "after"])
        counts = self.both.groupby(["before", "after"]).size().reindex(grid, fill_value=0)
        return counts.rename("clients").reset_index()

    def only(self, clients: pd.Series) -> Movement:
        """The same of some clients, by their ids."""

        def of(frame: pd.DataFrame) -> pd.DataFrame:
            return frame.loc[frame["client_id"].isin(clients)].reset_index(drop=True)

        return replace(self, both=of(self.both), moved=of(self.moved), new=of(self.new))


def dates(portfolio: Portfolio) -> tuple[dt.date, ...]:
    """The month ends that can be compared, the last one first: those by which somebody had come."""
    first = portfolio.clients["first_visit"].min().date()
    months = (portfolio.as_of.year - first.year) * 12 + portfolio.as_of.month - first.month + 1
    ends = month_ends(portfolio.as_of, min(max(months, 1), MOST_ENDS))
    return tuple(end for end in reversed(ends) if end >= first)


@once_for("as_of", "visits", "affection_then", "notebook.own_scores")
def movement(portfolio: Portfolio, earlier: dt.date, later: dt.date) -> Movement:
    """Who moved between two dates, `earlier` before `later`."""
    then_before, then_after = (portfolio.affection_then.on(day) for day in (earlier, later))
    before, after = _told(portfolio, earlier, then_before), _told(portfolio, later, then_after)
    both = before["there"].to_numpy() & after["there"].to_numpy()
    then, now = before[both], after[both]
    rank = {band: -place for place, band in enumerate(BANDS)}
    pairs = pd.DataFrame(
        {
            "client_id": now["client_id"].to_numpy(),
            "before": then["band"].to_numpy(),
            "after": now["band"].to_numpy(),
            "score_before": then["affection"].to_numpy(),
            "score_after": now["affection"].to_numpy(),
            "step": now["band"].map(rank).to_numpy(dtype=int) - then["band"].map(rank).to_numpy(dtype=int),
            "change": np.round(now["affection"].to_numpy() - then["affection"].to_numpy(), 1),
            "came": _came(portfolio, now, earlier, later),
        }
    )
    moved = pairs[(pairs["step"] != 0) | (pairs["change"].abs() >= NAMED_FROM)]
    effects = _effects(then_after, after) - _effects(then_before, before)
    place = pd.Index(then_after.client_id).get_indexer(pd.Index(moved["client_id"].to_numpy(dtype=object)))
    causes = _causes(effects[place], _effect_names(then_after))
    moved = moved.assign(causes=pd.Series(causes, index=moved.index, dtype=object))
    order = moved["change"].abs().sort_values(ascending=False, kind="stable").index
    came = after["there"].to_numpy() & ~before["there"].to_numpy()
    new = after.loc[came, ["client_id", "band", "affection"]].reset_index(drop=True)
    return Movement(earlier, later, pairs, moved.loc[order].reset_index(drop=True), new)


def felt(portfolio: Portfolio, day: dt.date) -> pd.DataFrame:
    """Everyone on a day: client_id, there (had come by then), affection, band, computed (without the owner's word)."""
    return _told(portfolio, day, portfolio.affection_then.on(day))


def _told(portfolio: Portfolio, day: dt.date, then: Then) -> pd.DataFrame:
    """`felt` of a day that is scored already."""
    scores = then.felt.scores
    table = pd.DataFrame(
        {
            "client_id": then.client_id,
            "there": then.there,
            "affection": scores["affection"].to_numpy(),
            "band": scores["band"].to_numpy(dtype=object),
            "computed": scores["affection"].to_numpy(),
        }
    )
    said = {
        who: word.score
        for who, word in portfolio.notebook.own_scores.items()
        # What is said after the data ends is about its last day.
        if word.on <= day or day == portfolio.as_of
    }
    if not said:
        return table
    theirs = table["client_id"].isin(list(said)).to_numpy()
    own = [said[who] for who in table.loc[theirs, "client_id"]]
    table.loc[theirs, "affection"] = own
    table.loc[theirs, "band"] = [band_of(score) for score in own]
    return table


@once_for("as_of", "clients", "affection_then", "notebook.own_scores")
def by_month(portfolio: Portfolio, months: int = 13) -> pd.DataFrame:
    """A row per month end, the oldest first: month_end, clients, mean (affection), and how many stand in each band."""
    rows: list[dict[str, object]] = []
    for day in reversed(dates(portfolio)[:months]):
        table = felt(portfolio, day)
        there = table[table["there"]]
        counts = there["band"].value_counts()
        bands: dict[str, int] = {band: int(counts.get(band, 0)) for band in BANDS}
        mean = float(there["affection"].mean())
        rows.append({"month_end": day, "clients": len(there), "mean": mean, **bands})
    return pd.DataFrame(rows)


def _came(portfolio: Portfolio, people: pd.DataFrame, earlier: dt.date, later: dt.date) -> Bools:
    """Who had a visit between the dates, or stands where the owner said."""
    when = portfolio.visits["date"]
    between = (when > pd.Timestamp(earlier)) & (when <= pd.Timestamp(later))
    came = people["client_id"].isin(portfolio.visits.loc[between, "client_id"])
    return (came | (people["affection"] != people["computed"])).to_numpy(dtype=bool)


def _causes(moved: Array, signs: Sequence[str]) -> list[tuple[Cause, ...]]:
    """Of each client (a row of points by sign) the signs that moved the score the way it went."""
    total = moved.sum(axis=1)
    along = np.where(np.sign(moved) == np.sign(total)[:, None], np.abs(moved), 0.0)
    order = np.argsort(-along, axis=1, kind="stable")[:, :_CAUSES]
    return [
        tuple(
            Cause(signs[sign], round(float(moved[row, sign]), 2))
            for sign in order[row]
            if along[row, sign] >= _CAUSE_POINTS
        )
        for row in range(len(moved))
    ]


def _effects(then: Then, told: pd.DataFrame) -> Array:
    """The points that each sign really moved each score on a day, a row a client; they add up to the score - 5.

    What a family's cap takes is taken from its signs in proportion, as `evidence` does for one client. `told`: that
    day's `felt`; columns as `_effect_names`.
    """
    caps = {sign.family: sign.points for sign in then.felt.signs if sign.name == "cap"}
    signs = [sign for sign in then.felt.signs if sign.name not in LIMITS]
    sums = {family: np.zeros(len(told)) for family in caps}
    for sign in signs:
        sums[sign.family] += sign.points
    share = {
        family: np.divide(caps[family], total, out=np.zeros_like(total), where=total != 0)
        for family, total in sums.items()
    }
    columns = [sign.points * (1 + share[sign.family]) for sign in signs]
    computed = told["computed"].to_numpy()
    ends = computed - START - np.sum(columns, axis=0)
    return np.column_stack([*columns, ends, told["affection"].to_numpy() - computed])


def _effect_names(then: Then) -> list[str]:
    return [*(sign.name for sign in then.felt.signs if sign.name not in LIMITS), _OTHERS, _OWN_WORD]
