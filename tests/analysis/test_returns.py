"""What came of a score, on numbers worked by hand, against pairs counted one by one, and on simulated truth."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import returns
from analysis.schema import BANDS


def windows(
    affection: list[float] | np.ndarray,
    returned: list[bool] | np.ndarray | None = None,
    *,
    day: int | list[int] = 0,
    client: list[str] | None = None,
    **columns: object,
) -> pd.DataFrame:
    """A window a score, each of a client of its own who came back, unless said."""
    rows = len(affection)
    came_back = [True] * rows if returned is None else returned
    frame = pd.DataFrame({"affection": affection, "returned": came_back, "day": day})
    frame["client_id"] = client or [f"c{number}" for number in range(rows)]
    return frame.assign(**{"band": "ignored", "active": True, "spend": np.nan} | columns)


def test_half_points_with_few_windows_are_joined_to_their_neighbour() -> None:
    table = returns.by_half_point(windows([2.0] * 3 + [5.2] * 12 + [6.1] * 12 + [9.9] * 2))
    assert table[["low", "high", "windows"]].to_numpy().tolist() == [[0, 5.5, 15], [5.5, 10, 14]]
    assert table["returned_share"].tolist() == [1.0, 1.0]


def test_a_score_on_a_half_point_opens_its_class() -> None:
    table = returns.by_half_point(windows([4.4] * 12 + [4.5] * 12 + [8.5] * 12 + [10.0]))
    assert table[["low", "high", "windows"]].to_numpy().tolist() == [
        [0, 4.5, 12],
        [4.5, 5.0, 12],
        [5.0, 10.0, 13],
    ]


def test_too_few_windows_make_no_class() -> None:
    assert returns.by_half_point(windows([5.0] * 11)).empty
    assert returns.by_half_point(windows([])).empty


@given(st.lists(st.integers(0, 100).map(lambda tenths: tenths / 10), max_size=200))
def test_every_window_stands_in_one_class(scores: list[float]) -> None:
    table = returns.by_half_point(windows(scores))
    assert table["windows"].sum() == (len(scores) if len(scores) >= returns.FEWEST_PER_CLASS else 0)
    assert (table["windows"] >= returns.FEWEST_PER_CLASS).all()
    assert table["low"].tolist()[1:] == table["high"].tolist()[:-1]


def test_a_band_nobody_was_in_says_nothing() -> None:
    table = returns.by_band(windows([8.0, 7.5], [True, False], band="loved")).set_index("band")
    assert tuple(table.index) == BANDS
    assert table.loc["loved", "returned_share"] == 0.5
    assert np.isnan(table.loc["hated", "returned_share"])
    assert table.loc["hated", "windows"] == 0


def test_the_share_of_clients_seen_once_has_wilsons_interval() -> None:
    """80% interval of 8 in 10: z = 1.2816, middle (.8 + z2/20) / (1 + z2/10)."""
    one = returns.by_band(windows([8.0] * 10, [True] * 8 + [False] * 2, band="loved")).iloc[0]
    z2 = 1.2815515655446004**2
    middle, half = (
        (0.8 + z2 / 20) / (1 + z2 / 10),
        np.sqrt(z2 * (0.8 * 0.2 / 10 + z2 / 400)) / (1 + z2 / 10),
    )
    assert one["share_low"] == pytest.approx(middle - half)
    assert one["share_high"] == pytest.approx(middle + half)


def test_windows_of_one_client_are_worth_one_window() -> None:
    """Ten clients who do the same on each of four days tell no more than on one."""
    once = windows([8.0] * 10, [True] * 8 + [False] * 2, band="loved")
    four_times = pd.concat([once] * 4, ignore_index=True)
    limits = ["share_low", "share_high"]
    one, four = (returns.by_band(table).iloc[0][limits].to_list() for table in (once, four_times))
    assert four == pytest.approx(one)
    apart = four_times.assign(client_id=[f"c{number}" for number in range(40)])
    assert returns.by_band(apart).iloc[0]["share_low"] > one[0]


def test_those_who_were_still_coming_are_told_apart() -> None:
    table = returns.by_band(
        windows([7.0] * 4, [True, True, False, False], band="loved", active=[True, True, True, False])
    )
    assert table.loc[0, ["windows", "active"]].tolist() == [4, 3]
    assert table.loc[0, "active_share"] == pytest.approx(2 / 3)


def test_spending_is_a_mean_over_everyone_with_its_standard_error() -> None:
    table = returns.by_band(windows([7.0] * 4, band="loved", spend=[0.0, 10.0, 20.0, 30.0]))
    half = 1.2815515655446004 * np.sqrt(np.var([0, 10, 20, 30]) / 4)
    assert table.loc[0, "spend"] == 15.0
    assert table.loc[0, "spend_high"] == pytest.approx(15 + half)
    assert table.loc[0, "spend_low"] == pytest.approx(15 - half)


def pairs_by_hand(score: list[int], outcome: list[int], day: list[int]) -> float:
    """Every pair of one day with different outcomes, one by one."""
    won, pairs = 0.0, 0
    for i in range(len(score)):
        for j in range(i):
            if day[i] == day[j] and outcome[i] != outcome[j]:
                pairs += 1
                better, worse = (i, j) if outcome[i] > outcome[j] else (j, i)
                won += 1.0 if score[better] > score[worse] else 0.5 if score[better] == score[worse] else 0.0
    return won / pairs if pairs else float("nan")


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(0, 1)), min_size=1, max_size=25))
def test_concordance_is_the_share_of_pairs_that_go_with_the_score(rows: list[tuple[int, int, int]]) -> None:
    score, outcome, day = (list(column) for column in zip(*rows, strict=True))
    found = returns.concordance(windows([float(s) for s in score], day=day), np.array(outcome, dtype=float))
    assert found.share == pytest.approx(pairs_by_hand(score, outcome, day), nan_ok=True)


def test_its_interval_holds_the_truth_four_times_in_five() -> None:
    """Scores of those who return are a standard deviation higher: the area is Phi(1 / sqrt 2) = .7602."""
    random = np.random.default_rng(4)
    held = 0
    for _ in range(300):
        back = random.random(150) < 0.6
        table = windows(random.normal(back * 1.0, 1.0), back)
        found = returns.tells_who_returns(table)
        held += found.low <= 0.7602 <= found.high
    assert 0.74 <= held / 300 <= 0.86


def test_more_days_of_the_same_clients_make_nobody_surer() -> None:
    random = np.random.default_rng(1)
    back = random.random(60) < 0.5
    once = windows(random.normal(back * 1.0, 1.0).round(2), back)
    again = pd.concat([once.assign(day=day) for day in range(4)], ignore_index=True)
    one, four = returns.tells_who_returns(once), returns.tells_who_returns(again)
    assert (four.share, four.low, four.high) == pytest.approx((one.share, one.low, one.high))


def test_a_score_that_knows_nothing_is_said_to_tell_nothing() -> None:
    random = np.random.default_rng(2)
    table = windows(random.uniform(0, 10, 400).round(1), random.random(400) < 0.5)
    assert returns.tells_who_returns(table).code == "no"


@pytest.mark.parametrize(
    ("share", "low", "high", "code"),
    [
        (0.8, 0.7, 0.9, "yes"),
        (0.53, 0.51, 0.55, "no"),  # surely more than a coin, and of no use
        (0.6, 0.45, 0.75, "no"),
        (0.3, 0.2, 0.4, "against"),
        (float("nan"), float("nan"), float("nan"), "unknown"),
    ],
)
def test_it_tells_where_it_is_sure_and_of_use(share: float, low: float, high: float, code: str) -> None:
    assert returns.Tells(share, low, high).code == code


def test_too_few_outcomes_say_nothing() -> None:
    assert returns.tells_who_returns(windows([5.0] * 50, [False] * 11 + [True] * 39)).code == "unknown"
    assert returns.tells_who_spends(windows([5.0] * 50)).code == "unknown"
