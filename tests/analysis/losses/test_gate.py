"""The gate of a shop: its closed form, what moves it, and what comes through on shops whose truth is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from analysis.losses.gate import HIGHEST_GATE, learned_gate, natural_beyond
from analysis.losses.lost_revenue import GATE, Lateness, Shortfall, Window, lost_visits
from analysis.pace.clean_rhythm import CleanRhythm, clean_rhythm
from analysis.pace.gaps import Gaps
from tests.analysis.losses.test_lost_revenue import YEAR, calendar

ROWS = 200


def shop(net: np.ndarray, *, k: float = 5.0, expected: float = 12.0) -> tuple[Shortfall, CleanRhythm]:
    """Clients short of their pace by `net` visits, of 12 expected each."""
    rows = len(net)
    pace = CleanRhythm(np.full(rows, 30.0), np.full(rows, k), np.zeros(rows), k)
    natural = np.full(rows, np.sqrt(expected / k))
    return Shortfall(net, np.full(rows, expected), np.zeros(rows), natural), pace


def gate_of(net: np.ndarray, k: float = 5.0) -> float:
    short, pace = shop(net, k=k)
    return learned_gate(short, np.full(len(net), 36), pace, np.ones(len(net), dtype=bool))


def test_the_closed_form_is_the_integral_over_the_gammas_tails():
    """Twelve visits at k = 5 against a pace of 35 gaps: gamma of shape 60, variance 12 (1 - 12 / 36) / 5 = 1.6."""
    late, early = natural_beyond(
        np.array([1.2]), np.array([12.0]), np.array([5.0]), np.array([35]), np.array([0.0])
    )
    scale = np.sqrt(1.6 / 60)
    density = stats.gamma(60, loc=-60 * scale, scale=scale).pdf
    above, _ = integrate.quad(lambda visits: visits * density(visits), 1.2, 20)
    below, _ = integrate.quad(lambda visits: -visits * density(visits), -60 * scale, -1.2)
    assert late == pytest.approx(above, rel=1e-6)
    assert early == pytest.approx(below, rel=1e-6)


def test_a_pace_learned_from_the_very_visits_it_is_held_against_leaves_no_ups_and_downs():
    beyond = natural_beyond(np.ones(1), np.array([12.0]), np.array([5.0]), np.array([11]), np.zeros(1))
    assert beyond == (0.0, 0.0)


@given(st.floats(0.5, 4), st.floats(0.1, 3), st.floats(2, 30), st.floats(2, 20))
def test_less_lies_beyond_a_higher_gate(least: float, more: float, expected: float, k: float):
    def beyond(at: float) -> tuple[float, float]:
        return natural_beyond(
            np.array([at]), np.array([expected]), np.array([k]), np.array([60]), np.zeros(1)
        )

    assert beyond(least + more)[0] <= beyond(least)[0]
    assert beyond(least + more)[1] <= beyond(least)[1]


def natural(k: float = 5.0, clients: int = ROWS) -> np.ndarray:
    """Shortfalls of clients who are never late."""
    return np.random.default_rng(8).gamma(12 * k, 1 / k, clients) * np.sqrt(2 / 3) - 12 * np.sqrt(2 / 3)


def test_where_nobody_is_late_little_passes():
    net = natural()
    short, _ = shop(net)
    gate = gate_of(net)
    assert gate > 1.5
    lost = lost_visits(short, np.ones(ROWS, dtype=bool), gate)
    assert lost.sum() < 0.01 * short.expected.sum()


def test_where_many_are_late_the_gate_is_the_lowest():
    late = np.where(np.arange(ROWS) % 3 == 0, 4.0, 0.0)
    assert gate_of(natural(10.0) + late, 10.0) == GATE


def test_as_many_ahead_of_their_pace_as_behind_it_raise_the_gate():
    """Paces that change both ways, and not lateness, move these clients."""
    moved = np.where(np.arange(ROWS) % 4 == 0, 2.5, np.where(np.arange(ROWS) % 4 == 2, -2.5, 0.0))
    late = np.maximum(moved, 0.0)
    assert gate_of(natural() + late) < gate_of(natural() + moved)


@settings(max_examples=25)
@given(st.lists(st.floats(-4, 8), min_size=1, max_size=30), st.floats(2.3, 30))
def test_a_gate_is_always_one_a_loss_can_pass(nets: list[float], k: float):
    gate = gate_of(np.array(nets), k)
    assert GATE <= gate <= HIGHEST_GATE


def test_no_clients_no_reason_for_a_high_gate():
    short, pace = shop(np.array([3.0]))
    assert learned_gate(short, np.array([36]), pace, np.array([False])) == GATE


def simulated_year(k: float, *, late: float, drift: float = 0.0, clients: int = 300) -> tuple[float, ...]:
    """Visits made, planted as missed and called lost in the last of three simulated years.

    Each client has gamma gaps of regularity k about a usual gap of 20 to 60 days, which may drift; the share `late` of
    them skips two to four visits in a row once in the last year.
    """
    random = np.random.default_rng(4)
    rows, missed = [], 0
    for _ in range(clients):
        usual = float(np.exp(random.uniform(np.log(20), np.log(60))))
        pace = np.exp(random.normal(0, drift) / 365 * (np.arange(150) * usual - 900))
        days = np.cumsum(np.maximum(1, np.round(random.gamma(k, usual / k, 150) * pace))).astype(int)
        if random.random() < late:
            first = int(np.searchsorted(days, random.integers(740, 960)))
            skipped = int(random.integers(2, 5))
            gap = days[first : first + skipped]
            missed += int(((gap > 720) & (gap <= 1080)).sum())
            days = np.delete(days, np.arange(first, first + skipped))
        rows.append(days[days <= 1080].tolist())
    row = np.repeat(np.arange(clients), [len(days) for days in rows])
    gaps = Gaps.of(row, np.concatenate([np.array(days) for days in rows]), 1080, clients)
    closed = ~gaps.is_open
    length = (gaps.closed - gaps.opened)[closed].astype(float)
    pace_of = clean_rhythm(gaps.row[closed], length, clients, np.full(clients, 35.0))
    short = Lateness.of(gaps, calendar(1080), pace_of, Window(YEAR.start, YEAR.end)).shortfall()
    everybody = np.ones(clients, dtype=bool)
    gate = learned_gate(short, np.bincount(gaps.row) - 1, pace_of, everybody)
    made = sum(1 for days in rows for day in days if day > 720)
    return made, missed, float(lost_visits(short, everybody, gate).sum())


@pytest.mark.parametrize("drift", [0.0, 0.1])
@pytest.mark.parametrize("k", [3.0, 5.0, 12.0])
def test_where_nobody_was_late_at_most_three_in_a_hundred_visits_are_called_lost(k: float, drift: float):
    made, _, called = simulated_year(k, late=0.0, drift=drift)
    assert called <= 0.03 * made


@pytest.mark.parametrize("k", [5.0, 8.0, 16.0])
def test_planted_absences_are_found(k: float):
    made, missed, called = simulated_year(k, late=0.5)
    assert missed > 0.1 * made
    assert -0.15 <= called / missed - 1 <= 0.10
