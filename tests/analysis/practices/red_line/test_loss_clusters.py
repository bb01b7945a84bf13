"""Weeks in which more clients were lost than the shop's own history explains, and how often that is a false alarm."""

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.portfolio import Portfolio, analyse
from analysis.practices.red_line.loss_clusters import LossClusters, loss_clusters
from analysis.practices.red_line.weekly_limit import FALSE_ALARMS_A_YEAR, FEWEST, LEAST_WEEKS, weekly_limit
from tests.analysis.books import Row, book_of, every, line

YEAR = 52


def ones(weeks: int) -> np.ndarray:
    return np.ones(weeks)


# --- The limit ----------------------------------------------------------------------------------------------------


def test_the_limit_is_that_of_the_negative_binomial_of_the_weeks_before() -> None:
    # 26 losses in 52 weeks: shape 26.5, mean 26.5 / 52 = 0.5096, variance 0.5096 (1 + 1/52). P(X >= 4) = 0.0022 and
    # P(X >= 5) = 0.00025 (Poisson of that mean: 0.0019 and 0.0002); a year's 5% over 52 weeks is 0.00096 a week, so
    # five it is.
    losses = np.tile([0.0, 1.0], 26)
    limit = weekly_limit(losses, ones(52), 1.0)
    assert limit is not None
    assert limit.usual == pytest.approx(26.5 / 52)
    assert limit.count == 5
    assert limit.chance(5) < FALSE_ALARMS_A_YEAR / YEAR < limit.chance(4)
    assert limit.chance(4) == pytest.approx(0.0022, abs=5e-5)


def test_after_a_long_quiet_three_are_enough_and_two_never_are() -> None:
    limit = weekly_limit(np.zeros(104), ones(104), 1.0)
    assert limit is not None
    assert limit.count == FEWEST == 3


def test_the_less_history_the_more_likely_a_full_week_is_chance() -> None:
    few, many = (weekly_limit(np.ones(weeks), ones(weeks), 1.0) for weeks in (LEAST_WEEKS, 400))
    assert few is not None
    assert many is not None
    assert few.chance(6) > 1.3 * many.chance(6)


def test_a_history_that_varies_more_than_chance_asks_for_more() -> None:
    steady, uneven = np.ones(60), np.tile([0.0, 0.0, 0.0, 0.0, 5.0], 12)
    limits = [weekly_limit(losses, ones(60), 1.0) for losses in (steady, uneven)]
    assert all(limit is not None for limit in limits)
    assert limits[1].count > limits[0].count  # type: ignore[union-attr]


def test_twice_the_clients_may_lose_twice_as_many() -> None:
    limit = weekly_limit(np.ones(52), ones(52), 2.0)
    assert limit is not None
    assert limit.usual == pytest.approx(2 * 52.5 / 52)


@pytest.mark.parametrize("weeks", [0, LEAST_WEEKS - 1])
def test_with_less_than_half_a_year_nothing_is_called_unusual(weeks: int) -> None:
    assert weekly_limit(np.zeros(weeks), ones(weeks), 1.0) is None


@given(
    st.lists(st.integers(0, 9), min_size=LEAST_WEEKS, max_size=80),
    st.floats(0.1, 10.0),
)
@settings(max_examples=60, deadline=None)
def test_the_chance_at_the_limit_is_never_above_what_is_promised(losses: list[int], week: float) -> None:
    limit = weekly_limit(np.array(losses, dtype=float), ones(len(losses)), week)
    assert limit is not None
    assert 0 <= limit.chance(limit.count) <= FALSE_ALARMS_A_YEAR / YEAR
    assert limit.count >= FEWEST


@pytest.mark.parametrize("rate", [0.2, 1.0, 4.0])
def test_a_shop_where_nothing_changes_is_alarmed_in_one_year_of_twenty_at_most(rate: float) -> None:
    rng = np.random.default_rng(20_261_031)
    shops, alarmed = 250, 0
    for counts in rng.poisson(rate, (shops, 2 * YEAR)).astype(float):
        usual = np.ones(2 * YEAR, dtype=bool)
        for week in range(
            YEAR, 2 * YEAR, 4
        ):  # every fourth week looked at: a quarter of the looks, of the alarms
            limit = weekly_limit(counts[:week][usual[:week]], ones(int(usual[:week].sum())), 1.0)
            assert limit is not None
            usual[week] = counts[week] < limit.count
        alarmed += int(not usual.all())
    # A quarter of the weeks: a quarter of 5% of the years, with room for chance (three standard deviations).
    expected = FALSE_ALARMS_A_YEAR / 4
    assert alarmed / shops <= expected + 3 * np.sqrt(expected / shops)


