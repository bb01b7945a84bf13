"""How early the alarm goes up before a client is lost, and how often it goes up for nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import alarm, intervals, schema
from analysis.arrays import Array, Bools, Ints
from analysis.early_signals import figures
from analysis.early_signals.classifier import RULES, score
from analysis.early_signals.learned import Learned, Method, learned_by
from analysis.early_signals.past import WATCHED_HORIZONS, Origin, Past

FALSE_ALARMS = (0.1, 0.2)
MIN_LAPSES = 10  # fewer say nothing of how early


def warning(past: Past, timeline: list[Learned], method: Method) -> pd.DataFrame:
    """`schema.WARNING`: the alarm as it was, then each method at the same shares of false alarms.

    The months are replayed: at every look each method says what it could say that day. A silence that reached two
    horizons is a lapse; the warning is the days from the first alarm of that silence to then, 0 where there was none. A
    false alarm is one that went up in a silence that ended in a visit.
    """
    looks = [(look, known) for look in past.looks if (known := learned_by(timeline, look.day)) is not None]
    if not looks:
        return schema.empty_frame(schema.WARNING)
    silences = _Silences.of(past, [look for look, _ in looks])
    if silences.lapsed.sum() < MIN_LAPSES or not (~silences.lapsed).any():
        return schema.empty_frame(schema.WARNING)
    ours: Method = "rhythm" if method == "rhythm" else "puntual"
    said: dict[Method, Array] = {
        ours: np.concatenate([known.p_no_visit(ours, look) for look, known in looks]),
        **{rule: np.concatenate([score(rule, look) for look, _ in looks]) for rule in RULES},
    }
    alarmed = np.concatenate([_alarmed(look, known, method, past.horizon_days) for look, known in looks])
    rows = [("alarm", np.nan, *silences.told(alarmed.astype(np.float64), 1.0))]
    for share in FALSE_ALARMS:
        for each, p in said.items():
            rows.append((each, share, *silences.told(p, silences.threshold(p, share))))
    return pd.DataFrame(rows, columns=list(schema.WARNING))


def _alarmed(look: Origin, known: Learned, method: Method, horizon_days: int) -> Bools:
    """Who was late, showed an early signal, or was told to be probably gone."""
    p = known.p_no_visit(method, look)
    reachable = np.ones(len(p))  # whoever is probably gone is no call any more, but has been told of
    return alarm.flagged(
        look.visits, look.silence, look.late_after, reachable, p, horizon_days, known.base_rate
    )


@dataclass(frozen=True)
class _Silences:
    """The looks at silences that were watched from their first day and whose end is known.

    One entry a look, in order of silence and day: `look` is its place among all looks, `left` the days until the
    silence lapses. One entry a silence: `start`, its first look; `lapsed`, else it ended in a visit.
    """

    look: Ints
    left: Array
    start: Ints
    lapsed: Bools

    @classmethod
    def of(cls, past: Past, looks: list[Origin]) -> _Silences:
        def joined(name: str) -> Array:
            return np.concatenate([getattr(look, name) for look in looks])

        client, next_visit = joined("client"), joined("next_visit")
        day = np.repeat([look.day for look in looks], [len(look.client) for look in looks])
        began = day - joined("silence")
        lapses = began + WATCHED_HORIZONS * past.horizon_days
        returned = next_visit <= lapses
        decided = (began >= looks[0].day) & (day < lapses) & (returned | (lapses <= past.today))
        order = np.lexsort((day, began, client))
        order = order[decided[order]]
        client, began = client[order], began[order]
        new = np.ones(len(order), dtype=bool)
        new[1:] = (client[1:] != client[:-1]) | (began[1:] != began[:-1])
        start = np.flatnonzero(new)
        return cls(order, (lapses - day)[order], start, ~returned[order][start])

    def threshold(self, said: Array, false_alarms: float) -> float:
        """The lowest level reached by at most this share of the silences that ended in a visit."""
        highest = np.sort(np.maximum.reduceat(said[self.look], self.start)[~self.lapsed])[::-1]
        allowed = int(false_alarms * len(highest))
        return float(np.nextafter(highest[allowed], np.inf)) if allowed < len(highest) else -np.inf

    def told(self, said: Array, level: float) -> tuple[float, ...]:
        """False alarms, lapses caught (shares), and the median warning in days with its interval; lapses at the end."""
        alarmed = said[self.look] >= level
        # Of a silence's alarms the first leaves most days.
        warning = np.maximum.reduceat(np.where(alarmed, self.left, 0.0), self.start)
        days = warning[self.lapsed]
        drawn = np.random.default_rng(0).integers(len(days), size=(figures.BOOTSTRAPS, len(days)))
        medians = np.median(np.sort(days)[drawn], axis=1)
        return (
            float((warning[~self.lapsed] > 0).mean()),
            float((days > 0).mean()),
            float(np.median(days)),
            *intervals.of_draws(medians),
            len(days),
        )
