import numpy as np
import pandas as pd
import pytest

from analysis.calendar.clock import Clock
from analysis.losses.lost_revenue import (
    GATE,
    GATE_IRREGULAR,
    OPEN_GAP_DAYS,
    Lateness,
    Window,
    late_days,
    lost_visits,
)
from analysis.pace.clean_rhythm import CleanRhythm, clean_rhythm
from analysis.pace.gaps import Gaps

#: Two years of one visit every 30 days; the third year is the one that counts.
YEAR = Window(720, 1080)


def calendar(last: int) -> Clock:
    """Every day is open."""
    return Clock(0, np.arange(last + 1))


def at_pace(rows: int, mu: float, *, k: float = 20.0, shop_k: float = 20.0) -> CleanRhythm:
    return CleanRhythm(np.full(rows, mu), np.full(rows, k), np.zeros(rows), shop_k)


def losses(
    gaps: Gaps, clock: Clock, pace: CleanRhythm, window: Window, counted: np.ndarray, gate: float = GATE
) -> pd.DataFrame:
    """Losses of every gap and month of a window."""
    lateness = Lateness.of(gaps, clock, pace, window)
    return late_days(lateness, clock, window, lost_visits(lateness.shortfall(), counted, gate))


def lost(
    *rows: list[int],
    today: int = 1080,
    pace: CleanRhythm | None = None,
    window: Window = YEAR,
    gate: float = GATE,
) -> pd.DataFrame:
    """Losses of clients given by the days of their visits."""
    row = np.repeat(np.arange(len(rows)), [len(days) for days in rows])
    gaps = Gaps.of(row, np.array([day for days in rows for day in days]), today, len(rows))
    pace = pace or at_pace(len(rows), 30.0)
    return losses(gaps, calendar(today), pace, window, np.ones(len(rows), dtype=bool), gate)


def monthly_then(days: int) -> list[int]:
    """Monthly for two years, then a year at another rhythm."""
    return [*range(0, 721, 30), *range(720 + days, 1081, days)]


@pytest.mark.parametrize(("days", "visits"), [(30, 0.0), (45, 4.0), (60, 6.0)])
def test_of_twelve_monthly_visits_a_client_every_45_days_loses_four_and_every_60_days_six(
    days: int, visits: float
):
    assert lost(monthly_then(days))["lost_visits"].sum() == pytest.approx(visits, abs=1e-9)


@pytest.mark.parametrize("company", ["alone", "clockwork", "slipping"])
@pytest.mark.parametrize(("days", "visits"), [(30, 0.0), (45, 4.0), (60, 6.0)])
def test_the_same_with_the_pace_learned_from_the_visits_in_any_company(
    days: int, visits: float, company: str
):
    others = {
        "alone": [],
        "clockwork": [list(range(start, 1081, 30)) for start in range(25)],
        "slipping": [monthly_then(slip) for slip in (45, 60, 30)] * 5,
    }[company]
    rows = [monthly_then(days), *others]
    row = np.repeat(np.arange(len(rows)), [len(each) for each in rows])
    gaps = Gaps.of(row, np.concatenate([np.array(each) for each in rows]), 1080, len(rows))
    closed = ~gaps.is_open
    pace = clean_rhythm(
        gaps.row[closed],
        (gaps.closed - gaps.opened)[closed].astype(float),
        len(rows),
        np.full(len(rows), 30.0),
    )
    found = losses(gaps, calendar(1080), pace, YEAR, np.ones(len(rows), dtype=bool))
    of_client = found.loc[found["row"] == 0, "lost_visits"].sum()
    assert round(of_client, 2) == visits


def test_an_early_visit_gives_back_what_a_late_one_lost():
    uneven = [*range(0, 721, 30), 765, 780, 825, 840, 885, 900, 945, 960, 1005, 1020, 1065, 1080]
    assert lost(uneven)["lost_visits"].sum() == 0.0


def test_less_than_a_whole_visit_is_no_loss():
    slipped = [*range(0, 721, 30), 778, *range(808, 1081, 30)]  # one gap of 58 days: 28 / 30 of a visit
    assert lost(slipped).empty
    slipped_more = [*range(0, 721, 30), 781, *range(811, 1081, 30)]
    assert lost(slipped_more)["lost_visits"].sum() == pytest.approx(31 / 30)