# --- The shop's weeks ---------------------------------------------------------------------------------------------

MONDAY = dt.date(2026, 9, 14)


def quiet_shop(*lines: Row) -> Portfolio:
    """Twelve clients who come every 28 days for two years until October 2026, and one old cancellation made good."""
    visits = [
        visit
        for number in range(12)
        for visit in every(f"c{number:02}", 28, 27, last=f"2026-10-{20 + number % 12}")
    ]
    return analyse(book_of(visits, lines=[line("c00", "2025-03-03", "cancelled"), *lines]))


def gone(number: int, day: dt.date, *, seller: str = "Luz") -> list[Row]:
    """A client of eight visits who cancels on that day and is not seen again."""
    name = f"g{number}"
    first = day - dt.timedelta(days=28 * 8 + 5)
    came = [
        line(name, (first + dt.timedelta(days=28 * visit)).isoformat(), amount=30.0, staff=seller)
        for visit in range(8)
    ]
    return [*came, line(name, day.isoformat(), "cancelled", staff=seller)]


def test_three_cancellations_in_one_week_after_a_long_quiet_are_a_cluster() -> None:
    lines = [row for number in range(3) for row in gone(number, MONDAY + dt.timedelta(days=number))]
    found = loss_clusters(quiet_shop(*lines))
    assert found.basis == "notices"
    [cluster] = found.clusters
    assert cluster.week == pd.Timestamp(MONDAY)
    assert cluster.losses["client_id"].tolist() == ["g0", "g1", "g2"]
    assert cluster.losses["kind"].tolist() == ["cancelled"] * 3
    # The last loss was on Wednesday 16 September, 45 days before 31 October.
    assert found.days_since_last == 45


def test_a_week_ends_with_its_sunday() -> None:
    """Three on Monday, Wednesday and Sunday; one on the Sunday before, one on the Monday after."""
    days = [MONDAY + dt.timedelta(days=days) for days in (0, 2, 6, -1, 7)]
    found = loss_clusters(quiet_shop(*(row for number, day in enumerate(days) for row in gone(number, day))))
    [cluster] = found.clusters
    assert cluster.losses["client_id"].tolist() == ["g0", "g1", "g2"]


def test_of_two_unusual_weeks_the_latest_is_told_first() -> None:
    weeks = [dt.date(2026, 3, 2), MONDAY]
    lines = [
        row
        for place, monday in enumerate(weeks)
        for number in range(4)
        for row in gone(4 * place + number, monday + dt.timedelta(days=number))
    ]
    found = loss_clusters(quiet_shop(*lines))
    assert [cluster.week for cluster in found.clusters] == [pd.Timestamp(monday) for monday in weeks[::-1]]
    assert found.clusters[0].losses["client_id"].tolist() == ["g4", "g5", "g6", "g7"]


def test_who_came_again_or_booked_again_is_not_lost() -> None:
    lines = [row for number in range(3) for row in gone(number, MONDAY + dt.timedelta(days=number))]
    came = line("g0", "2026-09-25", amount=30.0)
    booked = line("g1", "2026-11-10", "booked")
    found = loss_clusters(quiet_shop(*lines, came, booked))
    assert found.clusters == ()
    assert found.losses["client_id"].tolist() == ["g2"]


def test_a_client_is_lost_once_however_often_they_cancelled() -> None:
    lines = gone(0, MONDAY)
    again = line("g0", "2026-09-24", "no_show")
    found = loss_clusters(quiet_shop(*lines, again))
    assert found.losses.to_dict("records") == [
        {"client_id": "g0", "date": pd.Timestamp("2026-09-24"), "kind": "no_show"}
    ]


def test_the_same_three_spread_over_months_are_no_cluster() -> None:
    days = [dt.date(2026, 3, 4), dt.date(2026, 6, 10), MONDAY]
    found = loss_clusters(quiet_shop(*(row for number, day in enumerate(days) for row in gone(number, day))))
    assert found.clusters == ()
    assert len(found.losses) == 3
    # 4 March to 10 June is 98 days, 10 June to 14 September 96, and since then 47.
    assert (found.longest_quiet, found.days_since_last) == (98, 47)


