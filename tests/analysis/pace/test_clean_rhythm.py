import numpy as np
import pytest

from analysis.losses.lost_revenue import IRREGULAR_BELOW_K, UNNAMEABLE_BELOW_K
from analysis.pace.clean_rhythm import LATEST_GAPS, CleanRhythm, clean_rhythm


def pace(*rows: list[int], borrow: float = 30.0) -> CleanRhythm:
    """The clean rhythm of rows given by their gaps in order of time."""
    row = np.repeat(np.arange(len(rows)), [len(gaps) for gaps in rows])
    gaps = np.array([gap for each in rows for gap in each], dtype=float)
    return clean_rhythm(row, gaps, len(rows), np.full(len(rows), borrow))


def regular(random: np.random.Generator, gaps: int, usual: float, k: float) -> list[int]:
    return [max(1, round(gap)) for gap in random.gamma(k, usual / k, gaps)]


def test_an_even_pace_is_itself():
    found = pace([30] * 12, [21] * 12)
    assert found.mu.tolist() == pytest.approx([30.0, 21.0])
    assert found.borrowed.tolist() == [0.0, 0.0]


def test_a_gap_clearly_too_long_is_left_out():
    found = pace([30, 29, 31, 30, 92, 30, 31, 29, 30, 30], [30] * 12, [31, 29] * 6)
    assert found.mu[0] == pytest.approx(30, abs=0.5)


def test_a_slow_stretch_is_left_out():
    found = pace([30, 29, 31, 30, 30, 45, 46, 44, 45, 30, 31, 29, 30], [30] * 12, [31, 29] * 6)
    assert found.mu[0] == pytest.approx(30, abs=0.8)


def test_honest_ups_and_downs_are_not_left_out():
    """Of irregular clients the pace is the mean, or half of their gaps would be late."""
    random = np.random.default_rng(5)
    found = pace(*[regular(random, 40, 30.0, 2.5) for _ in range(60)])
    assert found.mu.mean() == pytest.approx(30, rel=0.06)


@pytest.mark.parametrize("k", [3.0, 6.0, 15.0])
def test_the_shops_regularity_is_recovered(k: float):
    random = np.random.default_rng(2)
    found = pace(*[regular(random, 30, 40.0, k) for _ in range(80)])
    assert found.shop_k == pytest.approx(k, rel=0.25)


def test_random_timing_is_told_from_a_rhythm():
    random = np.random.default_rng(2)
    loose = pace(*[regular(random, 30, 40.0, 1.0) for _ in range(60)])
    firm = pace(*[regular(random, 30, 40.0, 8.0) for _ in range(60)])
    assert loose.shop_k < UNNAMEABLE_BELOW_K
    assert firm.shop_k > IRREGULAR_BELOW_K


def test_few_gaps_borrow_and_say_how_much():
    """With 0, 1 and 3 gaps: one borrowed gap, five sixths of one, half of one."""
    found = pace([], [60], [60, 60, 60], [30] * 6)
    assert found.mu[0] == pytest.approx(30)
    assert found.mu[1] == pytest.approx((60 + 5 / 6 * 30) / (1 + 5 / 6), rel=0.12)
    assert found.borrowed.tolist() == pytest.approx([1.0, (5 / 6) / (11 / 6), 0.5 / 3.5, 0.0])


def test_without_any_gap_all_is_borrowed():
    found = pace([], [], borrow=45.0)
    assert found.mu.tolist() == [45.0, 45.0]
    assert found.borrowed.tolist() == [1.0, 1.0]


def test_what_lies_beyond_the_latest_gaps_does_not_count():
    assert pace([90] * 30 + [30] * LATEST_GAPS).mu[0] == pytest.approx(30, rel=0.01)


def test_clients_do_not_depend_on_the_order_in_which_they_stand():
    random = np.random.default_rng(9)
    rows = [regular(random, int(random.integers(2, 30)), 30.0, 4.0) for _ in range(40)]
    order = random.permutation(40)
    assert pace(*[rows[place] for place in order]).mu == pytest.approx(pace(*rows).mu[order])


def test_rows_worked_out_in_parts_are_as_those_worked_out_together(monkeypatch: pytest.MonkeyPatch):
    """Some parts without a single gap, some with many."""
    random = np.random.default_rng(4)
    row = np.sort(random.choice(np.array([0, 1, 2, 7, 8, 9, 15]), 90))
    days = np.round(random.gamma(5, 6, len(row))) + 1
    borrow = np.linspace(20, 40, 16)
    together = clean_rhythm(row, days, 16, borrow)
    monkeypatch.setattr("analysis.pace.clean_rhythm.CHUNK_ROWS", 3)
    apart = clean_rhythm(row, days, 16, borrow)
    age = np.full(16, 100.0)
    for one, other in (
        (together.mu, apart.mu),
        (together.k, apart.k),
        (together.borrowed, apart.borrowed),
        (together.mu_at(age), apart.mu_at(age)),
        (together.drift_variance_at(age), apart.drift_variance_at(age)),
    ):
        assert other == pytest.approx(one)
