"""When a visit is due by use: by hand, whichever comes first, and against simulated drivers."""

import datetime as dt
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd
import pytest

from analysis import schema
from analysis.portfolio import Portfolio, analyse
from analysis.settings import Settings
from analysis.usage import Usage, merged, usage
from analysis.visits import days_since_epoch, visits
from benchmarks.drivers import FIRST_DAY, OIL, Workshop, workshop
from tests.analysis.books import Row, book_of, line

OIL_EVERY_5000 = Settings(unit_intervals={"Oil": 5_000.0})


def visits_of(client: str, per_day: float, days: list[int], *, oil: list[int]) -> list[Row]:
    """A car at so many units a day that comes on some days from 1 January 2026, for oil on some of them."""
    return [
        line(
            client,
            (dt.date(2026, 1, 1) + dt.timedelta(days=day)).isoformat(),
            service="Oil" if day in oil else "Repair",
            meter=20_000.0 + per_day * day,
        )
        for day in days
    ]


def shop(*lines: list[Row], settings: Settings = OIL_EVERY_5000) -> Portfolio:
    """A shop with those cars and a dozen at 40 units a day, so that its services have a cadence."""
    starts = range(0, 96, 8)
    others = [visits_of(f"z{n:02}", 40.0, [n, n + 100, n + 200], oil=[n, n + 100, n + 200]) for n in starts]
    more = [visits_of(f"y{n:02}", 40.0, [n + 4, n + 94], oil=[]) for n in starts]
    return analyse(book_of(lines=[row for each in (*lines, *others, *more) for row in each]), settings)


def row_of(found: Usage, client: str, service: str = "Oil") -> pd.Series:
    used = found.clients
    return used[(used["client_id"] == client) & (used["service"] == service)].iloc[0]


def on(day: int) -> pd.Timestamp:
    return pd.Timestamp("2026-01-01") + pd.Timedelta(days=day)


def test_five_thousand_at_forty_a_day_are_125_days():
    row = row_of(shop(visits_of("ana", 40.0, [0, 60, 120, 180], oil=[180])).usage, "ana")
    assert row["units_per_day"] == pytest.approx(40.0, rel=0.01)
    assert row["source"] == "own"
    assert row["due_reading"] == 20_000 + 40 * 180 + 5_000
    assert abs(row["due_by_use"] - on(180 + 125)) <= pd.Timedelta(days=1)
    assert row["due_low"] <= row["due_by_use"] <= row["due_high"]


def test_what_was_driven_since_the_service_counts_towards_it():
    """Oil on day 60, a repair on day 180: 4,800 of the 5,000 are gone."""
    row = row_of(shop(visits_of("ana", 40.0, [0, 60, 180], oil=[60])).usage, "ana")
    assert abs(row["due_by_use"] - on(185)) <= pd.Timedelta(days=1)
    assert row["had_on"] == on(60)


def test_an_interval_reached_before_the_last_reading_was_due_then():
    row = row_of(shop(visits_of("ana", 40.0, [0, 20, 180], oil=[20])).usage, "ana")
    assert abs(row["due_by_use"] - on(145)) <= pd.Timedelta(days=1)
    assert row["due_low"] == row["due_by_use"] == row["due_high"]


def test_the_meter_should_stand_today_where_the_rate_takes_it():
    found = shop(visits_of("ana", 40.0, [0, 60, 120], oil=[120]))
    row = row_of(found.usage, "ana")
    today = (pd.Timestamp(found.as_of) - on(0)).days
    assert row["projected_reading"] == pytest.approx(20_000 + 40 * today, abs=50)


def test_one_reading_goes_at_the_shop_s_rate_and_says_so():
    row = row_of(shop(visits_of("ana", 40.0, [150], oil=[150])).usage, "ana")
    assert (row["source"], row["readings"]) == ("business", 1)
    assert row["units_per_day"] == pytest.approx(40.0, rel=0.02)


def test_two_cars_under_one_name_have_no_date_by_use():
    both = [
        {**row, "meter": row["meter"] + (90_000 if place % 2 else 0)}  # type: ignore[operator]
        for place, row in enumerate(visits_of("ana", 40.0, list(range(0, 200, 25)), oil=[0, 100]))
    ]
    found = shop(both).usage
    assert not (found.clients["client_id"] == "ana").any()
    assert set(found.faults["fault"]) == {"two_meters"}
    assert found.metered


