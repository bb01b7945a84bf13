"""How early the alarm warns of a client's leaving, said of the owner's own past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.early_signals.classifier import RULES
from analysis.portfolio import BackTest

#: Methods are compared at this share of false alarms.
SAID_AT = 0.1

Standing = Literal["ahead", "even", "behind"]


@dataclass(frozen=True)
class HowEarly:
    """Median days of warning before a client has been silent for two horizons, at a tenth of false alarms.

    `standing` of the method in use beside the simple rule that warns earliest: "even" where the bootstrap cannot tell
    them apart. `caught`, `false_alarms` and `alarm_days` are of the alarm as it was, wherever it stood.
    """

    days: float
    rule: str
    rule_days: float
    standing: Standing
    lapses: int
    caught: float
    false_alarms: float
    alarm_days: float


def how_early(back_test: BackTest) -> HowEarly | None:
    """None where too few clients were lost in the past to say."""
    table = back_test.warning
    if table.empty:
        return None
    alarm = table.loc[table["method"] == "alarm"].iloc[0]
    at = table.loc[table["at"] == SAID_AT]
    ours = at.loc[at["method"] == back_test.method].iloc[0]
    rules = at.loc[at["method"].isin(RULES) & (at["method"] != back_test.method)]
    best = rules.iloc[int(rules["median_days"].to_numpy(dtype=float).argmax())]
    standing: Standing = "even"
    if ours["median_low"] > best["median_days"]:
        standing = "ahead"
    elif best["median_low"] > ours["median_days"]:
        standing = "behind"
    return HowEarly(
        days=float(ours["median_days"]),
        rule=str(best["method"]),
        rule_days=float(best["median_days"]),
        standing=standing,
        lapses=int(alarm["lapses"]),
        caught=float(alarm["caught"]),
        false_alarms=float(alarm["false_alarms"]),
        alarm_days=float(alarm["median_days"]),
    )
