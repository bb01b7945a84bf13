"""Each state on a client made by hand, whose visits are due 24 to 38 days after the last."""

import datetime as dt
from collections.abc import Iterable

import numpy as np
import pandas as pd
import pytest

from analysis.calendar.year_habits import year_habits
from analysis.events import events
from analysis.signals import signals
from analysis.states import actions, states
from analysis.visits import days_since_epoch, visits
from tests.analysis.books import Row, Visit, book_of, every, line

LOW, HIGH = 24.0, 38.0


def state_of(
    lines: list[Visit],
    *,
    on: str,
    also: Iterable[Row] = (),
    p_alive: float = 0.9,
    left: str | None = None,
    low: float = LOW,
) -> str:
    """Silences after which Ana is due and late are the shop's, but where the year tells hers."""
    book = book_of(lines, lines=also)
    seen = visits(book, dt.date.fromisoformat(on))
    one = np.ones(seen.clients)
    signs = signals(seen, events(book, seen), seen.today, HIGH * one, LOW * one)
    habits = year_habits(
        seen.table["client"].to_numpy(), seen.table["day"].to_numpy(), seen.today, seen.clients
    )
    due_after, late_after = (
        np.where(habits.waits, habits.quantile(level) - habits.last_day, otherwise)
        for level, otherwise in ((0.1, low), (0.9, HIGH))
    )
    day = np.nan if left is None else float(days_since_epoch(dt.date.fromisoformat(left)))
    return str(states(seen, signs, due_after, late_after, p_alive * one, day * one, habits)[0])


MONTHLY = every("Ana", 30, 12, last="2026-01-01")


@pytest.mark.parametrize(
    ("days", "state"), [(0, "on_time"), (23, "on_time"), (24, "due"), (38, "due"), (39, "late"), (90, "late")]
)
def test_a_client_is_on_time_then_due_then_late(days: int, state: str):
    on = dt.date(2026, 1, 1) + dt.timedelta(days=days)
    assert state_of(MONTHLY, on=on.isoformat()) == state


def test_who_is_probably_gone_has_lapsed():
    assert state_of(MONTHLY, on="2026-03-01", p_alive=0.49) == "lapsed"
    assert state_of(MONTHLY, on="2026-03-01", p_alive=0.51) == "late"


def test_two_visits_are_too_few_to_judge():
    assert state_of(MONTHLY[-2:], on="2026-03-01") == "new"
    assert state_of(MONTHLY[-3:], on="2026-03-01") == "late"
    assert state_of(MONTHLY[-1:], on="2027-03-01", p_alive=0.2) == "lapsed"


def test_a_booking_to_come_wins_over_everything():
    booking = [line("Ana", "2026-06-01", "booked")]
    assert state_of(MONTHLY, on="2026-05-01", also=booking, p_alive=0.1, left="2026-02-01") == "booked"
    assert state_of(MONTHLY, on="2026-06-02", also=booking, p_alive=0.9) == "late"  # that booking has passed


def test_who_left_by_their_record_has_lapsed_unless_they_came_again():
    assert state_of(MONTHLY, on="2026-01-10", left="2026-01-02") == "lapsed"
    assert state_of(MONTHLY, on="2026-01-10", left="2025-12-28") == "lapsed"  # a last visit within the week
    assert state_of(MONTHLY, on="2026-01-10", left="2025-12-01") == "on_time"
    assert state_of(MONTHLY, on="2026-01-10", left="2026-02-01") == "on_time"  # not yet


SUMMERS = [("Ana", f"{year}-{month:02}-10", 30.0) for year in (2023, 2024, 2025) for month in (6, 7, 8)]
YEARLY = [("Ana", date, 60.0) for date in ("2023-03-10", "2024-03-14", "2025-03-08")]


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2025-08-20", "on_time"),  # in season
        ("2026-01-10", "seasonal"),  # out of season
        ("2026-04-10", "seasonal"),
        ("2026-06-05", "due"),  # about the day her seasons begin
        ("2026-07-20", "late"),  # it is her season again and she has not come
        ("2026-11-10", "late"),  # she missed a season
    ],
)
def test_who_comes_in_summer_only_is_seasonal_until_about_the_day_her_season_begins(on: str, state: str):
    assert state_of(SUMMERS, on=on) == state


@pytest.mark.parametrize(
    ("on", "state"), [("2025-12-01", "on_time"), ("2026-03-01", "due"), ("2026-05-20", "late")]
)
def test_a_yearly_client_is_on_time_for_most_of_a_year(on: str, state: str):
    assert state_of(YEARLY, on=on) == state


def test_a_summer_client_whose_return_is_improbable_has_lapsed_only_once_her_season_is_here():
    assert state_of(SUMMERS, on="2026-01-10", p_alive=0.4) == "seasonal"
    assert state_of(SUMMERS, on="2026-08-20", p_alive=0.4) == "lapsed"


def action(*, state: str = "late", flagged: bool = True, p_no_visit: float = 0.2, **signs: float) -> str:
    """What to do about one client."""
    names = ("problems_open", "problems_bad", "unpaid", "staff_left_day")
    people = pd.DataFrame({"state": [state], "flagged": [flagged], "p_no_visit": [p_no_visit]})
    return str(actions(people, pd.DataFrame({name: [signs.get(name, np.nan)] for name in names}))[0])


def test_the_relations_trouble_comes_before_its_lateness():
    assert action(problems_open=1, unpaid=1, staff_left_day=5, p_no_visit=0.9) == "solve_problem"
    assert action(unpaid=1, staff_left_day=5, p_no_visit=0.9) == "settle_payment"
    assert action(staff_left_day=5, p_no_visit=0.9) == "introduce_staff"
    assert action(p_no_visit=0.4) == "call_now"
    assert action(p_no_visit=0.39) == "message"


def test_who_is_not_on_the_list_needs_no_call():
    assert action(flagged=False, state="on_time", unpaid=1) == "wait"
    assert action(flagged=False, state="booked") == "wait"
    assert action(flagged=False, state="lapsed") == "win_back"
    assert action(flagged=False, state="lapsed", problems_bad=1) == "solve_problem"
    assert action(flagged=False, state="new") == "second_visit"