def test_without_a_meter_there_is_nothing_and_the_streams_are_the_calendar_s():
    lines = visits_of("ana", 40.0, [0, 60, 120], oil=[0, 60, 120])
    found = analyse(book_of(lines=[{**row, "meter": None} for row in lines]), OIL_EVERY_5000)
    assert found.usage.clients.empty
    assert not found.usage.metered
    assert tuple(found.usage.clients.columns) == schema.USAGE
    assert tuple(found.usage.services.columns) == schema.SERVICE_USE
    assert tuple(found.usage.faults.columns) == schema.METER_FAULTS


def test_whichever_comes_first_decides():
    """At 200 a day 5,000 take 25 days, well before the months usual here; at 5 a day, 1,000 days."""
    found = shop(
        visits_of("fast", 200.0, [0, 60, 120, 180], oil=[180]),
        visits_of("slow", 5.0, [0, 60, 120, 180], oil=[180]),
    )
    fast, slow = row_of(found.usage, "fast"), row_of(found.usage, "slow")
    assert (fast["decided_by"], slow["decided_by"]) == ("meter", "calendar")
    assert fast["due"] == fast["due_by_use"] < fast["due_by_calendar"]
    assert slow["due"] == slow["due_by_calendar"] < slow["due_by_use"]
    due = found.streams[found.streams["service"] == "Oil"].set_index("client_id")["due"]
    assert due["fast"] == fast["due"]
    assert due["slow"] == slow["due"]


def test_two_cars_under_one_name_are_two_meters_and_no_fault_where_their_plates_tell_them_apart():
    days = list(range(0, 300, 30))
    old = visits_of("fleet", 30.0, days, oil=days[::3])
    new = [{**row, "meter": 90_000.0 + 60 * day} for row, day in zip(old, days, strict=True)]
    told = shop([{**row, "subject": "OLD 1"} for row in old], [{**row, "subject": "NEW 2"} for row in new])
    apart = told.usage.clients[told.usage.clients["client_id"] == "fleet"]
    assert told.usage.faults.empty
    rates = apart.groupby("subject")["units_per_day"].first().to_dict()
    assert rates == {"NEW 2": pytest.approx(60, rel=0.06), "OLD 1": pytest.approx(30, rel=0.06)}
    assert apart["several"].all()
    assert set(told.streams.loc[told.streams["client_id"] == "fleet", "subject"]) == {"NEW 2", "OLD 1"}
    merged_cars = shop(old, new).usage
    assert set(merged_cars.faults["fault"]) == {"two_meters"}


def test_late_by_use_is_counted_from_the_upper_end_of_the_window():
    streams = pd.DataFrame(
        {
            "client_id": ["a", "b"],
            "service": ["Oil", "Oil"],
            "subject": ["", ""],
            "due": pd.to_datetime(["2026-05-01", "2026-05-01"]).as_unit("s"),
            "days_late": [0.0, 7.0],
        }
    )
    used = pd.DataFrame(
        {
            "client_id": ["a", "b"],
            "service": ["Oil", "Oil"],
            "subject": ["", ""],
            "decided_by": ["meter", "calendar"],
            "due": pd.to_datetime(["2026-03-01", "2026-02-01"]).as_unit("s"),
            "late_from": pd.to_datetime(["2026-03-20", None]).as_unit("s"),
        }
    )
    both = merged(streams, used, days_since_epoch(dt.date(2026, 4, 1)))
    assert both["due"].tolist() == [pd.Timestamp("2026-03-01"), pd.Timestamp("2026-05-01")]
    assert both["days_late"].tolist() == [12.0, 7.0]


def test_an_export_without_services_has_one_interval_for_all_visits():
    lines = [
        {**row, "service": None}
        for row in [
            r for n in range(12) for r in visits_of(f"z{n}", 20.0 + 10 * n, list(range(n, 300, 30)), oil=[])
        ]
    ]
    found = analyse(book_of(lines=lines), Settings(unit_intervals={"": 3_000.0}))
    assert set(found.usage.clients["service"]) == {""}
    assert found.usage.clients["due_by_use"].notna().all()


# --- Simulated drivers ------------------------------------------------------------------------------------


