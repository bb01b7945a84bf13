import numpy as np
import pytest

from analysis.rhythm import Grid, Prior, fit, grid, intervals, limits, outlook, predict
from analysis.rhythm.posterior import Posterior, row_quantile
from analysis.rhythm.prior import DROPOUTS, NOW
from tests.analysis.rhythm.shops import Truth, history, one_cell

EVERYBODY = np.zeros(1, dtype=np.int64)


@pytest.fixture(scope="module")
def on() -> Grid:
    return grid(history(([20, 25, 40, 31], 12), ([60, 45], 100)), 91)


def exponential(on: Grid, mean: int) -> int:
    """The kernel of random timing about the `mean`-th usual gap: the first of its shapes."""
    return mean * (on.kernels // len(on.means))


def test_p_alive_in_closed_form(on: Grid):
    """With random timing and a chance p of leaving: (1 - p) exp(-c / mu) / (p + (1 - p) exp(-c / mu))."""
    kernel, dropout, silence = exponential(on, 12), 3, 40
    p, still = DROPOUTS[dropout], np.exp(-silence / on.means[12])
    found = outlook(history(([30, 30], silence)), one_cell(on, kernel, dropout), 91)
    assert found.p_alive[0] == pytest.approx((1 - p) * still / (p + (1 - p) * still), abs=1e-3)


def test_p_no_visit_in_closed_form(on: Grid):
    """The silence's probability a horizon later over its probability now."""
    kernel, dropout, silence, horizon = exponential(on, 12), 3, 40, 60
    p, mu = DROPOUTS[dropout], on.means[12]
    now, later = (p + (1 - p) * np.exp(-days / mu) for days in (silence, silence + horizon))
    found = outlook(history(([30, 30], silence)), one_cell(on, kernel, dropout), horizon)
    assert found.p_no_visit[0] == pytest.approx(later / now, abs=1e-3)


def test_the_interval_of_random_timing_has_its_textbook_quantiles(on: Grid):
    found = intervals(history(([30, 30], 5)), [one_cell(on, exponential(on, 12), 0)], EVERYBODY)
    quantiles = [0.5 - on.means[12] * np.log(1 - q) for q in (0.1, 0.5, 0.9)]
    assert [found.low[0], found.days[0], found.high[0]] == pytest.approx(quantiles, rel=0.02)
    assert found.k[0] == pytest.approx(1.0)


def test_longer_silence_makes_a_visit_less_likely_and_a_longer_horizon_more(prior: Prior):
    silences = np.arange(0, 200, 5)
    gaps = [30, 28, 33, 31, 29]
    known = history(*[(gaps, int(silence)) for silence in silences])
    at_91, at_30, at_182 = (outlook(known, prior, horizon) for horizon in (91, 30, 182))
    after_due = silences >= 30
    assert (np.diff(at_91.p_no_visit[after_due]) >= -1e-6).all()
    assert (np.diff(at_91.p_alive) <= 1e-6).all()
    assert (at_30.p_no_visit >= at_91.p_no_visit).all()
    assert (at_91.p_no_visit >= at_182.p_no_visit).all()


def test_a_client_of_one_visit_is_never_certainly_alive(prior: Prior):
    found = outlook(history(([], 0), ([], 30), ([], 200)), prior, 91)
    assert (found.p_alive < 1 - 1e-4).all()
    assert found.p_alive[0] > found.p_alive[1] > found.p_alive[2]


def test_gone_after_is_where_p_alive_falls_under_one_half(prior: Prior):
    gaps = [30, 28, 33, 31, 29]
    gone = int(Posterior.of(history((gaps, 0)), prior, NOW).gone_after()[0])
    before, after = outlook(history((gaps, gone - 4), (gaps, gone + 1)), prior, 91).p_alive
    assert before >= 0.5 > after
    assert gone > 31


def test_limits_are_those_of_the_forecast_however_long_the_silence(prior: Prior):
    short, long = history(([30, 28, 33], 5), ([60], 2)), history(([30, 28, 33], 70), ([60], 300))
    said = predict(short, [prior], np.zeros(2, dtype=np.int64), 91)
    for known in (short, long):
        found = limits(known, prior)
        assert found.early == pytest.approx(said.interval_low)
        assert found.late == pytest.approx(said.interval_high)
        assert found.gone == pytest.approx(said.gone_after_days)


def test_usual_gaps_of_a_simulated_shop_are_recovered(truth: Truth, prior: Prior):
    found = intervals(truth.known, [prior], np.zeros(truth.known.rows, dtype=np.int64))
    median = truth.usual * 0.9337  # of a gamma with shape 5: its median over its mean
    error = np.abs(np.log(found.days / median))
    assert np.median(error) <= 0.08
    assert (error > 0.35).mean() <= 0.05
    assert (found.low < found.days).all()
    assert (found.days < found.high).all()


def test_few_gaps_lean_on_the_shop(prior: Prior):
    shop_gap, one, many = intervals(
        history(([], 5), ([52], 5), ([52] * 10, 5)), [prior], np.zeros(3, dtype=np.int64)
    ).days
    assert shop_gap < one < many
    assert many == pytest.approx(52, rel=0.12)


def test_the_density_of_a_group_sums_to_one_and_follows_its_gaps(truth: Truth, prior: Prior):
    density = intervals(truth.known, [prior], np.zeros(truth.known.rows, dtype=np.int64)).density[0]
    days = np.arange(len(density))
    assert density.sum() == pytest.approx(1.0, abs=0.01)
    assert density @ days == pytest.approx(truth.known.gap_days.mean(), rel=0.1)


def test_nobody_is_likelier_to_come_than_to_be_alive(truth: Truth, prior: Prior):
    """One posterior says both: who is gone does not come, and who is alive may still not come in time."""
    found = outlook(truth.known, prior, 91)
    assert (found.p_no_visit >= 1 - found.p_alive - 1e-6).all()


def test_the_latest_gaps_count_most(prior: Prior):
    """A client who slowed down and one who sped up, with the same gaps in another order."""
    slower, faster = intervals(
        history(([20] * 5 + [45] * 5, 5), ([45] * 5 + [20] * 5, 5)), [prior], np.zeros(2, dtype=np.int64)
    ).days
    assert faster < 32 < slower


def test_daily_visitors_are_expected_as_often_as_they_come():
    """Whole days: the share of a gap under half a day is no chance of having left."""
    known = history(*[([1, 2, 1, 2, 2, 1, 3, 2] * 6, silence) for silence in (0, 1, 1, 2)] * 10)
    prior = fit(known, grid(known, 28))
    found = predict(known, [prior], np.zeros(known.rows, dtype=np.int64), 28)
    assert found.expected_visits.mean() == pytest.approx(28 / 1.75, rel=0.06)


def test_quantiles_between_tabulated_points_are_interpolated():
    cdf = np.array([[0.0, 0.5, 1.0], [0.0, 0.0, 1.0]])
    assert row_quantile(cdf, np.array([0.0, 10.0, 20.0]), 0.25).tolist() == [5.0, 12.5]
