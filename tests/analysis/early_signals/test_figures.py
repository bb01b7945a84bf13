import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from analysis import schema
from analysis.early_signals import figures

ONE_DAY = np.zeros(60, dtype=np.int64)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 6)), min_size=2, max_size=60))
def test_the_auc_is_sklearns_ties_and_all(clients: list[tuple[bool, int]]):
    y, score = (np.array(column) for column in zip(*clients, strict=True))
    assume(0 < y.sum() < len(y))
    [found] = figures.auc(y, score.astype(float), ONE_DAY[: len(y)])
    assert found == pytest.approx(roc_auc_score(y, score))


def test_clients_are_compared_with_those_of_their_own_day():
    """On each day the two are told apart; a level that drifts from day to day does not matter to a list."""
    y = np.array([True, False, True, False])
    score = np.array([0.3, 0.2, 0.9, 0.8])
    assert figures.auc(y, score, np.array([1, 1, 2, 2])).tolist() == [1.0]
    assert figures.auc(y, score, np.zeros(4, dtype=np.int64)).tolist() == [0.75]


def test_a_draw_takes_or_leaves_all_windows_of_a_client_and_counts_them_as_often():
    client = np.repeat(np.arange(30), 3)
    draws = figures.Draws.of(client)
    times = draws.times.reshape(len(draws.times), 30, 3)
    assert (times == times[:, :, :1]).all()
    assert (times[0] == 1).all()
    assert (times[:, :, 0].sum(axis=1) == 30).all()


def test_a_draw_s_auc_is_that_of_the_windows_drawn():
    random = np.random.default_rng(4)
    client, day = np.tile(np.arange(25), 2), np.repeat([1, 2], 25)
    y, score = random.random(50) < 0.4, np.round(random.random(50), 1)
    draws = figures.Draws.of(client)
    found = figures.auc(y, score, day, draws)
    for draw in (0, 1, 7):
        row = np.repeat(np.arange(50), draws.times[draw].astype(int))
        assert found[draw] == pytest.approx(figures.auc(y[row], score[row], day[row])[0])


def test_the_interval_does_not_know_the_clients_names():
    random = np.random.default_rng(6)
    client, day = np.tile(np.arange(40), 3), np.repeat([1, 2, 3], 40)
    y, score, visits = random.random(120) < 0.3, random.random(120), np.tile(random.permutation(40), 3)
    named_anew = random.permutation(40)[client]
    one, other = (figures.auc(y, score, day, figures.Draws.of(who, visits)) for who in (client, named_anew))
    assert one == pytest.approx(other)


def test_a_draw_without_a_pair_to_compare_says_nothing():
    y, score, day = np.array([True, False]), np.array([0.9, 0.1]), np.array([1, 2])
    assert np.isnan(figures.auc(y, score, day)).all()


def test_the_brier_score_is_the_mean_squared_distance():
    assert figures.brier(np.array([True, False, True]), np.array([0.5, 0.5, 1.0])) == pytest.approx(1 / 6)


def test_the_top_tenth_is_taken_on_each_day_apart():
    """Twenty clients on each of two days: of the two likeliest of the first both stayed away, of the second neither."""
    p = np.tile(np.arange(20) / 20, 2)
    y = np.zeros(40, dtype=bool)
    y[[18, 19]] = True
    assert figures.precision_of_top(y, p, np.repeat([100, 200], 20)) == 0.5


def test_clients_told_alike_share_the_places_that_are_left():
    """One above all, four alike of whom one stayed away, two places: 1 + 1 x 1/4; their order does not matter."""
    p = np.array([0.3, 0.9, 0.3, 0.3, 0.3, 0.1])
    y = np.array([True, True, False, False, False, True])
    assert figures.hits_of_first(y, p, 2) == figures.hits_of_first(y[::-1], p[::-1], 2) == 1.25
    assert figures.hits_of_first(y, p, 6) == 3


def test_calibration_compares_what_was_said_with_what_came_in_each_bin():
    p = np.array([0.05, 0.10, 0.95, 0.95, 0.90])
    y = np.array([False, True, True, True, False])
    table = figures.calibration(y, p)
    assert tuple(table.columns) == schema.CALIBRATION
    assert table["clients"].tolist() == [2, 3]
    assert table["predicted"].tolist() == pytest.approx([0.075, 2.8 / 3])
    assert table["observed"].tolist() == pytest.approx([1 / 2, 2 / 3])
    assert ((table["observed_low"] < table["observed"]) & (table["observed"] < table["observed_high"])).all()
    assert table[["bin_low", "bin_high"]].to_numpy().tolist() == [[0, 0.125], [0.875, 1.0]]
