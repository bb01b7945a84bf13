"""Second visits: worked by hand, against a known truth, and the sample's planted one-timers."""

import numpy as np
import pandas as pd
import pytest

from analysis.portfolio import Portfolio
from analysis.practices.growth.narrowed import narrowed
from analysis.practices.growth.second_visit import newcomers, second_visits
from tests.analysis.practices.drawn_shops import AS_OF, drawn_shop, joined, shop_of

_DAYS = 700


def shop(*more: tuple[str, int, float]) -> Portfolio:
    """Twelve who began in the last year, with a usual interval of 30 days: in time is within 45.

    Six came again after 20 days, one after 60, three never; two began 10 days ago. And one old client of each month.
    """
    rows = [*more]
    rows += [("old", day, 20.0) for day in range(0, _DAYS + 1, 30)]
    start = _DAYS - 300
    for number in range(10):
        rows.append((f"n{number}", start + number, 20.0))
        if number < 7:
            rows.append((f"n{number}", start + number + (60 if number == 6 else 20), 20.0))
    rows += [("young0", _DAYS - 10, 20.0), ("young1", _DAYS - 10, 20.0)]
    found = shop_of(rows, _DAYS, {})
    first = found.clients.set_index("client_id")["first_visit"]
    first["old"] = pd.Timestamp("2020-01-01")
    return joined(found, first)


def test_in_time_is_within_one_and_a_half_usual_intervals() -> None:
    found = second_visits(shop())
    # Of twelve, six came again within 45 days; the two of ten days ago were watched for ten of them, before anyone
    # else came: they leave ten, of whom six.
    assert found.newcomers == 12
    assert found.last_year.share == pytest.approx(0.6)
    assert found.last_year.clients == 12
    assert found.term_days == 45.0


def test_within_ninety_days_one_more_came() -> None:
    assert second_visits(shop()).last_year_by_90.share == pytest.approx(0.7)


def test_who_began_the_year_before_is_told_beside_the_last_and_not_in_it() -> None:
    """Seven more began 500 days ago, of whom four came again: three after 20 days, the last of the file after 12."""
    began = _DAYS - 500
    before = [(f"o{number}", began, 20.0) for number in range(6)] + [("z", began, 20.0)]
    again = [(f"o{number}", began + 20, 20.0) for number in range(3)] + [("z", began + 12, 20.0)]
    told = second_visits(shop(*before, *again))
    assert (told.year_before.clients, told.year_before.share) == (7, pytest.approx(4 / 7))
    assert (told.last_year.clients, told.last_year.share) == (12, pytest.approx(0.6))


def test_a_quarter_of_too_few_watched_clients_has_no_share() -> None:
    quarters = second_visits(shop()).quarters.set_index("quarter")
    youngest = quarters.loc[pd.Timestamp("2026-10-01")]
    assert youngest["clients"] == 2
    assert np.isnan(youngest["share"])
    oldest = quarters.iloc[0]
    assert (oldest["clients"], oldest["share"], oldest["by_90"]) == (
        10,
        pytest.approx(0.6),
        pytest.approx(0.7),
    )


def test_the_term_follows_the_service_they_began_with() -> None:
    found = shop()
    services = pd.DataFrame({"service": ["Corte"], "standard_days": [60.0]})
    slow = second_visits(type(found)(**(vars(found) | {"services": services})))
    assert slow.term_days == 90.0
    assert slow.last_year.share == pytest.approx(0.7)


def test_a_shop_without_services_takes_its_clients_middle_interval() -> None:
    found = shop()
    bare = type(found)(**(vars(found) | {"services": found.services.head(0)}))
    assert second_visits(bare).term_days == 45.0


def test_nobody_new_gives_no_share() -> None:
    found = second_visits(shop(), service="Nadie")
    assert not found.last_year.known
    assert found.quarters.empty


def test_the_truth_lies_in_four_intervals_of_five() -> None:
    """One in five leaves after the first visit; of the others all come within 90 days."""
    holds = []
    for seed in range(40):
        drawn, _ = drawn_shop(newcomers=100, old=40, leaves={"calle": 0.2}, days=730, seed=seed)
        found = second_visits(drawn).last_year_by_90
        holds.append(found.low <= 0.8 <= found.high)
    assert 0.65 <= np.mean(holds) <= 0.95


def test_the_sample_s_one_timers_are_all_who_never_come_again(
    salon_sample: Portfolio, salon_truth: pd.DataFrame
) -> None:
    """Planted: a share of the clients come once; all others come again and again."""
    of_the_shop = narrowed(salon_sample)
    came = newcomers(salon_sample, of_the_shop)
    kind = salon_truth.set_index("client_id")["kind"].reindex(of_the_shop.client_id[came.client]).to_numpy()
    watched = came.watched > 400
    assert (came.returned[watched] == (kind[watched] != "one_time")).all()
    in_time = second_visits(salon_sample).last_year
    assert in_time.low < (kind[came.watched <= 365] != "one_time").mean() < in_time.high
    assert salon_sample.as_of == AS_OF
