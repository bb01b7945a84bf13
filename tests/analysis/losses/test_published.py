"""What a month's loss was when it closed: known from the visits up to then, and from no later one."""

import pandas as pd
import pytest

from analysis import schema
from analysis.portfolio import analyse
from tests.analysis.books import book_of, every

#: Everybody else comes monthly, on the dot.
OTHERS = [visit for n in range(8) for visit in every(f"r{n}", 30, 36, last=f"2026-10-{n + 10}")]
#: Monthly until 20 May; due again on 19 June.
ABSENT = every("Ana", 30, 24, last="2026-05-20")


def published(*visits: tuple[object, ...]) -> pd.DataFrame:
    return analyse(book_of([*OTHERS, *visits])).published_losses.set_index("month")


def test_the_last_three_closed_months_are_told_oldest_first():
    found = published(*ABSENT)
    assert [f"{month:%Y-%m}" for month in found.index] == ["2026-07", "2026-08", "2026-09"]
    assert ("month", *found.columns) == schema.PUBLISHED_LOSSES


def test_a_month_is_told_by_what_was_late_by_its_end():
    """Late from 20 June on: the 31 days of July are 31 / 30 of a visit, at a ticket of 30; September's 30 are one."""
    found = published(*ABSENT)
    assert found["lost_visits"].tolist() == pytest.approx([31 / 30, 31 / 30, 1.0], abs=0.01)
    assert found["lost_revenue"].tolist() == pytest.approx([31.0, 31.0, 30.0], abs=0.3)


@pytest.mark.parametrize(
    "later", [every("Ana", 30, 1, last="2026-10-05"), every("Ana", 3, 8, last="2026-10-30")]
)
def test_what_comes_later_changes_nothing_that_was_published(later: list[tuple[object, ...]]):
    assert published(*ABSENT, *later)["lost_visits"].tolist() == pytest.approx(
        published(*ABSENT)["lost_visits"].tolist()
    )


def test_a_loss_that_was_not_yet_a_whole_visit_is_a_correction_today():
    """Due on 9 September: 21 days late when September closed, 38 by 17 October, which is a whole visit and more."""
    late = every("Ana", 30, 27, last="2026-08-10")
    found = analyse(book_of([*OTHERS, *late]))
    september = pd.Timestamp("2026-09-01")
    own = found.losses.query("lens == 'own'").groupby("month")["lost_visits"].sum()
    assert found.published_losses.set_index("month").loc[september, "lost_visits"] == 0.0
    assert own[september] == pytest.approx(21 / 30, abs=0.04)


def test_nothing_was_published_before_a_year_was_known():
    young = [visit for n in range(8) for visit in every(f"r{n}", 30, 9, last=f"2026-10-{n + 10}")]
    found = analyse(book_of(young)).published_losses
    assert found.empty
    assert tuple(found.columns) == schema.PUBLISHED_LOSSES


def test_without_amounts_the_visits_are_told_and_the_money_is_unknown():
    lines = [(client, date, None) for client, date, *_ in [*OTHERS, *ABSENT]]
    found = analyse(book_of(lines)).published_losses
    assert found["lost_visits"].sum() > 2
    assert found["lost_revenue"].isna().all()
