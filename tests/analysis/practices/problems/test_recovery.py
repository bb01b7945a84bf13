"""Who comes back after a problem, beside similar clients who never had one; and whom a solution won back."""

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.portfolio import Portfolio, analyse
from analysis.practices.needs import missing
from analysis.practices.problems.recovery import recovered, recovery
from analysis.practices.problems.similar_clients import Difference, Share, compared
from analysis.practices.problems.slow_answers import slow_answers
from tests.analysis.books import Visit, book_of, every

#: Everybody comes every 20 days; those who stopped did so with the visit of this day.
STOPPED = "2026-02-02"
LAST = "2026-09-20"
SOLVED, UNSOLVED, OTHERS = (tuple(f"{kind}{n:02}" for n in range(10)) for kind in "sux")


def visits_of(who: str, last: str) -> list[Visit]:
    days = (dt.date.fromisoformat(last) - dt.date(2025, 1, 1)).days
    return every(who, 20, days // 20, last=last)


@pytest.fixture(scope="module")
def shop() -> Portfolio:
    """Ten problems solved in three days whose clients stayed, ten badly solved whose clients left, ten without any."""
    visits = [visit for who in (*SOLVED, *OTHERS) for visit in visits_of(who, LAST)]
    visits += [visit for who in UNSOLVED for visit in visits_of(who, STOPPED)]
    # The stayers came on 2026-02-12 and on 2026-03-04.
    problems: list[dict[str, object]] = [
        {"client_id": who, "opened": "2026-02-12", "closed": "2026-02-15", "solved": True} for who in SOLVED
    ]
    problems += [
        {"client_id": who, "opened": STOPPED, "closed": "2026-02-20", "solved": False} for who in UNSOLVED
    ]
    return analyse(book_of(visits, problems=problems))


def test_who_came_back_within_the_horizon(shop: Portfolio) -> None:
    after = recovery(shop)
    assert (after.solved.came_back.cases, after.solved.came_back.share) == (10, 1.0)
    assert (after.unsolved.came_back.cases, after.unsolved.came_back.share) == (10, 0.0)
    assert after.cases == 20


def test_similar_clients_are_those_who_had_kept_away_as_long(shop: Portfolio) -> None:
    after = recovery(shop)
    # Three days after a visit everyone without a problem is still to come, and all of the ten come.
    assert (after.solved.similar.people, after.solved.similar.share) == (10, 1.0)
    # Eighteen days of silence: of a rhythm of twenty they come two days later.
    assert (after.unsolved.similar.people, after.unsolved.similar.share) == (10, 1.0)


def test_solving_is_said_to_matter_and_the_paradox_is_not_claimed(shop: Portfolio) -> None:
    after = recovery(shop)
    assert after.solving == "more"
    assert after.paradox == "alike"
    assert after.unsolved.difference.verdict == "less"


def test_a_horizon_that_has_not_closed_and_a_client_without_a_rhythm_are_left_out() -> None:
    visits = [visit for who in OTHERS for visit in visits_of(who, LAST)] + [("new", "2026-02-01", 30.0)]
    problems = [
        {"client_id": "x00", "opened": "2026-09-01", "closed": "2026-09-03", "solved": True},
        {"client_id": "new", "opened": "2026-02-01", "closed": "2026-02-03", "solved": True},
    ]
    solved = recovery(analyse(book_of(visits, problems=problems))).solved
    assert (solved.came_back.cases, solved.too_recent, solved.too_new) == (0, 1, 1)
    assert math.isnan(solved.came_back.share)


def test_a_slow_rhythm_has_a_longer_horizon() -> None:
    # Every 150 days: within 91 days nobody comes, within twice the rhythm all do.
    visits = [visit for who in OTHERS for visit in every(who, 150, 8, last=LAST)]
    one = [{"client_id": "x00", "opened": "2025-06-28", "closed": "2025-07-01", "solved": True}]
    found = recovery(analyse(book_of(visits, problems=one))).solved
    assert (found.came_back.cases, found.came_back.share) == (1, 1.0)


def test_few_cases_make_no_finding() -> None:
    visits = [visit for who in OTHERS for visit in visits_of(who, LAST)]
    one = [{"client_id": "x00", "opened": "2026-02-12", "closed": "2026-02-15", "solved": True}]
    after = recovery(analyse(book_of(visits, problems=one)))
    assert (after.paradox, after.solving) == ("few", "few")


def test_a_problem_still_open_counts_from_its_first_day() -> None:
    visits = [visit for who in OTHERS for visit in visits_of(who, LAST)] + visits_of("gone", STOPPED)
    after = recovery(analyse(book_of(visits, problems=[{"client_id": "gone", "opened": STOPPED}])))
    assert (after.unsolved.came_back.cases, after.unsolved.came_back.share) == (1, 0.0)


def test_nobody_similar_is_said_and_not_guessed() -> None:
    visits = [*visits_of("s00", LAST), *every("x00", 90, 8, last=LAST)]
    one = [{"client_id": "s00", "opened": "2026-02-12", "closed": "2026-02-15", "solved": True}]
    solved = recovery(analyse(book_of(visits, problems=one))).solved
    assert solved.alone == 1
    assert math.isnan(solved.similar.share)


def test_two_weeks_after_a_problem_began(shop: Portfolio) -> None:
    found = slow_answers(shop)
    # The solved ones were closed after 3 days, the others after 18: on day 14 they were still waiting.
    assert (found.quick.came_back.cases, found.quick.came_back.share) == (10, 1.0)
    assert (found.slow.came_back.cases, found.slow.came_back.share) == (10, 0.0)
    assert found.verdict == "less"
    assert slow_answers(shop, days=20).slow.came_back.cases == 0


def test_the_day_on_which_a_problem_is_looked_at_may_be_the_last_one() -> None:
    """As of 20 September: one of the 6th is two weeks old, and what became of it too recent; one of the 7th is not."""
    visits = [visit for who in OTHERS for visit in visits_of(who, LAST)]
    for opened, recent in (("2026-09-06", 1), ("2026-09-07", 0)):
        shop = analyse(book_of(visits, problems=[{"client_id": "x00", "opened": opened}]))
        assert slow_answers(shop).slow.too_recent == recent


def test_the_clients_at_risk_who_have_a_problem_open() -> None:
    visits = [visit for who in OTHERS for visit in visits_of(who, LAST)] + visits_of("late", "2026-08-18")
    problems = [{"client_id": "late", "opened": "2026-08-19"}, {"client_id": "x00", "opened": "2026-09-18"}]
    shop = analyse(book_of(visits, problems=problems))
    found = slow_answers(shop)
    flagged = set(shop.clients.loc[shop.clients["flagged"], "client_id"])
    assert "late" in flagged
    assert found.at_risk == len(flagged)
    assert found.with_problem == len(flagged & {"late", "x00"})
    assert found.with_old == 1


def test_an_open_problem_is_among_the_reasons_of_who_is_at_risk() -> None:
    visits = [visit for who in OTHERS for visit in visits_of(who, LAST)] + visits_of("late", "2026-08-01")
    shop = analyse(book_of(visits, problems=[{"client_id": "late", "opened": "2026-08-01"}]))
    reasons = shop.clients.set_index("client_id").loc["late", "reasons"]
    assert {"problem_open"} <= {reason.code for reason in reasons}
    assert next(reason for reason in reasons if reason.code == "problem_open").values["days"] == 50


# --- Who was won back ---------------------------------------------------------------------------------------


def test_who_still_comes_and_whether_more_than_before() -> None:
    # Ana: every 30 days up to the problem, every 15 after it. Eva's is open again, Luz has not come since.
    ana = [*every("Ana", 30, 8, last="2026-03-01"), *every("Ana", 15, 12, last=LAST)]
    visits = [*ana, *every("Eva", 30, 18, last=LAST), *every("Luz", 30, 10, last="2026-03-01")]
    closed = {"opened": "2026-03-02", "closed": "2026-03-05", "solved": True, "staff": "Rosa"}
    problems = [{"client_id": who, **closed} for who in ("Ana", "Eva", "Luz")]
    problems.append({"client_id": "Eva", "opened": "2026-09-01"})
    found = recovered(analyse(book_of(visits, problems=problems)))
    assert found["client_id"].tolist() == ["Ana"]
    row = found.iloc[0]
    assert (row["gap_before"], row["gap_since"], row["pace"]) == (30, 15, "more")
    assert (row["days"], row["visits_since"], row["staff"]) == (3, 12, "Rosa")


def test_the_visit_of_the_problem_s_day_is_one_before_it_and_a_tenth_either_way_is_the_same_pace() -> None:
    """Every 40 days up to the visit that went wrong on 2 March; solved the same day. Since, every 44, 45 or 36 days."""
    since = {"same": 44, "less": 45, "same too": 36, "more": 35}
    visits = [
        visit
        for who, gap in since.items()
        for visit in (
            *every(who, 40, 3, last="2026-03-02"),  # two gaps, the least that tell a pace
            *every(who, gap, 4, last=(dt.date(2026, 3, 2) + dt.timedelta(days=4 * gap)).isoformat()),
        )
    ]
    solved = {"opened": "2026-03-02", "closed": "2026-03-02", "solved": True}
    found = recovered(analyse(book_of(visits, problems=[{"client_id": who, **solved} for who in since])))
    found = found.set_index("client_id")
    assert found["gap_before"].tolist() == [40.0] * 4
    assert found["visits_since"].tolist() == [4] * 4
    assert {who: found.loc[who, "pace"] for who in since} == {
        "same": "same",
        "less": "less",
        "same too": "same",
        "more": "more",
    }


# --- Bounds, the sample, what is missing --------------------------------------------------------------------


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_a_difference_lies_in_its_interval(ours: int, theirs: int, data: st.DataObject) -> None:
    one = Share.of(data.draw(st.integers(0, ours)) / ours, ours, ours)
    other = Share.of(data.draw(st.integers(0, theirs)) / theirs, theirs, theirs)
    found = Difference.of(one, other)
    assert -1 - 1e-9 <= found.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.high <= 1 + 1e-9
    assert 0 <= one.low <= one.share + 1e-9
    assert one.share - 1e-9 <= one.high <= 1


def test_clients_drawn_alike_are_not_told_apart(salon_sample: Portfolio) -> None:
    """Moments of clients who never had a problem, taken as if they were one, come back as those beside them."""
    troubled = salon_sample.records.problems["client_id"]
    visits = salon_sample.visits[~salon_sample.visits["client_id"].isin(troubled)]
    drawn = visits.sample(300, random_state=1)
    cases = drawn[["client_id"]].assign(day=drawn["date"] + pd.Timedelta(days=3), group="drawn")
    (found,) = compared(salon_sample, cases, ("drawn",))
    assert found.came_back.cases > 150
    assert abs(found.difference.value) < 0.04


@pytest.mark.parametrize("name", ["salon", "workshop"])
def test_the_sample_s_solved_problems_brought_back_and_the_others_did_not(
    name: str, request: pytest.FixtureRequest
) -> None:
    sample: Portfolio = request.getfixturevalue(f"{name}_sample")
    truth: pd.DataFrame = request.getfixturevalue(f"{name}_truth")
    after = recovery(sample)
    assert after.solving == "more"
    assert after.solved.came_back.share > 0.75
    assert after.unsolved.came_back.share < 0.3
    # Those who left over a problem are not among the won back; most whose problem was solved are.
    back = set(recovered(sample)["client_id"])
    left = set(truth.loc[truth["why"] == "bad_problem", "client_id"])
    solved = set(truth.loc[truth["trouble"] == "solved", "client_id"])
    assert not back & left
    assert back <= solved
    assert len(back) > 0.6 * len(solved)
    assert slow_answers(sample).verdict == "less"


def test_without_its_columns_it_says_what_is_missing() -> None:
    till = analyse(book_of(visits_of("Ana", LAST)))
    assert missing(till, 21) == ("problems.opened",)
    assert missing(till, 22) == ("problems.opened", "problems.closed")
    assert recovery(till).cases == 0
    assert recovered(till).empty
    assert slow_answers(till).with_problem == 0
    assert np.isnan(recovery(till).solved.similar.share)


def test_the_paradox_is_claimed_only_where_the_interval_allows_it() -> None:
    # 80% intervals: 20 of 20 from 92% up, 60 of 100 from 54% to 66%, 13 of 20 from 51% to 77%.
    similar = Share.of(0.6, 20, 100)
    assert Difference.of(Share.of(1.0, 20, 20), similar).verdict == "more"
    assert Difference.of(Share.of(0.65, 20, 20), similar).verdict == "alike"
    assert Difference.of(Share.of(0.2, 20, 20), similar).verdict == "less"
    assert Difference.of(Share.of(1.0, 5, 5), similar).verdict == "few"
