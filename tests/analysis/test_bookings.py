import datetime as dt

import numpy as np
import pandas as pd
import pytest

from analysis.bookings import NEVER, Bookings
from analysis.portfolio import Portfolio, analyse
from tests.analysis.books import Row, book_of, every, line

#: Twelve clients of every four weeks, up to the last day of October.
VISITS = [
    visit
    for number in range(12)
    for visit in every(f"c{number:02}", 28, 20, last=f"2026-10-{31 - 2 * number:02}")
]
BOOKED = line("c05", "2026-11-20", "booked")


def people(*lines: Row) -> pd.DataFrame:
    found: Portfolio = analyse(book_of(VISITS, lines=lines))
    return found.clients.set_index("client_id")


def test_the_next_visit_is_the_appointment_in_the_book():
    told = people(BOOKED).loc["c05"]
    assert [told[name].date() for name in ("next_visit_low", "next_visit", "next_visit_high")] == [
        dt.date(2026, 11, 20)
    ] * 3
    assert told["state"] == "booked"


def test_an_appointment_makes_a_visit_likelier_for_its_client_alone():
    without, told = people(), people(BOOKED)
    assert told.loc["c05", "p_no_visit"] == pytest.approx(0.15 * without.loc["c05", "p_no_visit"], abs=1e-4)
    assert told.loc["c05", "expected_visits"] >= 1 - told.loc["c05", "p_no_visit"]
    others = [client for client in without.index if client != "c05"]
    assert told.loc[others, "p_no_visit"].tolist() == without.loc[others, "p_no_visit"].tolist()


def test_an_appointment_beyond_the_horizon_says_nothing_of_the_horizon():
    without, told = people(), people(line("c05", "2027-05-20", "booked"))
    assert told.loc["c05", "p_no_visit"] == without.loc["c05", "p_no_visit"]
    assert told.loc["c05", "next_visit"].date() == dt.date(2027, 5, 20)


def test_where_many_miss_their_appointments_the_visit_may_come_later():
    missed = [
        line(f"c{number % 12:02}", f"2026-{month:02}-15", "no_show")
        for number in range(24)
        for month in (3, 5, 7, 9)
    ]
    told = people(BOOKED, *missed).loc["c05"]
    assert told["next_visit"].date() == dt.date(2026, 11, 20)
    assert told["next_visit_high"].date() >= dt.date(2026, 11, 20)
    assert told["p_no_visit"] > people(BOOKED).loc["c05", "p_no_visit"]


def test_by_hand():
    """Three of four appointments kept, two clients, one of them with an appointment on day 40."""
    bookings = Bookings(np.array([40, NEVER]), missed=0.25)
    assert bookings.p_no_visit(np.array([0.4, 0.4]), until=91).tolist() == [0.1, 0.4]
    assert bookings.p_no_visit(np.array([0.4, 0.4]), until=39).tolist() == [0.4, 0.4]
    low, day, high = bookings.next_visit(np.array([10, 10]), np.array([20, 20]), np.array([60, 60]))
    assert (low.tolist(), day.tolist(), high.tolist()) == ([40, 10], [40, 20], [60, 60])
