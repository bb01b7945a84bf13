"""The evidence that moved a client's affection, point by point."""

from __future__ import annotations

import pandas as pd

#: Rows that say what a family's cap, or the ends of the scale, took away or gave.
_CAP, _FLOOR = "cap", "floor"


def evidence(points: pd.DataFrame) -> pd.DataFrame:
    """Signs of one client with the points they really moved: columns sign and points, as many rows as signs count.

    `points` are one client's rows of schema.AFFECTION_POINTS. What a family's cap takes is taken from its signs in
    proportion; so the points add up to the score's distance from the start, and no row is a technicality but
    `floor`, the ends of the scale.
    """
    caps = points.loc[points["sign"] == _CAP].groupby("family")["points"].sum()
    signs = points.loc[points["sign"] != _CAP, ["family", "sign", "points"]].copy()
    totals = signs["family"].map(signs.groupby("family")["points"].sum())
    share = (signs["family"].map(caps).fillna(0.0) / totals.where(totals != 0, 1.0)).fillna(0.0)
    signs["points"] *= 1 + share
    moved = signs.loc[signs["points"].abs() > 0]
    return moved.groupby("sign", sort=False)["points"].sum().reset_index()