def test_what_the_lost_share_is_told_with_how_common_it_is_elsewhere() -> None:
    lines = [
        row for number in range(3) for row in gone(number, MONDAY + dt.timedelta(days=number), seller="Inés")
    ]
    [cluster] = loss_clusters(quiet_shop(*lines)).clusters
    [shared] = cluster.shared
    assert (shared.field, shared.value, shared.clients, shared.usual) == ("staff", "Inés", 3, 0.0)


def test_without_statuses_a_silence_beyond_the_limit_is_a_loss_on_the_day_it_gets_there() -> None:
    visits = [
        visit
        for number in range(12)
        for visit in every(f"c{number:02}", 28, 27, last=f"2026-10-{20 + number % 12}")
    ]
    results = analyse(book_of([*visits, *every("gone", 28, 12, last="2026-03-01")]))
    found = loss_clusters(results)
    assert found.basis == "lapses"
    limit = results.clients.set_index("client_id").loc["gone", "gone_after_days"]
    day = pd.Timestamp("2026-03-01") + pd.Timedelta(days=int(np.ceil(limit)))
    assert found.losses.to_dict("records") == [{"client_id": "gone", "date": day, "kind": "lapsed"}]


def test_a_shop_of_a_few_weeks_is_told_that_it_is_too_early() -> None:
    found = loss_clusters(analyse(book_of(every("a", 7, 6, last="2026-10-31"))))
    assert not found.judged
    assert found.clusters == ()
    assert (found.days_since_last, found.longest_quiet) == (None, None)


# --- The samples --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def salon(salon_sample: Portfolio) -> LossClusters:
    return loss_clusters(salon_sample)


def test_the_planted_week_of_cancellations_is_found_with_exactly_its_clients(
    salon: LossClusters, salon_facts: pd.DataFrame
) -> None:
    planted = salon_facts.loc[salon_facts["fact"] == "cancelled_together"]
    latest = salon.clusters[0]
    assert set(latest.losses["client_id"]) == set(planted["client_id"])
    assert latest.week <= pd.to_datetime(planted["on"]).min()
    assert [shared.value for shared in latest.shared if shared.field == "staff"] == [planted["value"].iloc[0]]


def test_those_planted_alone_are_losses_and_no_cluster(
    salon: LossClusters, salon_facts: pd.DataFrame
) -> None:
    alone = salon_facts.loc[salon_facts["fact"] == "cancelled_alone"]
    assert set(alone["client_id"]) <= set(salon.losses["client_id"])
    clustered = {client for cluster in salon.clusters for client in cluster.losses["client_id"]}
    assert not clustered & set(alone["client_id"])


def test_the_only_other_unusual_week_took_clients_who_had_really_left(
    salon: LossClusters, salon_truth: pd.DataFrame
) -> None:
    why = salon_truth.set_index("client_id")["why"]
    others = salon.clusters[1:]
    assert len(others) <= 1
    assert all((why[one.losses["client_id"]] != "").all() for one in others)


def test_a_workshop_without_a_planted_week_has_none(workshop_sample: Portfolio) -> None:
    assert loss_clusters(workshop_sample).clusters == ()


def test_the_weeks_add_up_to_the_losses_within_them(salon: LossClusters) -> None:
    first = salon.weeks["week"].min()
    assert salon.weeks["losses"].sum() == (salon.losses["date"] >= first).sum()
    assert salon.losses["client_id"].is_unique
    assert (salon.weeks["week"].dt.day_of_week == 0).all()


def test_the_same_salon_without_statuses_counts_silences(salon_sample: Portfolio) -> None:
    bare = dataclasses.replace(salon_sample, known=salon_sample.known - {"sales.status", "clients.left"})
    found = loss_clusters(bare)
    assert found.basis == "lapses"
    clients = salon_sample.clients
    beyond = clients.loc[clients["recency_days"] >= clients["gone_after_days"].apply(np.ceil), "client_id"]
    assert set(found.losses["client_id"]) == set(beyond) - set(
        clients.loc[clients["state"] == "booked", "client_id"]
    )