@lru_cache
def drivers(seed: int = 1, limit_days: float = 10_000.0) -> tuple[Workshop, Portfolio, pd.DataFrame]:
    """A workshop, what is found in it, and per client who will come for oil: both dates and the true one."""
    truth = workshop(seed=seed, limit_days=limit_days)
    found = analyse(truth.book(), Settings(as_of=truth.as_of))
    used = found.usage.clients
    oil = used[used["service"] == OIL].set_index("client_id")
    came = pd.Timestamp(FIRST_DAY) + pd.to_timedelta(truth.next_oil.reindex(oil.index), unit="D")
    return truth, found, oil.assign(came=came).dropna(subset=["came"])


def test_each_driver_s_rate_is_found_within_a_tenth():
    truth, found, _ = drivers()
    each = found.usage.clients.drop_duplicates("client_id").set_index("client_id")
    own = each[each["source"] == "own"]
    error = np.log(own["units_per_day"] / truth.per_day.reindex(own.index))
    assert len(own) >= 0.9 * len(truth.per_day)
    assert error.abs().mean() <= 0.08
    assert abs(error.median()) <= 0.03


def test_the_interval_is_learned_and_nothing_else_is_said_to_follow_use():
    services = drivers()[1].usage.services.set_index("service")
    # Everyone comes a little late, so that the gaps are a little longer than the 5,000 that they are told.
    assert services.loc[OIL, "unit_interval"] == pytest.approx(5_300, rel=0.06)
    assert services["unit_interval"].notna().sum() == 1


def test_dates_by_use_miss_the_next_visit_by_half_the_days_of_the_calendar_s():
    truth, found, oil = drivers()
    by_days = calendar_alone(truth)
    missed = (oil["due"] - oil["came"]).dt.days.abs()
    calendar = (by_days.reindex(oil.index) - oil["came"]).dt.days.abs()
    assert len(oil) >= 120
    assert missed.mean() <= 0.5 * calendar.mean()
    assert abs((oil["due"] - oil["came"]).dt.days.median()) <= 10
    in_streams = found.streams[found.streams["service"] == OIL].set_index("client_id")["due"]
    by_meter = oil.loc[oil["decided_by"] == "meter", "due"]
    assert (in_streams.reindex(by_meter.index) == by_meter).all()


def calendar_alone(truth: Workshop) -> pd.Series:
    """When each client is due for oil where nobody wrote down a reading."""
    streams = analyse(truth.book(metered=False), Settings(as_of=truth.as_of)).streams
    due: pd.Series = streams[streams["service"] == OIL].set_index("client_id")["due"]
    return due


def test_where_a_limit_of_days_stands_beside_the_units_both_are_found():
    _, found, oil = drivers(3, 180.0)
    services = found.usage.services.set_index("service")
    assert services.loc[OIL, "limit_days"] == pytest.approx(185, rel=0.1)
    assert set(oil["decided_by"]) == {"meter", "calendar"}
    assert (oil["due"] - oil["came"]).dt.days.abs().mean() <= 20


def test_nine_in_ten_come_before_they_are_called_late():
    _, _, oil = drivers()
    by_meter = oil[oil["decided_by"] == "meter"]
    assert 0.82 <= (by_meter["came"] <= by_meter["late_from"]).mean() <= 0.97


def test_four_in_five_reach_the_interval_within_its_window():
    truth, found, oil = drivers()
    ahead = oil[(oil["due_low"] < oil["due_high"]) & (oil["source"] == "own")]
    # At the true rate, from the last reading on.
    left = ahead["due_reading"] - ahead["last_reading"]
    reached = ahead["last_reading_on"] + pd.to_timedelta(
        (left / truth.per_day.reindex(ahead.index)).round(), unit="D"
    )
    within = (reached >= ahead["due_low"]) & (reached <= ahead["due_high"])
    assert within.mean() >= 0.8
    assert found.usage.unit == "km"


def test_miles_give_the_same_dates():
    truth = workshop(60, seed=4)
    miles = replace(truth, sales=truth.sales.assign(meter=truth.sales["meter"] * 0.5))
    dates = []
    for shop, interval in ((truth, 5_000.0), (miles, 2_500.0)):
        owner = Settings(as_of=truth.as_of, unit_intervals={OIL: interval})
        seen = visits(shop.book(), truth.as_of)
        found = usage(shop.book(), seen, schema.empty_frame(schema.STREAMS), owner)
        dates.append(found.clients["due_by_use"])
    pd.testing.assert_series_equal(*dates)