def test_a_shortfall_within_the_clients_natural_ups_and_downs_is_no_loss():
    """One gap of two months; a year of visits varies by sqrt(360 / (30 k)): 1.10 visits if k is 10, 2 if it is 3."""
    one_long = [*range(0, 721, 30), *range(780, 1081, 30)]
    assert lost(one_long, pace=at_pace(1, 30.0, k=10.0))["lost_visits"].sum() == pytest.approx(1.0)
    assert lost(one_long, pace=at_pace(1, 30.0, k=3.0)).empty


def test_twice_the_gate_asks_for_twice_as_much():
    """A gap of 75 days: 1.5 visits, against .75 or 1.5 times ups and downs of sqrt(360 / (30 x 6)) = 1.41."""
    one_long = [*range(0, 721, 30), *range(795, 1081, 30)]
    pace = at_pace(1, 30.0, k=6.0)
    assert lost(one_long, pace=pace, gate=GATE)["lost_visits"].sum() == pytest.approx(1.5)
    assert lost(one_long, pace=pace, gate=GATE_IRREGULAR).empty


def test_an_open_silence_costs_at_most_half_a_year():
    gone = [*range(0, 721, 30)]
    found = lost(gone)
    assert found["late_days"].sum() == OPEN_GAP_DAYS
    assert found["lost_visits"].sum() == pytest.approx(182 / 30)


def test_a_closed_gap_costs_all_its_late_days():
    back = [*range(0, 721, 30), 1020, 1050, 1080]
    assert lost(back)["late_days"].sum() == 300 - 30


def test_late_days_before_the_window_belong_to_the_year_before():
    gap = [
        *range(0, 601, 30),
        780,
        *range(810, 1081, 30),
    ]  # late from day 630 to 780, of which 60 in the window
    this_year, year_before = lost(gap), lost(gap, window=Window(360, 720))
    assert this_year["late_days"].sum() == 60
    assert year_before["late_days"].sum() == 90


def test_a_loss_is_spread_over_the_months_of_its_late_days():
    """Day 720 is 1971-12-22. The next visit was due on 21 January and came on 21 March: late from the 22nd on."""
    found = lost([*range(0, 721, 30), *range(810, 1081, 30)])
    by_month = found.set_index(found["month"].dt.strftime("%Y-%m"))["late_days"]
    assert by_month.to_dict() == {"1972-01": 10.0, "1972-02": 29.0, "1972-03": 21.0}
    assert found["lost_visits"].sum() == pytest.approx(2.0)


def test_a_loss_names_the_visit_that_opened_the_gap():
    found = lost([*range(0, 721, 30), *range(810, 1081, 30)])
    assert found["visit"].unique().tolist() == [24]


def test_days_the_shop_was_closed_make_nobody_late():
    """A shop shut for the 40 days of a 70-day gap: 30 open days, no loss."""
    days = [*range(0, 721, 30), *range(790, 1081, 30)]
    is_open = np.ones(1081, dtype=int)
    is_open[735:775] = 0
    gaps = Gaps.of(np.zeros(len(days), dtype=int), np.array(days), 1080, 1)
    shut = losses(
        gaps, Clock(0, np.cumsum(is_open) - is_open), at_pace(1, 30.0), YEAR, np.ones(1, dtype=bool)
    )
    assert shut.empty
    assert lost(days)["lost_visits"].sum() == pytest.approx(40 / 30)


def test_only_those_who_count_are_counted():
    rows = [monthly_then(60), monthly_then(60)]
    row = np.repeat([0, 1], [len(days) for days in rows])
    gaps = Gaps.of(row, np.concatenate([np.array(days) for days in rows]), 1080, 2)
    found = losses(gaps, calendar(1080), at_pace(2, 30.0), YEAR, np.array([False, True]))
    assert found["row"].unique().tolist() == [1]


def test_the_open_gap_of_each_client_closes_today():
    gaps = Gaps.of(np.array([0, 0, 1]), np.array([5, 35, 20]), 50, 2)
    assert gaps.closed.tolist() == [35, 50, 50]
    assert gaps.is_open.tolist() == [False, True, True]
