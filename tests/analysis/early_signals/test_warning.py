"""How early: one shop whose silences, alarms and lapses can be counted by hand."""

from dataclasses import replace

import numpy as np
import pytest

from analysis import schema
from analysis.early_signals.classifier import Curve, Recalibration
from analysis.early_signals.learned import Learned
from analysis.early_signals.past import Origin, Past
from analysis.early_signals.warning import warning
from tests.analysis.early_signals.pasts import HORIZON, origin

LAST_VISIT = 1_000
LOOKS = (1_000, 1_030, 1_060, 1_090, 1_120, 1_150)
LAPSED, RETURNED = 12, 10
NEXT_VISIT = 1_100
QUIET, ALARMING = 0.1, 0.6

KNOWN = Learned(
    day=0,
    classifier=None,
    recalibration=Recalibration(),
    curves={rule: Curve(rule, 0.0, 1.0) for rule in ("own_gap", "recency", "bg_nbd")},
    base_rate=0.2,
)


def look(day: int, *, unwarned: int = 0, strangers: int = 0) -> Origin:
    """Everyone came last on day 1000; ten return on day 1100, twelve never.

    Of those who leave all but `unwarned` raise the alarm from day 1060 on, of the others one on day 1090. `strangers`
    came last before the first look.
    """
    alarmed = np.zeros(LAPSED + RETURNED + strangers, dtype=bool)
    alarmed[: LAPSED - unwarned] = day >= 1_060
    alarmed[LAPSED] = day == 1_090
    alarmed[LAPSED + RETURNED :] = True
    silence = np.full(len(alarmed), float(day - LAST_VISIT))
    silence[LAPSED + RETURNED :] += 10
    next_visit = np.full(len(alarmed), np.inf)
    next_visit[LAPSED : LAPSED + RETURNED] = NEXT_VISIT
    p = np.where(alarmed, ALARMING, QUIET)
    found = replace(origin(day, p, next_visit > day + HORIZON, silence=silence), next_visit=next_visit)
    there = next_visit > day
    return found.of(there)


def past(today: int = 1_200, **kinds: int) -> Past:
    return Past(HORIZON, today, tuple(look(day, **kinds) for day in LOOKS))


def told(found: Past) -> dict[tuple[str, float], dict[str, float]]:
    table = warning(found, [KNOWN], "rhythm")
    assert tuple(table.columns) == schema.WARNING
    return {(row["method"], row["at"]): row for row in table.fillna({"at": 0.0}).to_dict("records")}  # type: ignore[misc]


def test_the_warning_counts_from_the_first_alarm_to_two_horizons_of_silence():
    """The alarm goes up on day 1060 and the lapse is on day 1000 + 2 x 91: 122 days. One of ten was a false alarm."""
    alarm = told(past())[("alarm", 0.0)]
    assert alarm["median_days"] == alarm["median_low"] == alarm["median_high"] == 122
    assert (alarm["caught"], alarm["false_alarms"], alarm["lapses"]) == (1.0, 0.1, LAPSED)


def test_methods_are_compared_at_as_many_false_alarms():
    """Who returns has been silent for 90 days at the latest look before: recency may not warn before day 1120."""
    found = told(past())
    assert found[("rhythm", 0.1)]["median_days"] == 122
    assert found[("rhythm", 0.1)]["false_alarms"] <= 0.1
    assert found[("recency", 0.1)]["median_days"] == 1_182 - 1_120
    assert found[("recency", 0.1)]["false_alarms"] == 0.0


def test_who_leaves_unwarned_counts_as_no_day_of_warning():
    alarm = told(past(unwarned=3))[("alarm", 0.0)]
    assert alarm["caught"] == 0.75
    assert told(past(unwarned=7))[("alarm", 0.0)]["median_days"] == 0


def test_silences_that_began_before_anyone_looked_do_not_count():
    assert told(past(strangers=30)) == told(past())


@pytest.mark.parametrize("today", [1_160, 1_181])
def test_a_silence_that_may_still_end_is_no_lapse_yet(today: int):
    assert warning(past(today), [KNOWN], "rhythm").empty


def test_without_anything_learned_nothing_is_said():
    assert warning(past(), [], "rhythm").empty
