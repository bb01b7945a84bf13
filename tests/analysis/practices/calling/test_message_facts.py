"""What a message may say of a client: what they are due for, who sees to them, what was put right."""

import datetime as dt

import pandas as pd

from analysis.portfolio import Portfolio, analyse
from analysis.practices.calling.message_facts import facts_beside, sellers_here
from analysis.practices.calling.today import due_list
from tests.analysis.books import book_of, every


def client(portfolio: Portfolio, client_id: str) -> pd.Series:
    return portfolio.clients.set_index("client_id", drop=False).loc[client_id]


def test_the_service_told_is_the_one_longest_due_and_not_one_given_up():
    # Cut every 30 days, 40 since the last; colour every 60, 70 since; massage every 30, given up a year ago.
    portfolio = analyse(
        book_of(
            [
                *every("a", 30, 12, last="2026-09-21", service="Corte"),
                *every("a", 60, 6, last="2026-08-22", service="Color"),
                *every("a", 30, 6, last="2025-10-01", service="Masaje"),
                ("b", "2026-10-31", 20.0, "Corte"),
            ]
        )
    )
    beside = facts_beside(portfolio, client(portfolio, "a"), frozenset())
    assert (beside.service, beside.last_visit) == ("Corte", dt.date(2026, 9, 21))  # 40 of 30 beats 70 of 60
    assert beside.usual_days is not None
    assert 25 <= beside.usual_days <= 35


def test_a_seller_is_promised_only_while_they_work_here():
    visits = [("a", f"2026-{month:02}-01", 20.0, "Corte", "Rosa") for month in range(1, 7)]
    visits += [("b", f"2026-{month:02}-15", 20.0, "Corte", "Inés") for month in range(1, 11)]
    portfolio = analyse(book_of(visits))
    here = sellers_here(portfolio)
    assert here == {"Inés"}
    gone, there = (facts_beside(portfolio, client(portfolio, one), here) for one in "ab")
    assert (gone.staff, gone.gone) == ("", "Rosa")
    assert (there.staff, there.gone) == ("Inés", "")


def test_what_was_put_right_lately_is_told_and_what_still_waits_comes_first():
    visits = [visit for name in ("a", "b", "c") for visit in every(name, 30, 10, last="2026-10-01")]
    problems = [
        {"client_id": "a", "opened": "2026-07-01", "closed": "2026-07-09", "solved": True},
        {"client_id": "b", "opened": "2026-07-01", "closed": "2026-07-09", "solved": True},
        {"client_id": "b", "opened": "2026-09-01"},
        {"client_id": "c", "opened": "2025-07-01", "closed": "2025-07-09", "solved": True},
    ]
    portfolio = analyse(book_of(visits, problems=problems))
    told = {one: facts_beside(portfolio, client(portfolio, one), frozenset()) for one in "abc"}
    assert (told["a"].solved, told["a"].problem) == (dt.date(2026, 7, 9), None)
    assert (told["b"].solved, told["b"].problem) == (None, dt.date(2026, 9, 1))
    assert told["c"].solved is None  # too long ago to stir


def test_the_workshop_s_clients_are_written_to_about_their_own_car_and_its_miles(workshop_sample: Portfolio):
    here = sellers_here(workshop_sample)
    assert "Gareth Lloyd" not in here  # planted: he left
    calls = due_list(workshop_sample, workshop_sample.as_of).calls
    beside = [facts_beside(workshop_sample, row, here) for _, row in calls.head(40).iterrows()]
    assert sum(bool(one.subject) for one in beside) > 30
    by_use = [one for one in beside if one.per_month]
    assert by_use
    assert all(one.unit == "miles" and 50 < (one.per_month or 0) < 6000 for one in by_use)


def test_without_services_sellers_and_problems_the_last_visit_and_the_rhythm_are_told():
    portfolio = analyse(book_of(every("a", 30, 10, last="2026-10-01")))
    beside = facts_beside(portfolio, client(portfolio, "a"), sellers_here(portfolio))
    assert (beside.service, beside.subject, beside.staff, beside.solved) == ("", "", "", None)
    assert beside.last_visit == dt.date(2026, 10, 1)
    assert beside.usual_days is not None
