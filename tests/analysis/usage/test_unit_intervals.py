import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import schema
from analysis.usage.unit_intervals import Gaps, Waits, human_figure, service_use


@pytest.mark.parametrize(
    ("units", "figure"),
    [
        (487, 475),
        (503, 500),
        (1_020, 1_000),
        (5_120, 5_000),
        (5_900, 6_000),
        (9_870, 10_000),
        (22_300, 22_500),
        (0, np.nan),
    ],
)
def test_an_interval_is_a_figure_people_keep_in_their_heads(units: float, figure: float):
    assert human_figure(units) == pytest.approx(figure, nan_ok=True)


@given(st.floats(0.01, 1e7))
def test_a_human_figure_is_within_six_percent(units: float):
    assert human_figure(units) == pytest.approx(units, rel=0.0626)


def gaps_of(drivers: int, units: float, days: float, *, seed: int = 1, visits: int = 4) -> Gaps:
    """Drivers of very different rates who come after `units` or `days`, whichever comes first, more or less."""
    random = np.random.default_rng(seed)
    client = np.repeat(np.arange(drivers), visits)
    rate = np.repeat(35 * np.exp(random.normal(0, 0.6, drivers)), visits)
    took = np.minimum(units / rate, days) * np.exp(random.normal(0, 0.12, len(client)))
    return Gaps(
        np.zeros(len(client), dtype=np.int64), client, np.round(took) + 1, (np.round(took) + 1) * rate
    )


NOBODY = Waits(*(np.array([], dtype=kind) for kind in (np.int64, np.int64, float, float)))


def learned(gaps: Gaps, waits: Waits = NOBODY, **owner: float) -> dict[str, object]:
    table = service_use(np.array(["oil"], dtype=object), gaps, waits, owner)
    assert tuple(table.columns) == schema.SERVICE_USE
    row: dict[str, object] = table.iloc[0].to_dict()
    return row


def test_a_service_that_follows_use_shows_its_interval():
    row = learned(gaps_of(60, 5_000, 1e9))
    assert row["unit_interval"] == 5_000
    assert row["unit_source"] == "learned"
    assert np.isnan(row["limit_days"])
    assert row["typical_units"] == pytest.approx(5_000, rel=0.05)


def test_a_service_that_follows_the_calendar_shows_none():
    row = learned(gaps_of(60, 1e9, 365))
    assert np.isnan(row["unit_interval"])
    assert row["unit_source"] == ""


def test_whichever_comes_first_shows_both_limits():
    row = learned(gaps_of(120, 12_000, 300))
    assert row["unit_interval"] == pytest.approx(12_000, rel=0.1)
    assert row["limit_days"] == pytest.approx(300, rel=0.08)


def test_a_limit_that_more_clients_wait_beyond_than_come_at_is_none():
    gaps = gaps_of(120, 12_000, 300)
    slow = 12_000 / (gaps.units / gaps.days) > 400
    many = int(slow.sum()) + 1
    waiting = Waits(*(np.full(many, value) for value in (0, 999, 500.0, 12_000 / 900)))
    assert np.isfinite(learned(gaps)["limit_days"])
    assert np.isnan(learned(gaps, waiting)["limit_days"])


def test_four_clients_are_too_few_to_learn_from():
    assert learned(gaps_of(4, 5_000, 1e9))["unit_source"] == ""


def test_drivers_of_one_rate_cannot_tell_use_from_the_calendar():
    gaps = gaps_of(60, 5_000, 1e9)
    same = Gaps(gaps.service, gaps.client, gaps.days, gaps.days * 30.0)
    assert learned(same)["unit_source"] == ""


def test_the_owner_s_interval_stands_above_what_was_learned_which_is_kept_beside_it():
    row = learned(gaps_of(60, 5_000, 1e9), oil=7_500.0)
    assert (row["unit_interval"], row["unit_source"], row["learned_units"]) == (7_500.0, "owner", 5_000.0)


def test_an_owner_may_set_a_service_nobody_came_twice_for():
    empty = Gaps(*(np.array([], dtype=kind) for kind in (np.int64, np.int64, float, float)))
    row = learned(empty, oil=15_000.0)
    assert (row["clients"], row["unit_interval"]) == (0, 15_000.0)


@given(st.floats(0.1, 20.0))
@settings(max_examples=20)
def test_miles_learn_the_same_rule_as_kilometres(factor: float):
    gaps = gaps_of(25, 5_000, 300)
    scaled = Gaps(gaps.service, gaps.client, gaps.days, gaps.units * factor)
    one, other = learned(gaps), learned(scaled)
    assert other["unit_source"] == one["unit_source"]
    assert other["unit_interval"] == pytest.approx(one["unit_interval"] * factor, rel=0.13)
