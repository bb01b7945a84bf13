"""On time and in form: what was promised for a day, by hand and as planted in the workshop."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.portfolio import Portfolio, analyse
from analysis.practices.needs import missing
from analysis.practices.problems.deliveries import on_time, on_time_by, pending, promises, worst_cases
from tests.analysis.books import book_of, line

#: As of 2026-03-31. Promised, delivered, service, seller.
JOBS = [
    ("2026-01-10", "2026-01-09", "Tyres", "Rosa"),  # a day early: on time
    ("2026-01-20", "2026-01-20", "Tyres", "Rosa"),  # on its day: on time
    ("2026-02-10", "2026-02-12", "Repair", "Luz"),  # two days late
    ("2026-02-20", "2026-02-26", "Repair", "Luz"),  # six days late
    ("2026-03-21", None, "Repair", "Luz"),  # ten days over, not delivered
    ("2026-03-31", None, "Tyres", "Rosa"),  # due today: not late yet
    (None, "2026-03-30", "Tyres", "Rosa"),  # nothing was promised
]


@pytest.fixture(scope="module")
def garage() -> Portfolio:
    lines = [
        line(
            f"c{number}",
            "2026-01-05",
            amount=50.0,
            service=service,
            staff=staff,
            promised=promised,
            delivered=done,
        )
        for number, (promised, done, service, staff) in enumerate(JOBS)
    ]
    # A second line of the same visit is the same promise.
    lines.append(
        line(
            "c2",
            "2026-01-05",
            amount=9.0,
            service="Wash",
            staff="Luz",
            promised="2026-02-10",
            delivered="2026-02-12",
        )
    )
    return analyse(book_of(lines=[*lines, line("z", "2026-03-31", amount=1.0)]))


def test_what_was_kept_of_what_is_due(garage: Portfolio) -> None:
    whole = on_time(promises(garage))
    assert (whole.due, whole.kept, whole.overdue, whole.pending) == (5, 2, 1, 1)
    assert whole.share == 2 / 5
    assert whole.low < 2 / 5 < whole.high
    # Late by 2, 6 and (so far) 10 days.
    assert whole.median_late == 6


def test_one_row_a_promise_by_the_main_service_of_the_visit(garage: Portfolio) -> None:
    found = promises(garage)
    assert len(found) == 6
    assert found["kept"].tolist() == ["on_time", "on_time", "late", "late", "overdue", "pending"]
    assert found.loc[found["client_id"] == "c2", "service"].tolist() == ["Repair"]
    assert pending(promises(garage))["client_id"].tolist() == ["c5"]


def test_by_month_service_and_seller(garage: Portfolio) -> None:
    months = on_time_by(promises(garage), "month")
    assert months["name"].dt.month.tolist() == [1, 2, 3]
    assert months["share"].tolist() == [1.0, 0.0, 0.0]
    services = on_time_by(promises(garage), "service")
    assert services["name"].tolist() == ["Repair", "Tyres"]
    assert services["median_late"].iloc[0] == 6
    assert services["few"].all()
    assert on_time_by(promises(garage), "staff")["name"].tolist() == ["Luz", "Rosa"]


def test_the_worst_cases_are_what_is_owed_and_then_the_latest(garage: Portfolio) -> None:
    worst = worst_cases(garage, promises(garage))
    assert worst["client_id"].tolist() == ["c4", "c3", "c2"]
    assert worst["days_late"].tolist() == [10, 6, 2]


def test_of_two_as_late_who_is_worth_most_stands_first(garage: Portfolio) -> None:
    """c0, c1 and c2 all two days late; c1 brings most, and of c2 nobody knows."""
    worth = garage.clients["client_id"].map({"c0": 100.0, "c1": 900.0})
    told = replace(garage, clients=garage.clients.assign(annual_value=worth))
    late = promises(told).assign(kept="late", days_late=2).query("client_id in ('c0', 'c1', 'c2')")
    assert worst_cases(told, late)["client_id"].tolist() == ["c1", "c0", "c2"]
    assert worst_cases(told, late, 1)["client_id"].tolist() == ["c1"]


@settings(max_examples=25)
@given(jobs=st.lists(st.tuples(st.integers(0, 60), st.none() | st.integers(0, 70)), min_size=1, max_size=12))
def test_every_promise_is_kept_late_owed_or_to_come(
    garage: Portfolio, jobs: list[tuple[int, int | None]]
) -> None:
    start = pd.Timestamp("2026-02-15")
    days = {
        name: pd.Series(
            [start + pd.Timedelta(days=job[place]) if job[place] is not None else pd.NaT for job in jobs],
            dtype="datetime64[s]",
        )
        for place, name in enumerate(("promised", "delivered"))
    }
    told = pd.DataFrame(
        {"client_id": [f"j{n}" for n in range(len(jobs))], "date": start, "service": "", "staff": "", **days}
    )
    shop = replace(garage, records=replace(garage.records, deliveries=told))
    whole = on_time(promises(shop))
    kept = promises(shop)["kept"].value_counts()
    assert whole.due + whole.pending == len(jobs)
    assert whole.kept + kept.get("late", 0) + whole.overdue == whole.due
    if whole.due:
        assert 0 <= whole.low <= whole.share <= whole.high <= 1


def test_the_workshop_keeps_its_promises_as_planted(
    workshop_sample: Portfolio, workshop_facts: pd.DataFrame
) -> None:
    whole = on_time(promises(workshop_sample))
    assert whole.share == pytest.approx(0.88, abs=0.02)
    services = on_time_by(promises(workshop_sample), "service")
    slow = workshop_facts.loc[workshop_facts["fact"] == "slow_service", "value"].item()
    assert services["name"].iloc[0] == slow
    assert services["share"].iloc[0] == pytest.approx(0.6, abs=0.05)
    assert services["high"].iloc[0] < services["low"].iloc[1]
    assert (
        on_time_by(promises(workshop_sample), "month")["due"].sum() < whole.due
    )  # the last thirteen months only


def test_the_workshop_s_open_promises_and_worst_cases_are_the_planted_ones(
    workshop_sample: Portfolio, workshop_facts: pd.DataFrame
) -> None:
    still = workshop_facts[workshop_facts["fact"] == "promise_open"]
    today = pd.Timestamp(workshop_sample.as_of)
    owed = still[still["on"] < today]
    worst = worst_cases(workshop_sample, promises(workshop_sample))
    assert sorted(worst.loc[worst["kept"] == "overdue", "client_id"]) == sorted(owed["client_id"])
    assert sorted(pending(promises(workshop_sample))["client_id"]) == sorted(
        still.loc[still["on"] >= today, "client_id"]
    )
    very_late = workshop_facts[workshop_facts["fact"] == "delivered_very_late"]
    recent = very_late[very_late["on"] > today - pd.Timedelta(days=365)]
    named = worst[worst["kept"] == "late"].head(len(recent))
    assert sorted(named["client_id"]) == sorted(recent["client_id"])
    assert sorted(named["days_late"]) == sorted(recent["value"].astype(float))


def test_without_promised_days_it_says_what_is_missing(salon_sample: Portfolio) -> None:
    assert missing(salon_sample, 18) == ("sales.promised", "sales.delivered")
    whole = on_time(promises(salon_sample))
    assert (whole.due, whole.pending) == (0, 0)
    assert on_time_by(promises(salon_sample), "month").empty
    assert worst_cases(salon_sample, promises(salon_sample)).empty
